using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Rules about the form of one value, told by a pattern.</summary>
internal static class Forms
{
    /// <summary>When filled, the text matches the pattern.</summary>
    public static RowRule Text(string code, FieldId field, string pattern)
    {
        BytePattern form = BytePattern.Of(pattern);
        return new RowRule(code, field, (row, _) =>
        {
            ReadOnlySpan<byte> text = row[field].Trimmed;
            return text.IsEmpty ? Answer.NotApplicable : form.Matches(text);
        })
        {
            OwnsForm = true,
        };
    }

    /// <summary>Every filled item of a <c>;</c> list matches the pattern; the finding names the item.</summary>
    public static RowRule Items(string code, FieldId field, string pattern)
    {
        BytePattern form = BytePattern.Of(pattern);
        return new RowRule(code, field, (row, _) =>
        {
            foreach (ReadOnlySpan<byte> item in row[field].Items())
            {
                if (!item.IsEmpty && !form.Matches(item)) return Breach.OfPart(item);
            }

            return Answer.Holds;
        })
        {
            OwnsForm = true,
        };
    }

    /// <summary>The row must have these fields when it meets the case; the finding points at the first empty one.</summary>
    public static Answer AllFilled(Row row, ReadOnlySpan<FieldId> fields)
    {
        foreach (FieldId field in fields)
        {
            if (row[field].IsEmpty) return Breach.Of(field);
        }

        return Answer.Holds;
    }
}
