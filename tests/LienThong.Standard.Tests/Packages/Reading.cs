using System.Text;

namespace LienThong.Standard.Tests.Packages;

/// <summary>Reads a whole file and keeps a readable copy of all that was in it, so that two readings can be compared as text.</summary>
internal sealed record Reading(DocumentKind Kind, PackageHeader Header, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Records, IReadOnlyList<string> Orders, bool HasSignature)
{
    public static Reading Of(string text, bool strictOnly = false) => Of(Encoding.UTF8.GetBytes(text), strictOnly);

    public static Reading Of(byte[] bytes, bool strictOnly = false, ReaderLimits? limits = null) => Of(new MemoryStream(bytes), strictOnly, limits);

    public static Reading Of(Stream stream, bool strictOnly = false, ReaderLimits? limits = null)
    {
        using var reader = new PackageReader(stream, limits) { StrictOnly = strictOnly };
        var records = new List<string>();
        var orders = new List<string>();
        while (reader.Read(out Record? record))
        {
            records.Add(Print(record));
            orders.Add(Order(record));
        }

        return new Reading(reader.Kind, reader.Header, [.. reader.Problems], records, orders, reader.HasSignature);
    }

    private static string Order(Record record) =>
        string.Join('|', Enumerable.Range(0, TableNames.Count).Select(t => record[(TableId)t] is { } table ? string.Join(',', table.FieldSequence) : ""));

    public static string Print(Record record)
    {
        var text = new StringBuilder();
        text.Append("damaged=").Append(record.IsDamaged).Append('\n');
        for (int t = 0; t < TableNames.Count; t++)
        {
            if (record[(TableId)t] is not { } table) continue;
            text.Append(table.Id.Code()).Append(" rows=").Append(table.Count).Append('\n');
            for (int i = 0; i < table.Count; i++)
            {
                for (int column = 0; column < FieldNames.Of(table.Id).Length; column++)
                {
                    Value value = table[i].At(column);
                    if (!value.IsAbsent) text.Append("  ").Append(FieldNames.Of(table.Id)[column]).Append("=«").Append(value.Text).Append("»\n");
                }
            }
        }

        foreach (string deviation in record.Deviations.Select(d => $"{d.Kind} {d.Table} {d.Row} {d.Field} {d.Detail}").Order(StringComparer.Ordinal)) text.Append(deviation).Append('\n');
        return text.ToString();
    }
}
