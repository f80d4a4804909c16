using System.Buffers;

namespace LienThong.Standard;

/// <summary>Writes the two documents that travel outside packages: check-in (XML0) and medical assessment (XML12). Canonical and deterministic like packages.</summary>
public static class DocumentWriter
{
    /// <summary>Writes a check-in document with the XML0 rows of the records.</summary>
    /// <exception cref="ArgumentException">The release has no check-in table (QĐ 4210).</exception>
    public static void WriteCheckIn(IBufferWriter<byte> destination, Release release, params ReadOnlySpan<Record> records) =>
        Write(destination, release, TableId.Xml0, records);

    /// <summary>Writes a medical-assessment document with the XML12 rows of the records.</summary>
    /// <exception cref="ArgumentException">The release has no assessment table (QĐ 4210).</exception>
    public static void WriteAssessment(IBufferWriter<byte> destination, Release release, params ReadOnlySpan<Record> records) =>
        Write(destination, release, TableId.Xml12, records);

    private static void Write(IBufferWriter<byte> destination, Release release, TableId id, ReadOnlySpan<Record> records)
    {
        TableSpec spec = release.Table(id) ?? throw new ArgumentException($"{release} has no {id.Code()}.", nameof(release));
        var output = new XmlOutput(destination);
        output.Raw(PackageWriter.Declaration);
        output.Open(spec.RootElement);
        output.Open(spec.ListElement);
        foreach (Record record in records)
        {
            if (record[id] is not { } table) continue;
            for (int i = 0; i < table.Count; i++) PackageWriter.WriteRow(output, table[i], spec, shorten: false);
        }

        output.Close(spec.ListElement);
        output.Raw("<CHUKYDONVI></CHUKYDONVI>"u8);
        output.Close(spec.RootElement);
    }
}
