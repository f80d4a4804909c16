using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LienThong.Gateway;
using LienThong.Gateway.Intake;
using LienThong.Samples;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Api;

/// <summary><c>POST /api/v1/packages</c>.</summary>
public sealed class PackageApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Returns_the_ledger_of_a_package_sent_as_body()
    {
        using HttpResponseMessage answer = await SendAsync(server, Packages.Clean(100), "?fileName=ngay%2001.xml");

        JsonElement ledger = await LedgerAsync(answer);
        Assert.Equal("ngay 01.xml", ledger.GetProperty("fileName").GetString());
        Assert.Equal("Complete", ledger.GetProperty("outcome").GetString());
        Assert.Equal((1, 1, 1, 0), (Int(ledger, "declared"), Int(ledger, "found"), Int(ledger, "stored"), Int(ledger, "refused")));
        Assert.True(ledger.GetProperty("records")[0].TryGetProperty("id", out _));
    }

    [Fact]
    public async Task The_same_file_again_stores_nothing()
    {
        byte[] package = Packages.Clean(101);
        (await SendAsync(server, package)).Dispose();

        using HttpResponseMessage again = await SendAsync(server, package);

        JsonElement ledger = await LedgerAsync(again);
        Assert.Equal("Duplicate", ledger.GetProperty("outcome").GetString());
        Assert.Equal((0, 1), (Int(ledger, "stored"), Int(ledger, "duplicates")));
    }

    [Fact]
    public async Task Takes_the_one_file_of_a_form()
    {
        using MultipartFormDataContent form = new() { { new StringContent("x"), "ghi-chu" }, { new ByteArrayContent(Packages.Broken(102)), "file", "../../etc/gói.xml" } };
        using HttpClient client = server.Api("insurance_officer");

        using HttpResponseMessage answer = await client.PostAsync("/api/v1/packages", form);

        JsonElement ledger = await LedgerAsync(answer);
        Assert.Equal("gói.xml", ledger.GetProperty("fileName").GetString());
        Assert.Equal(1, Int(ledger, "blocked"));
        Assert.True(ledger.GetProperty("records")[0].GetProperty("blocked").GetBoolean());
    }

    [Fact]
    public async Task Refuses_a_form_with_two_files_before_anything_is_stored()
    {
        using MultipartFormDataContent form = new() { { new ByteArrayContent(Packages.Clean(103)), "a", "a.xml" }, { new ByteArrayContent(Packages.Clean(104)), "b", "b.xml" } };
        using HttpClient client = server.Api("insurance_officer");

        using HttpResponseMessage answer = await client.PostAsync("/api/v1/packages", form);

        await ProblemDetail.AssertAsync(answer, 400, "one-file");
        using HttpResponseMessage alone = await SendAsync(server, Packages.Clean(103));
        Assert.Equal("New", (await LedgerAsync(alone)).GetProperty("records")[0].GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("multipart/form-data", "bad-form", 400)]
    [InlineData("multipart/form-data; boundary=x", "bad-form", 400)]
    [InlineData("application/json", "unsupported-media-type", 415)]
    public async Task Refuses_bodies_that_are_no_package(string type, string code, int status)
    {
        using HttpClient client = server.Api("insurance_officer");
        using ByteArrayContent body = new("{}"u8.ToArray());
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using HttpResponseMessage answer = await client.PostAsync("/api/v1/packages", body);

        await ProblemDetail.AssertAsync(answer, status, code);
    }

    public static TheoryData<string> Damages => [.. PackageDamage.All.Select(d => d.Name)];

    [Theory, MemberData(nameof(Damages))]
    public async Task A_damaged_package_gets_a_ledger_that_names_the_damage(string name)
    {
        PackageDamage damage = PackageDamage.All.Single(d => d.Name == name);
        byte[] package = damage.Apply(Packages.Clean(200 + Array.IndexOf([.. PackageDamage.All], damage)));

        using HttpResponseMessage answer = await SendAsync(server, package);

        JsonElement body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{(int)answer.StatusCode} {body}");
        JsonElement ledger = answer.IsSuccessStatusCode ? body : body.GetProperty("ledger");
        bool told = ledger.GetProperty("problems").GetArrayLength() > 0
            || ledger.GetProperty("records").EnumerateArray().Any(r => r.GetProperty("block").GetInt32() + r.GetProperty("warn").GetInt32() > 0 || r.GetProperty("message").GetString() != "");
        Assert.True(told, body.ToString());
    }

    [Fact]
    public async Task A_package_of_a_facility_outside_the_callers_scope_is_refused()
    {
        using HttpResponseMessage answer = await SendAsync(server, Packages.Clean(105, RunningServer.OtherFacility));

        JsonElement problem = await ProblemDetail.AssertAsync(answer, 422, "package-refused");
        Assert.Equal(0, Int(problem.GetProperty("ledger"), "stored"));
    }

    [Fact]
    public async Task An_empty_body_is_refused_with_a_reason()
    {
        using HttpResponseMessage answer = await SendAsync(server, []);

        JsonElement problem = await ProblemDetail.AssertAsync(answer, 422, "package-refused");
        Assert.NotEqual(0, problem.GetProperty("ledger").GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task A_package_over_the_limit_is_refused_as_too_large()
    {
        RunningServer small = new()
        {
            Options = o => o with { Gateway = new GatewayOptions { DataFolder = o.Gateway.DataFolder, Intake = new IntakeOptions { MaxFileBytes = 10_000 } } },
        };
        await small.InitializeAsync();
        try
        {
            using HttpResponseMessage over = await SendAsync(small, new byte[20_000]);
            await ProblemDetail.AssertAsync(over, 413, "too-large");

            using HttpResponseMessage farOver = await SendAsync(small, new byte[200_000]);
            await ProblemDetail.AssertAsync(farOver, 413, "too-large");
        }
        finally
        {
            await small.DisposeAsync();
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningServer to, byte[] package, string query = "")
    {
        HttpClient client = to.Api("insurance_officer");
        ByteArrayContent body = new(package);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        return await client.PostAsync("/api/v1/packages" + query, body);
    }

    private static async Task<JsonElement> LedgerAsync(HttpResponseMessage answer)
    {
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }

    private static int Int(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
