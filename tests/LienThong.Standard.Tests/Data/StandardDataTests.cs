using System.Text.RegularExpressions;

namespace LienThong.Standard.Tests.Data;

/// <summary>
/// Holds the embedded standard against what was printed elsewhere: the element orders of the service documents 1245 (QĐ 4750)
/// and 3190 (QĐ 130), and the merged list in force from 2026-07-01.
/// </summary>
public sealed class StandardDataTests
{
    [Theory]
    [InlineData("QD4750", "order-1245.txt")]
    [InlineData("QD130", "order-3190.txt")]
    public void Fields_stand_in_the_order_of_the_service_document(string release, string file)
    {
        foreach (string line in Example.Text(file).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(": ");
            Assert.True(TableNames.TryParse(parts[0], out TableId table));
            Assert.Equal(parts[1].Split(' '), Releases.Get(release).Table(table)!.Fields.Select(f => f.Name));
        }
    }

    [Fact]
    public void The_newest_release_is_the_merged_list()
    {
        IEnumerable<string> merged = Releases.Newest.Tables.SelectMany(t => t.Fields).Select(f => string.Join('|',
            f.Id.Table.Code(),
            f.Ordinal,
            f.Name,
            f.Kind switch { FieldKind.CodeList => "code-list", _ => f.Kind.ToString().ToLowerInvariant() },
            f.MaxLength,
            f.Decimals,
            f.IsList ? ";" : "",
            f.Required switch { Requirement.Always => "always", Requirement.Conditional => "conditional", _ => "no" },
            f.Pattern.Replace('|', '¦'),
            f.SameAsXml1 ? "yes" : ""));

        Assert.Equal(Example.Text("effective-2026-07-01.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries), merged);
    }

    [Fact]
    public void Every_field_is_consistent_in_itself()
    {
        foreach (FieldSpec field in Releases.All.SelectMany(r => r.Tables).SelectMany(t => t.Fields))
        {
            string where = field.Id.ToString();
            Assert.True(field.Kind == FieldKind.Decimal == field.Decimals.HasValue, where);
            Assert.True(field.Kind != FieldKind.CodeList || field.IsList, where);
            Assert.True(field.Kind != FieldKind.Date8 || field.IsList || field.MaxLength == 8, where);
            Assert.True(field.Kind != FieldKind.DateTime12 || field.IsList || field.MaxLength == 12, where);
            Assert.True(field.Required == Requirement.Conditional == field.RequiredWhen.Length > 0, where);
            Assert.NotEmpty(field.LabelVi);
            if (field.Pattern.Length == 0) continue;
            Assert.StartsWith("^", field.Pattern, StringComparison.Ordinal);
            Assert.EndsWith("$", field.Pattern, StringComparison.Ordinal);
            Assert.DoesNotContain("\\d", field.Pattern, StringComparison.Ordinal);
            _ = new Regex(field.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Dates_of_a_release_follow_one_another()
    {
        foreach (Release release in Releases.All)
        {
            Assert.True(release.MandatoryFrom is null || release.SupersededFrom is null || release.MandatoryFrom < release.SupersededFrom, release.Id);
            Assert.True(release.Parent.Length == 0 || Releases.Find(release.Parent) is not null, release.Id);
        }
    }
}
