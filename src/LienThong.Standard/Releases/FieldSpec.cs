namespace LienThong.Standard;

/// <summary>What kind of text a field holds.</summary>
public enum FieldKind
{
    /// <summary>Free text.</summary>
    String,

    /// <summary>A code; leading zeros count.</summary>
    Code,

    /// <summary>Codes joined with <c>;</c>.</summary>
    CodeList,

    /// <summary>Digits only.</summary>
    Integer,

    /// <summary>A number with a decimal point; no thousands separator.</summary>
    Decimal,

    /// <summary>A day, <c>yyyyMMdd</c>.</summary>
    Date8,

    /// <summary>A moment in Vietnam local time, <c>yyyyMMddHHmm</c>.</summary>
    DateTime12,
}

/// <summary>When a field has to be filled.</summary>
public enum Requirement
{
    /// <summary>May stay empty.</summary>
    Optional,

    /// <summary>Must be filled in the case that <see cref="FieldSpec.RequiredWhen"/> words.</summary>
    Conditional,

    /// <summary>Must be filled whenever a row of the table is there.</summary>
    Always,
}

/// <summary>A field as one release of the standard defines it.</summary>
public sealed class FieldSpec
{
    private readonly FieldRow row;

    // What is only ever shown is cut out of the data when it is.
    internal FieldSpec(FieldRow row) => this.row = row;

    /// <summary>The field, whatever the release.</summary>
    public required FieldId Id { get; init; }

    /// <summary>Official code, e.g. <c>MA_LK</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Position of the element in its row, from 1.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Kind of text.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>Longest allowed text in characters; null when unlimited. For decimals it counts the point.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Digits allowed after the decimal point; null for other kinds.</summary>
    public int? Decimals { get; init; }

    /// <summary>True when the text is a list joined with <c>;</c>.</summary>
    public bool IsList { get; init; }

    /// <summary>When the field has to be filled.</summary>
    public Requirement Required { get; init; }

    /// <summary>The condition in words (English) when <see cref="Required"/> is conditional; otherwise empty.</summary>
    public string RequiredWhen => field ??= row["required_when"];

    /// <summary>Anchored regular expression the text must match; empty when the standard fixes no form.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>Vietnamese name for people.</summary>
    public string LabelVi => field ??= row["label_vi"];

    /// <summary>Meaning in English, in our own words.</summary>
    public string MeaningEn => field ??= row["meaning_en"];

    /// <summary>True when the portal wants the same value as XML1 holds under this name.</summary>
    public bool SameAsXml1 { get; init; }

    /// <summary>How sure we are of the weakest fact in this row (see the sources of the standard data).</summary>
    public string Confidence => field ??= row["confidence"];
}
