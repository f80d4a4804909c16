using System.Text;
using LienThong.Extracts;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>
/// Rows of a client program that knows no quoting: a line is a row, the separator ends a cell. A line with another number of cells than there are headers
/// is a fault of its row, for then a value holds the separator or a line end.
/// </summary>
internal static class PlainRows
{
    /// <summary>Reads all rows.</summary>
    /// <exception cref="UnreadableExtractException">There are no headers, or it isn't text.</exception>
    /// <exception cref="PullException">Too many rows.</exception>
    public static PulledTable Read(string name, Stream output, PullCommand command, ExtractLimits limits, int mostRows)
    {
        using StreamReader reader = new(output, EncodingOf(name, command), detectEncodingFromByteOrderMarks: true);
        var lines = new BoundedLines(reader, limits.MaxRowBytes);
        if (Next(lines, name) is not { Length: > 0 } header) throw Unreadable(name, "không có dòng tiêu đề.", "Cho lệnh in tiêu đề cột.", 1);
        string[] columns = Array.ConvertAll(header.Split(command.Separator), c => c.Trim().Trim('\uFEFF'));
        if (columns.Length > limits.MaxColumns) throw Unreadable(name, $"dòng tiêu đề có hơn {limits.MaxColumns} cột.", "Kiểm tra separator.", 1);
        var table = new PulledTable(name, columns);
        for (int i = 0; i < command.SkipLines; i++) Next(lines, name);
        while (Next(lines, name) is { } line)
        {
            if (line.Length == 0) continue;
            string[] cells = line.Split(command.Separator);
            RowFault? fault = cells.Length == columns.Length ? null
                : new RowFault($"Dòng có {cells.Length} ô, tiêu đề có {columns.Length} cột.", "Thay ký tự phân cách và xuống dòng trong giá trị bằng dấu cách (REPLACE) ngay trong câu truy vấn.", line);
            Array.Resize(ref cells, columns.Length);
            for (int c = 0; c < cells.Length; c++) cells[c] = Value(cells[c] ?? "", command);
            table.Add(cells, null, mostRows, lines.Number, fault);
        }

        return table;
    }

    private static string? Next(BoundedLines lines, string name)
    {
        try
        {
            return lines.Next();
        }
        catch (DecoderFallbackException)
        {
            throw Unreadable(name, "không phải văn bản UTF-8.", "Đặt bảng mã UTF-8 cho lệnh, hoặc ghi encoding.", lines.Number + 1);
        }
        catch (InvalidDataException)
        {
            throw Unreadable(name, "có dòng quá dài.", "Kiểm tra lệnh và câu truy vấn.", lines.Number + 1);
        }
    }

    private static string Value(string cell, PullCommand command)
    {
        if (command.Null is { } word && cell == word) return "";
        return command.Format == PullFormat.MySqlBatch && cell.Contains('\\') ? Unescape(cell) : cell;
    }

    private static string Unescape(string cell)
    {
        StringBuilder text = new(cell.Length);
        for (int i = 0; i < cell.Length; i++)
        {
            if (cell[i] != '\\' || i + 1 == cell.Length) text.Append(cell[i]);
            else text.Append(cell[++i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', var other => other });
        }

        return text.ToString();
    }

    private static Encoding EncodingOf(string name, PullCommand command)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(command.Encoding ?? "utf-8", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            throw Unreadable(name, $"không có bảng mã «{command.Encoding}».", "Ghi utf-8, utf-16 hoặc windows-1258.", 0);
        }
    }

    private static UnreadableExtractException Unreadable(string name, string message, string fix, long line) =>
        new(new ExtractProblem(ExtractCodes.Unreadable, Severity.Block, message, fix, name, line));

    private sealed class BoundedLines(StreamReader reader, int most)
    {
        private readonly StringBuilder line = new();

        public long Number { get; private set; }

        public string? Next()
        {
            line.Clear();
            while (reader.Read() is >= 0 and var c)
            {
                if (c == '\n')
                {
                    Number++;
                    if (line.Length > 0 && line[^1] == '\r') line.Length--;
                    return line.ToString();
                }

                if (line.Length >= most) throw new InvalidDataException();
                line.Append((char)c);
            }

            if (line.Length == 0) return null;
            Number++;
            return line.ToString();
        }
    }
}
