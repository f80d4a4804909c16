using System.Text;
using System.Xml;

namespace LienThong.Standard;

/// <summary>Reads a table document of any well-formed shape through <see cref="XmlReader"/>: the route for what isn't plain.</summary>
internal sealed class StrictTable
{
    private readonly Record record;
    private readonly Table table;
    private readonly TableShape shape;
    private readonly ReaderLimits limits;
    private readonly StringBuilder value = new();
    private TableFill fill;
    private bool otherNames;
    private string firstElement = "";

    private StrictTable(Record record, Table table, ReaderLimits limits)
    {
        this.record = record;
        this.table = table;
        this.limits = limits;
        shape = TableShape.Of(table.Id);
        fill = new TableFill(record, table);
    }

    /// <summary>Reads a document; false when it gave no rows because it can't be read or isn't this table, which is noted as a deviation.</summary>
    public static bool Read(Record record, Table table, ReadOnlySpan<byte> document, ReaderLimits limits)
    {
        string? text = Text(record, table.Id, document);
        return text is not null && Read(record, table, text, limits);
    }

    /// <inheritdoc cref="Read(Record, Table, ReadOnlySpan{byte}, ReaderLimits)"/>
    public static bool Read(Record record, Table table, string document, ReaderLimits limits)
    {
        var reading = new StrictTable(record, table, limits);
        (int Used, int Deviations) mark = record.Mark();
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(document), Settings(limits.RecordBytes));
            reading.Document(reader);
            return true;
        }
        catch (XmlException e)
        {
            record.RollBack(mark);
            bool dtd = document.Contains("<!DOCTYPE", StringComparison.Ordinal) || document.Contains("<!ENTITY", StringComparison.Ordinal);
            if (dtd) record.Report(DeviationKind.ForbiddenDtd, table.Id);
            else record.Report(DeviationKind.MalformedContent, table.Id, detail: $"dòng {e.LineNumber}, cột {e.LinePosition}");
            return false;
        }
        catch (LimitExceededException e)
        {
            record.RollBack(mark);
            record.Report(DeviationKind.OverLimit, table.Id, detail: e.Message);
            return false;
        }
    }

    internal static XmlReaderSettings Settings(long characters, ConformanceLevel level = ConformanceLevel.Document) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = characters,
        MaxCharactersFromEntities = 1024,
        ConformanceLevel = level,
        CloseInput = true,
    };

    private static string? Text(Record record, TableId table, ReadOnlySpan<byte> document)
    {
        try
        {
            if (document.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || document.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            {
                record.Report(DeviationKind.DeclaredEncoding, table, detail: "utf-16");
                return new UnicodeEncoding(document[0] == 0xFE, byteOrderMark: false, throwOnInvalidBytes: true).GetString(document[2..]);
            }

            if (document.StartsWith("\uFEFF"u8))
            {
                record.Report(DeviationKind.ByteOrderMark, table);
                document = document[3..];
            }

            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(document);
            int end = document.StartsWith("<?xml"u8) ? document.IndexOf("?>"u8) : -1;
            if (end >= 0 && XmlDeclaration.Read(document[..(end + 2)], out string name) is DeclaredEncoding.Utf16 or DeclaredEncoding.Other)
            {
                record.Report(DeviationKind.DeclaredEncoding, table, detail: name);
            }

            return text;
        }
        catch (DecoderFallbackException)
        {
            record.Report(DeviationKind.NotUtf8, table);
            return null;
        }
    }

    private void Document(XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader.Depth > limits.Depth) throw new LimitExceededException($"sâu hơn {limits.Depth} tầng");
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (firstElement.Length == 0) firstElement = reader.LocalName;
            if (shape.IsRecordElement(reader.LocalName)) Row(reader);
            else Outer(reader);
        }

        if (fill.Rows == 0 && otherNames)
        {
            record.Report(DeviationKind.WrongTableContent, table.Id, detail: firstElement);
        }
        else if (otherNames)
        {
            record.Report(DeviationKind.OtherRootElement, table.Id, detail: firstElement);
        }
    }

    // Root and list element: their names may differ, which is noted; the signature slot of a document is none of ours.
    private void Outer(XmlReader reader)
    {
        string name = reader.LocalName;
        if (name == "CHUKYDONVI" && reader.Depth > 0)
        {
            Skip(reader);
            return;
        }

        if (!shape.Forms.Exists(s => (reader.Depth == 0 ? s.RootElement : s.ListElement) == name)) otherNames = true;
    }

    private void Row(XmlReader reader)
    {
        if (fill.Rows >= limits.Rows) throw new LimitExceededException($"nhiều hơn {limits.Rows} dòng");
        fill.BeginRow();
        if (reader.IsEmptyElement) return;
        int depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element) Field(reader);
        }
    }

    private void Field(XmlReader reader)
    {
        string name = reader.LocalName;
        value.Clear();
        if (!reader.IsEmptyElement)
        {
            int depth = reader.Depth;
            while (reader.Read() && reader.Depth > depth)
            {
                if (reader.Depth > limits.Depth) throw new LimitExceededException($"sâu hơn {limits.Depth} tầng");
                switch (reader.NodeType)
                {
                    case XmlNodeType.CDATA:
                        fill.Note(DeviationKind.CData);
                        value.Append(reader.Value);
                        break;
                    case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                        value.Append(reader.Value);
                        break;
                    case XmlNodeType.Element:
                        fill.Note(DeviationKind.NestedElement);
                        break;
                    default:
                        break;
                }
            }
        }

        Span<byte> utf8Name = stackalloc byte[128];
        int column = name.Length <= 40 && Encoding.UTF8.TryGetBytes(name, utf8Name, out int nameLength) ? shape.Find(utf8Name[..nameLength]) : -1;
        if (column < 0)
        {
            fill.Unknown(Encoding.UTF8.GetBytes(name));
            return;
        }

        int start = record.Used;
        string text = value.ToString();
        record.Commit(Encoding.UTF8.GetBytes(text, record.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length))));
        fill.Field(column, start, record.Used - start);
    }

    private static void Skip(XmlReader reader)
    {
        if (reader.IsEmptyElement) return;
        int depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
        }
    }

    private sealed class LimitExceededException(string message) : Exception(message);
}
