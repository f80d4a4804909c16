using LienThong.Gateway.Reports.Findings;
using LienThong.Standard;

namespace LienThong.Cli.Validate;

/// <summary>An Excel workbook, put together at the end from files that grow while the files are judged.</summary>
/// <param name="by">What its first sheet groups by.</param>
internal sealed class ExcelReport(FindingGrouping by) : LineReport
{
    private readonly ExcelFindings workbook = new(by);

    /// <inheritdoc/>
    public override void Finish(Stream output, Tally tally)
    {
        using (workbook) workbook.Save(output);
    }

    /// <inheritdoc/>
    protected override void Add(IReadOnlyList<FindingLine> lines, Record? record) => workbook.Add(lines, record);
}
