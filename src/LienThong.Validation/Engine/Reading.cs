using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Words that predicates are written in.</summary>
internal static class Reading
{
    /// <summary>True when the trimmed text is one of the words, which are separated by single spaces.</summary>
    public static bool IsOneOf(this Value value, ReadOnlySpan<byte> words) => Contains(words, value.Trimmed);

    /// <summary>True when the item is one of the words, which are separated by single spaces.</summary>
    public static bool Contains(ReadOnlySpan<byte> words, ReadOnlySpan<byte> item)
    {
        if (item.IsEmpty) return false;
        while (!words.IsEmpty)
        {
            int end = words.IndexOf((byte)' ');
            ReadOnlySpan<byte> word = end < 0 ? words : words[..end];
            if (word.SequenceEqual(item)) return true;
            words = end < 0 ? default : words[(end + 1)..];
        }

        return false;
    }

    /// <summary>True when the item is one of the list, which <c>;</c> separates.</summary>
    public static bool HasItem(ReadOnlySpan<byte> list, ReadOnlySpan<byte> item)
    {
        while (!list.IsEmpty)
        {
            int end = list.IndexOf((byte)';');
            if (Blank.Trim(end < 0 ? list : list[..end]).SequenceEqual(item)) return true;
            list = end < 0 ? default : list[(end + 1)..];
        }

        return false;
    }

    /// <summary>True when one of the first 200 items of the list is this text; a hostile list must not cost every row its length.</summary>
    public static bool HasItem(this Value value, ReadOnlySpan<byte> wanted)
    {
        const int Most = 200;
        int count = 0;
        foreach (ReadOnlySpan<byte> item in value.Items())
        {
            if (item.SequenceEqual(wanted)) return true;
            if (++count == Most) return false;
        }

        return false;
    }

    /// <summary>The cost group (<c>MA_NHOM</c>) of a row of XML2 or XML3, with or without its leading zero; 0 when it isn't a number.</summary>
    public static int Group(this Row row) =>
        row[row.Table.Id == TableId.Xml2 ? Xml2.MA_NHOM : Xml3.MA_NHOM].Integer().Or(0);

    /// <summary>Holds when both are there and the first is not after the second.</summary>
    public static Answer NotAfter(this Read<DateTime> first, Read<DateTime> second) =>
        first.IsPresent && second.IsPresent ? first.Value <= second.Value : Missing(first, second);

    /// <summary>Holds when both are there and the first is not after the second.</summary>
    public static Answer NotAfter(this Read<DateOnly> first, Read<DateOnly> second) =>
        first.IsPresent && second.IsPresent ? first.Value <= second.Value : Missing(first, second);

    /// <summary>The answer when not all reads are present: malformed wins over absent.</summary>
    public static Answer Missing<TFirst, TSecond>(Read<TFirst> first, Read<TSecond> second)
        where TFirst : struct
        where TSecond : struct => first.IsMalformed || second.IsMalformed ? Answer.Malformed : Answer.NotApplicable;

    /// <summary>The day of a moment.</summary>
    public static DateOnly Day(this DateTime moment) => DateOnly.FromDateTime(moment);

    /// <summary>Days counted inclusively: out − in + 1.</summary>
    public static int DaysThrough(this DateTime from, DateTime to) => to.Day().DayNumber - from.Day().DayNumber + 1;

    /// <summary>
    /// Compares an amount with what it should be: more than 2 đ apart is broken, up to 2 đ is a rounding difference (warning).
    /// </summary>
    public static Answer Near(this Read<decimal> amount, Read<decimal> expected)
    {
        if (!amount.IsPresent || !expected.IsPresent) return Answer.Malformed;
        decimal gap = Math.Abs(amount.Value - expected.Value);
        if (gap <= 0.01m) return Answer.Holds;
        Breach breach = Breach.Expect(expected.Value).And("diff", Show.Money(gap));
        return gap > 2m ? breach : breach.Weighing(Severity.Warn);
    }
}
