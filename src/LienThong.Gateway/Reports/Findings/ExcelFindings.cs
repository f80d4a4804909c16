using LienThong.Gateway.Reports.Findings.Excel;
using LienThong.Standard;

namespace LienThong.Gateway.Reports.Findings;

/// <summary>
/// Findings as an Excel workbook: groups first, then all findings, then one sheet per table with the rows that have findings, faulty
/// cells coloured and noted. Rows go to temporary files as they come; memory doesn't depend on their number.
/// </summary>
/// <remarks>Beside faulty cells nothing is shown that tells who a person is, and no row of the HIV table.</remarks>
public sealed class ExcelFindings : IDisposable
{
    /// <summary>Content type of the result.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private readonly FindingGroups groups;
    private readonly SheetSeries all = new("Lỗi", [.. FindingColumns.All.Select(c => (c.Header, c.Width))]);
    private readonly TableSheets tables = new();

    /// <summary>Begins a workbook.</summary>
    /// <param name="by">What the first sheet groups by.</param>
    public ExcelFindings(FindingGrouping by = FindingGrouping.Rule) => groups = new FindingGroups(by);

    /// <summary>Adds what was found in one record.</summary>
    /// <param name="findings">Its findings.</param>
    /// <param name="record">The record, for the rows that the findings point at; null when it isn't at hand.</param>
    public void Add(IReadOnlyList<FindingLine> findings, Record? record)
    {
        foreach (FindingLine finding in findings)
        {
            groups.Add(finding);
            Write(finding);
        }

        if (record is not null) tables.Add(findings, record);
    }

    /// <summary>Writes the file; call once, at the end.</summary>
    public void Save(Stream output)
    {
        using Sheet summary = Summary();
        Workbook.Write(output, [summary, .. all.Sheets, .. tables.Sheets]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        all.Dispose();
        tables.Dispose();
    }

    private void Write(FindingLine finding)
    {
        Sheet sheet = all.Next();
        sheet.BeginRow();
        foreach (FindingColumn column in FindingColumns.All)
        {
            if (column.Amount is { } amount) sheet.Add(amount(finding));
            else sheet.Add(column.Text(finding), column.Header == "Mức" ? TableSheets.StyleOf(finding.Severity) : SheetStyle.Text);
        }

        sheet.EndRow();
    }

    private Sheet Summary()
    {
        var sheet = new Sheet("Tổng hợp",
        [
            (groups.Heading, 24), ("Số lỗi", 9), ("Chặn", 9), ("Cảnh báo", 10), ("Gợi ý", 9), ("Số hồ sơ", 10), ("Tiền có thể bị từ chối (đ)", 18), ("Ví dụ", 80),
        ]);
        foreach (FindingGroup group in groups.Sorted())
        {
            sheet.BeginRow();
            sheet.Add(group.Key.Length > 0 ? group.Key : groups.Unknown);
            sheet.Add(group.Count);
            sheet.Add(group.Counts[(int)Severity.Block]);
            sheet.Add(group.Counts[(int)Severity.Warn]);
            sheet.Add(group.Counts[(int)Severity.Info]);
            sheet.Add(group.Records);
            sheet.Add(group.AtRisk);
            sheet.Add($"{group.Example.Place} {group.Example.Message}".Trim());
            sheet.EndRow();
        }

        return sheet;
    }
}
