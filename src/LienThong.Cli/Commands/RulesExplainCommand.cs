using System.CommandLine;
using LienThong.Cli.Terminal;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Commands;

/// <summary><c>rules explain CODE</c></summary>
internal static class RulesExplainCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var code = new Argument<string>("MÃ") { Description = "Mã quy tắc, ví dụ X1-T_BHTT-001." };
        Option<string?> output = Setting.Output();
        var explain = new Command("explain", "Giải thích một quy tắc: sai gì, vì sao, sửa thế nào, căn cứ, ví dụ.") { code, output };
        explain.SetAction(parsed =>
        {
            RuleInfo rule = Find(parsed.GetValue(code)!);
            return parsed.WantsJson(output) ? PrintJson(rule) : Print(rule);
        });
        return explain;
    }

    private static RuleInfo Find(string code)
    {
        if (RuleCatalogue.Find(code.Trim().ToUpperInvariant()) is { } rule) return rule;
        string start = code.Trim().ToUpperInvariant();
        string[] near = [.. RuleCatalogue.All.Select(r => r.Code).Where(c => c.StartsWith(start.Length > 6 ? start[..6] : start, StringComparison.Ordinal)).Take(8)];
        throw CommandFailure.Usage($"không có quy tắc «{Words.Plain(code, 60)}»{(near.Length > 0 ? $"; gần giống: {string.Join(", ", near)}" : "")}. Xem tất cả: lienthong rules list");
    }

    private static int Print(RuleInfo rule)
    {
        Screen.Out.WriteLine($"{rule.Code}   {Words.Label(rule.Severity).TrimEnd()}");
        Line("Sai gì", rule.MessageVi);
        Line("Vì sao", Reasons.Why(rule.Code, rule.Severity));
        Line("Sửa", rule.Fix);
        Line("Căn cứ", rule.LegalBasis);
        Line("Áp dụng", string.Join(", ", new[] { RulesCommand.Period(rule), rule.ComparedWith.Length > 0 ? $"theo {rule.ComparedWith}" : "" }.Where(s => s.Length > 0)));
        Line("Lớp", LayerName(rule.Layer));
        Line("Bảng", rule.Table == "*" ? "mọi bảng" : rule.Table);
        IReadOnlyList<FieldId> fields = RuleFacts.FieldsOf(rule.Code);
        if (fields.Count == 0) Line("Trường", rule.Fields);
        foreach (FieldId field in fields) Line(field == fields[0] ? "Trường" : "", $"{field}: {RuleFacts.LabelOf(field)}");
        Line("Danh mục", rule.NeedsLists.Count == 0 ? "" : $"cần nạp {string.Join(", ", rule.NeedsLists)}; chưa nạp thì không kiểm tra được");
        if (RuleFacts.ExampleOf(rule.Code) is { } example)
        {
            Line("Ví dụ sai", example.Fails);
            Line("Ví dụ đúng", example.Passes);
        }

        Line("English", rule.MessageEn);
        return ExitCode.Fine;
    }

    private static int PrintJson(RuleInfo rule)
    {
        Json.Print(j =>
        {
            j.WriteStartObject();
            RulesCommand.WriteFacts(j, rule);
            j.WriteStartArray("related");
            foreach (FieldId field in RuleFacts.FieldsOf(rule.Code))
            {
                j.WriteStartObject();
                j.WriteString("table", field.Table.Code());
                j.WriteString("field", field.Name);
                j.WriteString("label", RuleFacts.LabelOf(field));
                j.WriteEndObject();
            }

            j.WriteEndArray();
            (string Fails, string Passes)? example = RuleFacts.ExampleOf(rule.Code);
            j.WriteString("exampleFails", example?.Fails);
            j.WriteString("examplePasses", example?.Passes);
            j.WriteEndObject();
        });
        return ExitCode.Fine;
    }

    private static void Line(string head, string text)
    {
        if (text.Length > 0) Screen.Out.WriteLine($"  {head,-11} {text}");
    }

    private static string LayerName(RuleLayer layer) => layer switch
    {
        RuleLayer.Structure => "1 – cấu trúc",
        RuleLayer.Format => "2 – dạng của từng ô",
        RuleLayer.CrossField => "3 – chéo trường, chéo bảng",
        RuleLayer.Catalogue => "4 – danh mục",
        _ => "5 – điều kiện thanh toán",
    };
}
