using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What the generic families ask of one field of one release, compiled.</summary>
internal sealed class FieldCheck
{
    public required FieldId Field { get; init; }

    public required FieldKind Kind { get; init; }

    public required bool IsList { get; init; }

    /// <summary>Severity when the field is empty; null when it may be.</summary>
    public Severity? WhenEmpty { get; init; }

    public required RuleInfo Required { get; init; }

    /// <summary>Characters above which it is blocked; <see cref="int.MaxValue"/> when unlimited.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Characters above which it is a warning, because editions differ; at most <see cref="MaxLength"/>.</summary>
    public required int SafeLength { get; init; }

    /// <summary>The rule that tells of a text that is too long.</summary>
    public required RuleInfo TooLong { get; init; }

    /// <summary>Digits after the point; -1 when it isn't a decimal.</summary>
    public required int Decimals { get; init; }

    /// <summary>The form a code must have; null when the standard fixes none, or a rule of its own judges it.</summary>
    public BytePattern? Form { get; init; }

    public required RuleInfo Enum { get; init; }

    /// <summary>A rule of its own judges type and form of this field.</summary>
    public required bool OwnForm { get; init; }

    /// <summary>Blanks around it are an error.</summary>
    public required bool Trimmed { get; init; }

    /// <summary>A negative number is an error.</summary>
    public required bool NonNegative { get; init; }

    /// <summary>A moment may be written as its day alone.</summary>
    public required bool TakesDay { get; init; }

    public void Judge(Row row, Value value, Report report)
    {
        ReadOnlySpan<byte> raw = value.Raw;
        ReadOnlySpan<byte> text = Blank.Trim(raw);
        if (text.IsEmpty)
        {
            if (WhenEmpty is { } severity) report.Add(Required, row, Field, Breach.As(severity));
            return;
        }

        if (Trimmed && (raw.Length != text.Length || text.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E) >= 0) && HasHidden(raw, text))
        {
            report.Add(Families.Trim, row, Field);
        }

        if (!OwnForm && !HasType(row, text, report)) return;

        // A rule of the field's own judges its items; the separator behind the last one is nobody's.
        if (OwnForm && Kind == FieldKind.CodeList && text is [.., not (byte)';', (byte)';']) report.Add(Families.List, row, Field, Breach.As(Severity.Info));
        if (text.Length > SafeLength && !Fits(row, text, report)) return;
        if (Decimals >= 0 && !HasFewDecimals(row, text, report)) return;
        if (Form is not null && !OwnForm && !HasForm(text)) report.Add(Enum, row, Field, Breach.With("allowed", Allowed(Form)));
    }

    private bool HasType(Row row, ReadOnlySpan<byte> text, Report report)
    {
        switch (Kind)
        {
            case FieldKind.Integer:
                if (text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0) return true;
                if (NonNegative && text[0] == '-' && Typed.Decimal(text).IsPresent) report.Add(Families.NonNegative, row, Field);
                else report.Add(Families.Type, row, Field);
                return false;
            case FieldKind.Decimal:
                if (!IsNumber(text))
                {
                    report.Add(Families.Type, row, Field);
                    return false;
                }

                if (NonNegative && text[0] == '-' && text.IndexOfAnyInRange((byte)'1', (byte)'9') >= 0)
                {
                    report.Add(Families.NonNegative, row, Field);
                    return false;
                }

                return true;
            case FieldKind.Date8:
                return HasDates(row, text, report, 8);
            case FieldKind.DateTime12:
                return HasDates(row, text, report, 12);
            case FieldKind.CodeList:
                CheckList(row, text, report);
                return true;
            default:
                return true;
        }
    }

    private bool HasDates(Row row, ReadOnlySpan<byte> text, Report report, int digits)
    {
        if (!IsList)
        {
            if (IsMoment(text, digits) || (TakesDay && IsMoment(text, 8))) return true;
            report.Add(digits == 8 ? Families.Date8 : Families.DateTime12, row, Field);
            return false;
        }

        CheckList(row, text, report);
        foreach (ReadOnlySpan<byte> item in row[Field].Items())
        {
            if (item.IsEmpty || IsMoment(item, digits)) continue;
            report.Add(digits == 8 ? Families.Date8 : Families.DateTime12, row, Field, Breach.OfPart(item));
            return false;
        }

        return true;
    }

    // A stray separator at the very end is common and harmless; anywhere else an item is missing.
    private void CheckList(Row row, ReadOnlySpan<byte> text, Report report)
    {
        if (text.IndexOfAny((byte)',', (byte)'|') >= 0)
        {
            report.Add(Families.List, row, Field);
            return;
        }

        if (text.IndexOf((byte)';') < 0) return;
        bool last = false;
        int empty = 0;
        foreach (ReadOnlySpan<byte> item in row[Field].Items())
        {
            last = item.IsEmpty;
            if (last) empty++;
        }

        if (empty > 0) report.Add(Families.List, row, Field, Breach.As(empty == 1 && last ? Severity.Info : Severity.Warn));
    }

    private bool Fits(Row row, ReadOnlySpan<byte> text, Report report)
    {
        int length = Utf8Text.CountScalars(text);
        if (length <= SafeLength) return true;
        bool block = length > MaxLength;
        Breach breach = Breach.As(block ? Severity.Block : Severity.Warn)
            .And("length", Show.Number(length)).And("max", Show.Number(block ? MaxLength : SafeLength));
        report.Add(block && TooLong.Severity < Severity.Block ? Families.MaxLength : TooLong, row, Field, breach);
        return !block;
    }

    private bool HasFewDecimals(Row row, ReadOnlySpan<byte> text, Report report)
    {
        int point = text.IndexOf((byte)'.');
        if (point < 0 || text.Length - point - 1 <= Decimals) return true;
        if (text[(point + 1 + Decimals)..].IndexOfAnyExcept((byte)'0') < 0) return true;
        report.Add(Families.Decimals, row, Field, Breach.With("max", Show.Number(Decimals)));
        return false;
    }

    private bool HasForm(ReadOnlySpan<byte> text)
    {
        if (!IsList) return Form!.Matches(text);
        return text.IndexOf((byte)' ') < 0 ? Form!.Matches(text.TrimEnd((byte)';')) : Form!.Matches(WithoutBlanks(text));
    }

    private static string Allowed(BytePattern form)
    {
        IReadOnlyList<string> words = form.Words(most: 30);
        return words.Count > 0 ? string.Join(", ", words) : "theo mẫu " + form.Source;
    }

    private static byte[] WithoutBlanks(ReadOnlySpan<byte> text)
    {
        byte[] copy = text.ToArray();
        int used = 0;
        foreach (byte b in copy)
        {
            if (!Blank.IsBlank(b)) copy[used++] = b;
        }

        return copy[..used];
    }

    private static bool IsMoment(ReadOnlySpan<byte> text, int digits) =>
        digits == 8 ? Typed.Date8(text).IsPresent : Typed.DateTime12(text).IsPresent;

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (text.Length <= 20) return Typed.Decimal(text).IsPresent;
        if (text[0] == '-') text = text[1..];
        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        bool digits = !whole.IsEmpty && whole.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        return digits && (point < 0 || (point < text.Length - 1 && text[(point + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0));
    }

    // U+200B..U+200F and U+FEFF can't be seen; tab and line ends inside a code neither.
    private static bool HasHidden(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> text)
    {
        if (raw.Length != text.Length || text.IndexOfAny((byte)'\t', (byte)'\n', (byte)'\r') >= 0) return true;
        if (text.IndexOf("\u00A0"u8) >= 0 || text.IndexOf("\uFEFF"u8) >= 0) return true;
        int at = text.IndexOf(ZeroWidthStart);
        return at >= 0 && at + 2 < text.Length && text[at + 2] is >= 0x8B and <= 0x8F;
    }

    private static ReadOnlySpan<byte> ZeroWidthStart => [0xE2, 0x80];
}
