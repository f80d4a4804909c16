using System.IO.Compression;
using System.Text;
using System.Xml;

namespace LienThong.PortalSimulator;

/// <summary>Lists as files like the portal's exports: titles, then the heading, then rows. The title says that a simulator wrote them.</summary>
internal static class ListFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Warning = "TRÌNH MÔ PHỎNG CỔNG - không có giá trị chứng minh";

    /// <summary>UTF-8 with a byte-order mark, commas.</summary>
    public static byte[] Csv(ReceivedLists.Table table)
    {
        StringBuilder text = new();
        foreach (IReadOnlyList<string> row in Lines(table))
            text.AppendJoin(',', row.Select(Quoted)).Append("\r\n");
        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>A workbook with one sheet; all cells are text.</summary>
    public static byte[] Excel(ReceivedLists.Table table)
    {
        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(zip, "[Content_Types].xml", $"""<Types xmlns="{PackageTypes}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""");
            Put(zip, "_rels/.rels", $"""<Relationships xmlns="{PackageRelations}"><Relationship Id="r1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Put(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="Danh sách" sheetId="1" r:id="r1"/></sheets></workbook>""");
            Put(zip, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{PackageRelations}"><Relationship Id="r1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            using Stream part = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
            using XmlWriter xml = XmlWriter.Create(part, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
            xml.WriteStartElement("worksheet", Main);
            xml.WriteStartElement("sheetData", Main);
            foreach (IReadOnlyList<string> row in Lines(table))
                Row(xml, row);
        }
        return file.ToArray();
    }

    private static IEnumerable<IReadOnlyList<string>> Lines(ReceivedLists.Table table) => [[Warning], [table.Title], table.Headings, .. table.Rows];

    private static void Row(XmlWriter xml, IReadOnlyList<string> row)
    {
        xml.WriteStartElement("row", Main);
        foreach (string text in row)
        {
            xml.WriteStartElement("c", Main);
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is", Main);
            xml.WriteElementString("t", Main, new string([.. text.Where(XmlConvert.IsXmlChar)]));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Put(ZipArchive zip, string name, string text)
    {
        using StreamWriter part = new(zip.CreateEntry(name).Open());
        part.Write(text);
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
