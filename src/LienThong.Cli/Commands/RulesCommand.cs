using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Commands;

/// <summary><c>rules list</c>, and the other verbs about rules.</summary>
internal static class RulesCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create() => new("rules", "Quy tắc kiểm tra: liệt kê, giải thích, thử quy tắc riêng, ngoại lệ.") { ListCommand(), RulesExplainCommand.Create(), RulesTestCommand.Create(), RulesExceptionsCommand.Create() };

    private static Command ListCommand()
    {
        Option<string?> asOf = Setting.Text("--as-of", "yyyy-MM-dd", "Chỉ quy tắc áp dụng ngày này; mặc định tất cả.");
        Option<string?> table = Setting.Text("--table", "BẢNG", "Chỉ quy tắc của bảng này, ví dụ XML3.");
        Option<string?> severity = Setting.Text("--severity", "block|warn|info", "Chỉ quy tắc mức này.");
        Option<string?> layer = Setting.Text("--layer", "1-5", "Chỉ lớp này: 1 cấu trúc, 2 dạng, 3 chéo trường, 4 danh mục, 5 nghiệp vụ.");
        Option<string?> text = Setting.Text("--text", "CHỮ", "Chỉ quy tắc có chữ này trong mã, trường, nội dung hoặc căn cứ.");
        Option<string?> audit = Setting.Text("--audit-group", "NHÓM", "Chỉ quy tắc của nội dung giám định tự động này (TT 12/2026 Điều 10), như validate --group-by audit in ra.");
        Option<string?> output = Setting.Output();
        var list = new Command("list", "Liệt kê quy tắc kiểm tra.") { asOf, table, severity, layer, text, audit, output };
        list.SetAction(parsed =>
        {
            DateOnly? day = ValidateCommand.Day(parsed.GetValue(asOf));
            string? wantedTable = parsed.GetValue(table);
            string? wantedText = parsed.GetValue(text);
            Severity? weight = Weight(parsed.GetValue(severity));
            AuditGroup? group = parsed.GetValue(audit) is { } key ? Group(key) : null;
            int wantedLayer = parsed.Number(layer, 1, 5, 0);
            RuleInfo[] rules = [.. RuleCatalogue.All.Where(r =>
                (day is not { } on || r.AppliesOn(on)) && (wantedTable is null || string.Equals(r.Table, wantedTable, StringComparison.OrdinalIgnoreCase))
                && (weight is null || r.Severity == weight) && (wantedLayer == 0 || (int)r.Layer == wantedLayer) && (wantedText is null || Has(r, wantedText)) && (group is null || r.AuditGroup == group))];
            return parsed.WantsJson(output) ? PrintJson(rules) : Print(rules);
        });
        return list;
    }

    private static Severity? Weight(string? text) => text switch
    {
        null => null,
        "block" => Severity.Block,
        "warn" => Severity.Warn,
        "info" => Severity.Info,
        _ => throw CommandFailure.Usage($"--severity chỉ nhận block, warn hoặc info, không nhận «{Words.Plain(text, 40)}»."),
    };

    private static AuditGroup Group(string key) => AuditGroup.All.FirstOrDefault(g => g.Id == key)
        ?? throw CommandFailure.Usage($"--audit-group không có «{Words.Plain(key, 40)}»; có: {string.Join(", ", AuditGroup.All.Select(g => g.Id))}.");

    private static bool Has(RuleInfo rule, string text) =>
        new[] { rule.Code, rule.Fields, rule.MessageVi, rule.Fix, rule.LegalBasis }.Any(s => s.Contains(text.Normalize(), StringComparison.OrdinalIgnoreCase));

    private static int PrintJson(RuleInfo[] rules)
    {
        Json.Print(j =>
        {
            j.WriteStartObject();
            j.WriteStartArray("rules");
            foreach (RuleInfo rule in rules)
            {
                j.WriteStartObject();
                WriteFacts(j, rule);
                j.WriteEndObject();
            }

            j.WriteEndArray();
            j.WriteEndObject();
        });
        return ExitCode.Fine;
    }

    /// <summary>The members that tell what a rule is.</summary>
    internal static void WriteFacts(Utf8JsonWriter j, RuleInfo rule)
    {
        j.WriteString("code", rule.Code);
        j.WriteString("severity", JsonReport.NameOf(rule.Severity));
        j.WriteNumber("layer", (int)rule.Layer);
        j.WriteString("table", rule.Table);
        j.WriteString("fields", rule.Fields);
        j.WriteString("from", Iso(rule.EffectiveFrom));
        j.WriteString("to", rule.EffectiveTo is { } to ? Iso(to) : null);
        j.WriteString("comparedWith", rule.ComparedWith);
        j.WriteString("message", rule.MessageVi);
        j.WriteString("messageEn", rule.MessageEn);
        j.WriteString("fix", rule.Fix);
        j.WriteString("why", Reasons.Why(rule.Code, rule.Severity));
        j.WriteString("legalBasis", rule.LegalBasis);
        j.WriteStartArray("needsLists");
        foreach (string name in rule.NeedsLists) j.WriteStringValue(name);
        j.WriteEndArray();
    }

    private static int Print(RuleInfo[] rules)
    {
        foreach (RuleInfo rule in rules)
        {
            Screen.Out.WriteLine($"{rule.Code,-28} {Words.Label(rule.Severity)}  {rule.MessageVi}");
            Screen.Out.WriteLine($"{"",-28} {"",-8}  {Words.Faint(string.Join(" · ", new[] { rule.LegalBasis, Period(rule) }.Where(s => s.Length > 0)))}");
        }

        Screen.Out.WriteLine();
        Screen.Out.WriteLine($"{rules.Length} quy tắc. Xem kỹ một quy tắc: lienthong rules explain MÃ");
        return ExitCode.Fine;
    }

    /// <summary>The rule's period in words; empty when nothing bounds it.</summary>
    internal static string Period(RuleInfo rule)
    {
        string from = rule.EffectiveFrom > new DateOnly(1900, 1, 1) ? $"từ {rule.EffectiveFrom:dd/MM/yyyy}" : "";
        string to = rule.EffectiveTo is { } end ? $" đến {end:dd/MM/yyyy}" : "";
        return (from + to).Trim();
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
