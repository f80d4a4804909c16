using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Api;

/// <summary>Rules, exceptions and marks over REST.</summary>
public sealed class RuleApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Exception_is_previewed_made_and_ended()
    {
        await server.IngestAsync(Packages.Broken(950));
        using HttpClient officer = server.Api("insurance_officer");
        object ask = new { facility = RunningServer.Facility, rule = "X1-*", action = "Warn", reason = "thử", to = "2026-12-31" };

        JsonElement preview = await PostAsync(officer, "/api/v1/exceptions/preview", ask, HttpStatusCode.OK);
        Assert.True(preview.GetProperty("looked").GetInt32() >= 1);
        await PostAsync(officer, "/api/v1/exceptions", new { facility = RunningServer.OtherFacility, rule = "X1-*", reason = "thử", to = "2026-12-31" }, HttpStatusCode.UnprocessableEntity);
        await PostAsync(officer, "/api/v1/exceptions", new { facility = RunningServer.Facility, rule = "X1-*", reason = "thử", to = "9999-12-31", from = "0001-01-01" }, HttpStatusCode.UnprocessableEntity);
        JsonElement made = await PostAsync(officer, "/api/v1/exceptions", new { facility = RunningServer.Facility, rule = "X14-NGAY_HEN_KL-003", action = "Silence", reason = "thử", to = Day(30) }, HttpStatusCode.OK);
        string id = made.GetProperty("id").GetString()!;
        Assert.Equal("Active", (await GetAsync(officer, $"/api/v1/exceptions/{id}")).GetProperty("state").GetString());
        await PostAsync(officer, $"/api/v1/exceptions/{id}/approve", new { }, HttpStatusCode.Conflict);
        await PostAsync(officer, $"/api/v1/exceptions/{id}/end", new { reason = "xong" }, HttpStatusCode.OK);
        Assert.Equal("Ended", (await GetAsync(officer, $"/api/v1/exceptions/{id}")).GetProperty("state").GetString());
        using HttpClient other = server.Api("other");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/api/v1/exceptions/{id}")).StatusCode);
    }

    [Fact]
    public async Task Mark_shows_beside_the_finding_and_in_the_rule_s_figures()
    {
        Guid record = await server.IngestAsync(Packages.Broken(951));
        using HttpClient officer = server.Api("insurance_officer");
        JsonElement finding = (await GetAsync(officer, $"/api/v1/records/{record}/findings")).GetProperty("findings").EnumerateArray().First(f => f.GetProperty("field").GetString() == "GIOI_TINH");
        object ask = new { fingerprint = finding.GetProperty("fingerprint").GetString(), verdict = "NotAnError", reason = "đúng thực tế" };

        JsonElement mark = await PostAsync(officer, $"/api/v1/records/{record}/marks", ask, HttpStatusCode.OK);

        JsonElement again = (await GetAsync(officer, $"/api/v1/records/{record}/findings")).GetProperty("findings").EnumerateArray().First(f => f.GetProperty("field").GetString() == "GIOI_TINH");
        Assert.Equal("đúng thực tế", again.GetProperty("mark").GetProperty("reason").GetString());
        JsonElement rule = await GetAsync(officer, $"/api/v1/rules/{finding.GetProperty("code").GetString()}");
        Assert.True(rule.GetProperty("notAnError").GetInt32() >= 1);
        await PostAsync(officer, $"/api/v1/marks/{mark.GetProperty("id").GetString()}/withdraw", new { }, HttpStatusCode.OK);
        await PostAsync(officer, $"/api/v1/records/{record}/marks", new { fingerprint = "khác", verdict = "Confirmed" }, HttpStatusCode.NotFound);
    }

    private static string Day(int days) => TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => JsonDocument.Parse(await client.GetStringAsync(path)).RootElement;

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await client.PostAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
