using System.Text;
using System.Text.Json;

namespace LienThong.PortalSimulator.Tests;

public sealed class ChecksInOrderTests
{
    [Fact]
    public async Task A_right_package_is_received()
    {
        await using RawCaller caller = await RawCaller.StartAsync();

        JsonElement answer = await caller.SendAsync(new Parts());

        Assert.Equal("200", answer.Code());
        Assert.StartsWith("HSKCB99001_", answer.Transaction(), StringComparison.Ordinal);
        Assert.Equal(14, answer.GetProperty("thoiGianTiepNhan").GetString()!.Length);
        Assert.Equal(new Parts().Build(), Assert.Single(caller.Portal.Store.Documents("99001", "L1")).Bytes);
    }

    public static TheoryData<string, string> WrongPackages() => new()
    {
        { "201", "cut off" },
        { "201", "DTD" },
        { "201", "byte-order mark" },
        { "123", "root" },
        { "123", "facility" },
        { "123", "two HOSO" },
        { "123", "no HOSO" },
        { "123", "declares two" },
        { "123", "XML12 inside" },
        { "123", "XML01" },
        { "124", "inner not base64" },
        { "124", "inner not XML" },
        { "124", "MA_LK differs" },
        { "124", "no XML1" },
        { "124", "two XML1" },
        { "124", "no MA_LK" },
    };

    [Theory]
    [MemberData(nameof(WrongPackages))]
    public async Task A_wrong_package_gets_its_code_and_isnt_kept(string code, string what)
    {
        await using RawCaller caller = await RawCaller.StartAsync();

        JsonElement answer = await caller.SendAsync(Wrong(what));

        Assert.Equal(code, answer.Code());
        Assert.NotEmpty(answer.GetProperty("thongDiep").GetString()!);
        Assert.Empty(caller.Portal.Store.Documents());
    }

    [Theory]
    [InlineData("<OTHER/>", "", "123")]
    [InlineData("", "", "123")]
    [InlineData("<CHUKYDONVI/>", "<OTHER/>", "123")]
    [InlineData("<CHUKYDONVI/><CHUKYDONVI/>", "", "123")]
    [InlineData("<CHUKYDONVI></CHUKYDONVI>", "", "125")]
    public async Task Where_signatures_are_required_the_slot_comes_before_the_signature(string slot, string after, string code)
    {
        await using RawCaller caller = await RawCaller.StartAsync(RawCaller.Options with { SignatureRequired = true });

        // The inner tables are wrong as well: their check comes later.
        Parts parts = new() { Slot = slot, AfterSlot = after, Files = [("XML1", "!!!")] };

        Assert.Equal(code, (await caller.SendAsync(parts)).Code());
    }

    [Theory]
    [InlineData("username", "205")]
    [InlineData("loaiHoSo", "205")]
    [InlineData("maTinh", "205")]
    [InlineData("maCSKCB", "205")]
    [InlineData("fileHSBase64", "205")]
    public async Task A_missing_field_is_205(string field, string code)
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        Dictionary<string, string> form = RawCaller.Form(new Parts().Build());
        form.Remove(field);

        Assert.Equal(code, (await caller.SendAsync(new FormUrlEncodedContent(form))).Code());
    }

    [Theory]
    [InlineData("loaiHoSo", "0", "205")]
    [InlineData("maTinh", "990", "205")]
    [InlineData("fileHSBase64", "????", "205")]
    [InlineData("maCSKCB", "99002", "402")]
    [InlineData("username", "99002_BV", "401")]
    public async Task A_wrong_field_gets_its_code(string field, string value, string code)
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        Dictionary<string, string> form = RawCaller.Form(new Parts().Build());
        form[field] = value;

        Assert.Equal(code, (await caller.SendAsync(new FormUrlEncodedContent(form))).Code());
    }

    [Fact]
    public async Task A_raw_plus_arrives_as_a_space_and_the_file_cant_be_opened()
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        byte[] document = Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><GIAMDINHHS>ừ>>~ữ~</GIAMDINHHS>");
        string base64 = Convert.ToBase64String(document);
        Assert.Contains('+', base64);

        JsonElement answer = await caller.SendAsync(RawCaller.Raw(
            "username=99001_BV&loaiHoSo=130&maTinh=99&maCSKCB=99001&fileHSBase64=" + base64.Replace("=", "%3D", StringComparison.Ordinal)));

        Assert.Equal("205", answer.Code());
    }

    [Fact]
    public async Task The_session_is_checked_before_anything_else()
    {
        await using RawCaller caller = await RawCaller.StartAsync();

        Assert.Equal("401", (await caller.SendAsync(RawCaller.Raw("nonsense"), digest: Digest.Of("khac"))).Code());
        Assert.Equal("401", (await caller.SendAsync(RawCaller.Raw("nonsense"), digest: Digest.Of("mot").ToLowerInvariant())).Code());
        Assert.Equal("205", (await caller.SendAsync(RawCaller.Raw("nonsense"))).Code());
        caller.Portal.DropTokens();
        Assert.Equal("401", (await caller.SendAsync(new Parts())).Code());
    }

    [Fact]
    public async Task A_file_over_the_limit_is_1001_before_it_is_read_as_XML()
    {
        await using RawCaller caller = await RawCaller.StartAsync(RawCaller.Options with { MaxDocumentBytes = 1000 });

        Assert.Equal("1001", (await caller.SendAsync(Encoding.ASCII.GetBytes(new string('x', 1001)))).Code());
        Assert.Equal("201", (await caller.SendAsync(Encoding.ASCII.GetBytes(new string('x', 1000)))).Code());
    }

    [Fact]
    public async Task Fields_as_a_JSON_object_are_taken_and_noted()
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        string json = JsonSerializer.Serialize(RawCaller.Form(new Parts().Build()));

        JsonElement answer = await caller.SendAsync(new StringContent(json, Encoding.UTF8, "application/json"));

        Assert.Equal("200", answer.Code());
        Assert.True(caller.Portal.Store.Requests()[^1].WasJson);
    }

    [Fact]
    public async Task A_misspelt_path_is_not_found()
    {
        await using RawCaller caller = await RawCaller.StartAsync();

        using HttpResponseMessage response = await caller.Http.PostAsync("/api/qd130/guiHoSoXmlQd3176", RawCaller.Raw("a=b"));

        Assert.Equal(404, (int)response.StatusCode);
    }

    [Fact]
    public async Task Check_in_and_assessment_are_judged_by_their_own_shape()
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        const string Visit = "<CHI_TIEU_TRANG_THAI_KCB><DSACH_TRANG_THAI_KCB><TRANG_THAI_KCB><MA_LK>L1</MA_LK><MA_CSKCB>{0}</MA_CSKCB></TRANG_THAI_KCB></DSACH_TRANG_THAI_KCB></CHI_TIEU_TRANG_THAI_KCB>";

        Assert.Equal("200", await CodeAsync("checkInKcbQd3176", "0", Visit.Replace("{0}", "99001", StringComparison.Ordinal)));
        Assert.Equal("123", await CodeAsync("checkInKcbQd3176", "0", Visit.Replace("{0}", "99002", StringComparison.Ordinal)));
        Assert.Equal("123", await CodeAsync("guiDuLieuGdykQd130", "12", Visit));
        Assert.Equal("123", await CodeAsync("checkInKcbQd3176", "0", "<CHI_TIEU_TRANG_THAI_KCB/>"));
        Assert.Equal("200", await CodeAsync("guiDuLieuGdykQd130", "12", "<CHI_TIEU_GIAM_DINH_YKHOA><DSACH_GIAM_DINH_YKHOA><GIAM_DINH_YKHOA><SO_BIEN_BAN>7</SO_BIEN_BAN></GIAM_DINH_YKHOA></DSACH_GIAM_DINH_YKHOA></CHI_TIEU_GIAM_DINH_YKHOA>"));

        async Task<string> CodeAsync(string service, string type, string xml)
        {
            Dictionary<string, string> form = RawCaller.Form(Encoding.UTF8.GetBytes(xml));
            form["loaiHoSo"] = type;
            return (await caller.SendAsync(new FormUrlEncodedContent(form), "/api/qd130/" + service)).Code();
        }
    }

    private static byte[] Wrong(string what)
    {
        string one = Parts.Inner("TONG_HOP", "L1");
        return what switch
        {
            "cut off" => new Parts().Build()[..^20],
            "DTD" => Encoding.UTF8.GetBytes("<!DOCTYPE a [<!ENTITY e \"x\">]><GIAMDINHHS>&e;</GIAMDINHHS>"),
            "byte-order mark" => [0xEF, 0xBB, 0xBF, .. new Parts().Build()],
            "root" => new Parts { Root = "GIAMDINH" }.Build(),
            "facility" => new Parts { Facility = "99002" }.Build(),
            "two HOSO" => new Parts { Hoso = 2 }.Build(),
            "no HOSO" => new Parts { Hoso = 0 }.Build(),
            "declares two" => new Parts { Declared = "2" }.Build(),
            "XML12 inside" => new Parts { Files = [("XML1", one), ("XML12", one)] }.Build(),
            "XML01" => new Parts { Files = [("XML1", one), ("XML01", one)] }.Build(),
            "inner not base64" => new Parts { Files = [("XML1", one), ("XML2", "*")] }.Build(),
            "inner not XML" => new Parts { Files = [("XML1", one), ("XML2", "AAAA")] }.Build(),
            "MA_LK differs" => new Parts { Files = [("XML1", one), ("XML2", Parts.Inner("X", "L2"))] }.Build(),
            "no XML1" => new Parts { Files = [("XML2", one)] }.Build(),
            "two XML1" => new Parts { Files = [("XML1", one), ("XML1", one)] }.Build(),
            "no MA_LK" => new Parts { Files = [("XML1", Convert.ToBase64String("<TONG_HOP/>"u8))] }.Build(),
            _ => throw new ArgumentException(what, nameof(what)),
        };
    }
}
