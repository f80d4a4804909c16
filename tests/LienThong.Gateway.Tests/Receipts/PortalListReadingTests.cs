using System.Text;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Receipts.Reading;
using LienThong.Gateway.Tests.Catalogues;
using LienThong.Standard;

namespace LienThong.Gateway.Tests.Receipts;

/// <summary>Lists of the portal in every form officers export them in.</summary>
public sealed class PortalListReadingTests
{
    private static readonly CatalogueLimits Small = new() { FileBytes = 1024 * 1024, UnpackedBytes = 2 * 1024 * 1024, Rows = 1000, Columns = 50, CellCharacters = 500, Errors = 50 };

    [Theory]
    [InlineData("MA_LK,MALOI,MOTALOI")]
    [InlineData("Mã liên kết,Mã lỗi,Mô tả lỗi")]
    [InlineData("ma lien ket,ma loi,noi dung loi")]
    [InlineData("MÃ LK,MÃ_LỖI,Nội dung lỗi")]
    public void Headings_are_known_without_accents_and_case(string heading)
    {
        PortalRow row = Assert.Single(Read(ListFiles.Text($"{heading}\nLK1,E12,Sai ngày ra\n"), out PortalListReading reading));

        Assert.Equal((PortalListKind.Results, "LK1", "E12", "Sai ngày ra", RowVerdict.Faulty), (reading.Kind!.Value, row.MaLk, row.Code, row.Text, row.Verdict));
    }

    [Theory]
    [InlineData("Mã giao dịch,Thời gian tiếp nhận,Số hồ sơ", PortalListKind.Reception)]
    [InlineData("Mã liên kết,Ngày ra,BHYT thanh toán", PortalListKind.Payment)]
    [InlineData("Mã liên kết,Mã giao dịch,Mô tả lỗi", PortalListKind.Results)]
    public void Kind_of_list_is_told_by_its_columns(string heading, PortalListKind kind)
    {
        Read(ListFiles.Text($"{heading}\nHS1,03/07/2026,1\n"), out PortalListReading reading);

        Assert.Equal(kind, reading.Kind);
    }

    [Fact]
    public void Kind_that_somebody_says_wins()
    {
        PortalRow row = Assert.Single(Read(ListFiles.Text("Mã liên kết,Ngày ra\nLK1,03/07/2026\n"), out PortalListReading reading, said: PortalListKind.Reception));

        Assert.Equal((PortalListKind.Reception, RowVerdict.Seen), (reading.Kind!.Value, row.Verdict));
    }

    [Theory]
    [InlineData(',', "utf-8", false)]
    [InlineData(',', "utf-8", true)]
    [InlineData(';', "utf-8", true)]
    [InlineData('\t', "utf-8", false)]
    [InlineData('\t', "utf-16", true)]
    [InlineData(';', "utf-16BE", true)]
    public void Text_is_read_in_every_separator_and_encoding_below_its_titles(char separator, string encoding, bool mark)
    {
        string text = string.Join('\n',
            "DANH SÁCH ĐỀ NGHỊ THANH TOÁN", $"Tháng 7 năm 2026{separator}{separator}", "",
            string.Join(separator, "STT", "Mã liên kết", "Họ tên", "Ngày ra", "Tổng chi"), string.Join(separator, "1", "LK1", "Trần Văn Thử", "03/07/2026 15:00", "150000"),
            "", string.Join(separator, "2", "LK2", "\"Lê, Thị; Thử\"", "202607031500", "99000.5"), string.Join(separator, "Tổng cộng", "", "", "", "249000.5"), "");
        Encoding used = Encoding.GetEncoding(encoding);
        MemoryStream file = new([.. mark ? used.GetPreamble() : [], .. used.GetBytes(text)]);

        List<PortalRow> rows = Read(file, out PortalListReading reading);

        Assert.False(reading.Failed, string.Join("; ", reading.Problems.Told.Select(p => p.Message)));
        Assert.Equal([("LK1", "202607031500", 150000m), ("LK2", "202607031500", 99000.5m)], rows.Select(r => (r.MaLk, r.NgayRa, r.Total!.Value)));
        Assert.Equal((PortalListKind.Payment, 0), (reading.Kind!.Value, reading.Refused));
        Assert.All(rows, r => Assert.Equal(RowVerdict.Confirmed, r.Verdict));
    }

    [Fact]
    public void Workbook_with_titles_a_heading_over_two_rows_and_column_numbers_is_read()
    {
        string sheet = ListFiles.Row(1, "BẢO HIỂM XÃ HỘI") + ListFiles.Row(3, "STT", "Mã liên kết", "Ngày ra", "Chi phí", "") + ListFiles.Row(4, "", "", "", "Tổng chi phí", "BHYT thanh toán")
            + ListFiles.Row(5, "(1)", "(2)", "(3)", "(4)", "(5)")
            + ListFiles.Row(6, "1", "LK1", "<c r=\"C6\" s=\"2\"><v>46206.625</v></c>", "<c r=\"D6\"><v>150000.125</v></c>", "<c r=\"E6\"><v>120000</v></c>")
            + ListFiles.Row(7, "STT", "Mã liên kết", "Ngày ra", "", "") + ListFiles.Row(8, "2", "LK2", "04/07/2026", "1.234.567", "1.000.000,5");

        List<PortalRow> rows = Read(ListFiles.Workbook("Sheet1", sheet), out PortalListReading reading);

        Assert.Equal(0, reading.Refused);
        Assert.Equal([("LK1", "20260703150000", 150000.125m, 120000m), ("LK2", "20260704", 1234567m, 1000000.5m)], rows.Select(r => (r.MaLk, r.NgayRa, r.Total!.Value, r.Fund!.Value)));
    }

    [Fact]
    public void Old_workbook_is_read()
    {
        List<PortalRow> rows = Read(ListFiles.OldWorkbook(["MA_LK", "MALOI", "MOTALOI"], ["LK1", "E1", "Sai"]), out PortalListReading reading);

        Assert.Equal(("LK1", "E1"), (Assert.Single(rows).MaLk, rows[0].Code));
        Assert.Equal(PortalListKind.Results, reading.Kind);
    }

    [Theory]
    [InlineData("Chờ xử lý", "1", "0", "Pending")]
    [InlineData("Đã xử lý", "1", "0", "Confirmed")]
    [InlineData("Đã xử lý", "1", "1", "Faulty")]
    [InlineData("", "1", "", "Seen")]
    public void Row_of_a_transaction_says_how_far_the_portal_is(string state, string count, string faulty, string verdict)
    {
        PortalRow row = Assert.Single(Read(ListFiles.Text($"Mã giao dịch,Thời gian tiếp nhận,Trạng thái,Số hồ sơ,Số hồ sơ lỗi\nHSKCB99001_1,10/07/2026 09:30:15,{state},{count},{faulty}\n"), out _));

        Assert.Equal(("#HSKCB99001_1", "20260710093015", verdict), (row.Key, row.Received, row.Verdict.ToString()));
    }

    [Theory]
    [InlineData("", "", "Seen")]
    [InlineData("", "Chờ kiểm tra", "Pending")]
    [InlineData("", "Không lỗi", "Confirmed")]
    [InlineData("", "Hồ sơ lỗi", "Faulty")]
    [InlineData("000", "", "Seen")]
    [InlineData("E7", "", "Faulty")]
    public void Row_of_results_says_what_checking_found(string code, string state, string verdict) =>
        Assert.Equal(verdict, Assert.Single(Read(ListFiles.Text($"MA_LK,MALOI,Trạng thái\nLK1,{code},{state}\n"), out _)).Verdict.ToString());

    [Fact]
    public void Wrong_rows_are_told_with_line_column_value_and_remedy_and_the_others_go_on()
    {
        List<PortalRow> rows = Read(ListFiles.Text("Mã liên kết,Ngày ra,Tổng chi\nLK1,31/02/2026,1\n,03/07/2026,1\nLK3,03/07/2026,nhiều\nLK4,03/07/2026,1\n"), out PortalListReading reading);

        Assert.Equal("LK4", Assert.Single(rows).MaLk);
        Assert.Equal(3, reading.Refused);
        Assert.Equal([(2, "NGAY_RA", "31/02/2026"), (3, "MA_LK", ""), (4, "TONG_CHI", "nhiều")], reading.Problems.Told.Select(p => (p.Line!.Value, p.Column, p.Value)));
        Assert.All(reading.Problems.Told, p => Assert.NotEqual("", p.Fix));
    }

    [Fact]
    public void Rows_of_another_facility_are_refused()
    {
        List<PortalRow> rows = Read(ListFiles.Text("Mã CSKCB,Mã liên kết,Ngày ra\n99001,LK1,03/07/2026\n99002,LK2,03/07/2026\n"), out PortalListReading reading);

        Assert.Equal("LK1", Assert.Single(rows).MaLk);
        Assert.Contains("cơ sở khác", Assert.Single(reading.Problems.Told).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_that_a_workbook_rounded_is_refused_and_one_that_may_have_lost_zeros_is_told()
    {
        string sheet = ListFiles.Row(1, "Mã liên kết", "Ngày ra") + ListFiles.Row(2, "<c r=\"A2\"><v>2607001234</v></c>", "03/07/2026") + ListFiles.Row(3, "<c r=\"A3\"><v>1.2345678901234568E+19</v></c>", "03/07/2026");

        List<PortalRow> rows = Read(ListFiles.Workbook("x", sheet), out PortalListReading reading);

        Assert.Equal("2607001234", Assert.Single(rows).MaLk);
        Assert.Contains(reading.Problems.Told, p => p is { Severity: Severity.Block, Line: 3 });
        Assert.Contains(reading.Problems.Told, p => p.Severity == Severity.Warn && p.Message.Contains("số 0", StringComparison.Ordinal));
    }

    [Fact]
    public void List_of_a_simulator_says_so_in_its_title()
    {
        Read(ListFiles.Text("DANH SÁCH CỦA TRÌNH MÔ PHỎNG\nMã liên kết,Ngày ra\nLK1,03/07/2026\n"), out PortalListReading reading);
        Assert.True(reading.Simulator);
        Read(ListFiles.Text("Mã liên kết,Ngày ra\nLK1,03/07/2026\n"), out reading);
        Assert.False(reading.Simulator);
    }

    [Theory]
    [InlineData("150000", 150000)]
    [InlineData("150.000", 150000)]
    [InlineData("150,000", 150000)]
    [InlineData("1.234.567,5", 1234567.5)]
    [InlineData("1,234,567.5", 1234567.5)]
    [InlineData("150000.125", 150000.125)]
    [InlineData("0.125", 0.125)]
    [InlineData("99000,5 đ", 99000.5)]
    public void Amounts_are_read_as_people_write_them(string text, double amount) => Assert.Equal((decimal)amount, ListValues.Amount(SheetCell.Of(text)));

    [Theory]
    [InlineData("1.23.456")]
    [InlineData("x")]
    [InlineData("1e9")]
    [InlineData("9999999999999999")]
    public void What_is_no_amount_is_none(string text) => Assert.Null(ListValues.Amount(SheetCell.Of(text)));

    private static List<PortalRow> Read(Stream content, out PortalListReading reading, PortalListKind? said = null)
    {
        reading = new PortalListReading("danh-sach", "99001", said, Small);
        return [.. reading.Read(content)];
    }
}
