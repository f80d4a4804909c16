using System.Buffers;
using System.Text;

namespace LienThong.Signing.Canonical;

/// <summary>Where the slot lies in any UTF-8 document, by its bytes: a parser says what is in a document, but not at which byte. The result is always checked by a parser afterwards.</summary>
/// <param name="Start">Offset of the slot's start tag, or of the root's end tag when the document has no slot.</param>
/// <param name="End">Offset behind the slot's end tag; equal to <paramref name="Start"/> when there is none.</param>
/// <param name="OpenTag">The slot's start tag, never self-closing.</param>
/// <param name="CloseTag">The slot's end tag as it stands.</param>
/// <param name="HadContent">Whether the slot held anything but white space.</param>
/// <param name="Inserted">Whether the document has no slot.</param>
internal sealed record SlotPlace(int Start, int End, byte[] OpenTag, byte[] CloseTag, bool HadContent, bool Inserted)
{
    /// <summary>Null when the text isn't well-formed enough to tell, has a DTD, or has several slots under its root.</summary>
    internal static SlotPlace? Find(ReadOnlySpan<byte> text, SignatureSlot slot)
    {
        byte[] name = Encoding.UTF8.GetBytes(slot.Element);
        int depth = 0;
        int start = -1, openEnd = -1, closeStart = -1, end = -1, rootClose = -1;
        bool inside = false;
        int at = 0;
        while (Next(text, ref at, out int from, out TagKind kind))
        {
            if (kind == TagKind.Other) continue;
            if (kind == TagKind.Close)
            {
                depth--;
                if (depth == 0) rootClose = from;
                if (depth != 1 || !inside) continue;
                (closeStart, end, inside) = (from, at, false);
                continue;
            }

            if (depth == 1 && NameOf(text[(from + 1)..at]).SequenceEqual(name))
            {
                if (start >= 0) return null;
                (start, openEnd) = (from, at);
                if (kind == TagKind.Empty) (closeStart, end) = (at, at);
                else inside = true;
            }

            if (kind == TagKind.Open) depth++;
            if (depth < 0) return null;
        }

        if (at != text.Length || depth != 0 || rootClose < 0) return null;
        if (start < 0)
            return new SlotPlace(rootClose, rootClose, [(byte)'<', .. name, (byte)'>'], [(byte)'<', (byte)'/', .. name, (byte)'>'], false, true);
        bool empty = closeStart == end;
        return new SlotPlace(start, end,
            empty ? [.. text[start..(openEnd - 2)].TrimEnd(" \t\r\n"u8), (byte)'>'] : text[start..openEnd].ToArray(),
            empty ? [(byte)'<', (byte)'/', .. name, (byte)'>'] : text[closeStart..end].ToArray(),
            text[openEnd..closeStart].ContainsAnyExcept(" \t\r\n"u8), false);
    }

    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n/>"u8);

    private enum TagKind
    {
        Open,
        Close,
        Empty,
        Other,
    }

    // Moves behind the next piece of markup. False at the end (at = length) or when the markup is broken (at < length).
    private static bool Next(ReadOnlySpan<byte> text, ref int at, out int from, out TagKind kind)
    {
        kind = TagKind.Other;
        int next = text[at..].IndexOf((byte)'<');
        from = next < 0 ? text.Length : at + next;
        if (next < 0)
        {
            at = text.Length;
            return false;
        }

        ReadOnlySpan<byte> rest = text[from..];
        int length = rest.StartsWith("<!--"u8) ? Until(rest, 4, "-->"u8)
            : rest.StartsWith("<![CDATA["u8) ? Until(rest, 9, "]]>"u8)
            : rest.StartsWith("<?"u8) ? Until(rest, 2, "?>"u8)
            : rest.StartsWith("<!"u8) ? -1
            : rest.StartsWith("</"u8) ? Until(rest, 2, ">"u8)
            : TagLength(rest);
        at = from;
        if (length < 0) return false;
        at = from + length;
        if (rest.StartsWith("</"u8)) kind = TagKind.Close;
        else if (rest[1] is not ((byte)'!' or (byte)'?')) kind = rest[length - 2] == '/' ? TagKind.Empty : TagKind.Open;
        return true;
    }

    private static int Until(ReadOnlySpan<byte> rest, int skip, ReadOnlySpan<byte> end)
    {
        int found = rest.Length < skip ? -1 : rest[skip..].IndexOf(end);
        return found < 0 ? -1 : skip + found + end.Length;
    }

    // A ">" inside a quoted attribute value doesn't end the tag.
    private static int TagLength(ReadOnlySpan<byte> rest)
    {
        int at = 1;
        while (true)
        {
            int next = at < rest.Length ? rest[at..].IndexOfAny((byte)'>', (byte)'"', (byte)'\'') : -1;
            if (next < 0) return -1;
            at += next + 1;
            if (rest[at - 1] == '>') return at > 2 ? at : -1;
            int close = rest[at..].IndexOf(rest[at - 1]);
            if (close < 0) return -1;
            at += close + 1;
        }
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> tag) => tag[..Math.Max(0, tag.IndexOfAny(NameEnds))];
}
