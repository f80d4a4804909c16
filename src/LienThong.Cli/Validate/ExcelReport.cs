using LienThong.Gateway.Reports.Findings;
using LienThong.Standard;

namespace LienThong.Cli.Validate;

/// <summary>An Excel workbook, put together at the end from files that grow while the files are judged.</summary>
/// <param name="by">What its first sheet groups by.</param>
internal sealed class ExcelReport(FindingGrouping by) : LineReport, IDisposable
{
    private readonly ExcelFindings workbook = new(by);

    /// <inheritdoc/>
    public override void Finish(Stream output, Tally tally) => workbook.Save(output);

    /// <inheritdoc/>
    public void Dispose() => workbook.Dispose();

    /// <inheritdoc/>
    protected override void Add(IReadOnlyList<FindingLine> lines, Record? record) => workbook.Add(lines, record);
}
