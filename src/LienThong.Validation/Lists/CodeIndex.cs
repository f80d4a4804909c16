using System.Buffers.Binary;

namespace LienThong.Validation;

/// <summary>
/// Open addressing from codes to chains of rows. Kept apart from the texts, which it only points into. A row stands in as many chains
/// as it has codes. Letters of ASCII are the same in any case.
/// </summary>
internal sealed class CodeIndex
{
    // Without this bit, small and capital letters are the same; that other signs fall together costs a comparison.
    private const ulong NoCase = 0xDFDF_DFDF_DFDF_DFDF;

    private readonly Growing<Key> keys = new();
    private readonly Growing<Link> links = new();
    private int[] slots = new int[16];

    /// <summary>Adds a row under the code that stands at this place of the text.</summary>
    public void Add(ReadOnlySpan<byte> text, int start, int length, int row)
    {
        int slot = Slot(text, text.Slice(start, length));
        int link = links.Count;
        links.Add(new Link(row, -1));
        if (slots[slot] > 0)
        {
            ref Key known = ref keys[slots[slot] - 1];
            links[known.Last] = links[known.Last] with { Next = link };
            known = known with { Last = link };
            return;
        }

        keys.Add(new Key(start, length, link, link));
        slots[slot] = keys.Count;
        if (keys.Count * 2 > slots.Length) Grow(text);
    }

    /// <summary>The first link of a code; −1 when it isn't there.</summary>
    public int Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> code)
    {
        int key = slots[Slot(text, code)];
        return key > 0 ? keys[key - 1].First : -1;
    }

    public int Row(int link) => links[link].Row;

    public int Next(int link) => links[link].Next;

    private static uint Hash(ReadOnlySpan<byte> code)
    {
        ulong hash = (ulong)code.Length;
        while (code.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ (BinaryPrimitives.ReadUInt64LittleEndian(code) & NoCase));
            code = code[sizeof(ulong)..];
        }

        ulong rest = 0;
        for (int i = 0; i < code.Length; i++) rest = (rest << 8) | code[i];
        return (uint)(Mix(hash ^ (rest & NoCase)) >> 32);
    }

    private static ulong Mix(ulong value)
    {
        value *= 0x9E37_79B9_7F4A_7C15;
        return value ^ (value >> 29);
    }

    private static bool Same(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length) return false;
        return a.SequenceEqual(b) || SameInAnyCase(a, b);
    }

    private static bool SameInAnyCase(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] != b[i] && (((a[i] ^ b[i]) != 0x20) || !char.IsAsciiLetter((char)a[i]))) return false;
        }

        return true;
    }

    // The slot that holds the code, or the free one where it belongs.
    private int Slot(ReadOnlySpan<byte> text, ReadOnlySpan<byte> code)
    {
        int mask = slots.Length - 1;
        int at = (int)Hash(code) & mask;
        while (slots[at] > 0)
        {
            ref readonly Key key = ref keys[slots[at] - 1];
            if (Same(text.Slice(key.Start, key.Length), code)) break;
            at = (at + 1) & mask;
        }

        return at;
    }

    private void Grow(ReadOnlySpan<byte> text)
    {
        slots = new int[slots.Length * 2];
        int mask = slots.Length - 1;
        for (int i = 0; i < keys.Count; i++)
        {
            int at = (int)Hash(text.Slice(keys[i].Start, keys[i].Length)) & mask;
            while (slots[at] > 0) at = (at + 1) & mask;
            slots[at] = i + 1;
        }
    }

    private readonly record struct Key(int Start, int Length, int First, int Last);

    private readonly record struct Link(int Row, int Next);
}
