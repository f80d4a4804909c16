namespace LienThong.Gateway.Records.Comparing;

/// <summary>What differs between two contents of one record. An element that isn't there and an empty one are the same.</summary>
/// <param name="Money">Totals of XML1 that have a value on either side, in official order; the first thing people ask for.</param>
/// <param name="Tables">Tables that differ, in official order.</param>
/// <param name="IsCut">There were more cells than are listed: the counts are right, the last rows carry no cells.</param>
public sealed record RecordDiff(IReadOnlyList<MoneyChange> Money, IReadOnlyList<TableDiff> Tables, bool IsCut)
{
    /// <summary>Nothing differs.</summary>
    public bool IsEmpty => Tables.Count == 0;

    /// <summary>Rows that were added, removed or changed, over all tables.</summary>
    public int Rows => Tables.Sum(t => t.Added + t.Removed + t.Changed);
}

/// <summary>A total before and after.</summary>
/// <param name="Field">Field of XML1, e.g. <c>T_BHTT</c>.</param>
/// <param name="Label">Its Vietnamese name.</param>
/// <param name="Old">VND before; null when empty or no number.</param>
/// <param name="New">VND after; null when empty or no number.</param>
public sealed record MoneyChange(string Field, string Label, decimal? Old, decimal? New)
{
    /// <summary>After less before, VND; an empty total counts as 0.</summary>
    public decimal Difference => (New ?? 0) - (Old ?? 0);

    /// <summary>Whether the two differ.</summary>
    public bool IsChanged => Old != New;
}

/// <summary>What differs in one table.</summary>
/// <param name="Table">Table code (<c>XML3</c>).</param>
/// <param name="Name">Its Vietnamese name.</param>
/// <param name="OldRows">Rows before.</param>
/// <param name="NewRows">Rows after.</param>
/// <param name="Rows">Rows that differ: removed ones where they stood, the others in the new order.</param>
public sealed record TableDiff(string Table, string Name, int OldRows, int NewRows, IReadOnlyList<RowDiff> Rows)
{
    /// <summary>Rows that are new.</summary>
    public int Added => Count(RowChange.Added);

    /// <summary>Rows that are gone.</summary>
    public int Removed => Count(RowChange.Removed);

    /// <summary>Rows with changed cells.</summary>
    public int Changed => Count(RowChange.Changed);

    /// <summary>Rows that only got another number or place.</summary>
    public int Renumbered => Count(RowChange.Renumbered);

    private int Count(RowChange kind) => Rows.Count(r => r.Kind == kind);
}

/// <summary>What happened to a row.</summary>
public enum RowChange
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>Some of its cells changed.</summary>
    Changed,

    /// <summary>Only its <c>STT</c> or its place changed, because other rows came or went.</summary>
    Renumbered,
}

/// <summary>A row that differs.</summary>
/// <param name="Kind">What happened to it.</param>
/// <param name="OldRow">Its position before, from 1; null for an added one.</param>
/// <param name="NewRow">Its position after, from 1; null for a removed one.</param>
/// <param name="Title">Codes and name by which people know it; empty when the table has none.</param>
/// <param name="Cells">Changed cells; of an added or removed row those that hold something.</param>
public sealed record RowDiff(RowChange Kind, int? OldRow, int? NewRow, string Title, IReadOnlyList<CellDiff> Cells);

/// <summary>A cell that differs.</summary>
/// <param name="Field">Field name.</param>
/// <param name="Label">Its Vietnamese name.</param>
/// <param name="Old">Text before; null when the element wasn't there.</param>
/// <param name="New">Text after; null when the element isn't there.</param>
public sealed record CellDiff(string Field, string Label, string? Old, string? New);
