using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LienThong.PortalSimulator.Tests;

/// <summary>The provincial gateways' quirks, called without the product's client.</summary>
public sealed class ProvinceTests
{
    private const string HanoiSubmit = "/hanoi/api/kcb/xml/qd3176/guiHoSoXml";

    [Fact]
    public async Task Hanoi_gives_every_file_its_own_outcome_under_one_200()
    {
        await using RawCaller caller = await RawCaller.StartAsync(logIn: false);
        await HanoiLoginAsync(caller);

        JsonElement answer = await PostAsync(caller, HanoiSubmit, JsonContent.Create(new
        {
            loaiHoSo = "3176",
            maTinh = "HN",
            maCSKCB = "99001",
            files = new[] { Base64(Parts.For("L1")), Base64(Parts.For("L2") with { Declared = "2" }), "###", Base64(Parts.For("L3")) },
        }));

        Assert.Equal("200", answer.Code());
        Assert.Equal((2, 2), (answer.GetProperty("totalSuccess").GetInt32(), answer.GetProperty("totalFailed").GetInt32()));
        Assert.Equal(["200", "123", "205", "200"], answer.GetProperty("fileResults").EnumerateArray().Select(static f => f.Code()));
        Assert.Equal(["L1", "L3"], caller.Portal.Store.Documents().Select(static d => d.MaLk));
        string first = answer.GetProperty("fileResults")[0].Transaction();
        JsonElement state = await caller.Http.GetFromJsonAsync<JsonElement>("/hanoi/api/kcb/tra-cuu-trang-thai/" + first);
        Assert.Equal(1, state.GetProperty("trangThai").GetInt32());
    }

    [Theory]
    [InlineData("mot", "99001", 200)]
    [InlineData("sai", "99001", 401)]
    [InlineData("mot", "99002", 401)]
    public async Task Hanoi_logs_in_with_the_clear_password_and_the_units_code(string password, string code, int status)
    {
        await using RawCaller caller = await RawCaller.StartAsync(logIn: false);

        using HttpResponseMessage response = await caller.Http.PostAsJsonAsync(
            "/hanoi/api/auth/token/take", new { username = "99001_BV", password, code });
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200 ? JsonValueKind.True : JsonValueKind.False, answer.GetProperty("maKetQua").ValueKind);
    }

    [Theory]
    [InlineData("3176", "99", "99001", "400")]
    [InlineData("79", "HN", "99001", "400")]
    [InlineData("3176", "HN", "99002", "403")]
    public async Task Hanoi_wants_letters_and_its_own_types(string type, string province, string facility, string code)
    {
        await using RawCaller caller = await RawCaller.StartAsync(logIn: false);
        await HanoiLoginAsync(caller);

        JsonElement answer = await PostAsync(caller, HanoiSubmit, JsonContent.Create(
            new { loaiHoSo = type, maTinh = province, maCSKCB = facility, files = new[] { Base64(Parts.For("L1")) } }));

        Assert.Equal(code, answer.Code());
    }

    [Fact]
    public async Task Dien_Bien_answers_a_faulty_record_with_201()
    {
        await using RawCaller caller = await RawCaller.StartAsync(logIn: false);
        JsonElement token = await PostAsync(caller, "/dienbien/api/token", new MultipartFormDataContent
        {
            { new StringContent("99001_BV"), "username" }, { new StringContent(Digest.Of("mot")), "password" },
        });
        Bearer(caller, token.GetProperty("access_token").GetString()!);

        (int good, JsonElement accepted) = await FileAsync(Parts.For("L1").Build());
        (int bad, JsonElement faulty) = await FileAsync((Parts.For("L2") with { Root = "KHAC" }).Build());

        Assert.Equal((200, 1), (good, accepted.GetProperty("trangThai").GetInt32()));
        Assert.Equal((201, 2), (bad, faulty.GetProperty("trangThai").GetInt32()));
        Assert.Contains("GIAMDINHHS", faulty.GetProperty("maLoi").GetString(), StringComparison.Ordinal);
        Assert.Equal("L1", Assert.Single(caller.Portal.Store.Documents()).MaLk);
        Assert.EndsWith("+07:00", token.GetProperty("expiresTime").GetString(), StringComparison.Ordinal);

        async Task<(int Status, JsonElement Answer)> FileAsync(byte[] document)
        {
            using var content = new MultipartFormDataContent { { new ByteArrayContent(document), "files", "hoso.xml" } };
            using HttpResponseMessage response = await caller.Http.PostAsync("/dienbien/api/Cong130/CheckIn", content);
            return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
        }
    }

    [Fact]
    public async Task Fhirs_refresh_token_works_once()
    {
        await using RawCaller caller = await RawCaller.StartAsync(logIn: false);
        JsonElement first = await PostAsync(caller, "/fhir/api/auth/login", JsonContent.Create(new { username = "99001_BV", password = Digest.Of("mot") }));
        string refresh = first.GetProperty("refresh_token").GetString()!;

        JsonElement second = await RefreshAsync(refresh), third = await RefreshAsync(refresh);

        Assert.NotEqual(refresh, second.GetProperty("refresh_token").GetString());
        Assert.Equal(401, third.GetProperty("status").GetInt32());

        Task<JsonElement> RefreshAsync(string token) => PostAsync(
            caller, "/fhir/api/oauth/token", new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", token)]));
    }

    [Fact]
    public async Task Fhirs_log_takes_60_days_and_100_lines()
    {
        await using RawCaller caller = await RawCaller.StartAsync(RawCaller.Options with { Time = new TestClock() }, logIn: false);
        JsonElement login = await PostAsync(caller, "/fhir/api/auth/login", JsonContent.Create(new { username = "99001_BV", password = Digest.Of("mot") }));
        Bearer(caller, login.GetProperty("access_token").GetString()!);
        caller.Portal.Faults.Add(new FaultRule { Kind = FaultKinds.Pending, Service = "fhir.record" });
        JsonElement sent = await PostAsync(caller, "/fhir/api/qd130/guiHoSoXmlQD4750", new FormUrlEncodedContent([new("fileHSBase64", Base64(Parts.For("L1")))]));

        Assert.Equal("pending", sent.GetProperty("metadata").GetProperty("status").GetString());
        JsonElement found = await LogAsync("fromDate=20260503&toDate=20260701&id=" + sent.GetProperty("logId").GetString());
        Assert.Equal("success", found.GetProperty("items")[0].GetProperty("metadata").GetProperty("status").GetString());
        Assert.Equal(0, (await LogAsync("fromDate=20260502&toDate=20260630")).GetProperty("total").GetInt32());
        Assert.Equal(422, (await LogAsync("fromDate=20260502&toDate=20260701")).GetProperty("status").GetInt32());
        Assert.Equal(422, (await LogAsync("fromDate=20260701&toDate=20260701&pageSize=101")).GetProperty("status").GetInt32());

        async Task<JsonElement> LogAsync(string query)
        {
            using HttpResponseMessage response = await caller.Http.GetAsync("/fhir/api/logs?" + query);
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    [Theory]
    [InlineData("hanoi.record", HanoiSubmit, 200)]
    [InlineData("fhir.record", "/fhir/api/qd130/guiHoSoXmlQD4750", 422)]
    public async Task A_code_on_command_has_the_gateways_shape(string service, string path, int status)
    {
        await using RawCaller caller = await RawCaller.StartAsync(logIn: false);
        caller.Portal.Faults.Add(new FaultRule { Kind = "code-422", Service = service });

        using HttpResponseMessage response = await caller.Http.PostAsync(path, new FormUrlEncodedContent([]));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains("422", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Whatever is posted where, the simulator answers and never falls over.</summary>
    [Fact]
    public async Task Rubbish_is_refused_and_never_a_server_error()
    {
        await using RawCaller caller = await RawCaller.StartAsync(logIn: false);
        await HanoiLoginAsync(caller);
        string[] paths =
        [
            "/hanoi/api/auth/token/take", HanoiSubmit, "/dienbien/api/token", "/dienbien/api/Cong130/CheckIn", "/fhir/api/auth/login",
            "/fhir/api/oauth/token", "/fhir/api/qd130/guiHoSoXmlQD4750", "/hanoi/x", "/fhir",
        ];
        string[] types = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "multipart/form-data", "text/plain", "%%"];
        string[] bodies =
        [
            "", "{", "[]", """{"files":"x"}""", """{"files":[1,null,{}],"loaiHoSo":"3176","maTinh":"HN","maCSKCB":"99001"}""",
            """{"files":["\ud800"],"loaiHoSo":"3176","maTinh":"HN","maCSKCB":"99001"}""", "a=%&b", "--b\r\n\r\n", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"files\"\r\n\r\n<a>\r\n--b--\r\n", "\0\u0001",
        ];
        foreach (string path in paths)
        {
            foreach (string type in types)
            {
                foreach (string body in bodies)
                {
                    using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                    content.Headers.TryAddWithoutValidation("Content-Type", type);
                    using HttpResponseMessage response = await caller.Http.PostAsync(path, content);
                    Assert.True((int)response.StatusCode < 500, $"{path} {type} {body}: {(int)response.StatusCode}");
                }
            }
        }

        Assert.Empty(caller.Portal.Store.Documents());
    }

    private static string Base64(Parts parts) => Convert.ToBase64String(parts.Build());

    private static async Task HanoiLoginAsync(RawCaller caller)
    {
        JsonElement login = await PostAsync(
            caller, "/hanoi/api/auth/token/take", JsonContent.Create(new { username = "99001_BV", password = "mot", code = "99001" }));
        Bearer(caller, login.GetProperty("apiKey").GetProperty("accessToken").GetString()!);
    }

    private static void Bearer(RawCaller caller, string token) =>
        caller.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private static async Task<JsonElement> PostAsync(RawCaller caller, string path, HttpContent content)
    {
        using HttpResponseMessage response = await caller.Http.PostAsync(path, content);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
