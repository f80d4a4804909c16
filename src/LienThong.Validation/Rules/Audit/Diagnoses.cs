using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The diagnoses of a record against sets of diseases as lists write them.</summary>
internal static class Diagnoses
{
    private const int Most = 200;

    /// <summary>The first diagnosis, main or secondary, that the set holds; empty when none does.</summary>
    /// <param name="record">The record.</param>
    /// <param name="set"><c>;</c>-separated: <c>J18</c> (with everything below), <c>J18.9</c>, or the range <c>J10-J18</c>.</param>
    public static ReadOnlySpan<byte> FirstIn(RecordView record, ReadOnlySpan<byte> set)
    {
        ReadOnlySpan<byte> main = record.Summary[Xml1.MA_BENH_CHINH].Trimmed;
        if (Holds(set, main)) return main;
        int count = 0;
        foreach (ReadOnlySpan<byte> item in record.Summary[Xml1.MA_BENH_KT].Items())
        {
            if (Holds(set, item)) return item;
            if (++count == Most) break;
        }

        return default;
    }

    /// <summary>True when the set holds a diagnosis of the record.</summary>
    public static bool AnyIn(RecordView record, ReadOnlySpan<byte> set) => !FirstIn(record, set).IsEmpty;

    private static bool Holds(ReadOnlySpan<byte> set, ReadOnlySpan<byte> code)
    {
        if (code.IsEmpty) return false;
        while (!set.IsEmpty)
        {
            int end = set.IndexOf((byte)';');
            ReadOnlySpan<byte> item = Blank.Trim(end < 0 ? set : set[..end]);
            if (!item.IsEmpty && Fits(item, code)) return true;
            set = end < 0 ? default : set[(end + 1)..];
        }

        return false;
    }

    private static bool Fits(ReadOnlySpan<byte> item, ReadOnlySpan<byte> code)
    {
        int dash = item.IndexOf((byte)'-');
        if (dash == 3 && item.Length == 7)
            return code.Length >= 3 && code[..3].SequenceCompareTo(item[..3]) >= 0 && code[..3].SequenceCompareTo(item[4..]) <= 0;
        return code.StartsWith(item) && (code.Length == item.Length || item.Length > 3 || code[item.Length] is not (>= (byte)'0' and <= (byte)'9'));
    }
}
