using System.Text;
using System.Xml;

namespace LienThong.Standard;

/// <summary>Reads a <c>HOSO</c> of any well-formed shape through <see cref="XmlReader"/>: inline XML, CDATA, comments, attributes.</summary>
internal sealed class StrictRecord
{
    private readonly Record record;
    private readonly ReaderLimits limits;
    private readonly TableContent content;

    private StrictRecord(Record record, ReaderLimits limits, bool strictOnly)
    {
        this.record = record;
        this.limits = limits;
        content = new TableContent(record, limits, strictOnly);
    }

    /// <summary>
    /// Reads from <c>&lt;HOSO&gt;</c> to <c>&lt;/HOSO&gt;</c>. Null when it went well; otherwise what is wrong and where
    /// (line and character in the segment, from 1). Tables before that place are kept.
    /// </summary>
    public static Fault? Read(Record record, ReadOnlySpan<byte> hoso, ReaderLimits limits, XmlNamespaceManager namespaces, bool strictOnly)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(hoso);
        }
        catch (DecoderFallbackException)
        {
            return new Fault("có byte không phải UTF-8", 1, 1, false);
        }

        try
        {
            var context = new XmlParserContext(namespaces.NameTable, namespaces, null, XmlSpace.None);
            using XmlReader reader = XmlReader.Create(new StringReader(text), StrictTable.Settings(limits.RecordBytes, ConformanceLevel.Fragment), context);
            new StrictRecord(record, limits, strictOnly).Hoso(reader);
            return null;
        }
        catch (XmlException e)
        {
            bool dtd = text.Contains("<!DOCTYPE", StringComparison.Ordinal) || text.Contains("<!ENTITY", StringComparison.Ordinal);
            return new Fault("thẻ hoặc ký tự sai", e.LineNumber, e.LinePosition, dtd);
        }
    }

    private void Hoso(XmlReader reader)
    {
        while (reader.Read() && reader.NodeType != XmlNodeType.Element)
        {
        }

        if (reader.IsEmptyElement) return;
        while (reader.Read() && reader.Depth > 0)
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName == "FILEHOSO") FileHoso(reader);
            else Unknown(reader);
        }
    }

    private void FileHoso(XmlReader reader)
    {
        if (reader.IsEmptyElement) return;
        TableId? table = null;
        bool named = false;
        bool hasContent = false;
        int depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            switch (reader.LocalName)
            {
                case "LOAIHOSO":
                    named = true;
                    table = content.TableOf(Encoding.UTF8.GetBytes(TextOf(reader)));
                    break;
                case "NOIDUNGFILE":
                    hasContent = true;
                    if (!named) content.TableOf(default);
                    Content(reader, table);
                    break;
                default:
                    Unknown(reader);
                    break;
            }
        }

        if (table is { } id && !hasContent) content.Empty(id);
    }

    private void Content(XmlReader reader, TableId? table)
    {
        var text = new StringBuilder();
        bool inline = false;
        bool cdata = false;
        if (!reader.IsEmptyElement)
        {
            int depth = reader.Depth;
            bool more = reader.Read();
            while (more && reader.Depth > depth)
            {
                if (reader.NodeType == XmlNodeType.Element && !inline)
                {
                    inline = true;
                    if (table is { } id)
                    {
                        record.Report(DeviationKind.InlineXml, id);
                        content.Xml(id, reader.ReadOuterXml());
                        more = !reader.EOF;
                        continue;
                    }
                }
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                {
                    cdata |= reader.NodeType == XmlNodeType.CDATA;
                    text.Append(reader.Value);
                }

                more = reader.Read();
            }
        }

        if (table is { } known && !inline) Text(known, text.ToString().Trim(), cdata);
    }

    private void Text(TableId table, string text, bool cdata)
    {
        if (cdata) record.Report(DeviationKind.CData, table);
        if (text.Length == 0)
        {
            content.Empty(table);
        }
        else if (text[0] == '<')
        {
            record.Report(DeviationKind.InlineXml, table);
            content.Xml(table, text);
        }
        else if (!content.Base64(table, Encoding.UTF8.GetBytes(text)))
        {
            content.NotReadable(table);
        }
    }

    private void Unknown(XmlReader reader)
    {
        record.Report(DeviationKind.UnknownEnvelopeElement, detail: reader.LocalName);
        TextOf(reader);
    }

    // The text of an element; the reader ends on its end tag.
    private static string TextOf(XmlReader reader)
    {
        if (reader.IsEmptyElement) return "";
        var text = new StringBuilder();
        int depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) text.Append(reader.Value);
        }

        return text.ToString();
    }

    /// <summary>Why a <c>HOSO</c> could not be read to its end.</summary>
    public readonly record struct Fault(string Detail, int Line, int Position, bool Dtd);
}
