using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace LienThong.Standard;

/// <summary>A release of the data standard: a decision of the Ministry of Health, laid over its parent.</summary>
public sealed class Release
{
    private readonly TableSpec?[] tables = new TableSpec?[TableNames.Count];
    private TableSpec[]? inOrder;

    internal Release(TableElements[] elements, ReleaseFields fields)
    {
        Elements = elements;
        FieldLists = fields;
    }

    /// <summary>Stable id, e.g. <c>QD3176</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Number of the decision as people quote it, e.g. <c>3176/QĐ-BYT</c>.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>First day of trial use; null when none is known.</summary>
    public DateOnly? TrialFrom { get; init; }

    /// <summary>First <c>NGAY_RA</c> for which it is mandatory; null when our sources give no such date.</summary>
    public DateOnly? MandatoryFrom { get; init; }

    /// <summary>First <c>NGAY_RA</c> for which a later release took its place; null while in force.</summary>
    public DateOnly? SupersededFrom { get; init; }

    /// <summary>Id of the release it amends; empty for the first.</summary>
    public required string Parent { get; init; }

    /// <summary>Its tables, in the order of their numbers.</summary>
    public ImmutableArray<TableSpec> Tables => ImmutableCollectionsMarshal.AsImmutableArray(inOrder ??= Array.ConvertAll(Elements, Build));

    internal TableElements[] Elements { get; }

    internal ReleaseFields FieldLists { get; }

    /// <summary>A table of this release; null when it doesn't have it.</summary>
    public TableSpec? Table(TableId table)
    {
        if (tables[(int)table] is { } known) return known;
        foreach (TableElements elements in Elements)
        {
            if (elements.Id == table) return Build(elements);
        }

        return null;
    }

    /// <summary>A field as this release defines it; null when it doesn't have it.</summary>
    public FieldSpec? Field(FieldId field) => Table(field.Table)?.Find(field);

    /// <inheritdoc/>
    public override string ToString() => Id;

    // A record holds few of the tables, so each is made when it is first asked for; of two made at once, one stays.
    private TableSpec Build(TableElements elements)
    {
        ref TableSpec? slot = ref tables[(int)elements.Id];
        if (slot is null) Interlocked.CompareExchange(ref slot, ReleaseLoader.Table(elements, FieldLists.Of(elements.Id)), null);
        return slot;
    }
}
