using System.Globalization;
using System.Text;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Reports.Findings;
using LienThong.Standard;

namespace LienThong.Cli.Validate;

/// <summary>Findings counted in groups, as text: where the most is to be mended, with an example each.</summary>
/// <param name="by">What makes a group.</param>
internal sealed class GroupReport(FindingGrouping by) : LineReport
{
    private const int LongestKey = 200;
    private readonly FindingGroups groups = new(by);

    /// <inheritdoc/>
    public override void Finish(Stream output, Tally tally)
    {
        var text = new StringBuilder();
        foreach (FindingGroup group in groups.Sorted()) Append(text, group);
        SummaryText.Append(text, tally);
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <inheritdoc/>
    protected override void Add(IReadOnlyList<FindingLine> lines, Record? record)
    {
        foreach (FindingLine line in lines) groups.Add(line);
    }

    private void Append(StringBuilder text, FindingGroup group)
    {
        FindingLine example = group.Example;
        Severity worst = group.Counts[(int)Severity.Block] > 0 ? Severity.Block : group.Counts[(int)Severity.Warn] > 0 ? Severity.Warn : Severity.Info;
        text.Append(groups.Heading).Append(": ").AppendLine(Words.Paint(group.Key.Length > 0 ? Words.Plain(group.Key, LongestKey) : groups.Unknown, worst));
        text.Append("  ").Append(CultureInfo.InvariantCulture, $"{Words.Counts(group.Counts)}; {group.Records} hồ sơ");
        if (group.AtRisk > 0) text.Append("; tiền có thể mất ").Append(Words.Money(group.AtRisk));
        text.AppendLine(".").Append("  Ví dụ: ").Append(Words.Plain(example.Source.MaLk.Length > 0 ? example.Source.MaLk : example.Source.File, LongestKey)).Append(' ').Append(example.Place);
        text.Append(example.Place.Length > 0 ? ": " : " ").AppendLine(Words.Plain(example.Message, 1000));
        text.AppendLine();
    }
}
