using System.Text;

namespace LienThong.Standard;

/// <summary>
/// The text of one field as received: UTF-8 bytes inside the record's buffer. Nothing is converted until a rule asks;
/// typed reads answer 'absent', 'malformed' or the value and never throw.
/// </summary>
public readonly ref struct Value
{
    private readonly ReadOnlySpan<byte> bytes;
    private readonly bool present;

    internal Value(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        present = true;
    }

    /// <summary>True when the element isn't there at all.</summary>
    public bool IsAbsent => !present;

    /// <summary>True when the element is missing, empty or only white space. <c>0</c> is not empty.</summary>
    public bool IsEmpty => Blank.Trim(bytes).IsEmpty;

    /// <summary>The bytes exactly as received (after XML decoding).</summary>
    public ReadOnlySpan<byte> Raw => bytes;

    /// <summary>The bytes without white space at either end (tab, line ends, space, no-break space).</summary>
    public ReadOnlySpan<byte> Trimmed => Blank.Trim(bytes);

    /// <summary>The text exactly as received; empty when absent. Allocates.</summary>
    public string Text => Encoding.UTF8.GetString(bytes);

    /// <summary>Characters (Unicode scalar values) of the trimmed text.</summary>
    public int CharacterCount => Utf8Text.CountScalars(Trimmed);

    /// <summary>True when the trimmed text equals these bytes.</summary>
    public bool Is(ReadOnlySpan<byte> utf8) => Trimmed.SequenceEqual(utf8);

    /// <summary>True when both trimmed texts are the same bytes.</summary>
    public bool Is(Value other) => Trimmed.SequenceEqual(other.Trimmed);

    /// <summary>True when the trimmed text starts with these bytes.</summary>
    public bool StartsWith(ReadOnlySpan<byte> utf8) => Trimmed.StartsWith(utf8);

    /// <summary>A number: optional minus, digits, optional point with digits. Up to 28 digits.</summary>
    public Read<decimal> Decimal() => Typed.Decimal(Trimmed);

    /// <summary>A whole number of digits only, at most <see cref="int.MaxValue"/>.</summary>
    public Read<int> Integer() => Typed.Integer(Trimmed);

    /// <summary>A real calendar day <c>yyyyMMdd</c>, years 1900 to 2100.</summary>
    public Read<DateOnly> Date8() => Typed.Date8(Trimmed);

    /// <summary>A real moment <c>yyyyMMddHHmm</c> in Vietnam local time, years 1900 to 2100.</summary>
    public Read<DateTime> DateTime12() => Typed.DateTime12(Trimmed);

    /// <summary>The day of a <c>yyyyMMdd</c> or <c>yyyyMMddHHmm</c> value.</summary>
    public Read<DateOnly> Day()
    {
        ReadOnlySpan<byte> text = Trimmed;
        if (text.Length == 8) return Typed.Date8(text);
        Read<DateTime> moment = Typed.DateTime12(text);
        return moment.IsPresent ? Read<DateOnly>.Of(DateOnly.FromDateTime(moment.Value)) : new Read<DateOnly>(moment.State, default);
    }

    /// <summary>Walks the items of a <c>;</c> list, trimmed, empty ones included.</summary>
    public ListItems Items() => new(bytes);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Walks the items of a <c>;</c> list without allocating; each item is trimmed, empty items are given too.</summary>
public ref struct ListItems
{
    private ReadOnlySpan<byte> rest;
    private bool more;

    internal ListItems(ReadOnlySpan<byte> list)
    {
        rest = list;
        more = !Blank.Trim(list).IsEmpty;
        Current = default;
    }

    /// <summary>The item at hand, trimmed.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly ListItems GetEnumerator() => this;

    /// <summary>How many items are left, empty ones included; 0 for a blank list.</summary>
    public readonly int Count() => more ? 1 + rest.Count((byte)';') : 0;

    /// <summary>Goes on to the next item; false after the last.</summary>
    public bool MoveNext()
    {
        if (!more) return false;
        int at = rest.IndexOf((byte)';');
        Current = Blank.Trim(at < 0 ? rest : rest[..at]);
        more = at >= 0;
        rest = more ? rest[(at + 1)..] : default;
        return true;
    }
}
