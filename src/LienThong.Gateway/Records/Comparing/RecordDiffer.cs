using LienThong.Standard;

namespace LienThong.Gateway.Records.Comparing;

/// <summary>Compares two contents of a record field by field, of whatever releases they are.</summary>
public static class RecordDiffer
{
    /// <summary>Cells listed at most by default: what a person can look through, many times over.</summary>
    public const int MostCells = 200_000;

    /// <summary>What was changed on the way from one content to the other.</summary>
    /// <param name="before">The earlier content.</param>
    /// <param name="after">The later one.</param>
    /// <param name="mostCells">Cells listed at most; rows beyond keep their place and kind.</param>
    public static RecordDiff Compare(Record before, Record after, int mostCells = MostCells)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Room room = new(mostCells);
        List<TableDiff> tables = [];
        for (int i = 0; i < TableNames.Count; i++)
        {
            TableId id = (TableId)i;
            if (TableOf(id, before[id], after[id], room) is { Rows.Count: > 0 } table)
                tables.Add(table);
        }
        return new RecordDiff(Totals(before.Summary, after.Summary), tables, room.IsFull);
    }

    private static TableDiff? TableOf(TableId id, Table? before, Table? after, Room room)
    {
        if (before is null && after is null)
            return null;
        TableColumns columns = TableColumns.Of(id);
        TableSpec? spec = Releases.All.Reverse().Select(r => r.Table(id)).FirstOrDefault(t => t is not null);
        int[] pairs = before is null || after is null ? Gone(before?.Count ?? 0) : RowMatching.Find(before, after, columns, spec is { Many: false });
        int[] origin = Gone(after?.Count ?? 0);
        for (int i = 0; i < pairs.Length; i++)
        {
            if (pairs[i] >= 0)
                origin[pairs[i]] = i;
        }
        CellDiff[]?[] changed = new CellDiff[]?[origin.Length];
        List<int> still = [];
        for (int j = 0; j < origin.Length; j++)
        {
            if (origin[j] < 0)
                continue;
            changed[j] = Changes(columns, before![origin[j]], after![j]);
            if (changed[j]!.Length == 0)
                still.Add(j);
        }
        HashSet<int> moved = Moved(still, origin);
        List<RowDiff> rows = [];
        int old = 0;
        for (int j = 0; j < origin.Length; j++)
        {
            // Rows that are gone stand where they stood: before the row that follows them.
            if (origin[j] >= 0)
                old = AddGone(rows, columns, before!, pairs, old, origin[j], room);
            if (RowOf(columns, before, after![j], j, origin[j], changed[j], moved, room) is { } row)
                rows.Add(row);
        }
        AddGone(rows, columns, before, pairs, old, pairs.Length, room);
        return new TableDiff(id.Code(), spec?.NameVi ?? "", pairs.Length, origin.Length, rows);
    }

    private static RowDiff? RowOf(TableColumns columns, Table? before, Row now, int at, int origin, CellDiff[]? changed, HashSet<int> moved, Room room)
    {
        if (origin < 0)
            return new RowDiff(RowChange.Added, null, at + 1, Title(columns, now), room.Take(Filled(columns, now, isNew: true)));
        if (changed!.Length == 0)
            return moved.Contains(at) ? new RowDiff(RowChange.Renumbered, origin + 1, at + 1, Title(columns, now), []) : null;
        RowChange kind = changed is [{ Field: "STT" }] ? RowChange.Renumbered : RowChange.Changed;
        return new RowDiff(kind, origin + 1, at + 1, Title(columns, before![origin]), room.Take(changed));
    }

    private static int AddGone(List<RowDiff> rows, TableColumns columns, Table? before, int[] pairs, int from, int to, Room room)
    {
        for (; from < to; from++)
        {
            if (pairs[from] < 0)
                rows.Add(new RowDiff(RowChange.Removed, from + 1, null, Title(columns, before![from]), room.Take(Filled(columns, before[from], isNew: false))));
        }
        return from;
    }

    private static CellDiff[] Changes(TableColumns columns, Row before, Row after)
    {
        List<CellDiff>? cells = null;
        foreach (FieldSpec field in columns.Fields)
        {
            Value one = before[field.Id], other = after[field.Id];
            if (!RowMatching.Same(one, other))
                (cells ??= []).Add(new CellDiff(field.Name, field.LabelVi, TextOf(one), TextOf(other)));
        }
        return cells is null ? [] : [.. cells];
    }

    private static CellDiff[] Filled(TableColumns columns, Row row, bool isNew)
    {
        List<CellDiff> cells = [];
        foreach (FieldSpec field in columns.Fields)
        {
            if (!row[field.Id].IsEmpty)
                cells.Add(isNew ? new CellDiff(field.Name, field.LabelVi, null, row[field.Id].Text) : new CellDiff(field.Name, field.LabelVi, row[field.Id].Text, null));
        }
        return [.. cells];
    }

    /// <summary>Which unchanged rows no longer stand in their old order: all but the longest run that does.</summary>
    private static HashSet<int> Moved(List<int> still, int[] origin)
    {
        List<int> ends = [];
        int[] earlier = new int[still.Count];
        for (int i = 0; i < still.Count; i++)
        {
            int lo = 0, hi = ends.Count;
            while (lo < hi)
            {
                int mid = (lo + hi) / 2;
                if (origin[still[ends[mid]]] < origin[still[i]])
                    lo = mid + 1;
                else
                    hi = mid;
            }
            earlier[i] = lo == 0 ? -1 : ends[lo - 1];
            if (lo == ends.Count)
                ends.Add(i);
            else
                ends[lo] = i;
        }
        if (ends.Count == still.Count)
            return [];
        HashSet<int> moved = [.. still];
        for (int i = ends.Count == 0 ? -1 : ends[^1]; i >= 0; i = earlier[i])
            moved.Remove(still[i]);
        return moved;
    }

    private static IReadOnlyList<MoneyChange> Totals(Row? before, Row? after)
    {
        List<MoneyChange> totals = [];
        foreach (FieldSpec field in TableColumns.Of(TableId.Xml1).Fields.Where(f => f.Kind == FieldKind.Decimal && f.Name.StartsWith("T_", StringComparison.Ordinal)))
        {
            if ((Amount(before, field.Id), Amount(after, field.Id)) is var (old, now) && (old ?? now) is not null)
                totals.Add(new MoneyChange(field.Name, field.LabelVi, old, now));
        }
        return totals;
    }

    private static decimal? Amount(Row? row, FieldId field) => row is { } known && known[field].Decimal() is { IsPresent: true } amount ? amount.Value : null;

    private static string? TextOf(Value value) => value.IsAbsent ? null : value.Text;

    private static string Title(TableColumns columns, Row row)
    {
        string title = "";
        foreach (FieldId field in columns.Title)
        {
            if (!row[field].IsEmpty)
                title += (title.Length == 0 ? "" : " · ") + row[field].Text.Trim();
        }
        return title.Length > 200 ? title[..200] + "…" : title;
    }

    private static int[] Gone(int count)
    {
        int[] pairs = new int[count];
        Array.Fill(pairs, -1);
        return pairs;
    }

    /// <summary>How many cells may still be listed.</summary>
    private sealed class Room(int left)
    {
        private int left = left;

        public bool IsFull { get; private set; }

        public IReadOnlyList<CellDiff> Take(CellDiff[] cells)
        {
            if (IsFull || cells.Length > left)
            {
                IsFull = true;
                return [];
            }
            left -= cells.Length;
            return cells;
        }
    }
}
