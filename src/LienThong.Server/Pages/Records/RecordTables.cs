using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rules;
using LienThong.Server.Access;
using LienThong.Standard;

namespace LienThong.Server.Pages.Records;

/// <summary>A finding with its number in the record's list, by which pages link to it.</summary>
/// <param name="Number">From 1, in the order of the list.</param>
/// <param name="Finding">The finding, as the caller may see it.</param>
public sealed record NumberedFinding(int Number, StoredFinding Finding)
{
    /// <summary>What it saw, to mark it by; empty where the caller may not see it.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>What a person said of it; null while nobody did.</summary>
    public FindingMark? Mark { get; init; }
}

/// <summary>A tab: a table of the record.</summary>
/// <param name="Table">Table code (<c>XML3</c>).</param>
/// <param name="Name">Vietnamese name.</param>
/// <param name="Rows">Rows in it.</param>
/// <param name="Blocks">Blocking findings in it.</param>
/// <param name="Others">Other findings in it.</param>
public sealed record TableTab(string Table, string Name, int Rows, int Blocks, int Others);

/// <summary>A column.</summary>
/// <param name="Field">Field name.</param>
/// <param name="Label">Vietnamese label.</param>
public sealed record ColumnView(string Field, string Label);

/// <summary>A cell.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Raw">Text as received.</param>
/// <param name="Shown">Text as people read it.</param>
/// <param name="IsNumber">Set to the right.</param>
/// <param name="Findings">What is wrong with it.</param>
public sealed record CellView(ColumnView Column, string Raw, string Shown, bool IsNumber, IReadOnlyList<NumberedFinding> Findings)
{
    /// <summary>Weightiest finding; null when nothing is wrong.</summary>
    public Severity? Worst => Findings.Count == 0 ? null : Findings.Max(f => f.Finding.Severity);

    /// <summary>Someone jumped to it from a finding that read it.</summary>
    public bool IsSought { get; init; }
}

/// <summary>A cell someone jumps to.</summary>
/// <param name="Row">Position of the row, from 1.</param>
/// <param name="Field">Field name.</param>
public sealed record SoughtCell(int Row, string Field);

/// <summary>A row.</summary>
/// <param name="Position">From 1.</param>
/// <param name="Cells">One per column.</param>
/// <param name="Findings">What is wrong with the row as a whole or with fields that aren't shown.</param>
public sealed record RowView(int Position, IReadOnlyList<CellView> Cells, IReadOnlyList<NumberedFinding> Findings);

/// <summary>One page of a table.</summary>
/// <param name="Tab">The table.</param>
/// <param name="Upright">One row, shown as a list of fields.</param>
/// <param name="Columns">Columns that have something to show.</param>
/// <param name="Rows">Rows of this page.</param>
/// <param name="Page">From 1.</param>
/// <param name="Pages">At least 1.</param>
/// <param name="Findings">What is wrong with the table as a whole.</param>
public sealed record TableView(
    TableTab Tab, bool Upright, IReadOnlyList<ColumnView> Columns, IReadOnlyList<RowView> Rows, int Page, int Pages, IReadOnlyList<NumberedFinding> Findings);

/// <summary>Turns a stored record into tabs and pages of rows with findings at their cells.</summary>
internal static class RecordTables
{
    /// <summary>Rows on a page.</summary>
    public const int PageRows = 50;

    /// <summary>Findings in the order people work through them: what blocks first, then by place.</summary>
    public static IReadOnlyList<NumberedFinding> Number(
        Caller caller, RecordListItem record, IReadOnlyList<StoredFinding> findings, IReadOnlyDictionary<string, FindingMark> marks) =>
    [
        .. findings.OrderByDescending(f => f.Severity).ThenBy(f => TableNames.TryParse(f.Table, out TableId table) ? (int)table : -1)
            .ThenBy(f => f.Row ?? 0).ThenBy(f => f.Field, StringComparer.Ordinal).Select((f, i) => Numbered(caller, record, f, i + 1, marks)),
    ];

    private static NumberedFinding Numbered(Caller caller, RecordListItem record, StoredFinding f, int number, IReadOnlyDictionary<string, FindingMark> marks)
    {
        NumberedFinding shown = new(number, Sensitive.Shown(caller, f));
        if (Sensitive.Hides(caller, f.Table, f.Field))
            return shown;
        string fingerprint = FindingMarks.FingerprintOf(record.Facility, record.MaLk, f);
        return shown with { Fingerprint = fingerprint, Mark = marks.GetValueOrDefault(fingerprint) };
    }

    /// <summary>Tables that the record has, or that a finding says are wrong or missing; those hidden from the caller are left out.</summary>
    public static IReadOnlyList<TableTab> Tabs(Caller caller, Record record, Release release, IReadOnlyList<NumberedFinding> findings)
    {
        List<TableTab> tabs = [];
        for (int i = 0; i < TableNames.Count; i++)
        {
            TableId id = (TableId)i;
            string code = id.Code();
            if (Sensitive.Hides(caller, code, ""))
                continue;
            int blocks = findings.Count(f => f.Finding.Table == code && f.Finding.Severity == Severity.Block);
            int others = findings.Count(f => f.Finding.Table == code) - blocks;
            int rows = record[id]?.Count ?? 0;
            if (rows + blocks + others > 0)
                tabs.Add(new TableTab(code, Spec(release, id)?.NameVi ?? "", rows, blocks, others));
        }
        return tabs;
    }

    /// <summary>One page of a table.</summary>
    public static TableView View(
        Caller caller, Record record, Release release, TableTab tab, int page, IReadOnlyList<NumberedFinding> findings, SoughtCell? sought = null)
    {
        NumberedFinding[] here = [.. findings.Where(f => f.Finding.Table == tab.Table)];
        NumberedFinding[] whole = [.. here.Where(f => f.Finding.Row is null)];
        if (!TableNames.TryParse(tab.Table, out TableId id) || record[id] is not { Count: > 0 } table || Spec(release, id) is not { } spec)
            return new TableView(tab, false, [], [], 1, 1, here);
        int pages = (table.Count + PageRows - 1) / PageRows;
        page = Math.Clamp(page, 1, pages);
        int first = (page - 1) * PageRows;
        int last = Math.Min(first + PageRows, table.Count);
        ILookup<int, NumberedFinding> byRow = here.Where(f => f.Finding.Row is not null).ToLookup(f => f.Finding.Row!.Value);
        bool upright = table.Count == 1 && !spec.Many;
        FieldSpec[] fields = [.. spec.Fields.Where(f => !Sensitive.Hides(caller, tab.Table, f.Name) && (upright || f.Name == sought?.Field || Shows(table, f, first, last, here)))];
        ColumnView[] columns = [.. fields.Select(f => new ColumnView(f.Name, f.LabelVi))];
        List<RowView> rows = [];
        for (int i = first; i < last; i++)
            rows.Add(RowOf(table[i], fields, columns, [.. byRow[i + 1]], sought));
        return new TableView(tab, upright, columns, rows, page, pages, whole);
    }

    /// <summary>Page that holds a row.</summary>
    public static int PageOf(int? row) => row is { } r and > 0 ? ((r - 1) / PageRows) + 1 : 1;

    private static RowView RowOf(Row row, FieldSpec[] fields, ColumnView[] columns, NumberedFinding[] findings, SoughtCell? sought)
    {
        CellView[] cells = new CellView[fields.Length];
        HashSet<string> shown = new(StringComparer.Ordinal);
        for (int i = 0; i < fields.Length; i++)
        {
            string raw = row[fields[i].Id].Text;
            NumberedFinding[] own = [.. findings.Where(f => f.Finding.Field == fields[i].Name)];
            shown.Add(fields[i].Name);
            // A wrong value is shown letter by letter, as it has to be found in the HIS.
            string text = own.Length > 0 ? raw : Vi.Value(raw, fields[i].Kind);
            cells[i] = new CellView(columns[i], raw, text, fields[i].Kind is FieldKind.Decimal, own)
            {
                IsSought = sought is not null && sought.Row == row.Position && sought.Field == fields[i].Name,
            };
        }
        return new RowView(row.Position, cells, [.. findings.Where(f => !shown.Contains(f.Finding.Field))]);
    }

    private static bool Shows(Table table, FieldSpec field, int first, int last, NumberedFinding[] findings)
    {
        if (field.Name == "STT" || Array.Exists(findings, f => f.Finding.Field == field.Name))
            return true;
        if (field.Name == "MA_LK")
            return false;
        for (int i = first; i < last; i++)
        {
            if (!table[i][field.Id].IsEmpty)
                return true;
        }
        return false;
    }

    private static TableSpec? Spec(Release release, TableId id) => release.Table(id) ?? Releases.Newest.Table(id);
}
