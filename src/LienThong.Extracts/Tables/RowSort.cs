using System.Buffers.Binary;

namespace LienThong.Extracts;

/// <summary>
/// Brings the rows of each visit together in bounded memory: what doesn't fit is sorted by visit and put away as a run in a temporary stream;
/// in the end the runs are read side by side. Rows of a visit keep the order they came in.
/// </summary>
/// <param name="temporary">Makes a stream that can seek and vanishes when closed; asked for at most once, and only when memory doesn't suffice.</param>
/// <param name="memory">Bytes of rows held in memory.</param>
internal sealed class RowSort(Func<Stream> temporary, int memory) : IDisposable
{
    // Visit and length before each row.
    private const int Head = 8;
    private readonly List<(long Start, long End)> runs = [];
    private readonly List<(int Visit, int Start, int Length)> entries = [];
    private byte[] buffer = new byte[Math.Min(memory, 256 * 1024)];
    private int filled;
    private Stream? file;

    /// <summary>Bytes put away so far.</summary>
    public long Spilled { get; private set; }

    /// <summary>Adds a row of a visit.</summary>
    public void Add(int visit, ReadOnlySpan<byte> row)
    {
        if (filled > 0 && filled + row.Length > memory) PutAway();
        if (filled + row.Length > buffer.Length) Array.Resize(ref buffer, Math.Max(filled + row.Length, Math.Min(memory, buffer.Length * 2)));
        row.CopyTo(buffer.AsSpan(filled));
        entries.Add((visit, filled, row.Length));
        filled += row.Length;
    }

    /// <summary>All rows, by visit. A row is valid until the next is asked for.</summary>
    public IEnumerable<(int Visit, ReadOnlyMemory<byte> Row)> Rows()
    {
        Sort();
        if (runs.Count == 0)
        {
            foreach ((int visit, int start, int length) in entries) yield return (visit, buffer.AsMemory(start, length));
            yield break;
        }

        PutAway();
        buffer = [];
        var order = new PriorityQueue<RunReader, (int Visit, int Run)>(runs.Count);
        for (int i = 0; i < runs.Count; i++)
        {
            var reader = new RunReader(file!, runs[i].Start, runs[i].End);
            if (reader.Next()) order.Enqueue(reader, (reader.Visit, i));
        }

        while (order.TryPeek(out RunReader? reader, out (int Visit, int Run) at))
        {
            yield return (reader.Visit, reader.Row);
            if (reader.Next()) order.DequeueEnqueue(reader, (reader.Visit, at.Run));
            else order.Dequeue();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private void Sort() => entries.Sort(static (a, b) => a.Visit != b.Visit ? a.Visit.CompareTo(b.Visit) : a.Start.CompareTo(b.Start));

    private void PutAway()
    {
        if (entries.Count == 0) return;
        Sort();
        file ??= temporary();
        file.Position = file.Length;
        long start = file.Position;
        Span<byte> head = stackalloc byte[Head];
        foreach ((int visit, int at, int length) in entries)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head, visit);
            BinaryPrimitives.WriteInt32LittleEndian(head[4..], length);
            file.Write(head);
            file.Write(buffer, at, length);
        }

        runs.Add((start, file.Position));
        Spilled = file.Position;
        entries.Clear();
        filled = 0;
    }

    /// <summary>Reads one run.</summary>
    private sealed class RunReader(Stream file, long start, long end)
    {
        private const int ChunkBytes = 64 * 1024;
        private byte[] chunk = new byte[ChunkBytes];
        private int at;
        private int filled;
        private long next = start;

        public int Visit { get; private set; }

        public ReadOnlyMemory<byte> Row { get; private set; }

        public bool Next()
        {
            if (at == filled && next == end) return false;
            Have(Head);
            Visit = BinaryPrimitives.ReadInt32LittleEndian(chunk.AsSpan(at));
            int length = BinaryPrimitives.ReadInt32LittleEndian(chunk.AsSpan(at + 4));
            at += Head;
            Have(length);
            Row = chunk.AsMemory(at, length);
            at += length;
            return true;
        }

        private void Have(int bytes)
        {
            if (filled - at >= bytes) return;
            byte[] into = bytes > chunk.Length ? new byte[bytes] : chunk;
            chunk.AsSpan(at, filled - at).CopyTo(into);
            filled -= at;
            at = 0;
            chunk = into;
            int wanted = (int)Math.Min(chunk.Length - filled, end - next);
            file.Position = next;
            file.ReadExactly(chunk, filled, wanted);
            filled += wanted;
            next += wanted;
        }
    }
}
