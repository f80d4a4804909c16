using System.Text;

namespace LienThong.Standard.Tests.Conversion;

/// <summary>
/// The reference part of <c>docs/conversion.md</c> is written from the data; run with LIENTHONG_UPDATE=1 after a change of the data.
/// </summary>
public sealed class ConversionReferenceTests
{
    private const string Start = "<!-- written from Data/conversions.csv and the field lists -->\n";

    [Fact]
    public void The_reference_in_the_documentation_is_current()
    {
        string path = Repository.At("docs", "conversion.md");
        string page = File.ReadAllText(path);
        int at = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        string expected = page[..at] + Reference();
        if (Repository.Updates) File.WriteAllText(path, expected);

        Assert.True(at > Start.Length);
        Assert.Equal(expected, File.ReadAllText(path));
    }

    private static string Reference()
    {
        var text = new StringBuilder();
        for (int i = 1; i < Releases.List.Length; i++)
        {
            Step(text, Releases.List[i - 1], Releases.List[i]);
            if (i > 1) Step(text, Releases.List[i], Releases.List[i - 1]);
        }

        return text.ToString();
    }

    private static void Step(StringBuilder text, Release from, Release to)
    {
        List<ConversionRule> rules = ConversionStep.Between(from, to)![0].Rules;
        text.Append($"\n### {from.Id} → {to.Id}\n\n");
        if (rules.Count == 0) text.Append("No field is renamed or coded otherwise.\n");
        else text.Append("| field | what | becomes | how | which values | why, as reported | basis |\n|---|---|---|---|---|---|---|\n");
        foreach (ConversionRule rule in rules)
        {
            string target = rule.Action is ConversionAction.Gone or ConversionAction.Drop or ConversionAction.Review ? "" : rule.Target.Name;
            text.Append($"| {(rule.Name.Length > 0 ? rule.Source.ToString() : $"{rule.Table.Code()} (several)")} | {What(rule.Action)} | {target} | {Cell(rule.Argument)} | {Code(rule.ConditionText)} | {Cell(rule.Why)} | {Cell(rule.Basis)} |\n");
        }

        List<FieldSpec> added = [.. to.Tables.Where(t => from.Table(t.Id) is not null).SelectMany(t => t.Fields).Where(f => from.Field(f.Id) is null && !rules.Exists(r => r.Target == f.Id))];
        Line(text, "Always wanted and not there before (told as missing)", added.Where(f => f.Required == Requirement.Always));
        Line(text, "Wanted in some cases and not there before", added.Where(f => f.Required == Requirement.Conditional));
        string[] tables = [.. from.Tables.Where(t => to.Table(t.Id) is null).Select(t => t.Id.Code())];
        if (tables.Length > 0) text.Append($"\nTables with no place: {string.Join(", ", tables)}.\n");
    }

    private static void Line(StringBuilder text, string title, IEnumerable<FieldSpec> fields)
    {
        string[] groups = [.. fields.GroupBy(f => f.Id.Table).Select(g => $"{g.Key.Code()} {string.Join(", ", g.Select(f => f.Name))}")];
        if (groups.Length > 0) text.Append($"\n{title}: {string.Join(" · ", groups)}.\n");
    }

    private static string What(ConversionAction action) => action switch
    {
        ConversionAction.Rename => "renamed",
        ConversionAction.Map => "code by code",
        ConversionAction.Pad => "zeros in front up to a length",
        ConversionAction.Append => "completed",
        ConversionAction.Cut => "first characters",
        ConversionAction.Replace => "rewritten",
        ConversionAction.Drop => "dropped, listed",
        ConversionAction.Review => "kept, to be looked at",
        ConversionAction.Gone => "no place, listed",
        _ => "worked out",
    };

    private static string Code(string pattern) => pattern.Length == 0 ? "" : $"`{Cell(pattern)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
