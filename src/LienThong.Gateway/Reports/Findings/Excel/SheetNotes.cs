using System.Globalization;
using System.Xml;

namespace LienThong.Gateway.Reports.Findings.Excel;

/// <summary>The notes (comments) of a sheet: their texts, and the little boxes Excel draws them in.</summary>
internal sealed class SheetNotes : IDisposable
{
    /// <summary>More boxes than this on one sheet and Excel refuses the file; the cells stay coloured.</summary>
    private const int Most = 60_000;

    private readonly FileStream texts = TemporaryFile.Create();
    private readonly FileStream shapes = TemporaryFile.Create();
    private readonly XmlWriter text;
    private readonly XmlWriter shape;
    private int count;

    public SheetNotes()
    {
        text = Sheet.Writer(texts);
        text.WriteStartElement("comments", Sheet.Main);
        text.WriteStartElement("authors", Sheet.Main);
        text.WriteElementString("author", Sheet.Main, "LienThong");
        text.WriteEndElement();
        text.WriteStartElement("commentList", Sheet.Main);
        shape = Sheet.Writer(shapes);
        shape.WriteRaw("<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">"
            + "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>");
    }

    public void Add(int column, int row, string note)
    {
        if (++count > Most) return;
        text.WriteStartElement("comment", Sheet.Main);
        text.WriteAttributeString("ref", Sheet.Reference(column, row));
        text.WriteAttributeString("authorId", "0");
        text.WriteStartElement("text", Sheet.Main);
        text.WriteStartElement("r", Sheet.Main);
        text.WriteStartElement("t", Sheet.Main);
        text.WriteAttributeString("xml", "space", null, "preserve");
        text.WriteString(note);
        for (int i = 0; i < 4; i++) text.WriteEndElement();
        shape.WriteRaw(string.Create(CultureInfo.InvariantCulture,
            $"<v:shape id=\"_x0000_s{1024 + count}\" type=\"#_x0000_t202\" style=\"position:absolute;width:260pt;height:90pt;z-index:{count};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">"
            + $"<v:fill color2=\"#ffffe1\"/><v:textbox style=\"mso-direction-alt:auto\"/><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>"
            + $"<x:Anchor>{column}, 12, {row - 1}, 4, {column + 4}, 12, {row + 5}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"));
    }

    /// <summary>Ends them and gives texts and boxes from the start.</summary>
    public (Stream Texts, Stream Shapes) Complete()
    {
        text.WriteEndElement();
        text.WriteEndElement();
        text.Flush();
        shape.WriteRaw("</xml>");
        shape.Flush();
        texts.Position = 0;
        shapes.Position = 0;
        return (texts, shapes);
    }

    public void Dispose()
    {
        text.Dispose();
        shape.Dispose();
        texts.Dispose();
        shapes.Dispose();
    }
}
