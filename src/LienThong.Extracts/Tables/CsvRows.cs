using System.Text;
using System.Text.Unicode;
using CsvHelper;
using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>How a CSV file is written, where that isn't found out.</summary>
/// <param name="Separator">Separator of cells; null: found out among comma, semicolon, tab and bar.</param>
/// <param name="Encoding">Name of the encoding; null: found out among UTF-8, UTF-16 and Windows-1258.</param>
public sealed record CsvForm(char? Separator = null, string? Encoding = null);

/// <summary>Rows of a CSV file. Its first line holds the headers; quoted cells may hold line breaks.</summary>
public sealed class CsvRows : RowSource
{
    private const int HeadBytes = 256 * 1024;
    private readonly ExtractLimits limits;
    private readonly HeadStream stream;
    private readonly CsvReader reader;
    private readonly string[] columns;
    private CsvMalformedReason? malformed;
    private RowFault? fault;

    /// <summary>Opens a file and reads its headers.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="stream">The bytes; need not be seekable, is closed with the rows.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="form">What is known of its form.</param>
    /// <exception cref="UnreadableExtractException">It is empty, no text, or its headers can't be read.</exception>
    public CsvRows(string name, Stream stream, ExtractLimits limits, CsvForm? form = null)
        : base(name)
    {
        this.limits = limits;
        this.stream = new HeadStream(stream, HeadBytes);
        try
        {
            reader = CsvReader.Create(this.stream, new CsvReaderOptions
            {
                HasHeader = false,
                Separator = form?.Separator,
                Encoding = form?.Encoding is { } known ? TextEncoding.Named(known, name) : TextEncoding.Find(this.stream.Head, name),
                TrackLineNumbers = true,
                MaxRecordSize = limits.MaxRowBytes,
                // A quote inside an unquoted cell is text; all else that breaks the quoting runs cells or rows together.
                OnMalformedRecord = record => malformed = record.Reason == CsvMalformedReason.StrayQuote ? malformed : record.Reason,
            }, leaveOpen: false);
            columns = Headers();
        }
        catch
        {
            reader?.Dispose();
            this.stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => columns;

    /// <inheritdoc/>
    public override long Line => reader.LineNumber;

    /// <inheritdoc/>
    public override long Position => stream.Position;

    /// <inheritdoc/>
    public override RowFault? Fault => fault;

    /// <inheritdoc/>
    public override string this[int column]
    {
        get
        {
            if (column >= reader.FieldCount) return "";
            string text = reader.GetString(column);
            // Exports write ="01" so that Excel keeps the zero.
            return text is ['=', '"', .. var quoted, '"'] && !quoted.Contains('"') ? quoted : text;
        }
    }

    /// <inheritdoc/>
    public override bool Read()
    {
        do
        {
            malformed = null;
            if (!Next()) return false;
            fault = FaultOf();
        }
        while (fault is null && IsEmpty());
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) reader.Dispose();
        base.Dispose(disposing);
    }

    private string[] Headers()
    {
        if (!Next()) throw Unreadable("Tệp rỗng.", "Xuất lại tệp có dòng tiêu đề.", 0);
        if (malformed is not null) throw Unreadable("Dòng tiêu đề có dấu nháy kép không đóng đúng.", "Sửa dấu nháy kép ở dòng tiêu đề.", Line);
        if (reader.FieldCount > limits.MaxColumns) throw Unreadable($"Dòng tiêu đề có {reader.FieldCount} cột, nhiều hơn {limits.MaxColumns}.", "Kiểm tra dấu phân cách.", Line);
        var headers = new string[reader.FieldCount];
        for (int i = 0; i < headers.Length; i++) headers[i] = this[i].Trim().Trim('\uFEFF').Normalize(NormalizationForm.FormC);
        return headers;
    }

    private bool Next()
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw Unreadable(
                $"Dòng dài hơn {limits.MaxRowBytes / 1024} KiB, thường do thiếu dấu nháy kép đóng; không đọc tiếp được từ đây.", "Sửa dấu nháy kép trong tệp rồi gửi lại.", e.LineNumber);
        }
        catch (InvalidDataException)
        {
            throw Unreadable("Tệp bị hỏng.", "Xuất lại tệp.", Line);
        }
    }

    private RowFault? FaultOf()
    {
        ReadOnlySpan<byte> raw = reader.RawRecord;
        if (malformed is not null) return Wrong("Dấu nháy kép không đóng đúng: các ô hoặc các dòng bị dính nhau.", "Đóng dấu nháy kép; dấu nháy trong ô ghi thành hai dấu (\"\").", raw);
        if (raw.Contains((byte)0)) return Wrong("Dòng chứa byte 0.", "Xuất lại tệp dạng văn bản CSV.", raw);
        if (!Utf8.IsValid(raw)) return Wrong("Dòng không phải mã UTF-8.", "Xuất lại dạng CSV UTF-8, hoặc ghi encoding trong tệp ánh xạ.", raw);
        for (int i = columns.Length; i < reader.FieldCount; i++)
        {
            if (!reader.IsEmpty(i))
                return Wrong($"Dòng có {reader.FieldCount} ô, tiêu đề chỉ có {columns.Length} cột.", "Đặt ô chứa dấu phân cách trong dấu nháy kép.", raw);
        }

        return null;
    }

    private static RowFault Wrong(string message, string fix, ReadOnlySpan<byte> raw) => new(message, fix, Encoding.UTF8.GetString(raw));

    private bool IsEmpty()
    {
        for (int i = 0; i < reader.FieldCount; i++)
        {
            if (!reader.IsEmpty(i) && !string.IsNullOrWhiteSpace(reader.GetString(i))) return false;
        }

        return true;
    }

    private UnreadableExtractException Unreadable(string message, string fix, long line) =>
        new(new ExtractProblem(ExtractCodes.Unreadable, Severity.Block, message, fix, Name, line));
}
