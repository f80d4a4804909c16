using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>What an import does to a row.</summary>
public enum CatalogueChangeKind
{
    /// <summary>A row that wasn't there.</summary>
    Added,

    /// <summary>A row whose cells, end or acceptance change.</summary>
    Changed,

    /// <summary>A row that ends, because the file says so or no longer has it.</summary>
    Closed,
}

/// <summary>A stored row and what takes its place; either may be missing.</summary>
internal sealed record RowChange(CatalogueChangeKind Kind, CatalogueRowRow? Old, CatalogueRowRow? New, int? Line);

/// <summary>What stands between the stored rows of a list and those of a file.</summary>
/// <remarks>
/// A row is the same row when key and first day agree; a file that tells no first days is compared by key with the rows still open.
/// Rows are never edited: a changed row is closed and a new one opened, in valid time as well where the file tells no days of its own.
/// </remarks>
internal sealed class CatalogueDiff
{
    private readonly List<RowChange> changes = [];
    private readonly DateOnly effective;
    private readonly bool firstImport;

    private CatalogueDiff(DateOnly effective, bool firstImport) => (this.effective, this.firstImport) = (effective, firstImport);

    /// <summary>All changes, in the order of the file, then rows the file no longer has.</summary>
    public IReadOnlyList<RowChange> Changes => changes;

    /// <summary>Rows that stay as they are.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Rows that end only because the file doesn't have them.</summary>
    public int Absent { get; private set; }

    /// <summary>Stored rows still in force on the day the file takes effect.</summary>
    public int InForce { get; private set; }

    /// <summary>Rows the list holds afterwards.</summary>
    public int RowCount { get; private set; }

    /// <summary>First and last day the list says something about afterwards; null where nothing bounds it.</summary>
    public (DateOnly? From, DateOnly? To) Covers { get; private set; }

    public int Count(CatalogueChangeKind kind) => changes.Count(c => c.Kind == kind);

    /// <summary>Compares.</summary>
    /// <param name="stored">Rows of the newest edition.</param>
    /// <param name="sheet">Rows of the file.</param>
    /// <param name="effective">Day from which the file counts.</param>
    /// <param name="whole">Whether the file is the whole list, so that rows it lacks end.</param>
    public static CatalogueDiff Of(IReadOnlyList<CatalogueRowRow> stored, ReadSheet sheet, DateOnly effective, bool whole)
    {
        CatalogueDiff diff = new(effective, stored.Count == 0);
        HashSet<CatalogueRowRow> met = sheet.HasValidity ? diff.ByKeyAndDay(stored, sheet) : diff.ByKey(stored, sheet);
        if (whole)
            diff.CloseAbsent(stored, sheet, met);
        diff.InForce = stored.Count(r => IsOpenOn(r, effective));
        diff.Measure(stored);
        return diff;
    }

    private HashSet<CatalogueRowRow> ByKeyAndDay(IReadOnlyList<CatalogueRowRow> stored, ReadSheet sheet)
    {
        Dictionary<(string, string?), CatalogueRowRow> known = new(stored.Count);
        foreach (CatalogueRowRow row in stored)
            known[(row.RowKey, row.ValidFrom)] = row;
        HashSet<CatalogueRowRow> met = new(sheet.Rows.Count);
        foreach (ListRow row in sheet.Rows)
        {
            if (!known.TryGetValue((row.Key, RowContent.Store(row.From)), out CatalogueRowRow? old))
                changes.Add(new RowChange(CatalogueChangeKind.Added, null, Stored(row, row.From, null), row.Line));
            else if (met.Add(old))
                Compare(old, Stored(row, row.From, old), row.Line);
        }
        return met;
    }

    private HashSet<CatalogueRowRow> ByKey(IReadOnlyList<CatalogueRowRow> stored, ReadSheet sheet)
    {
        Dictionary<string, CatalogueRowRow> open = new(StringComparer.Ordinal);
        foreach (CatalogueRowRow row in stored.Where(r => r.ValidTo is null))
            open[row.RowKey] = row;
        HashSet<CatalogueRowRow> met = new(sheet.Rows.Count);
        foreach (ListRow row in sheet.Rows)
        {
            DateOnly? from = row.From ?? (firstImport ? null : effective);
            if (!open.TryGetValue(row.Key, out CatalogueRowRow? old))
                changes.Add(new RowChange(CatalogueChangeKind.Added, null, Stored(row, from, null), row.Line));
            else if (met.Add(old))
                CompareOpen(old, row);
        }
        return met;
    }

    private void Compare(CatalogueRowRow old, CatalogueRowRow made, int line)
    {
        if (IsSame(old, made) && old.ValidTo == made.ValidTo)
            Unchanged++;
        else
            changes.Add(new RowChange(IsSame(old, made) && old.ValidTo is null ? CatalogueChangeKind.Closed : CatalogueChangeKind.Changed, old, made, line));
    }

    // The file tells no days: what changes ends the day before it takes effect, and begins anew.
    private void CompareOpen(CatalogueRowRow old, ListRow row)
    {
        CatalogueRowRow same = Stored(row, RowContent.Day(old.ValidFrom), old);
        if (IsSame(old, same))
        {
            Unchanged++;
        }
        else if (old.Content == same.Content || RowContent.Day(old.ValidFrom) >= effective)
        {
            changes.Add(new RowChange(CatalogueChangeKind.Changed, old, same, row.Line));
        }
        else
        {
            changes.Add(new RowChange(CatalogueChangeKind.Changed, old, Ended(old, effective.AddDays(-1)), row.Line));
            changes.Add(new RowChange(CatalogueChangeKind.Added, null, Stored(row, effective, null), row.Line));
        }
    }

    private void CloseAbsent(IReadOnlyList<CatalogueRowRow> stored, ReadSheet sheet, HashSet<CatalogueRowRow> met)
    {
        // An older decision's list ends before today: it says nothing about the rows of the newer one.
        if (!sheet.Rows.Exists(r => (r.From ?? DateOnly.MinValue) <= effective && (r.To ?? DateOnly.MaxValue) >= effective))
            return;
        ILookup<string, DateOnly?> starts = sheet.Rows.ToLookup(r => r.Key, r => r.From, StringComparer.Ordinal);
        foreach (CatalogueRowRow row in stored.Where(r => !met.Contains(r) && IsOpenOn(r, effective)))
        {
            DateOnly from = RowContent.Day(row.ValidFrom) ?? DateOnly.MinValue;
            DateOnly last = (starts[row.RowKey].Where(f => f > from).Min() ?? effective).AddDays(-1);
            changes.Add(new RowChange(CatalogueChangeKind.Closed, row, last < from ? null : Ended(row, last), null));
            Absent++;
        }
    }

    private void Measure(IReadOnlyList<CatalogueRowRow> stored)
    {
        HashSet<CatalogueRowRow> gone = [.. changes.Select(c => c.Old).OfType<CatalogueRowRow>()];
        List<int> starts = [], ends = [];
        string? to = "0001-01-01";
        foreach (CatalogueRowRow row in stored.Where(r => !gone.Contains(r)).Concat(changes.Select(c => c.New).OfType<CatalogueRowRow>()))
        {
            RowCount++;
            starts.Add(RowContent.Day(row.ValidFrom)?.DayNumber ?? 0);
            ends.Add((RowContent.Day(row.ValidTo) ?? DateOnly.MaxValue).DayNumber);
            to = to is null || row.ValidTo is null ? null : string.CompareOrdinal(row.ValidTo, to) > 0 ? row.ValidTo : to;
        }
        int from = ListCoverage.FirstDay([.. starts], [.. ends]);
        Covers = (from == 0 ? null : DateOnly.FromDayNumber(from), RowContent.Day(to));
    }

    private static bool IsOpenOn(CatalogueRowRow row, DateOnly day) => row.ValidTo is null || string.CompareOrdinal(row.ValidTo, RowContent.Store(day)) >= 0;

    private static bool IsSame(CatalogueRowRow a, CatalogueRowRow b) => a.Content == b.Content && a.Accepted == b.Accepted && a.AcceptedOn == b.AcceptedOn;

    // A file that says nothing of acceptance doesn't take back what is known.
    private static CatalogueRowRow Stored(ListRow row, DateOnly? from, CatalogueRowRow? old) => new()
    {
        RowKey = row.Key,
        ValidFrom = RowContent.Store(from),
        ValidTo = RowContent.Store(row.To),
        Accepted = row.Accepted is { } accepted ? (accepted ? 1 : 0) : old?.Accepted,
        AcceptedOn = row.Accepted is null ? old?.AcceptedOn : RowContent.Store(row.AcceptedOn),
        Content = row.Content,
    };

    private static CatalogueRowRow Ended(CatalogueRowRow row, DateOnly last) => new()
    {
        RowKey = row.RowKey,
        ValidFrom = row.ValidFrom,
        ValidTo = RowContent.Store(last),
        Accepted = row.Accepted,
        AcceptedOn = row.AcceptedOn,
        Content = row.Content,
    };
}
