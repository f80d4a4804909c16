using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace LienThong.Standard;

/// <summary>What a release says of a table besides its fields.</summary>
internal sealed record TableElements(
    TableId Id, string LoaiHoSo, string RootElement, string ListElement, string RecordElement, bool Many, string NameVi, string NameEn)
{
    /// <summary>True when both name their elements alike.</summary>
    public bool SameNames(TableElements other) =>
        RootElement == other.RootElement && ListElement == other.ListElement && RecordElement == other.RecordElement;
}

/// <summary>A table as one release of the standard defines it.</summary>
public sealed class TableSpec
{
    private readonly TableElements elements;
    private readonly FieldSpec?[] byColumn;

    internal TableSpec(TableElements elements, FieldSpec[] fields)
    {
        this.elements = elements;
        List = fields;
        byColumn = new FieldSpec?[FieldNames.Of(elements.Id).Length];
        foreach (FieldSpec field in fields)
        {
            byColumn[field.Id.Column] = field;
        }
    }

    /// <summary>Which table.</summary>
    public TableId Id => elements.Id;

    /// <summary>Value of <c>LOAIHOSO</c> in a package; empty for XML0 and XML12, which are documents of their own.</summary>
    public string LoaiHoSo => elements.LoaiHoSo;

    /// <summary>Root element of the table document.</summary>
    public string RootElement => elements.RootElement;

    /// <summary>Element that holds the rows; empty when the root is itself the row.</summary>
    public string ListElement => elements.ListElement;

    /// <summary>Element of one row.</summary>
    public string RecordElement => elements.RecordElement;

    /// <summary>True when a record may hold several rows of this table.</summary>
    public bool Many => elements.Many;

    /// <summary>Vietnamese name for people.</summary>
    public string NameVi => elements.NameVi;

    /// <summary>English name.</summary>
    public string NameEn => elements.NameEn;

    /// <summary>Fields in official order.</summary>
    public ImmutableArray<FieldSpec> Fields => ImmutableCollectionsMarshal.AsImmutableArray(List);

    /// <summary>The same for this product's own rooms: judging one file doesn't load the library of immutable collections.</summary>
    internal FieldSpec[] List { get; }

    /// <summary>The field as this release defines it; null when this release doesn't have it.</summary>
    public FieldSpec? Find(FieldId field) => field.Table == Id ? byColumn[field.Column] : null;
}
