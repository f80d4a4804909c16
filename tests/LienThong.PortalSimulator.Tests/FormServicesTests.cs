using System.Net.Http.Json;
using System.Text;

namespace LienThong.PortalSimulator.Tests;

/// <summary>The forms of TT 12/2026 have other names of fields than the record services, and the simulator insists on them.</summary>
public sealed class FormServicesTests
{
    private const string Supplies = "/api/DanhMucGW/GuiDanhMuc04_DMVTYT";
    private const string Adjustments = "/api/HSDCTT12/GuiHoSoDieuChinh09BH";
    private const string Catalogue = "<HSDANHMUC><DSACH_TBYT Id=\"Id-1\"><DM_TBYT/></DSACH_TBYT><CHUKYDONVI/></HSDANHMUC>";
    private const string Adjustment = "<HOSO_DIEUCHINH_GD><TT_HOSO Id=\"Id-1\"><TT_DIEUCHINH/></TT_HOSO><CHUKYDONVI/></HOSO_DIEUCHINH_GD>";

    [Theory]
    [InlineData("maCSKCB")]
    [InlineData("maCskcb")]
    public async Task Both_spellings_of_the_facility_go_for_a_catalogue(string field)
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        Dictionary<string, string> form = Form(Catalogue);
        form.Remove("maCSKCB");
        form[field] = "99001";

        Assert.Equal("200", (await caller.SendAsync(new FormUrlEncodedContent(form), Supplies)).Code());
        Assert.Equal(("04/DM", "04/DM"), caller.Portal.Store.Documents().Select(static d => (d.Service, d.MaLk)).Single());
    }

    [Theory]
    [InlineData("loaiHs", "72")]
    [InlineData("loaiHs", "")]
    [InlineData("maTinh", "Hà Nội")]
    [InlineData("fileHsBase64", "%")]
    [InlineData("username", "")]
    public async Task A_wrong_field_is_205(string field, string value)
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        Dictionary<string, string> form = Form(Catalogue);
        form[field] = value;

        string code = (await caller.SendAsync(new FormUrlEncodedContent(form), Supplies)).Code();

        Assert.Equal("205", code);
    }

    [Fact]
    public async Task The_record_services_names_are_not_taken()
    {
        await using RawCaller caller = await RawCaller.StartAsync();

        Assert.Equal("205", (await caller.SendAsync(Encoding.UTF8.GetBytes(Catalogue), Supplies)).Code());
    }

    [Theory]
    [InlineData("maCskcb", "202607", "200")]
    [InlineData("maCSKCB", "202607", "205")]
    [InlineData("maCskcb", "2026-07", "205")]
    public async Task An_adjustment_travels_as_JSON_with_its_own_spelling(string facility, string period, string code)
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        var members = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["username"] = "99001_BV",
            ["password"] = Digest.Of("mot"),
            ["loaiHs"] = 73,
            ["kyQT"] = period,
            ["maTinh"] = "99",
            [facility] = "99001",
            ["fileHsBase64"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Adjustment)),
        };

        Assert.Equal(code, (await caller.SendAsync(JsonContent.Create(members), Adjustments)).Code());
    }

    [Fact]
    public async Task An_adjustment_as_a_form_is_205()
    {
        await using RawCaller caller = await RawCaller.StartAsync();

        Assert.Equal("205", (await caller.SendAsync(new FormUrlEncodedContent(Form(Adjustment)), Adjustments)).Code());
    }

    [Theory]
    [InlineData("<HSDANHMUC><DSACH_TBYT Id=\"Id-1\"/><CHUKYDONVI/></HSDANHMUC>", "123")]
    [InlineData("<HSDANHMUC><DSACH_TBYT><DM_TBYT/></DSACH_TBYT><CHUKYDONVI/></HSDANHMUC>", "123")]
    [InlineData("<HSTH01BH/>", "123")]
    [InlineData("<HSDANHMUC", "204")]
    public async Task A_wrong_document_gets_the_forms_codes(string document, string code)
    {
        await using RawCaller caller = await RawCaller.StartAsync();

        Assert.Equal(code, (await caller.SendAsync(new FormUrlEncodedContent(Form(document)), Supplies)).Code());
    }

    [Fact]
    public async Task An_unsigned_form_is_125_where_signatures_are_required()
    {
        await using RawCaller caller = await RawCaller.StartAsync(RawCaller.Options with { SignatureRequired = true });

        Assert.Equal("125", (await caller.SendAsync(new FormUrlEncodedContent(Form(Catalogue)), Supplies)).Code());
    }

    private static Dictionary<string, string> Form(string document) => new(StringComparer.Ordinal)
    {
        ["username"] = "99001_BV",
        ["loaiHs"] = "11",
        ["maTinh"] = "99",
        ["maCSKCB"] = "99001",
        ["fileHsBase64"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(document)),
    };
}
