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

        foreach (Release release in Releases.List)
        {
            foreach (TableElements elements in release.Elements)
            {
                if (elements.Id == id && !Forms.Exists(elements.SameNames)) Forms.Add(elements);
            }
        }

        successors = new byte[names.Length + 1];
        for (int i = 0; i < names.Length; i++) successors[i] = (byte)((i + 1) % names.Length);
    }

    public TableId Id { get; }

    /// <summary>The element structures that releases give this table.</summary>
    public List<TableElements> Forms { get; } = [];

    public static TableShape Of(TableId id) => All[(int)id] ??= new TableShape(id);

    public ReadOnlySpan<byte> Name(int column) => names[column];

    /// <summary>The column expected after another; <c>-1</c> stands for the start of a row. A guess: it saves looking the name up.</summary>
    public int After(int column) => successors[column < 0 ? names.Length : column];

    /// <summary>Remembers what came after a column, as the next row will have it alike. Threads may overwrite each other's guess.</summary>
    public void Learn(int column, int next) => successors[column < 0 ? names.Length : column] = (byte)next;

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

    private static int Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte b in name) hash = (hash ^ b) * 16777619;
        return (int)(hash ^ (hash >> 8) ^ (hash >> 16)) & 0xFF;
    }
}
