using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LienThong.Samples;
using LienThong.Server.Tests.Support;
using LienThong.Standard;

namespace LienThong.Server.Tests.Api;

/// <summary><c>POST /api/v1/check</c>: a visit that isn't finished yet.</summary>
public sealed class CheckApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Patient = """
        "MA_LK":"KT1","STT":"1","MA_BN":"BN1","HO_TEN":"Nguyễn Thị Thử","NGAY_SINH":"199001010000","GIOI_TINH":"2","MA_CSKCB":"99001","NGAY_VAO":"202610010800","MA_LOAI_KCB":"01"
        """;

    [Theory]
    [InlineData("/api/v1/check")]
    [InlineData("/api/check")]
    public async Task What_is_known_at_discharge_only_is_not_asked_for(string path)
    {
        byte[] open = Packages.Make(300, RunningServer.Facility, SampleKind.Outpatient, record =>
        {
            foreach (FieldId field in (FieldId[])[Xml1.NGAY_RA, Xml1.KET_QUA_DTRI, Xml1.MA_LOAI_RV, Xml1.T_BHTT, Xml1.T_TONGCHI_BV, Xml1.SO_NGAY_DTRI, Xml1.NGAY_TTOAN])
                record.Set(field, "");
        });

        JsonElement visit = await VisitAsync(path, open);

        string[] fields = [.. visit.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("field").GetString()!)];
        Assert.DoesNotContain(fields, f => f is "NGAY_RA" or "KET_QUA_DTRI" or "MA_LOAI_RV" or "T_BHTT" or "T_TONGCHI_BV" or "SO_NGAY_DTRI" or "NGAY_TTOAN");
        Assert.False(visit.GetProperty("blocked").GetBoolean(), visit.ToString());
    }

    [Fact]
    public async Task What_is_wrong_already_is_found_and_nothing_is_stored()
    {
        JsonElement visit = await VisitAsync("/api/v1/check", Packages.Broken(301));

        Assert.True(visit.GetProperty("blocked").GetBoolean());
        Assert.Contains(visit.GetProperty("findings").EnumerateArray(), f => f.GetProperty("field").GetString() == "GIOI_TINH" && f.GetProperty("severity").GetString() == "block");
        using HttpClient client = server.Api("insurance_officer");
        using JsonDocument list = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/records?maLk={visit.GetProperty("maLk").GetString()}"));
        Assert.Equal(0, list.RootElement.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Tables_as_JSON_are_judged_like_a_package()
    {
        JsonElement visit = await JsonAsync($$$"""{"tables":{"XML1":[{{{{Patient}}},"CAN_NANG":70.5}],"XML3":[{"MA_LK":"KT1","STT":1,"MA_NHOM":"99","MA_DICH_VU":"02.1"}]}}""");

        Assert.Equal("KT1", visit.GetProperty("maLk").GetString());
        Assert.Contains(visit.GetProperty("findings").EnumerateArray(), f => f.GetProperty("table").GetString() == "XML3" && f.GetProperty("field").GetString() == "MA_NHOM");
        Assert.DoesNotContain(visit.GetProperty("findings").EnumerateArray(), f => f.GetProperty("field").GetString() == "NGAY_RA");
    }

    [Theory]
    [InlineData("""{"tables":{"XML99":[]}}""", "XML99")]
    [InlineData("""{"tables":{"XML1":[{"MA_XX":"1"}]}}""", "XML1[1]: không có trường «MA_XX»")]
    [InlineData("""{"tables":{"XML1":[{"MA_LK":{}}]}}""", "XML1[1].MA_LK")]
    [InlineData("""{"tables":{"XML3":[]}}""", "Thiếu XML1")]
    [InlineData("""{"tables":[]}""", "tables")]
    [InlineData("""{"tables":""", "JSON")]
    public async Task Tables_that_make_no_sense_are_refused_by_name(string body, string named)
    {
        using HttpClient client = server.Api("insurance_officer");

        using HttpResponseMessage answer = await client.PostAsync("/api/v1/check", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        using JsonDocument problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Contains(named, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_facilities_and_other_content_are_refused()
    {
        using HttpClient client = server.Api("insurance_officer");

        using HttpResponseMessage foreign = await client.PostAsync("/api/v1/check", Xml(Packages.Clean(302, "99777")));
        using HttpResponseMessage text = await client.PostAsync("/api/v1/check", new StringContent("x", Encoding.UTF8, "text/plain"));
        using HttpResponseMessage empty = await client.PostAsync("/api/v1/check", Xml("<x/>"u8.ToArray()));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
    }

    private async Task<JsonElement> VisitAsync(string path, byte[] package)
    {
        using HttpClient client = server.Api("insurance_officer");
        using HttpResponseMessage answer = await client.PostAsync(path, Xml(package));
        return await FirstAsync(answer);
    }

    private async Task<JsonElement> JsonAsync(string body)
    {
        using HttpClient client = server.Api("insurance_officer");
        using HttpResponseMessage answer = await client.PostAsync("/api/v1/check", new StringContent(body, Encoding.UTF8, "application/json"));
        return await FirstAsync(answer);
    }

    private static async Task<JsonElement> FirstAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        using JsonDocument document = JsonDocument.Parse(text);
        return Assert.Single(document.RootElement.GetProperty("visits").EnumerateArray()).Clone();
    }

    private static ByteArrayContent Xml(byte[] package) => new(package) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } };
}
