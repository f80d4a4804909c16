using LienThong.Standard;

namespace LienThong.Gateway.Reports.Findings.Excel;

/// <summary>One sheet per table with the rows that findings point at.</summary>
internal sealed class TableSheets : IDisposable
{
    private readonly SheetSeries?[] series = new SheetSeries?[TableNames.Count];
    private readonly FieldId[]?[] fields = new FieldId[]?[TableNames.Count];

    /// <summary>The sheets, in the order of the tables.</summary>
    public IEnumerable<Sheet> Sheets => series.SelectMany(s => s?.Sheets ?? []);

    public static SheetStyle StyleOf(Severity severity) => severity switch
    {
        Severity.Block => SheetStyle.Block,
        Severity.Warn => SheetStyle.Warn,
        _ => SheetStyle.Info,
    };

    /// <summary>Adds the rows of a record; every value of the HIV table would have to be hidden, so it has no sheet.</summary>
    public void Add(IReadOnlyList<FindingLine> findings, Record record)
    {
        foreach (IGrouping<(string Table, int Row), FindingLine> row in findings.Where(f => f.Row is not null).GroupBy(f => (f.Table, f.Row!.Value)).OrderBy(g => g.Key.Value))
        {
            if (!TableNames.TryParse(row.Key.Table, out TableId id) || id == TableId.Xml6 || record[id] is not { } table || row.Key.Row > table.Count) continue;
            Write(id, table[row.Key.Row - 1], [.. row]);
        }
    }

    public void Dispose()
    {
        foreach (SheetSeries? one in series) one?.Dispose();
    }

    private void Write(TableId id, Row row, FindingLine[] findings)
    {
        FieldId[] columns = fields[(int)id] ??= FieldsOf(id);
        Sheet sheet = (series[(int)id] ??= new SheetSeries(id.Code(), [("Tệp", 24), ("Hồ sơ", 18), ("Dòng", 8), .. columns.Select(f => (f.Name, 16))])).Next();
        sheet.BeginRow();
        sheet.Add(findings[0].Source.File);
        sheet.Add(findings[0].Source.MaLk);
        Cell(sheet, Sheet.Text(row.Position), [.. findings.Where(f => f.Field.Length == 0)]);
        foreach (FieldId field in columns)
        {
            FindingLine[] own = [.. findings.Where(f => f.Field == field.Name)];
            string text = row[field].Text;
            if (own.Length > 0) Cell(sheet, text, own);
            else sheet.Add(text.Length > 0 && PersonalFields.Holds(field.Name) ? PersonalFields.Hidden : text);
        }

        sheet.EndRow();
    }

    private static void Cell(Sheet sheet, string text, FindingLine[] findings)
    {
        if (findings.Length == 0) sheet.Add(text);
        else sheet.Add(text, StyleOf(findings.Max(f => f.Severity)), string.Join('\n', findings.Select(Note)));
    }

    private static string Note(FindingLine finding) =>
        string.Join(' ', new[]
        {
            $"{FindingColumns.NameOf(finding.Severity)}: {finding.Message}", finding.Fix,
            finding.Expected is { Length: > 0 } right ? $"Giá trị đúng: {right}." : "", $"[{finding.Rule}]",
        }.Where(t => t.Length > 0));

    // The newest release's order; fields that only older ones have stand behind.
    private static FieldId[] FieldsOf(TableId id)
    {
        var all = new List<FieldId>();
        foreach (Release release in Releases.All.Reverse())
        {
            foreach (FieldSpec field in release.Table(id)?.Fields ?? [])
            {
                if (!all.Contains(field.Id)) all.Add(field.Id);
            }
        }

        return [.. all];
    }
}
