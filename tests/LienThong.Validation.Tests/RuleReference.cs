using System.Text;
using LienThong.Standard;

namespace LienThong.Validation.Tests;

/// <summary>The pages of <c>docs/rules</c>: one per table or family, and the index.</summary>
internal static class RuleReference
{
    private const string Warning = "Trang này được viết từ chính các quy tắc của sản phẩm; đừng sửa bằng tay.";

    /// <summary>File names with their content.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pages()
    {
        IGrouping<string, RuleInfo>[] families = [.. RuleCatalogue.All.GroupBy(r => FamilyOf(r.Code), StringComparer.Ordinal).OrderBy(g => Order(g.Key))];
        yield return new("README.md", Index(families));
        foreach (IGrouping<string, RuleInfo> family in families) yield return new(FileOf(family.Key), Page(family));
    }

    private static string FamilyOf(string code) => code[..code.IndexOf('-', StringComparison.Ordinal)];

    private static string FileOf(string family) => Title(family).File + ".md";

    private static int Order(string family) => family[0] == 'X' && int.TryParse(family[1..], out int number) ? number : 100 + "PKGFAMCATRECAUD".IndexOf(family, StringComparison.Ordinal);

    private static string Index(IGrouping<string, RuleInfo>[] families)
    {
        var text = new StringBuilder($"# Quy tắc kiểm tra\n\n{Warning}\n\n");
        text.Append($"{RuleCatalogue.All.Length} quy tắc. **Chặn**: Cổng hoặc luật từ chối. **Cảnh báo**: dễ bị xuất toán. **Gợi ý**: không mất tiền.\n");
        text.Append("Xem một quy tắc ở dòng lệnh: `lienthong rules explain MÃ`. Viết quy tắc của đơn vị: [custom-rules.md](../custom-rules.md).\n\n");
        text.Append("| bảng | quy tắc | chặn | cảnh báo | gợi ý |\n|---|---:|---:|---:|---:|\n");
        foreach (IGrouping<string, RuleInfo> family in families)
        {
            text.Append($"| [{Title(family.Key).Name}]({FileOf(family.Key)}) | {family.Count()} | {Count(family, Severity.Block)} | {Count(family, Severity.Warn)} | {Count(family, Severity.Info)} |\n");
        }

        return text.ToString();
    }

    private static string Page(IGrouping<string, RuleInfo> family)
    {
        var text = new StringBuilder($"# {Title(family.Key).Name}\n\n{Warning} [Tất cả các bảng](README.md)\n");
        foreach (RuleInfo rule in family) Append(text, rule);
        return text.ToString();
    }

    private static void Append(StringBuilder text, RuleInfo rule)
    {
        text.Append($"\n## {rule.Code}\n\n**{Weight(rule.Severity)}** · {Line(rule.MessageVi)}\n\n");
        Item(text, "Vì sao", Reasons.Why(rule.Code, rule.Severity));
        Item(text, "Sửa", rule.Fix);
        Item(text, "Áp dụng", $"{Period(rule)}theo {rule.ComparedWith}");
        IReadOnlyList<FieldId> fields = RuleFacts.FieldsOf(rule.Code);
        Item(text, "Trường", fields.Count == 0 ? rule.Fields : string.Join("; ", fields.Select(f => $"`{f}` {RuleFacts.LabelOf(f)}")));
        Item(text, "Danh mục cần nạp", string.Join(", ", rule.NeedsLists));
        Item(text, "Giám định tự động", rule.AuditGroup is { } group ? $"điểm {group.Point}: {group.TitleVi}" : "");
        if (RuleFacts.ExampleOf(rule.Code) is { } example)
        {
            Item(text, "Ví dụ sai", example.Fails);
            Item(text, "Ví dụ đúng", example.Passes);
        }

        Item(text, "Căn cứ", rule.LegalBasis);
        Item(text, "English", rule.MessageEn);
    }

    private static void Item(StringBuilder text, string head, string body)
    {
        if (body.Length > 0) text.Append($"- {head}: {Line(body)}\n");
    }

    private static string Period(RuleInfo rule)
    {
        string from = rule.EffectiveFrom > new DateOnly(1900, 1, 1) ? $"từ {rule.EffectiveFrom:dd/MM/yyyy} " : "";
        return from + (rule.EffectiveTo is { } to ? $"đến {to:dd/MM/yyyy} " : "");
    }

    private static int Count(IEnumerable<RuleInfo> rules, Severity severity) => rules.Count(r => r.Severity == severity);

    private static (string File, string Name) Title(string family) => family switch
    {
        "FAM" => ("chung", "Quy tắc chung cho mọi trường"),
        "PKG" => ("goi", "Khung hồ sơ và gói gửi"),
        "REC" => ("lien-bang", "Liên bảng"),
        "CAT" => ("danh-muc", "Danh mục"),
        "AUD" => ("giam-dinh", "Giám định"),
        _ => ("xml" + family[1..], $"Bảng XML{family[1..]}"),
    };

    private static string Weight(Severity severity) => severity switch
    {
        Severity.Block => "Chặn",
        Severity.Warn => "Cảnh báo",
        _ => "Gợi ý",
    };

    private static string Line(string text) => text.ReplaceLineEndings(" ").Replace("<", "&lt;", StringComparison.Ordinal);
}
