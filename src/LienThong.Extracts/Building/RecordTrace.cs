using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>How a cell of a record got its value.</summary>
public enum OriginKind
{
    /// <summary>Taken over from one field of the visit.</summary>
    Copied,

    /// <summary>Worked out from fields of the visit and dated data.</summary>
    Computed,

    /// <summary>The model's default, because the field was empty.</summary>
    Default,
}

/// <summary>A field of a visit that a cell was made from.</summary>
/// <param name="Field">The field.</param>
/// <param name="Row">Its row.</param>
/// <param name="Number">Number of the row in its section, from 1.</param>
public sealed record SourceCell(VisitField Field, VisitRow Row, int Number)
{
    /// <summary>The normalised value.</summary>
    public string Value => Row[Field];
}

/// <summary>Where a cell came from.</summary>
/// <param name="Kind">How.</param>
/// <param name="How">How it was worked out, in a few Vietnamese words; empty for copies.</param>
/// <param name="Sources">The fields it was made from; those of other cells it was made from are among them.</param>
public sealed record Origin(OriginKind Kind, string How, IReadOnlyList<SourceCell> Sources);

/// <summary>Where the cells of a built record came from.</summary>
public sealed class RecordTrace
{
    private readonly Dictionary<(TableId, int, FieldId), Origin> origins = [];

    /// <summary>The origin of a cell; null when it is empty or holds a constant such as the row's number.</summary>
    /// <param name="table">Table.</param>
    /// <param name="row">Row, from 1.</param>
    /// <param name="field">Field of the table.</param>
    public Origin? Of(TableId table, int row, FieldId field) => origins.GetValueOrDefault((table, row, field));

    internal void Set(TableId table, int row, FieldId field, Origin origin) => origins[(table, row, field)] = origin;
}
