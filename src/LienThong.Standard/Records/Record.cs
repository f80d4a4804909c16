using System.Buffers;

namespace LienThong.Standard;

/// <summary>
/// One record (<c>HOSO</c>): its tables as rows of text values inside one pooled buffer, with what deviated from the standard.
/// A record given by a reader is valid until the reader moves on; one made by <see cref="RecordBuilder"/> until it is disposed.
/// </summary>
public sealed class Record : IDisposable
{
    private readonly Table?[] tables = new Table?[TableNames.Count];
    private readonly bool[] present = new bool[TableNames.Count];
    private readonly List<Deviation> deviations = [];
    private byte[] buffer = [];
    private int used;

    internal Record()
    {
    }

    /// <summary>Position of the <c>HOSO</c> in its file, from 0.</summary>
    public int Index { get; internal set; }

    /// <summary>True when a part of the record could not be read; the reader's problems and <see cref="Deviations"/> say which.</summary>
    public bool IsDamaged { get; internal set; }

    /// <summary>What deviated from the plain form of the standard.</summary>
    public IReadOnlyList<Deviation> Deviations => deviations;

    /// <summary>A table of the record; null when it doesn't have it. A table that is there may hold no row.</summary>
    public Table? this[TableId table] => present[(int)table] ? tables[(int)table] : null;

    /// <summary>The episode summary's row; null when XML1 is missing or holds no row.</summary>
    public Row? Summary => this[TableId.Xml1] is { Count: > 0 } table ? table[0] : null;

    /// <summary>Made by <see cref="RecordBuilder"/>: the order of its elements says nothing, the writer decides it.</summary>
    internal bool IsBuilt { get; set; }

    internal ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, used);

    internal byte[] Buffer => buffer;

    internal int Used => used;

    /// <summary>Day of <c>XML1.NGAY_RA</c>: it decides release, rules and code lists.</summary>
    public Read<DateOnly> DischargeDay => Summary is { } row ? row[Xml1.NGAY_RA].Day() : Read<DateOnly>.Absent;

    /// <summary>Gives the buffers back; the record and its rows must not be used afterwards.</summary>
    public void Dispose()
    {
        foreach (Table? table in tables) table?.Return();
        Array.Clear(tables);
        Array.Clear(present);
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        used = 0;
    }

    internal Table Open(TableId id)
    {
        Table table = tables[(int)id] ??= new Table(this, id);
        present[(int)id] = true;
        return table;
    }

    internal void Reset(int index)
    {
        Index = index;
        IsDamaged = false;
        used = 0;
        deviations.Clear();
        for (int i = 0; i < present.Length; i++)
        {
            if (present[i]) tables[i]!.Clear();
            present[i] = false;
        }
    }

    /// <summary>Remembers how far the record has come, so that a route that gives up can take back what it did.</summary>
    internal (int Used, int Deviations) Mark() => (used, deviations.Count);

    internal void RollBack((int Used, int Deviations) mark)
    {
        used = mark.Used;
        deviations.RemoveRange(mark.Deviations, deviations.Count - mark.Deviations);
    }

    /// <summary>Takes a table away whose document could not be read.</summary>
    internal void Drop(TableId id) => present[(int)id] = false;

    internal void Report(DeviationKind kind, TableId? table = null, int? row = null, string field = "", string detail = "") =>
        deviations.Add(new Deviation(kind, table, row, field, Shorten(detail)));

    /// <summary>Adds a row of another record, byte for byte.</summary>
    internal void CopyRow(Row source)
    {
        Table table = Open(source.Table.Id);
        var fill = new TableFill(this, table);
        fill.BeginRow();
        foreach (byte column in source.Table.FieldSequence)
        {
            Value value = source.At(column);
            if (!value.IsAbsent) fill.Field(column, Append(value.Raw), value.Raw.Length);
        }

        for (int column = 0; column < table.Ranks.Length; column++)
        {
            Value value = source.At(column);
            if (!value.IsAbsent && !table.Has(new FieldId(table.Id, (byte)column))) fill.Field(column, Append(value.Raw), value.Raw.Length);
        }
    }

    /// <summary>Room for <paramref name="size"/> more bytes; <see cref="Commit"/> says how many were written.</summary>
    internal Span<byte> Reserve(int size)
    {
        if (buffer.Length - used < size)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(used + size, buffer.Length * 2));
            buffer.AsSpan(0, used).CopyTo(larger);
            if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        return buffer.AsSpan(used);
    }

    internal void Commit(int size) => used += size;

    internal int Append(ReadOnlySpan<byte> bytes)
    {
        int at = used;
        bytes.CopyTo(Reserve(bytes.Length));
        used += bytes.Length;
        return at;
    }

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
