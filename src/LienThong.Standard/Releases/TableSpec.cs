using System.Collections.Immutable;

namespace LienThong.Standard;

/// <summary>A table as one release of the standard defines it.</summary>
public sealed class TableSpec
{
    private readonly FieldSpec?[] byColumn;

    internal TableSpec(TableId id, ImmutableArray<FieldSpec> fields)
    {
        Id = id;
        Fields = fields;
        byColumn = new FieldSpec?[FieldNames.Of(id).Length];
        foreach (FieldSpec field in fields)
        {
            byColumn[field.Id.Column] = field;
        }
    }

    /// <summary>Which table.</summary>
    public TableId Id { get; }

    /// <summary>Value of <c>LOAIHOSO</c> in a package; empty for XML0 and XML12, which are documents of their own.</summary>
    public required string LoaiHoSo { get; init; }

    /// <summary>Root element of the table document.</summary>
    public required string RootElement { get; init; }

    /// <summary>Element that holds the rows; empty when the root is itself the row.</summary>
    public required string ListElement { get; init; }

    /// <summary>Element of one row.</summary>
    public required string RecordElement { get; init; }

    /// <summary>True when a record may hold several rows of this table.</summary>
    public required bool Many { get; init; }

    /// <summary>Vietnamese name for people.</summary>
    public required string NameVi { get; init; }

    /// <summary>English name.</summary>
    public required string NameEn { get; init; }

    /// <summary>Fields in official order.</summary>
    public ImmutableArray<FieldSpec> Fields { get; }

    /// <summary>The field as this release defines it; null when this release doesn't have it.</summary>
    public FieldSpec? Find(FieldId field) => field.Table == Id ? byColumn[field.Column] : null;
}
