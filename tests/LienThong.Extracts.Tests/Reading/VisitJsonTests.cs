using System.Text;


namespace LienThong.Extracts.Tests.Reading;

/// <summary>JSON of visits, good and bad.</summary>
public sealed class VisitJsonTests
{
    private const string Good = """
        {
          "model": "lienthong-visit/1",
          "visit": { "MA_LK": "LK1", "MA_CSKCB": "99001", "MA_LOAI_KCB": "01", "MA_DOITUONG_KCB": "1.1", "NGAY_VAO": "15/08/2026 08:00", "NGAY_TAI_KHAM": ["2026-09-01", "2026-10-01"] },
          "patient": { "MA_BN": "BN1", "HO_TEN": "Trần Mẫu An", "NGAY_SINH": "1950" },
          "drugs": [ { "TEN_THUOC": "Mẫu", "SO_LUONG": 2, "DON_GIA": 1234.50, "NGAY_YL": "2026-08-15 08:30" } ]
        }
        """;

    [Fact]
    public void Reads_a_visit()
    {
        VisitReading read = Assert.Single(Read(Good));

        Assert.Empty(read.Problems);
        Assert.Equal("202608150800", read.Visit![VisitFields.Visit.NGAY_VAO]);
        Assert.Equal("20260901;20261001", read.Visit[VisitFields.Visit.NGAY_TAI_KHAM]);
        Assert.Equal("1234.5", read.Visit[VisitFields.Drugs.DON_GIA]);
        Assert.Equal(5, read.Visit[SectionId.Drugs][0].Place.Line);
    }

    [Theory]
    [InlineData("[{0},{0}]")]
    [InlineData("{0}\n{0}\n")]
    [InlineData("\uFEFF{0} {0}")]
    public void Reads_arrays_and_one_after_the_other(string form)
    {
        List<VisitReading> read = Read(form.Replace("{0}", Good, StringComparison.Ordinal));

        Assert.Equal(2, read.Count);
        Assert.All(read, r => Assert.True(r.IsUsable));
    }

    [Fact]
    public void A_broken_visit_names_line_member_and_remedy_and_costs_no_neighbour()
    {
        string broken = Good.Replace("15/08/2026 08:00", "32/08/2026", StringComparison.Ordinal).Replace("\"DON_GIA\": 1234.50, ", "\"GIA\": 5, ", StringComparison.Ordinal);

        List<VisitReading> read = Read($"[{broken},\n{Good}]");

        Assert.False(read[0].IsUsable);
        Assert.True(read[1].IsUsable);
        ExtractProblem value = Assert.Single(read[0].Problems, p => p.Code == ExtractCodes.Value);
        Assert.Equal((3, "NGAY_VAO", "32/08/2026", "LK1"), (value.Line, value.Column, value.Value, value.Visit));
        Assert.Contains("dd/MM/yyyy", value.Fix, StringComparison.Ordinal);
        Assert.Equal("drugs.GIA", Assert.Single(read[0].Problems, p => p.Code == ExtractCodes.Unknown).Column);
        Assert.Equal("DON_GIA", Assert.Single(read[0].Problems, p => p.Code == ExtractCodes.Missing).Column);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"visit\"")]
    [InlineData("{\"visit\":")]
    [InlineData("{\"visit\":{\"MA_LK\":\"\\ud800\"}}")]
    [InlineData("{\"visit\":[[[[[[[[[[[1]]]]]]]]]]]}")]
    [InlineData("[{\"visit\":{}}")]
    public void What_is_no_visit_is_told_and_never_throws(string json)
    {
        List<VisitReading> read = Read(json);

        Assert.Contains(read, r => !r.IsUsable);
        Assert.All(read.SelectMany(r => r.Problems), p => Assert.NotEmpty(p.Fix));
    }

    [Fact]
    public void A_visit_over_the_limit_is_refused()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Good));

        VisitReading read = Assert.Single(VisitJsonReader.Read(stream, new ExtractLimits { MaxVisitBytes = 100 }));

        Assert.Equal(ExtractCodes.Unreadable, Assert.Single(read.Problems).Code);
    }

    [Fact]
    public void More_rows_than_allowed_are_told_once()
    {
        string many = Good.Replace("\"drugs\": [ ", "\"drugs\": [ {}, {}, {}, ", StringComparison.Ordinal);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(many));

        VisitReading read = Assert.Single(VisitJsonReader.Read(stream, new ExtractLimits { MaxRows = 2 }));

        Assert.Single(read.Problems, p => p.Code == ExtractCodes.TooLarge);
    }

    [Fact]
    public void What_is_written_reads_back_with_its_places()
    {
        Visit visit = Read(Good)[0].Visit!;
        visit.Columns[SectionId.Drugs] = new Dictionary<string, string> { ["TEN_THUOC"] = "ten_hang" };
        string once = Write(visit);

        Visit again = Read(once)[0].Visit!;

        Assert.Equal(once, Write(again));
        Assert.Equal(5, again[SectionId.Drugs][0].Place.Line);
        Assert.Equal("ten_hang", again.Columns[SectionId.Drugs]["TEN_THUOC"]);
    }

    private static string Write(Visit visit)
    {
        using var stream = new MemoryStream();
        VisitJsonWriter.Write(stream, visit, places: true);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<VisitReading> Read(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return [.. VisitJsonReader.Read(stream, ExtractLimits.Default)];
    }
}
