using System.Buffers;

namespace LienThong.Standard;

/// <summary>The rows of one table of a record. Cells are offsets into the record's buffer; nothing is copied.</summary>
public sealed class Table
{
    private readonly int columns;
    private readonly List<byte> sequence = new(64);
    private readonly byte[] ranks;
    private readonly bool[] seen;
    private int[] cells;
    private int capacity;

    internal Table(Record record, TableId id)
    {
        Record = record;
        Id = id;
        columns = FieldNames.Of(id).Length;
        ranks = new byte[columns];
        seen = new bool[columns];
        cells = ArrayPool<int>.Shared.Rent(columns * 2 * 4);
        capacity = cells.Length / (columns * 2);
    }

    /// <summary>The record the table belongs to.</summary>
    public Record Record { get; }

    /// <summary>Which table.</summary>
    public TableId Id { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Columns (of the union of fields) in the order in which the first row has them.</summary>
    public IReadOnlyList<byte> FieldSequence => sequence;

    /// <summary>A row by its position, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Row this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new Row(this, index);
        }
    }

    internal const byte NoRank = 0;

    internal List<byte> Sequence => sequence;

    /// <summary>Place of each column in the first row, from 1; <see cref="NoRank"/> when the first row doesn't have it.</summary>
    internal byte[] Ranks => ranks;

    /// <summary>True when at least one row has the element of this field, empty or not.</summary>
    public bool Has(FieldId field) => ranks[field.Column] != NoRank || seen[field.Column];

    internal void MarkPresent(int column) => seen[column] = true;

    internal Value ValueAt(int row, int column)
    {
        int at = ((row * columns) + column) * 2;
        int start = cells[at];
        return start == 0 ? default : new Value(Record.Bytes.Slice(start - 1, cells[at + 1]));
    }

    internal int AddRow()
    {
        if (Count == capacity) Grow();
        Array.Clear(cells, Count * columns * 2, columns * 2);
        return Count++;
    }

    internal bool Has(int row, int column) => cells[((row * columns) + column) * 2] != 0;

    internal void Set(int row, int column, int start, int length)
    {
        int at = ((row * columns) + column) * 2;
        cells[at] = start + 1; // zero is an absent element
        cells[at + 1] = length;
    }

    internal void Clear()
    {
        Count = 0;
        sequence.Clear();
        Array.Clear(ranks);
        Array.Clear(seen);
    }

    /// <summary>Takes back rows of a document that turned out unreadable.</summary>
    internal void CutTo(int count)
    {
        if (count == 0) Clear();
        else Count = count;
    }

    internal void Return()
    {
        ArrayPool<int>.Shared.Return(cells);
        cells = [];
        capacity = 0;
    }

    private void Grow()
    {
        int[] larger = ArrayPool<int>.Shared.Rent(Math.Max(capacity * 2, 4) * columns * 2);
        cells.AsSpan(0, Count * columns * 2).CopyTo(larger);
        ArrayPool<int>.Shared.Return(cells);
        cells = larger;
        capacity = larger.Length / (columns * 2);
    }
}
