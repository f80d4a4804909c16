using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>A field that repeats one of XML1. Compared only when the copy is filled.</summary>
/// <param name="Info">The rule it reports under.</param>
/// <param name="Copy">The field of the other table.</param>
/// <param name="Original">The field of XML1.</param>
/// <param name="Severity">Severity of a difference.</param>
/// <param name="AnyItem">The copy is a list of which one item must equal the original.</param>
internal sealed record SamePair(RuleInfo Info, FieldId Copy, FieldId Original, Severity Severity, bool AnyItem)
{
    public void Judge(Row row, RecordView record, Report report)
    {
        Value copy = row[Copy];
        if (copy.IsEmpty) return;
        Value original = record.Summary[Original];
        if (copy.Raw.SequenceEqual(original.Raw) || Equal(copy.Trimmed, original.Trimmed)) return;
        if (report.IsBad(Copy, row.Position) || report.IsBad(Original, 1))
        {
            report.NotChecked();
            return;
        }

        if (AnyItem && HasItem(copy, original)) return;
        if (string.Equals(Normal(copy), Normal(original), StringComparison.Ordinal)) return;
        report.Add(Info, row, Copy, Breach.As(Severity).Expecting(Show.Text(original)).And("field_x1", Original.Name).BesideCell(record.Summary, Original));
    }

    private static bool HasItem(Value copy, Value original)
    {
        foreach (ReadOnlySpan<byte> item in copy.Items())
        {
            if (item.SequenceEqual(original.Trimmed)) return true;
        }

        return false;
    }

    private static bool Equal(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceEqual(b);

    private static string Normal(Value value)
    {
        string text = value.Text.Normalize(NormalizationForm.FormC);
        return string.Join(' ', text.Split([' ', '\t', '\r', '\n', '\u00A0'], StringSplitOptions.RemoveEmptyEntries)).Replace("; ", ";", StringComparison.Ordinal);
    }
}
