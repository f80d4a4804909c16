namespace LienThong.Validation;

/// <summary>Walks the words of a UTF-8 text without allocating; everything but letters, digits and bytes outside ASCII separates.</summary>
internal ref struct Words(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> rest = text;

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly Words GetEnumerator() => this;

    public bool MoveNext()
    {
        int start = 0;
        while (start < rest.Length && !IsLetter(rest[start])) start++;
        if (start == rest.Length) return false;
        int end = start + 1;
        while (end < rest.Length && IsLetter(rest[end])) end++;
        Current = rest[start..end];
        rest = rest[end..];
        return true;
    }

    private static bool IsLetter(byte b) => b >= 0x80 || char.IsAsciiLetterOrDigit((char)b);
}
