using System.Text;

namespace LienThong.Standard.Tests.Packages;

public sealed class PackageReaderTests
{
    [Fact]
    public void Reads_the_example_package_without_any_problem()
    {
        using var reader = new PackageReader(new MemoryStream(Example.Bytes("dossier.xml")));

        Assert.True(reader.Read(out Record? record));
        Assert.Equal("MAU-2026-000001", record.Summary!.Value[Xml1.MA_LK].Text);
        Assert.Equal("PHẠM THỊ MẪU", record.Summary!.Value[Xml1.HO_TEN].Text);
        Assert.Equal(48484.00m, record.Summary!.Value[Xml1.T_BHTT].Decimal().Value);
        Assert.Equal(new DateOnly(2026, 7, 1), record.DischargeDay.Value);
        Assert.Equal(1, record[TableId.Xml2]!.Count);
        Assert.Empty(record.Deviations);
        Assert.False(reader.Read(out _));
        Assert.Equal(new PackageHeader("00000", "20260701", 1), reader.Header);
        Assert.Equal(DocumentKind.Package, reader.Kind);
        Assert.Empty(reader.Problems);
        Assert.False(reader.HasSignature);
    }

    [Fact]
    public void Reads_the_example_check_in_and_assessment()
    {
        using var checkIn = new PackageReader(new MemoryStream(Example.Bytes("checkin.xml")));
        Assert.True(checkIn.Read(out Record? record));
        Assert.Equal(DocumentKind.CheckIn, checkIn.Kind);
        Assert.Equal("MAU-2026-000001", record[TableId.Xml0]![0][Xml0.MA_LK].Text);
        Assert.False(checkIn.Read(out _));
        Assert.Empty(checkIn.Problems);

        using var assessment = new PackageReader(new MemoryStream(Example.Bytes("assessment.xml")));
        Assert.True(assessment.Read(out record));
        Assert.Equal("LÊ VĂN MẪU", record[TableId.Xml12]![0][Xml12.NGUOI_CHU_TRI].Text);
        Assert.False(assessment.Read(out _));
        Assert.Empty(assessment.Problems);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Written_then_read_gives_the_same_rows(bool strictOnly)
    {
        byte[] written = Made.Package(Made.Record("LK-1"), Made.Record("LK-2"));

        Reading reading = Reading.Of(written, strictOnly);

        Assert.Equal([Reading.Print(Made.Record("LK-1")), Reading.Print(Made.Record("LK-2"))], reading.Records);
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Same_record_gives_the_same_bytes()
    {
        Assert.Equal(Made.Package(Made.Record("LK-1")), Made.Package(Made.Record("LK-1")));
    }

    [Fact]
    public void A_broken_record_does_not_cost_its_neighbours()
    {
        string text = Encoding.UTF8.GetString(Made.Package(Made.Record("A"), Made.Record("B"), Made.Record("C")));
        int second = text.IndexOf("<HOSO>", text.IndexOf("</HOSO>", StringComparison.Ordinal), StringComparison.Ordinal);
        string broken = text.Insert(second + "<HOSO>".Length, "<FILEHOSO><oops></FILEHOSO>");

        Reading reading = Reading.Of(broken);

        Assert.Equal(3, reading.Records.Count);
        Assert.Equal(Reading.Print(Made.Record("A")), reading.Records[0]);
        Assert.Contains("damaged=True", reading.Records[1], StringComparison.Ordinal);
        Assert.Equal(Reading.Print(Made.Record("C")), reading.Records[2]);
        Problem problem = Assert.Single(reading.Problems);
        Assert.Equal(("PKG-XML-001", 1, Severity.Block), (problem.Code, problem.Hoso, problem.Severity));
    }

    [Fact]
    public void A_record_without_its_end_tag_ends_where_the_next_begins()
    {
        string text = Encoding.UTF8.GetString(Made.Package(Made.Record("A"), Made.Record("B")));
        int end = text.IndexOf("</HOSO>", StringComparison.Ordinal);

        Reading reading = Reading.Of(text.Remove(end, "</HOSO>".Length));

        Assert.Equal(2, reading.Records.Count);
        Assert.Equal(Reading.Print(Made.Record("B")), reading.Records[1]);
        Assert.Equal(0, Assert.Single(reading.Problems).Hoso);
    }

    [Fact]
    public void A_truncated_file_delivers_the_records_before_the_cut()
    {
        byte[] whole = Made.Package(Made.Record("A"), Made.Record("B"));

        Reading reading = Reading.Of(whole[..(whole.Length * 3 / 4)]);

        Assert.Equal(Reading.Print(Made.Record("A")), reading.Records[0]);
        Assert.Contains(reading.Problems, p => p.Hoso == 1 && p.Severity == Severity.Block);
        Assert.Contains(reading.Problems, p => p.Hoso is null && p.Code == "PKG-XML-001");
    }

    [Theory]
    [InlineData("<!DOCTYPE GIAMDINHHS [<!ENTITY a \"b\">]>", "PKG-XML-002")]
    [InlineData("<TONG_HOP/>", "PKG-ROOT-001")]
    [InlineData("", "PKG-XML-001")]
    [InlineData("không phải xml", "PKG-XML-001")]
    [InlineData("<GIAMDINHHS>", "PKG-XML-001")]
    [InlineData("<GIAMDINHHS a=b></GIAMDINHHS>", "PKG-XML-001")]
    public void Refuses_what_is_no_package(string text, string code)
    {
        Reading reading = Reading.Of(text);

        Assert.Empty(reading.Records);
        Assert.Contains(reading.Problems, p => p.Code == code && p.Severity == Severity.Block && p.Message.Length > 0);
    }

    [Fact]
    public void Tells_of_a_byte_order_mark_and_of_utf_16()
    {
        string text = Encoding.UTF8.GetString(Made.Package(Made.Record("A")));

        Reading marked = Reading.Of([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]);
        Reading wide = Reading.Of([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]);
        Reading wideBare = Reading.Of(Encoding.BigEndianUnicode.GetBytes(text));

        Assert.All([marked, wide, wideBare], r => Assert.Equal(Reading.Print(Made.Record("A")), Assert.Single(r.Records)));
        Assert.Equal("PKG-BOM-001", Assert.Single(marked.Problems).Code);
        Assert.Equal(("PKG-ENC-001", Severity.Warn), (Assert.Single(wide.Problems).Code, wide.Problems[0].Severity));
        Assert.Equal("PKG-ENC-001", Assert.Single(wideBare.Problems).Code);
    }

    [Fact]
    public void Tells_when_the_announced_number_is_wrong_and_takes_every_record()
    {
        string text = Encoding.UTF8.GetString(Made.Package(Made.Record("A"), Made.Record("B"))).Replace("<SOLUONGHOSO>2<", "<SOLUONGHOSO>5<", StringComparison.Ordinal);

        Reading reading = Reading.Of(text);

        Assert.Equal(2, reading.Records.Count);
        Assert.Equal(("PKG-SOLUONG-001", Severity.Warn), (Assert.Single(reading.Problems).Code, reading.Problems[0].Severity));
    }

    [Fact]
    public void Says_line_and_byte_of_a_fault()
    {
        string text = Encoding.UTF8.GetString(Made.Package(Made.Record("A"))).Replace("<HOSO>", "\n\n  <HOSO>\n<x></y>", StringComparison.Ordinal);

        Problem problem = Assert.Single(Reading.Of(text).Problems);

        Assert.Equal(5, problem.Line);
    }

    [Fact]
    public void A_record_over_the_limit_is_refused_and_its_neighbours_are_read()
    {
        Record large = Made.Record("B", notes: 3000);
        byte[] bytes = Made.Package(Made.Record("A"), large, Made.Record("C"));

        Reading reading = Reading.Of(bytes, limits: new ReaderLimits { RecordBytes = 64 * 1024 });

        Assert.Equal(3, reading.Records.Count);
        Assert.Equal(Reading.Print(Made.Record("C")), reading.Records[2]);
        Assert.Equal(("PKG-SIZE-001", 1), (Assert.Single(reading.Problems).Code, reading.Problems[0].Hoso));
    }
}
