using System.IO.Compression;
using System.Xml;

namespace LienThong.Gateway.Reports.Findings.Excel;

/// <summary>Packs sheets into an .xlsx file, one part after the other.</summary>
/// <remarks>Written without the Open XML SDK, whose packages have to be readable while they are written and so keep every part in memory; tests hold the result against the SDK's validator.</remarks>
internal static class Workbook
{
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    // Normal, bold white; red, orange, blue and heading grounds behind the two that are fixed.
    private const string Styles =
        "<styleSheet xmlns=\"" + Sheet.Main + "\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><color rgb=\"FFFFFFFF\"/><name val=\"Calibri\"/></font></fonts>"
        + "<fills count=\"6\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
        + "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF1F4E79\"/></patternFill></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF8B4B4\"/></patternFill></fill>"
        + "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFD8A8\"/></patternFill></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFCFE2FF\"/></patternFill></fill></fills>"
        + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"7\"><xf xfId=\"0\"/>"
        + "<xf numFmtId=\"49\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
        + "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"center\" wrapText=\"1\"/></xf>"
        + "<xf numFmtId=\"3\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>"
        + "<xf numFmtId=\"49\" fillId=\"3\" xfId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
        + "<xf numFmtId=\"49\" fillId=\"4\" xfId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
        + "<xf numFmtId=\"49\" fillId=\"5\" xfId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs></styleSheet>";

    /// <summary>Writes the file; the stream stays open and need not be seekable.</summary>
    public static void Write(Stream output, IReadOnlyList<Sheet> sheets)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        Put(zip, "[Content_Types].xml", xml => ContentTypes(xml, sheets));
        Put(zip, "_rels/.rels", xml => Relate(xml, ("officeDocument", "xl/workbook.xml")));
        Put(zip, "xl/workbook.xml", xml => Book(xml, sheets));
        Put(zip, "xl/_rels/workbook.xml.rels", xml => Relate(xml, [.. sheets.Select((_, i) => ("worksheet", $"worksheets/sheet{i + 1}.xml")), ("styles", "styles.xml")]));
        Put(zip, "xl/styles.xml", xml => xml.WriteRaw(Styles));
        for (int i = 0; i < sheets.Count; i++) Put(zip, sheets[i], i + 1);
    }

    private static void Put(ZipArchive zip, Sheet sheet, int number)
    {
        Copy(zip, $"xl/worksheets/sheet{number}.xml", sheet.Complete());
        if (sheet.Notes is not { } notes) return;
        (Stream texts, Stream shapes) = notes.Complete();
        Copy(zip, $"xl/comments{number}.xml", texts);
        Copy(zip, $"xl/drawings/vmlDrawing{number}.vml", shapes);
        Put(zip, $"xl/worksheets/_rels/sheet{number}.xml.rels", xml => Relate(xml, ("vmlDrawing", $"../drawings/vmlDrawing{number}.vml"), ("comments", $"../comments{number}.xml")));
    }

    private static void Copy(ZipArchive zip, string name, Stream part)
    {
        using Stream entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        part.CopyTo(entry);
    }

    private static void Put(ZipArchive zip, string name, Action<XmlWriter> write)
    {
        using Stream entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        using XmlWriter xml = Sheet.Writer(entry);
        xml.WriteStartDocument();
        write(xml);
    }

    private static void ContentTypes(XmlWriter xml, IReadOnlyList<Sheet> sheets)
    {
        const string space = Package + "content-types";
        xml.WriteStartElement("Types", space);
        void Entry(string element, string key, string value, string type)
        {
            xml.WriteStartElement(element, space);
            xml.WriteAttributeString(key, value);
            xml.WriteAttributeString("ContentType", type);
            xml.WriteEndElement();
        }

        Entry("Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
        Entry("Default", "Extension", "xml", "application/xml");
        Entry("Default", "Extension", "vml", "application/vnd.openxmlformats-officedocument.vmlDrawing");
        Entry("Override", "PartName", "/xl/workbook.xml", Types + "sheet.main+xml");
        Entry("Override", "PartName", "/xl/styles.xml", Types + "styles+xml");
        for (int i = 0; i < sheets.Count; i++)
        {
            Entry("Override", "PartName", $"/xl/worksheets/sheet{i + 1}.xml", Types + "worksheet+xml");
            if (sheets[i].Notes is not null) Entry("Override", "PartName", $"/xl/comments{i + 1}.xml", Types + "comments+xml");
        }

        xml.WriteEndElement();
    }

    private static void Book(XmlWriter xml, IReadOnlyList<Sheet> sheets)
    {
        xml.WriteStartElement("workbook", Sheet.Main);
        xml.WriteAttributeString("xmlns", "r", null, Sheet.Relations);
        xml.WriteStartElement("sheets", Sheet.Main);
        for (int i = 0; i < sheets.Count; i++)
        {
            xml.WriteStartElement("sheet", Sheet.Main);
            xml.WriteAttributeString("name", sheets[i].Name);
            xml.WriteAttributeString("sheetId", Sheet.Text(i + 1));
            xml.WriteAttributeString("r", "id", Sheet.Relations, $"rId{i + 1}");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Relate(XmlWriter xml, params ReadOnlySpan<(string Kind, string Target)> targets)
    {
        const string space = Package + "relationships";
        xml.WriteStartElement("Relationships", space);
        for (int i = 0; i < targets.Length; i++)
        {
            xml.WriteStartElement("Relationship", space);
            xml.WriteAttributeString("Id", $"rId{i + 1}");
            xml.WriteAttributeString("Type", $"{Sheet.Relations}/{targets[i].Kind}");
            xml.WriteAttributeString("Target", targets[i].Target);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
