using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Server.Tests.Support;
using LienThong.Standard;

namespace LienThong.Server.Tests.Api;

/// <summary><c>/api/v1/records</c>.</summary>
public sealed class RecordApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Turning_pages_shows_every_record_once_even_while_others_arrive()
    {
        for (int i = 0; i < 7; i++)
            await IngestAsync(Packages.Make(300 + i, RunningServer.Facility, Samples.SampleKind.Outpatient, r => r.Set(Xml1.HO_TEN, "Phạm Văn Trang")));
        using HttpClient client = server.Api("auditor");
        List<string> seen = [];
        string? after = null;
        for (int page = 0; page == 0 || after is not null; page++)
        {
            JsonElement body = await client.GetFromJsonAsync<JsonElement>($"/api/v1/records?name=van%20trang&order=arrival&take=2{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}");
            seen.AddRange(body.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("maLk").GetString()!));
            after = body.GetProperty("next").GetString();
            if (page == 0)
                await IngestAsync(Packages.Make(320, RunningServer.Facility, Samples.SampleKind.Outpatient, r => r.Set(Xml1.HO_TEN, "Phạm Văn Trang")));
        }

        Assert.Equal(7, seen.Count);
        Assert.Equal(7, seen.Distinct().Count());
    }

    [Fact]
    public async Task Filters_by_state_and_beginning_of_MA_LK()
    {
        (Guid id, string maLk) = await IngestAsync(Packages.Broken(330));
        using HttpClient client = server.Api("auditor");

        JsonElement hit = await client.GetFromJsonAsync<JsonElement>($"/api/v1/records?state=Invalid&maLk={maLk}");
        JsonElement miss = await client.GetFromJsonAsync<JsonElement>($"/api/v1/records?state=Accepted&maLk={maLk}");

        Assert.Equal(id, Assert.Single(hit.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Empty(miss.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("state=Unheard", "state")]
    [InlineData("state=1", "state")]
    [InlineData("from=2026/07/01", "from")]
    [InlineData("to=31/02/2026", "to")]
    [InlineData("take=0", "take")]
    [InlineData("take=501", "take")]
    [InlineData("order=name", "order")]
    [InlineData("blocked=maybe", "blocked")]
    public async Task Names_the_parameter_it_does_not_understand(string query, string parameter)
    {
        using HttpClient client = server.Api("auditor");

        using HttpResponseMessage answer = await client.GetAsync("/api/v1/records?" + query);

        JsonElement problem = await ProblemDetail.AssertAsync(answer, 400, "bad-parameter");
        Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out _));
    }

    [Fact]
    public async Task Findings_are_addressed_to_table_row_and_field()
    {
        (Guid id, _) = await IngestAsync(Packages.Broken(331));
        using HttpClient client = server.Api("auditor");

        JsonElement body = await client.GetFromJsonAsync<JsonElement>($"/api/v1/records/{id}/findings");

        JsonElement finding = body.GetProperty("findings").EnumerateArray().First(f => f.GetProperty("field").GetString() == "GIOI_TINH");
        Assert.Equal(("XML1", 1, "9", "block"), (finding.GetProperty("table").GetString(), finding.GetProperty("row").GetInt32(), finding.GetProperty("value").GetString(), finding.GetProperty("severity").GetString()));
        Assert.NotEqual("", finding.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_record_of_another_facility_is_as_good_as_none()
    {
        (Guid id, string maLk) = await IngestAsync(Packages.Broken(332));
        using HttpClient other = server.Api("other");

        foreach (string path in (string[])["", "/findings"])
        {
            using HttpResponseMessage answer = await other.GetAsync($"/api/v1/records/{id}{path}");
            await ProblemDetail.AssertAsync(answer, 404, "no-such-record");
        }
        foreach (string verb in (string[])["hold", "release", "resend", "correct"])
        {
            using HttpResponseMessage answer = await other.PostAsJsonAsync(
                $"/api/v1/records/{id}/{verb}", new { reason = "x", changes = new[] { new { table = "XML1", row = 1, field = "GIOI_TINH", value = "1" } } });
            await ProblemDetail.AssertAsync(answer, 404, "no-such-record");
        }
        JsonElement list = await other.GetFromJsonAsync<JsonElement>("/api/v1/records?maLk=" + maLk);
        Assert.Empty(list.GetProperty("items").EnumerateArray());
        JsonElement asked = await other.GetFromJsonAsync<JsonElement>($"/api/v1/records?facility={RunningServer.Facility}");
        Assert.Empty(asked.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Holds_with_a_reason_and_releases()
    {
        (Guid id, _) = await IngestAsync(Packages.Broken(333));
        using HttpClient client = server.Api("insurance_officer");

        using HttpResponseMessage silent = await client.PostAsJsonAsync($"/api/v1/records/{id}/hold", new { reason = " " });
        await ProblemDetail.AssertAsync(silent, 422, "reason-required");
        Assert.Equal("Held", await StateAsync(await client.PostAsJsonAsync($"/api/v1/records/{id}/hold", new { reason = "Chờ bác sĩ xem" })));
        using HttpResponseMessage twice = await client.PostAsJsonAsync($"/api/v1/records/{id}/hold", new { reason = "Lần nữa" });
        await ProblemDetail.AssertAsync(twice, 409, "wrong-state");
        Assert.Equal("Invalid", await StateAsync(await client.PostAsync($"/api/v1/records/{id}/release", null)));
    }

    [Fact]
    public async Task Correcting_a_cell_makes_a_new_version_that_is_judged_again()
    {
        (Guid id, _) = await IngestAsync(Packages.Broken(334));
        using HttpClient client = server.Api("insurance_officer");

        using HttpResponseMessage answer = await client.PostAsJsonAsync($"/api/v1/records/{id}/correct", new
        {
            reason = "Nhập nhầm giới tính",
            changes = new[] { new { table = "XML1", row = 1, field = "GIOI_TINH", value = "1" } },
        });

        JsonElement changed = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(2, changed.GetProperty("version").GetInt32());
        JsonElement findings = await client.GetFromJsonAsync<JsonElement>($"/api/v1/records/{id}/findings");
        Assert.DoesNotContain(findings.GetProperty("findings").EnumerateArray(), f => f.GetProperty("field").GetString() == "GIOI_TINH" && f.GetProperty("value").GetString() == "9");
        JsonElement detail = await client.GetFromJsonAsync<JsonElement>($"/api/v1/records/{id}");
        Assert.Equal("9", detail.GetProperty("versions")[0].GetProperty("corrections")[0].GetProperty("oldValue").GetString());
    }

    [Theory]
    [InlineData("XML1", 1, "MA_LK")]
    [InlineData("XML1", 99, "GIOI_TINH")]
    [InlineData("XML99", 1, "GIOI_TINH")]
    [InlineData("XML1", 1, "KHONG_CO")]
    public async Task Refuses_a_correction_of_what_is_not_there_or_is_the_key(string table, int row, string field)
    {
        (Guid id, _) = await IngestAsync(Packages.Broken(335));
        using HttpClient client = server.Api("insurance_officer");

        using HttpResponseMessage answer = await client.PostAsJsonAsync(
            $"/api/v1/records/{id}/correct", new { reason = "Sửa", changes = new[] { new { table, row, field, value = "1" } } });

        await ProblemDetail.AssertAsync(answer, 422, "bad-change");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Refuses_a_body_that_is_not_the_json_it_asks_for(string body)
    {
        using HttpClient client = server.Api("insurance_officer");

        using HttpResponseMessage answer = await client.PostAsync(
            $"/api/v1/records/{Guid.NewGuid()}/hold", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        await ProblemDetail.AssertAsync(answer, 400, "bad-request");
    }

    [Fact]
    public async Task That_a_patient_has_a_HIV_record_is_hidden_without_the_permission()
    {
        (Guid id, _) = await IngestAsync(Packages.Make(336, RunningServer.Facility, Samples.SampleKind.Outpatient, record =>
            record.AddRow(TableId.Xml6).Set(Xml6.NGAYKD_HIV, "hôm qua")));
        using HttpClient may = server.Api("insurance_officer");
        using HttpClient mayNot = server.Api("therapist");
        using HttpClient page = await server.SignedInAsync("therapist");

        string shown = await may.GetStringAsync($"/api/v1/records/{id}/findings");
        string hidden = await mayNot.GetStringAsync($"/api/v1/records/{id}/findings");
        string html = await page.GetStringAsync($"/ho-so/{id}?bang=XML6");

        Assert.Contains("NGAYKD_HIV", shown, StringComparison.Ordinal);
        Assert.Contains("\"HIDDEN\"", hidden, StringComparison.Ordinal);
        Assert.All([hidden, html], text => Assert.DoesNotMatch("HIV|XML6|X6-", text));
    }

    [Fact]
    public async Task The_submission_list_says_what_it_does_not_understand()
    {
        using HttpClient client = server.Api("it_operator");

        JsonElement empty = await client.GetFromJsonAsync<JsonElement>("/api/v1/submissions?outcome=Accepted");
        using HttpResponseMessage wrong = await client.GetAsync("/api/v1/submissions?outcome=Good");

        Assert.Empty(empty.GetProperty("items").EnumerateArray());
        await ProblemDetail.AssertAsync(wrong, 400, "bad-parameter");
    }

    private async Task<(Guid Id, string MaLk)> IngestAsync(byte[] package)
    {
        using MemoryStream stream = new(package);
        IntakeReport report = await server.Get<IntakeService>().IngestAsync(stream, "goi.xml", Caller.System(), null, default);
        IntakeRecord record = Assert.Single(report.Records);
        return (record.RecordId!.Value, record.MaLk);
    }

    private static async Task<string?> StateAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            string body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
            return JsonDocument.Parse(body).RootElement.GetProperty("state").GetString();
        }
    }
}
