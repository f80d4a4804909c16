using System.Buffers;
using System.Text.Unicode;

namespace LienThong.Standard;

/// <summary>
/// Scans a table document of the plain shape straight over its bytes. Whatever isn't plain makes it give up, and the strict
/// route reads the document from its beginning; both give the same rows and deviations.
/// </summary>
internal ref struct FastTable
{
    // Most values end within it, before a vectorised search would have begun.
    private const int ShortValue = 16;

    private readonly Record record;
    private readonly Table table;
    private readonly TableShape shape;
    private readonly int offset;
    private readonly int rowLimit;
    private TableFill fill;
    private ReadOnlySpan<byte> text;
    private int at;

    private FastTable(Record record, Table table, int offset, int length, int rowLimit)
    {
        this.record = record;
        this.table = table;
        this.offset = offset;
        this.rowLimit = rowLimit;
        shape = TableShape.Of(table.Id);
        text = record.Buffer.AsSpan(offset, length);
        fill = new TableFill(record, table);
    }

    /// <summary>Reads a document that lies in the record's buffer; false when it isn't plain (the caller takes back what was added).</summary>
    public static bool TryRead(Record record, Table table, int offset, int length, int rowLimit)
    {
        var scan = new FastTable(record, table, offset, length, rowLimit);
        return scan.Document();
    }

    private bool Document()
    {
        if (!Utf8.IsValid(text)) return false;
        if (text.StartsWith("\uFEFF"u8))
        {
            record.Report(DeviationKind.ByteOrderMark, table.Id);
            at = 3;
        }

        if (text[at..].StartsWith("<?xml"u8))
        {
            int end = text[at..].IndexOf("?>"u8);
            if (end < 0) return false;
            DeclaredEncoding encoding = XmlDeclaration.Read(text.Slice(at, end + 2), out string name);
            if (encoding == DeclaredEncoding.Unclear) return false;
            if (encoding != DeclaredEncoding.Utf8) record.Report(DeviationKind.DeclaredEncoding, table.Id, detail: name);
            at += end + 2;
        }

        SkipBlank();
        TableElements? form = Root();
        if (form is null || !Body(form)) return false;
        SkipBlank();
        return at == text.Length;
    }

    private TableElements? Root()
    {
        foreach (TableElements form in shape.Forms)
        {
            int back = at;
            if (Open(form.RootElement, attributes: true)) return form;
            at = back;
        }

        return null;
    }

    private bool Body(TableElements form)
    {
        if (form.RootElement == form.RecordElement)
        {
            fill.BeginRow();
            return RowFields(form.RecordElement);
        }

        bool hasList = form.ListElement != form.RootElement;
        if (hasList)
        {
            SkipBlank();
            if (!Open(form.ListElement, attributes: false)) return false;
        }

        while (true)
        {
            SkipBlank();
            if (!Open(form.RecordElement, attributes: false)) break;
            if (fill.Rows >= rowLimit) return false;
            fill.BeginRow();
            if (!RowFields(form.RecordElement)) return false;
        }

        if (hasList)
        {
            if (!Close(form.ListElement)) return false;
            SkipBlank();
        }

        return Close(form.RootElement);
    }

    // The fields of a row and its end tag. A self-closed row element isn't plain.
    private bool RowFields(string rowElement)
    {
        int column = -1;
        while (true)
        {
            SkipBlank();
            if (at + 1 >= text.Length || text[at] != '<') return false;
            if (text[at + 1] == '/') return Close(rowElement);
            at++;
            int expected = shape.After(column);
            ReadOnlySpan<byte> name = shape.Name(expected);
            if (text[at..].StartsWith(name) && at + name.Length < text.Length && text[at + name.Length] is (byte)'>' or (byte)'/')
            {
                column = expected;
            }
            else
            {
                int length = EndOfName(text[at..]);
                if (length <= 0 || !IsPlainName(text.Slice(at, length))) return false;
                name = text.Slice(at, length);
                int found = shape.Find(name);
                if (found >= 0) shape.Learn(column, found);
                column = found;
            }

            at += name.Length;
            if (!ValueOf(name, column)) return false;
        }
    }

    private bool ValueOf(ReadOnlySpan<byte> name, int column)
    {
        if (text[at] != '>')
        {
            SkipBlank();
            if (text[at..].StartsWith("/>"u8))
            {
                at += 2;
                Store(name, column, offset + at, 0);
                return true;
            }

            if (at >= text.Length || text[at] != '>') return false;
        }

        int start = ++at;
        int length = Stop(text[at..]);
        if (length < 0) return false;
        at += length;
        if (text[at] != '<') return SlowValue(name, column, start);
        Store(name, column, offset + start, length);
        return CloseTag(name);
    }

    private void Store(ReadOnlySpan<byte> name, int column, int start, int length)
    {
        if (column < 0) fill.Unknown(name);
        else fill.Field(column, start, length);
    }

    // A value with a character that has to be looked at: escapes are decoded into new room at the end of the buffer.
    private bool SlowValue(ReadOnlySpan<byte> name, int column, int start)
    {
        bool cook = false;
        while (text[at] != '<')
        {
            switch (text[at])
            {
                case (byte)'&' or (byte)'\r':
                    cook = true;
                    break;
                case (byte)']' when text[at..].StartsWith("]]>"u8):
                case 0xEF when text[at..].StartsWith("\uFFFE"u8) || text[at..].StartsWith("\uFFFF"u8):
                    return false;
                case < 0x20:
                    return false;
                default:
                    break;
            }

            int next = Stop(text[(at + 1)..]);
            if (next < 0) return false;
            at += next + 1;
        }

        int length = at - start;
        if (!cook)
        {
            Store(name, column, offset + start, length);
            return CloseTag(name);
        }

        string element = System.Text.Encoding.ASCII.GetString(name);
        int written = Escapes.Decode(text.Slice(start, length), record.Reserve(length));
        text = record.Buffer.AsSpan(offset, text.Length); // the reservation may have moved the buffer
        if (written < 0) return false;
        // The name is taken from the end tag: the start tag's bytes may lie in the buffer given back. Close() checks that they agree.
        Store(text.Slice(at + 2, Math.Min(name.Length, text.Length - at - 2)), column, record.Used, written);
        record.Commit(written);
        return Close(element);
    }

    private bool CloseTag(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> rest = text[at..];
        if (rest.Length < name.Length + 3 || rest[1] != '/' || !rest.Slice(2, name.Length).SequenceEqual(name)) return false;
        at += 2 + name.Length;
        return EndOfTag();
    }

    private bool Open(string element, bool attributes)
    {
        if (!Starts("<"u8, element)) return false;
        at += 1 + element.Length;
        if (attributes && at < text.Length && Blank.IsBlank(text[at]))
        {
            int end = text[at..].IndexOf((byte)'>');
            if (end < 0 || !PlainAttributes.Are(text.Slice(at, end))) return false;
            at += end;
        }

        return EndOfTag();
    }

    private bool Close(string element)
    {
        if (!Starts("</"u8, element)) return false;
        at += 2 + element.Length;
        return EndOfTag();
    }

    private readonly bool Starts(ReadOnlySpan<byte> mark, string element)
    {
        ReadOnlySpan<byte> rest = text[at..];
        return rest.Length > mark.Length + element.Length
            && rest.StartsWith(mark)
            && System.Text.Ascii.Equals(rest.Slice(mark.Length, element.Length), element);
    }

    private bool EndOfTag()
    {
        SkipBlank();
        if (at >= text.Length || text[at] != '>') return false;
        at++;
        return true;
    }

    private void SkipBlank()
    {
        while (at < text.Length && Blank.IsBlank(text[at])) at++;
    }

    // Where the plain part of a value ends: at its end tag, or at a character that has to be looked at.
    private static int Stop(ReadOnlySpan<byte> text)
    {
        int most = ColdStart.Lasts ? text.Length : Math.Min(text.Length, ShortValue);
        for (int i = 0; i < most; i++)
        {
            byte b = text[i];
            if (b is (byte)'<' or (byte)'&' or (byte)']' or 0xEF or (< 0x20 and not (9 or 10))) return i;
        }

        int rest = text[most..].IndexOfAny(Search.Stops);
        return rest < 0 ? -1 : most + rest;
    }

    private static int EndOfName(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)'>' or (byte)'<' or (byte)'/' or (byte)' ' or 9 or 10 or 13) return i;
        }

        return -1;
    }

    private static bool IsPlainName(ReadOnlySpan<byte> name)
    {
        if (!char.IsAsciiLetter((char)name[0]) && name[0] != '_') return false;
        foreach (byte b in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b != '_') return false;
        }

        return true;
    }

    // On its own, so that it is only made when a search needs it.
    private static class Search
    {
        public static readonly SearchValues<byte> Stops = SearchValues.Create(
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, (byte)'<', (byte)'&', (byte)']', 0xEF]);
    }
}
