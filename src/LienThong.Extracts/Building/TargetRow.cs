using System.Globalization;
using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>A row of the record being built: writes values as the release writes them, and where they came from.</summary>
internal sealed class TargetRow(RowBuilder row, int number, Release release, RecordTrace? trace)
{
    public TableId Table => row.Table;

    public int Number => number;

    public string this[FieldId field] => row[field] ?? "";

    public decimal Amount(FieldId field) => ValueForm.AsNumber(this[field]) ?? 0;

    /// <summary>Takes a field over; an empty one falls back to the model's default.</summary>
    public void Copy(FieldId target, VisitRow source, int sourceNumber, VisitField field)
    {
        string value = source[field];
        if (value.Length > 0) Set(target, value, new Origin(OriginKind.Copied, "", [new SourceCell(field, source, sourceNumber)]));
        else if (field.Spec.Default is { Length: > 0 } standard) Set(target, standard, new Origin(OriginKind.Default, "giá trị mặc định", []));
    }

    /// <summary>Writes what was worked out.</summary>
    public void Compute(FieldId target, string value, string how, params IEnumerable<SourceCell> sources)
    {
        if (value.Length > 0) Set(target, value, trace is null ? null : new Origin(OriginKind.Computed, how, [.. sources]));
    }

    /// <summary>Writes a number that was worked out.</summary>
    public void Compute(FieldId target, decimal value, string how, params IEnumerable<SourceCell> sources) =>
        Compute(target, value.ToString(CultureInfo.InvariantCulture), how, sources);

    /// <summary>Takes a cell of another row over, with where that came from.</summary>
    public void Take(FieldId target, TargetRow other, FieldId field)
    {
        if (other[field].Length > 0) Set(target, other[field], other.OriginOf(field));
    }

    /// <summary>Writes what needs no origin: keys and numbers of rows.</summary>
    public void Put(FieldId target, string value) => row.Set(target, value);

    public Origin? OriginOf(FieldId field) => trace?.Of(Table, number, field);

    private void Set(FieldId target, string value, Origin? origin)
    {
        if (release.Field(target) is not { } spec) return;
        row.Set(target, Form(spec, value));
        if (trace is not null && origin is not null) trace.Set(Table, number, target, origin);
    }

    // Days are cut from moments where the standard wants a day; numbers get at least the decimals it names.
    private static string Form(FieldSpec spec, string value) => spec.Kind switch
    {
        FieldKind.Date8 when !spec.IsList && value.Length == 12 => value[..8],
        FieldKind.DateTime12 when value.Length == 8 => value + "0000",
        FieldKind.Decimal => Decimal(spec, value),
        _ => value,
    };

    private static string Decimal(FieldSpec spec, string value)
    {
        if (ValueForm.AsNumber(value) is not { } number) return value;
        // Benefit levels are written short: 80, 47.5.
        int least = spec.Decimals is > 1 and { } decimals ? decimals : 0;
        string form = least == 0 ? "0.######" : $"0.{new string('0', least)}######";
        return number.ToString(form, CultureInfo.InvariantCulture);
    }
}
