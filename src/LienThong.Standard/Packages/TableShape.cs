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
        Array.Fill(buckets, (short)-1);
        for (short i = 0; i < names.Length; i++)
        {
            int at = Hash(names[i]);
            while (buckets[at] >= 0) at = (at + 1) & 0xFF;
            buckets[at] = i;
        }

        // The order of the newest release that has a field tells which field to expect next.
        successors = new byte[names.Length + 1];
        foreach (Release release in Releases.All)
        {
            if (release.Table(id) is not { } spec) continue;
            if (!Specs.Exists(s => s.RootElement == spec.RootElement && s.ListElement == spec.ListElement && s.RecordElement == spec.RecordElement)) Specs.Add(spec);
            byte previous = (byte)names.Length;
            foreach (FieldSpec field in spec.Fields)
            {
                successors[previous] = field.Id.Column;
                previous = field.Id.Column;
            }
        }
    }

    public TableId Id { get; }

    /// <summary>The element structures that releases give this table.</summary>
    public List<TableSpec> Specs { get; } = [];

    public int Columns => names.Length;

    public static TableShape Of(TableId id) => All[(int)id] ??= new TableShape(id);

    public ReadOnlySpan<byte> Name(int column) => names[column];

    /// <summary>The column expected after another; <c>-1</c> stands for the start of a row.</summary>
    public int After(int column) => successors[column < 0 ? names.Length : column];

    /// <summary>Column of a field name; -1 when no release knows it.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (int at = Hash(name); buckets[at] >= 0; at = (at + 1) & 0xFF)
        {
            if (name.SequenceEqual(names[buckets[at]])) return buckets[at];
        }

        return -1;
    }

    public bool IsRecordElement(string name) => Specs.Exists(s => s.RecordElement == name);

    private static int Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte b in name) hash = (hash ^ b) * 16777619;
        return (int)(hash ^ (hash >> 8) ^ (hash >> 16)) & 0xFF;
    }
}
