namespace LienThong.Validation;

/// <summary>
/// Open addressing from codes to chains of rows. Kept apart from the texts, which it only points into. A row stands in as many chains
/// as it has codes.
/// </summary>
internal sealed class CodeIndex
{
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
            Key known = keys[slots[slot] - 1];
            links[known.Last] = links[known.Last] with { Next = link };
            keys[slots[slot] - 1] = known with { Last = link };
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
        uint hash = 2166136261;
        foreach (byte b in code) hash = (hash ^ Upper(b)) * 16777619;
        return hash ^ (hash >> 15);
    }

    private static byte Upper(byte b) => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b;

    private static bool Same(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length) return false;
        for (int i = 0; i < a.Length; i++)
        {
            if (Upper(a[i]) != Upper(b[i])) return false;
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
            Key key = keys[slots[at] - 1];
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
