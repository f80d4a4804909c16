using System.Text;

namespace LienThong.Extracts.Tests.Tables;

/// <summary>CSV files as hospitals export them, and as somebody broke them.</summary>
public sealed class CsvRowsTests
{
    private const string Text = "MA_LK;Họ tên;Ghi chú\r\nLK1;Trần Mẫu An;\"hai\r\ndòng; có dấu\"\r\n;;\r\nLK2;\"Nguyễn \"\"Mẫu\"\" Bình\";=\"01\"\r\n";

    static CsvRowsTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "windows-1258"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Encoding_and_separator_are_found_and_lines_counted_in_the_file(string encoding)
    {
        using CsvRows rows = Open(Bytes(Text, Encoding.GetEncoding(encoding)));

        Assert.Equal(["MA_LK", "Họ tên", "Ghi chú"], rows.Columns);
        Assert.True(rows.Read());
        Assert.Equal((2, "LK1", "Trần Mẫu An", "hai\r\ndòng; có dấu"), (rows.Line, rows[0], rows[1].Normalize(), rows[2].Normalize()));
        Assert.True(rows.Read());
        Assert.Equal((5, "LK2", "Nguyễn \"Mẫu\" Bình", "01"), (rows.Line, rows[0], rows[1].Normalize(), rows[2]));
        Assert.Null(rows.Fault);
        Assert.False(rows.Read());
    }

    [Theory]
    [InlineData(",")]
    [InlineData("\t")]
    [InlineData("|")]
    public void Other_separators_are_found_too(string separator)
    {
        using CsvRows rows = Open(Bytes(string.Join(separator, "A", "B", "C") + "\n" + string.Join(separator, "1", "2", "3"), new UTF8Encoding(true)));

        Assert.Equal(["A", "B", "C"], rows.Columns);
        Assert.True(rows.Read());
        Assert.Equal("3", rows[2]);
    }

    [Fact]
    public void UTF_16_without_a_mark_is_recognised()
    {
        using CsvRows rows = Open(new UnicodeEncoding(bigEndian: false, byteOrderMark: false).GetBytes("MA_LK;Tên\nLK1;Mẫu\n"));

        Assert.True(rows.Read());
        Assert.Equal("Mẫu", rows[1]);
    }

    [Fact]
    public void What_looks_like_TCVN3_is_refused_rather_than_guessed()
    {
        // «Trần Mẫu» in TCVN3.
        byte[] bytes = [.. "MA_LK;TEN\nLK1;Tr"u8, 0xC7, (byte)'n', (byte)' ', (byte)'M', 0xC9, (byte)'u', (byte)'\n'];

        ExtractProblem problem = Assert.Throws<UnreadableExtractException>(() => Open(bytes)).Problem;

        Assert.Contains("TCVN3", problem.Message, StringComparison.Ordinal);
        Assert.Equal("kham.csv", problem.File);
    }

    [Fact]
    public void An_empty_file_and_a_binary_one_are_refused()
    {
        Assert.Contains("rỗng", Assert.Throws<UnreadableExtractException>(() => Open([])).Message, StringComparison.Ordinal);
        Assert.Contains("văn bản", Assert.Throws<UnreadableExtractException>(() => Open([0x50, 0x4B, 3, 4, 0, 0, 1, 0, 0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_broken_quotes_is_told_and_the_next_is_read()
    {
        using CsvRows rows = Open(Encoding.UTF8.GetBytes("A,B\n1,\"x\"y\n2,z\n"));

        Assert.True(rows.Read());
        Assert.Contains("nháy kép", rows.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal("1,\"x\"y", rows.Fault.Text);
        Assert.True(rows.Read());
        Assert.Null(rows.Fault);
        Assert.Equal((3, "2"), (rows.Line, rows[0]));
    }

    [Fact]
    public void A_row_with_more_cells_than_headers_is_not_trusted()
    {
        using CsvRows rows = Open("A,B\n1,2,3\n4,5,\n6\n"u8.ToArray());

        Assert.True(rows.Read());
        Assert.Contains("3 ô", rows.Fault!.Message, StringComparison.Ordinal);
        Assert.True(rows.Read());
        Assert.Null(rows.Fault);
        Assert.True(rows.Read());
        Assert.Equal(("6", ""), (rows[0], rows[1]));
    }

    [Fact]
    public void A_row_in_another_encoding_deep_in_the_file_is_told()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("A,B\n" + string.Concat(Enumerable.Repeat("tên,mẫu\n", 40_000))), (byte)'x', (byte)',', 0xC7, (byte)'\n'];
        using CsvRows rows = Open(bytes);
        while (rows.Read() && rows.Fault is null)
        {
        }

        Assert.Equal(40_002, rows.Line);
        Assert.Contains("UTF-8", rows.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_never_closed_ends_the_reading_at_its_line_in_bounded_memory()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("A,B\n1,2\n3,\"" + new string('x', 5_000_000));
        using CsvRows rows = Open(bytes);

        Assert.True(rows.Read());
        Assert.Equal(3, Assert.Throws<UnreadableExtractException>(() => rows.Read()).Problem.Line);
    }

    private static CsvRows Open(byte[] bytes) => new("kham.csv", new MemoryStream(bytes), ExtractLimits.Default);

    // Windows-1258 writes tones as characters of their own, which only some letters decompose into by themselves.
    private static byte[] Bytes(string text, Encoding encoding)
    {
        string written = encoding.CodePage == 1258 ? string.Concat(text.Select(c => encoding.GetString(encoding.GetBytes([c])) == c.ToString() ? c.ToString() : Split(c))) : text;
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(written)];
    }

    private static string Split(char c)
    {
        string parts = c.ToString().Normalize(NormalizationForm.FormD);
        int tone = parts.IndexOfAny(['\u0300', '\u0301', '\u0303', '\u0309', '\u0323']);
        return tone < 0 ? c.ToString() : parts.Remove(tone, 1).Normalize() + parts[tone];
    }
}
