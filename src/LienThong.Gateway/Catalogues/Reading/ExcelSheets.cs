using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace LienThong.Gateway.Catalogues;

/// <summary>Excel workbooks, new (<c>.xlsx</c>) and old (<c>.xls</c>). Formulas are never computed: the value stored with them is read.</summary>
internal static class ExcelSheets
{
    private const int MostParts = 2000;
    // Sheets that somebody formatted to their last row and column look this large; beyond it reading them would take minutes.
    internal const long MostPlaces = 400_000_000;

    static ExcelSheets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A zipped workbook, after measuring what it unpacks to.</summary>
    public static IEnumerable<Sheet> ReadZipped(Stream content, CatalogueLimits limits)
    {
        Measure(content, limits.UnpackedBytes);
        content.Position = 0;
        return Read(content, limits);
    }

    /// <summary>A workbook of either kind.</summary>
    public static IEnumerable<Sheet> Read(Stream content, CatalogueLimits limits)
    {
        using IExcelDataReader reader = Guarded(() => ExcelReaderFactory.CreateReader(content, new ExcelReaderConfiguration { LeaveOpen = true }));
        do
        {
            if (reader.VisibleState == "visible" && reader.FieldCount > 0)
                yield return new Sheet(reader.Name ?? "", Rows(reader, limits));
        }
        while (Guarded(reader.NextResult));
    }

    private static IEnumerable<SheetRow> Rows(IExcelDataReader reader, CatalogueLimits limits)
    {
        if ((long)reader.RowCount * reader.FieldCount > MostPlaces)
        {
            throw new UnreadableFileException(
                $"Trang «{reader.Name}» trải đến dòng {reader.RowCount}, cột {reader.FieldCount}.", "Xóa các dòng và cột thừa ngoài bảng rồi lưu lại.");
        }
        int columns = Math.Min(reader.FieldCount, limits.Columns);
        int rows = 0;
        for (int line = 1; Guarded(reader.Read); line++)
        {
            SheetRow row = new(line, Cells(reader, columns, limits));
            if (row.IsEmpty)
                continue;
            if (++rows > limits.Rows)
                throw new UnreadableFileException($"Trang «{reader.Name}» có hơn {limits.Rows} dòng.", "Chia nhỏ bảng rồi nhập từng phần.");
            yield return row;
        }
    }

    private static SheetCell[] Cells(IExcelDataReader reader, int columns, CatalogueLimits limits)
    {
        SheetCell[] cells = new SheetCell[columns];
        for (int i = 0; i < columns; i++)
        {
            cells[i] = Cell(reader.GetValue(i), reader, i);
            if (cells[i].Text.Length > limits.CellCharacters)
                cells[i] = new SheetCell(cells[i].Text[..40] + "…", CellForm.Error);
        }
        return cells;
    }

    private static SheetCell Cell(object? value, IExcelDataReader reader, int column) => value switch
    {
        null => SheetCell.None,
        string text => IsError(text) ? new SheetCell(text, CellForm.Error) : SheetCell.Of(text),
        DateTime moment => new SheetCell(moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyyMMdd" : "yyyyMMddHHmmss", CultureInfo.InvariantCulture), CellForm.Day),
        bool flag => new SheetCell(flag ? "1" : "0", CellForm.Text),
        double or int or decimal => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture), reader.GetNumberFormatString(column)),
        _ => SheetCell.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    // The library hands on the error of a formula as its text.
    internal static bool IsError(string text) => text is "#REF!" or "#N/A" or "#NAME?" or "#VALUE!" or "#DIV/0!" or "#NUM!" or "#NULL!";

    // 00000 and 0.00 fix the digits that are shown, so what a person sees is known; every other format leaves zeros open.
    internal static SheetCell Number(double number, string? format)
    {
        if (format is { Length: > 0 and <= 30 } && format.AsSpan().IndexOfAnyExcept("0.") < 0 && format.Contains('0'))
            return new SheetCell(number.ToString(format, CultureInfo.InvariantCulture), CellForm.Text);
        // Fifteen digits are what Excel itself keeps of a number.
        return new SheetCell(Math.Abs(number) < 1e15 ? decimal.Parse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : number.ToString("G15", CultureInfo.InvariantCulture), CellForm.Number);
    }

    /// <summary>Unpacks everything once, to nowhere: the sizes a zip declares may lie.</summary>
    internal static void Measure(Stream content, long most)
    {
        Guarded(() =>
        {
            using ZipArchive zip = new(content, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostParts)
                throw new UnreadableFileException($"Tệp .xlsx có {zip.Entries.Count} phần bên trong.", "Lưu lại chỉ các trang cần nhập rồi nhập lại.");
            if (zip.GetEntry("xl/workbook.xml") is null && zip.GetEntry("xl/workbook.bin") is null)
                throw new UnreadableFileException("Tệp nén này không phải sổ Excel.", "Giải nén rồi nhập từng tệp .xlsx hoặc .csv.");
            long left = most;
            byte[] buffer = new byte[64 * 1024];
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                using BoundedStream part = new(entry.Open(), left);
                while (part.Read(buffer) > 0)
                {
                }
                left -= part.Position;
            }
            return true;
        });
    }

    internal static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ExcelReaderException e) when (e.Message.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadableFileException("Sổ Excel có mật khẩu.", "Bỏ mật khẩu rồi nhập lại.");
        }
        // A damaged workbook ends the library in many ways; whatever it says, the file is what is wrong.
        catch (Exception e) when (e is not (UnreadableFileException or OperationCanceledException or OutOfMemoryException))
        {
            throw new UnreadableFileException("Sổ Excel bị hỏng hoặc không đúng định dạng.", "Mở bằng Excel, lưu lại thành .xlsx rồi nhập lại.");
        }
    }
}
