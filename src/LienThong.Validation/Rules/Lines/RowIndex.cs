namespace LienThong.Validation;

/// <summary>Positions of rows sorted by a 64-bit key, so that rows with something in common stand together. Buffers are reused.</summary>
internal sealed class RowIndex
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    // Most records have few rows, and the framework would compile its sort for these types anew in every process.
    private const int Few = 24;

    private ulong[] keys = new ulong[16];
    private int[] rows = new int[16];

    public int Count { get; private set; }

    public ReadOnlySpan<ulong> Keys => keys.AsSpan(0, Count);

    /// <summary>Positions from 0, in the order of the keys; equal keys in the order of the rows after <see cref="Sort"/>.</summary>
    public ReadOnlySpan<int> Rows => rows.AsSpan(0, Count);

    /// <summary>FNV-1a of a text, to be continued over further texts.</summary>
    public static ulong Key(ReadOnlySpan<byte> text, ulong start = Offset)
    {
        ulong key = start;
        foreach (byte b in text) key = (key ^ b) * Prime;
        return (key ^ 0xFF) * Prime;
    }

    public void Clear() => Count = 0;

    public void Add(ulong key, int row)
    {
        if (Count == keys.Length)
        {
            Array.Resize(ref keys, Count * 2);
            Array.Resize(ref rows, Count * 2);
        }

        keys[Count] = key;
        rows[Count++] = row;
    }

    public void Sort()
    {
        if (Count <= Few)
        {
            SortFew();
            return;
        }

        Array.Sort(keys, rows, 0, Count);
        int start = 0;
        for (int i = 1; i <= Count; i++)
        {
            if (i < Count && keys[i] == keys[start]) continue;
            if (i - start > 1) Array.Sort(rows, start, i - start);
            start = i;
        }
    }

    public bool Has(ulong key) => Array.BinarySearch(keys, 0, Count, key) >= 0;

    /// <summary>The rows of a key, after <see cref="Sort"/>.</summary>
    public ReadOnlySpan<int> Find(ulong key)
    {
        int at = LowerBound(key);
        int end = at;
        while (end < Count && keys[end] == key) end++;
        return rows.AsSpan(at, end - at);
    }

    /// <summary>The rows whose keys lie between these, both inclusive; after <see cref="Sort"/>.</summary>
    public ReadOnlySpan<int> FindBetween(ulong first, ulong last)
    {
        int from = LowerBound(first);
        int to = from;
        while (to < Count && keys[to] <= last) to++;
        return rows.AsSpan(from, to - from);
    }

    /// <summary>True when a key lies between these, both inclusive; after <see cref="Sort"/>.</summary>
    public bool HasBetween(ulong first, ulong last)
    {
        int at = LowerBound(first);
        return at < Count && keys[at] <= last;
    }

    private int LowerBound(ulong key)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (keys[middle] < key) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void SortFew()
    {
        for (int i = 1; i < Count; i++)
        {
            (ulong key, int row) = (keys[i], rows[i]);
            int at = i;
            for (; at > 0 && (keys[at - 1] > key || (keys[at - 1] == key && rows[at - 1] > row)); at--)
            {
                keys[at] = keys[at - 1];
                rows[at] = rows[at - 1];
            }

            keys[at] = key;
            rows[at] = row;
        }
    }
}
