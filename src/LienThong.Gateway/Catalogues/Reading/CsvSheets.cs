using System.Text.Unicode;
using CsvHelper;

namespace LienThong.Gateway.Catalogues;

/// <summary>CSV in UTF-8 or UTF-16, separated by comma, semicolon or tab.</summary>
internal static class CsvSheets
{
    public static IEnumerable<Sheet> Read(Stream content, CatalogueLimits limits) => [new Sheet("", Rows(content, limits))];

    private static IEnumerable<SheetRow> Rows(Stream content, CatalogueLimits limits)
    {
        bool malformed = false;
        using CsvReader reader = CsvReader.Create(content, new CsvReaderOptions
        {
            HasHeader = false,
            TrackLineNumbers = true,
            MaxRecordSize = 1024 * 1024,
            OnMalformedRecord = record => malformed |= record.Reason != CsvMalformedReason.StrayQuote,
        }, leaveOpen: false);
        int rows = 0;
        while (Guarded(reader.Read))
        {
            SheetRow row = new((int)reader.LineNumber, Cells(reader, limits, malformed));
            malformed = false;
            if (row.IsEmpty)
                continue;
            if (++rows > limits.Rows)
                throw new UnreadableFileException($"Tệp có hơn {limits.Rows} dòng.", "Chia nhỏ bảng rồi nhập từng phần.");
            yield return row;
        }
    }

    private static SheetCell[] Cells(CsvReader reader, CatalogueLimits limits, bool malformed)
    {
        long line = reader.LineNumber;
        if (reader.RawRecord.Contains((byte)0))
            throw new UnreadableFileException("Tệp không phải văn bản CSV.", "Lưu bảng dưới dạng .xlsx hoặc .csv (UTF-8) rồi nhập lại.");
        if (!Utf8.IsValid(reader.RawRecord))
            throw new UnreadableFileException($"Dòng {line} không phải mã UTF-8 (có thể là TCVN3, VNI hoặc Windows-1258).", "Mở bằng Excel, lưu dạng «CSV UTF-8» hoặc .xlsx rồi nhập lại.");
        if (reader.FieldCount > limits.Columns)
            throw new UnreadableFileException($"Dòng {line} có {reader.FieldCount} cột, nhiều hơn {limits.Columns}.", "Kiểm tra dấu phân cách và dấu nháy kép trong tệp CSV.");
        SheetCell[] cells = new SheetCell[reader.FieldCount];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = SheetCell.Of(reader.GetString(i));
            // A quote that isn't closed runs two cells or two lines together: no cell of the row can be trusted.
            if (malformed || cells[i].Text.Length > limits.CellCharacters)
                cells[i] = new SheetCell(cells[i].Text.Length > 40 ? cells[i].Text[..40] + "…" : cells[i].Text, CellForm.Error);
        }
        return cells;
    }

    private static bool Guarded(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException e)
        {
            throw new UnreadableFileException($"Dòng {e.LineNumber} của tệp CSV không đọc được, thường do thiếu dấu nháy kép đóng.", "Sửa dấu nháy kép trong tệp, hoặc nhập bằng tệp .xlsx.");
        }
        catch (InvalidDataException)
        {
            throw new UnreadableFileException("Tệp nén .gz bị hỏng.", "Nén hoặc tải lại tệp rồi nhập lại.");
        }
    }
}
