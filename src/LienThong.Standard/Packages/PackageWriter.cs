using System.Buffers;
using System.Text;

namespace LienThong.Standard;

/// <summary>
/// Writes packages exactly as the standard prints them: official element order of the release, every field of a row present,
/// table documents in base64 without line breaks, UTF-8 without BOM. The same record gives the same bytes, and after its
/// declaration the document already is canonical XML, so that signing it is hashing these bytes.
/// </summary>
/// <remarks>Envelope: CV 1245/BHXH-CNTT and the connection guide for QĐ 3176. Fields that the release doesn't have are not written.</remarks>
public sealed class PackageWriter
{
    internal static ReadOnlySpan<byte> Declaration => "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"u8;

    private readonly ArrayBufferWriter<byte> inner = new(16 * 1024);
    private readonly XmlOutput output;

    /// <summary>Starts a package: everything up to the first record. Call <see cref="Add"/> once per record, then <see cref="End"/>.</summary>
    /// <param name="destination">Where the bytes go.</param>
    /// <param name="header">Facility, day and number of records to announce.</param>
    public PackageWriter(IBufferWriter<byte> destination, PackageHeader header)
    {
        output = new XmlOutput(destination);
        output.Raw(Declaration);
        output.Raw("<GIAMDINHHS xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"u8);
        output.Raw("<THONGTINDONVI>"u8);
        output.Element("MACSKCB", Encoding.UTF8.GetBytes(header.FacilityCode));
        output.Raw("</THONGTINDONVI><THONGTINHOSO>"u8);
        output.Element("NGAYLAP", Encoding.UTF8.GetBytes(header.CreatedOn));
        output.Element("SOLUONGHOSO", Encoding.UTF8.GetBytes(FormattableString.Invariant($"{header.DeclaredCount}")));
        output.Raw("<DANHSACHHOSO>"u8);
    }

    /// <summary>Writes a whole package.</summary>
    /// <param name="destination">Where the bytes go.</param>
    /// <param name="header">Facility, day and number of records.</param>
    /// <param name="release">Decides element names, order and which fields are written.</param>
    /// <param name="records">The records, one <c>HOSO</c> each.</param>
    public static void Write(IBufferWriter<byte> destination, PackageHeader header, Release release, params ReadOnlySpan<Record> records)
    {
        var writer = new PackageWriter(destination, header);
        foreach (Record record in records) writer.Add(record, release);
        writer.End();
    }

    /// <summary>Writes a package of one record, as the portal wants it.</summary>
    /// <returns>The bytes of the document.</returns>
    public static byte[] WriteSingle(Record record, Release release, string facilityCode, DateOnly createdOn)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        Write(buffer, PackageHeader.For(facilityCode, createdOn, 1), release, record);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Adds one record. Tables that a package of this release can't hold are left out.</summary>
    public void Add(Record record, Release release)
    {
        output.Raw("<HOSO>"u8);
        foreach (TableSpec spec in release.Tables)
        {
            if (spec.LoaiHoSo.Length == 0 || record[spec.Id] is not { Count: > 0 } table) continue;
            int documents = spec.Many ? 1 : table.Count;
            for (int i = 0; i < documents; i++)
            {
                inner.ResetWrittenCount();
                TableDocument(table, spec, i, spec.Many ? table.Count : i + 1);
                output.Raw("<FILEHOSO>"u8);
                output.Element("LOAIHOSO", Encoding.ASCII.GetBytes(spec.LoaiHoSo));
                output.Raw("<NOIDUNGFILE>"u8);
                output.Base64(inner.WrittenSpan);
                output.Raw("</NOIDUNGFILE></FILEHOSO>"u8);
            }
        }

        output.Raw("</HOSO>"u8);
    }

    /// <summary>Ends the package with an empty signature slot.</summary>
    public void End() => output.Raw("</DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI></CHUKYDONVI></GIAMDINHHS>"u8);

    private void TableDocument(Table table, TableSpec spec, int from, int to)
    {
        var document = new XmlOutput(inner);
        document.Raw(Declaration);
        bool isRow = spec.RootElement == spec.RecordElement;
        if (!isRow) document.Open(spec.RootElement);
        bool hasList = spec.ListElement.Length > 0 && spec.ListElement != spec.RootElement;
        if (hasList) document.Open(spec.ListElement);
        for (int i = from; i < to; i++) WriteRow(document, table[i], spec, shorten: true);
        if (hasList) document.Close(spec.ListElement);
        if (!isRow) document.Close(spec.RootElement);
    }

    internal static void WriteRow(XmlOutput document, Row row, TableSpec spec, bool shorten)
    {
        document.Open(spec.RecordElement);
        foreach (FieldSpec field in spec.Fields)
        {
            ReadOnlySpan<byte> text = row[field.Id].Raw;
            if (shorten) document.ShortElement(field.Name, text);
            else document.Element(field.Name, text);
        }

        document.Close(spec.RecordElement);
    }
}
