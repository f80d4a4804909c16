using ExcelDataReader;
using LienThong.Extracts;
using LienThong.Gateway.Catalogues;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Tables;

/// <summary>The sheets of an Excel workbook (<c>.xlsx</c>, <c>.xls</c>) as tables of an extract. Workbooks are read as hostile, as those of code lists are.</summary>
public static class ExcelTables
{
    /// <summary>The visible sheets.</summary>
    /// <param name="file">Name of the workbook, for messages.</param>
    /// <param name="open">Opens the workbook; called once for every sheet that is read, so the stream has to be a new one each time, and able to seek.</param>
    /// <param name="limits">Bounds.</param>
    /// <exception cref="UnreadableExtractException">It is damaged, has a password, or is over the bounds.</exception>
    public static IReadOnlyList<ExtractTable> Of(string file, Func<Stream> open, ExtractLimits? limits = null)
    {
        var bounds = new CatalogueLimits();
        using Stream content = open();
        if (content.Length > bounds.FileBytes) throw Unreadable(file, $"Tệp lớn hơn {bounds.FileBytes / (1024 * 1024)} MiB.", "Chia nhỏ, hoặc xuất dạng CSV.");
        if (IsZip(content)) Readable(file, () =>
        {
            ExcelSheets.Measure(content, bounds.UnpackedBytes);
            return true;
        });
        content.Position = 0;
        var tables = new List<ExtractTable>();
        using IExcelDataReader reader = Readable(file, () => ExcelReaderFactory.CreateReader(content, new ExcelReaderConfiguration { LeaveOpen = true }));
        do
        {
            string sheet = reader.Name ?? "";
            if (reader.VisibleState == "visible" && reader.FieldCount > 0)
                tables.Add(new ExtractTable(sheet, _ => new ExcelRows(file, sheet, open(), limits ?? ExtractLimits.Default)));
        }
        while (Readable(file, reader.NextResult));
        return tables;
    }

    /// <summary>Whatever ends the reading of a workbook, told as its fault.</summary>
    internal static T Readable<T>(string file, Func<T> read)
    {
        try
        {
            return ExcelSheets.Guarded(read);
        }
        catch (UnreadableFileException e)
        {
            throw Unreadable(file, e.Message, e.Fix);
        }
    }

    internal static UnreadableExtractException Unreadable(string file, string message, string fix) =>
        new(new ExtractProblem(ExtractCodes.Unreadable, Severity.Block, message, fix, file));

    private static bool IsZip(Stream content)
    {
        Span<byte> head = stackalloc byte[4];
        int read = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return read == 4 && head.SequenceEqual("PK\u0003\u0004"u8);
    }
}
