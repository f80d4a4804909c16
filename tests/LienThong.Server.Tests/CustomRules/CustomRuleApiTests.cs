using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.CustomRules;

/// <summary><c>/api/v1/custom-rules</c> and what it does to records.</summary>
public sealed class CustomRuleApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Good = """
        rules:
          - code: TUY-KHAM-01
            table: XML1
            field: MA_LOAI_KCB
            severity: warn
            require: MA_LOAI_KCB != "01"
            message: "Loại hình {value}."
        """;

    [Fact]
    public async Task A_stored_file_that_is_switched_on_finds_things_in_new_records()
    {
        using HttpClient client = server.Api("insurance_officer");
        string path = $"/api/v1/custom-rules/{RunningServer.Facility}/kham";

        JsonElement checkedText = await (await client.PostAsJsonAsync("/api/v1/custom-rules/check", new { content = Good.Replace("require", "requir", StringComparison.Ordinal) })).Content.ReadFromJsonAsync<JsonElement>();
        HttpResponseMessage bad = await client.PutAsJsonAsync(path, new { content = Good.Replace("MA_LOAI_KCB\n", "MA_LOAI\n", StringComparison.Ordinal), reason = "thử" });
        HttpResponseMessage saved = await client.PutAsJsonAsync(path, new { content = Good, reason = "thử" });
        HttpResponseMessage on = await client.PostAsJsonAsync(path + "/switch", new { active = true, reason = "dùng" });

        Assert.True(checkedText.GetProperty("errors").GetArrayLength() > 0);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.StatusCode);
        Assert.Contains("dòng 4, cột", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, (await saved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetInt32());
        Assert.Equal(HttpStatusCode.OK, on.StatusCode);
        using HttpResponseMessage ledger = await client.PostAsync("/api/v1/packages", new ByteArrayContent(Packages.Clean(900)));
        string id = (await ledger.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("records")[0].GetProperty("id").GetString()!;
        JsonElement findings = await client.GetFromJsonAsync<JsonElement>($"/api/v1/records/{id}/findings");
        Assert.Contains(findings.GetProperty("findings").EnumerateArray(), f => f.GetProperty("code").GetString() == "TUY-KHAM-01");
        await client.PostAsJsonAsync(path + "/switch", new { active = false, reason = "thôi" });
    }

    [Fact]
    public async Task Another_facility_sees_and_changes_nothing()
    {
        using HttpClient owner = server.Api("insurance_officer");
        using HttpClient other = server.Api("other");
        string path = $"/api/v1/custom-rules/{RunningServer.Facility}/rieng";
        await owner.PutAsJsonAsync(path, new { content = Good, reason = "thử" });

        HttpResponseMessage versions = await other.GetAsync(path + "/versions");
        HttpResponseMessage change = await other.PutAsJsonAsync(path, new { content = Good, reason = "thử" });

        Assert.Equal(HttpStatusCode.NotFound, versions.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, change.StatusCode);
    }
}
