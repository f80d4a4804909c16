namespace LienThong.Portal.Tests;

public sealed class TablesTests
{
    [Fact]
    public void Every_result_code_has_a_meaning_a_remedy_and_a_source()
    {
        Assert.Equal(16, PortalResultCodes.Default.All.Count);
        Assert.All(PortalResultCodes.Default.All, static c => Assert.True(c.Meaning.Length > 5 && c.Remedy.Length > 5 && c.Source.Length > 3, c.Code));
    }

    [Fact]
    public void Every_card_code_has_a_meaning_and_a_remedy()
    {
        Assert.Equal(27, CardLookupCodes.Default.All.Count);
        Assert.All(CardLookupCodes.Default.All, static c => Assert.True(c.Meaning.Length > 5 && c.Remedy.Length > 5, c.Code));
    }

    [Fact]
    public void A_code_can_be_added_or_changed_without_a_release()
    {
        PortalResultCodes codes = PortalResultCodes.Default.With(new StringReader(
            "code,handling,meaning,remedy,source\n# note\n777,unknown,\"Cổng bận, thử sau\",Chờ,thử\n10,rejected,Khác,Sửa,thử\n"));

        Assert.Equal((PortalHandling.Unknown, "Cổng bận, thử sau"), (codes.Get("777").Handling, codes.Get("777").Meaning));
        Assert.Equal(PortalHandling.Rejected, codes.Get("10").Handling);
        Assert.Equal(PortalHandling.Unknown, PortalResultCodes.Default.Get("10").Handling);
        Assert.Throws<FormatException>(() => PortalResultCodes.Default.With(new StringReader("h\n1,what,a,b,c")));
        Assert.Throws<FormatException>(() => PortalResultCodes.Default.With(new StringReader("h\n1,rejected")));
    }

    [Fact]
    public async Task A_changed_code_changes_the_outcome()
    {
        await using var portal = new CannedPortal("""{"maKetQua":"777","thongDiep":"bận"}""");
        var options = new PortalOptions { ResultCodes = PortalResultCodes.Default.With(new StringReader("h\n777,unknown,Bận,Chờ,thử")) };

        Assert.IsType<SendOutcome.Unknown>(await portal.SendAsync(options));
    }

    [Fact]
    public void An_endpoint_can_be_added_without_a_release()
    {
        PortalEndpoints endpoints = PortalEndpoints.Default.With(new StringReader(
            "service,release,path,loaiHoSo\nrecord,QD9001,/api/qd130/guiHoSoXmlQD9001,130\ntoken,*,/api/v2/token,\n"));

        Assert.Equal(new PortalEndpoint("/api/qd130/guiHoSoXmlQD9001", "130"), endpoints.Find(PortalService.Record, "QD9001"));
        Assert.Equal("/api/v2/token", endpoints.TokenPath);
        Assert.Null(PortalEndpoints.Default.Find(PortalService.Record, "QD9001"));
        Assert.Throws<FormatException>(() => PortalEndpoints.Default.With(new StringReader("h\nrecord,QD1,api,130")));
    }

    [Theory]
    [InlineData("QD130", "/api/qd130/checkInKcbQd130")]
    [InlineData("QD4750", "/api/qd130/checkInKcbQd4750")]
    [InlineData("QD3176", "/api/qd130/checkInKcbQd3176")]
    [InlineData("QD1931", "/api/qd130/checkInKcbQd3176")]
    public void Check_in_is_spelt_Qd(string release, string path) =>
        Assert.Equal(new PortalEndpoint(path, "0"), PortalEndpoints.Default.Find(PortalService.CheckIn, release));
}
