using System.Text;

namespace LienThong.Standard;

/// <summary>What the reader needs to know of one table, whatever the release: its element names and its fields by name.</summary>
internal sealed class TableShape
{
    private static readonly TableShape?[] All = new TableShape?[TableNames.Count];

    private readonly byte[][] names;
    private readonly byte[] successors;
    private readonly short[] buckets = new short[256];

    private TableShape(TableId id)
    {
        Id = id;
        names = Array.ConvertAll(FieldNames.Of(id), Encoding.ASCII.GetBytes);
        for (short i = 0; i < names.Length; i++)
        {
            int at = Hash(names[i]);
            while (buckets[at] != 0) at = (at + 1) & 0xFF;
            buckets[at] = (short)(i + 1);
        }

        foreach (Release release in Releases.All)
        {
            foreach (TableElements elements in release.Elements)
            {
                if (elements.Id == id && !Forms.Exists(elements.SameNames)) Forms.Add(elements);
            }
        }

        successors = Successors(id, names.Length);
    }

    public TableId Id { get; }

    /// <summary>The element structures that releases give this table.</summary>
    public List<TableElements> Forms { get; } = [];

    public static TableShape Of(TableId id) => All[(int)id] ??= new TableShape(id);

    public ReadOnlySpan<byte> Name(int column) => names[column];

    /// <summary>The column expected after another; <c>-1</c> stands for the start of a row.</summary>
    public int After(int column) => successors[column < 0 ? names.Length : column];

    /// <summary>Column of a field name; -1 when no release knows it.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (int at = Hash(name); buckets[at] != 0; at = (at + 1) & 0xFF)
        {
            if (name.SequenceEqual(names[buckets[at] - 1])) return buckets[at] - 1;
        }

        return -1;
    }

    public bool IsRecordElement(string name) => Forms.Exists(f => f.RecordElement == name);

    // The order of the newest release tells which field to expect next; fields it doesn't have follow as they were added.
    private static byte[] Successors(TableId id, int columns)
    {
        byte[] next = new byte[columns + 1];
        for (int i = 0; i < columns; i++) next[i] = (byte)((i + 1) % columns);
        if (Releases.Newest.Table(id) is not { } spec) return next;
        int previous = columns;
        foreach (FieldSpec field in spec.Fields)
        {
            next[previous] = field.Id.Column;
            previous = field.Id.Column;
        }

        return next;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte b in name) hash = (hash ^ b) * 16777619;
        return (int)(hash ^ (hash >> 8) ^ (hash >> 16)) & 0xFF;
    }
}
