using System.Text;
using LienThong.Standard;

namespace LienThong.Validation.Tests;

/// <summary>
/// Writes the rule reference from the rules themselves and holds it against the checked-in page.
/// After a change of the rules run the tests once with LIENTHONG_UPDATE=1.
/// </summary>
public sealed class RuleReferenceTests
{
    [Fact]
    public void The_rule_reference_is_current()
    {
        string path = Path.Combine(Repository.Root, "docs", "rules.md");
        string expected = Reference();
        if (Repository.Updates) File.WriteAllText(path, expected);

        Assert.Equal(expected, File.ReadAllText(path));
    }

    private static string Reference()
    {
        var text = new StringBuilder();
        text.Append("# Quy tắc kiểm tra\n\nTrang này được viết từ chính các quy tắc của sản phẩm; đừng sửa bằng tay.\n\n");
        text.Append($"{RuleCatalogue.All.Length} quy tắc. Mức: **chặn** = Cổng hoặc luật từ chối; **cảnh báo** = dễ bị xuất toán; **thông tin** = gợi ý. Khoảng ngày so với cột «theo».\n");
        foreach (IGrouping<string, RuleInfo> group in RuleCatalogue.All.GroupBy(r => r.Code[..r.Code.IndexOf('-', StringComparison.Ordinal)], StringComparer.Ordinal))
        {
            text.Append($"\n## {Title(group.Key)}\n\n| mã | mức | nội dung | từ – đến | theo | căn cứ |\n|---|---|---|---|---|---|\n");
            foreach (RuleInfo rule in group)
            {
                text.Append($"| {rule.Code} | {Weight(rule.Severity)} | {Cell(rule.MessageVi)} | {rule.EffectiveFrom:yyyy-MM-dd} – {rule.EffectiveTo:yyyy-MM-dd} | {Cell(rule.ComparedWith)} | {Cell(rule.LegalBasis)} |\n");
            }
        }

        return text.ToString();
    }

    private static string Title(string family) => family switch
    {
        "FAM" => "FAM – quy tắc chung cho mọi trường",
        "PKG" => "PKG – khung hồ sơ",
        "REC" => "REC – liên bảng",
        "CAT" => "CAT – danh mục",
        "AUD" => "AUD – giám định",
        _ => $"{family} – bảng XML{family[1..]}",
    };

    private static string Weight(Severity severity) => severity switch
    {
        Severity.Block => "chặn",
        Severity.Warn => "cảnh báo",
        _ => "thông tin",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
