using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Deadlines;

/// <summary>Deadlines, duties, incidents and calendar over the API.</summary>
public sealed class DeadlineApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Open_records_are_counted_and_listed_and_saved_as_shown()
    {
        await server.IngestAsync(Packages.Broken(1));
        await server.IngestAsync(Packages.Broken(2, RunningServer.OtherFacility));
        using HttpClient api = server.Api("insurance_officer");

        JsonElement body = await JsonAsync(api, "/api/v1/deadlines");
        string csv = await api.GetStringAsync("/api/v1/deadlines?format=csv");
        using HttpResponseMessage excel = await api.GetAsync("/api/v1/deadlines?format=xlsx");

        JsonElement record = body.GetProperty("records").EnumerateArray().Single();
        Assert.Equal(RunningServer.Facility, record.GetProperty("facility").GetString());
        Assert.Equal(1, body.GetProperty("board").GetProperty("total").GetProperty("open").GetInt64());
        Assert.True(body.GetProperty("board").GetProperty("total").GetProperty("byHand").GetInt64() == 1);
        Assert.NotEqual("", record.GetProperty("ward").GetString());
        string[] lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{RunningServer.Facility},{record.GetProperty("maLk").GetString()},", lines[1], StringComparison.Ordinal);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", excel.Content.Headers.ContentType!.MediaType);
        Assert.Equal((byte)'P', (await excel.Content.ReadAsByteArrayAsync())[0]);
        JsonElement none = await JsonAsync(api, "/api/v1/deadlines?ward=KHONG-CO");
        Assert.Empty(none.GetProperty("records").EnumerateArray());
        await ProblemDetail.AssertAsync(await api.GetAsync("/api/v1/deadlines?due=never"), 400, "bad-parameter");
        await ProblemDetail.AssertAsync(await api.GetAsync($"/api/v1/deadlines?facility={RunningServer.OtherFacility}"), 400, "bad-parameter");
        await ProblemDetail.AssertAsync(await api.GetAsync("/api/v1/deadlines/timeliness?from=2026-01-01&to=2025-01-01"), 400, "bad-parameter");
        Assert.Empty((await JsonAsync(api, "/api/v1/deadlines/timeliness")).EnumerateArray());
        JsonElement draft = (await JsonAsync(api, "/api/v1/deadlines/rules")).EnumerateArray().Single(r => r.GetProperty("id").GetString() == "draft-3h");
        Assert.False(draft.GetProperty("enacted").GetBoolean());
    }

    [Fact]
    public async Task An_incident_is_written_down_proved_and_closed()
    {
        using HttpClient api = server.Api("it_operator");
        using HttpClient officer = server.Api("insurance_officer");
        DateTimeOffset from = TimeProvider.System.GetUtcNow().AddHours(-3);

        await ProblemDetail.AssertAsync(await api.PostAsJsonAsync("/api/v1/incidents", new { facility = RunningServer.Facility, kind = "flood", startedAt = from, description = "x" }), 422, "bad-incident");
        await ProblemDetail.AssertAsync(await api.PostAsJsonAsync("/api/v1/incidents", new { facility = RunningServer.OtherFacility, kind = "power", startedAt = from, description = "x" }), 422, "bad-incident");
        using HttpResponseMessage opened = await api.PostAsJsonAsync(
            "/api/v1/incidents", new { facility = RunningServer.Facility, kind = "portal-unannounced", startedAt = from, description = "Cổng <ngừng>", told = "BHXH tỉnh" });
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        string path = opened.Headers.Location!.OriginalString;
        using (ByteArrayContent file = new([1, 2, 3]))
        {
            using MultipartFormDataContent form = new() { { file, "tep", "thong-bao.pdf" } };
            using HttpResponseMessage attached = await api.PostAsync(path + "/files", form);
            Assert.Equal(HttpStatusCode.OK, attached.StatusCode);
        }
        using HttpResponseMessage closed = await api.PostAsJsonAsync(path + "/close", new { endedAt = from.AddHours(1) });
        JsonElement incident = await JsonAsync(officer, path);
        string proof = await officer.GetStringAsync(path + "/proof");
        string csv = await officer.GetStringAsync(path + "/proof?format=csv");
        byte[] bytes = await officer.GetByteArrayAsync($"{path}/files/{incident.GetProperty("files")[0].GetProperty("id").GetString()}");
        using HttpResponseMessage sent = await officer.PostAsync(path + "/send-now", null);

        Assert.Equal(HttpStatusCode.OK, closed.StatusCode);
        Assert.Equal(("Closed", "Lengthen"), (incident.GetProperty("state").GetString(), incident.GetProperty("effect").GetString()));
        Assert.Equal([1, 2, 3], bytes);
        Assert.Contains("Cổng &lt;ngừng&gt;", proof, StringComparison.Ordinal);
        Assert.Contains("thong-bao.pdf", proof, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", proof.TrimStart(), StringComparison.Ordinal);
        Assert.StartsWith("\uFEFFMA_LK,Khoa,", csv, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        await ProblemDetail.AssertAsync(await server.Api("other").GetAsync(path), 404, "no-such-incident");
        await ProblemDetail.AssertAsync(await server.Api("other").GetAsync(path + "/proof"), 404, "no-such-incident");
        await ProblemDetail.AssertAsync(await api.PostAsJsonAsync(path + "/close", new { endedAt = from.AddHours(1) }), 422, "bad-incident");
    }

    [Fact]
    public async Task A_duty_is_opened_after_a_letter_and_settled_with_a_note()
    {
        using HttpClient api = server.Api("insurance_officer");
        DateTimeOffset came = TimeProvider.System.GetUtcNow().AddDays(-1);

        using HttpResponseMessage opened = await api.PostAsJsonAsync("/api/v1/duties", new { facility = RunningServer.Facility, rule = "audit-response", subject = "CV 1", beganAt = came, records = 3 });
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        string path = opened.Headers.Location!.OriginalString;
        JsonElement duty = (await JsonAsync(api, "/api/v1/duties")).EnumerateArray().Single(d => d.GetProperty("subject").GetString() == "CV 1");
        await ProblemDetail.AssertAsync(await api.PostAsJsonAsync(path + "/done", new { note = "" }), 422, "bad-duty");
        await ProblemDetail.AssertAsync(await server.Api("other").PostAsJsonAsync(path + "/done", new { note = "x" }), 422, "bad-duty");
        using HttpResponseMessage done = await api.PostAsJsonAsync(path + "/done", new { note = "Đã gửi 09/BH" });

        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal("audit-response", duty.GetProperty("rule").GetString());
        Assert.Contains((await JsonAsync(api, "/api/v1/duties?state=settled")).EnumerateArray(), d => d.GetProperty("note").GetString() == "Đã gửi 09/BH");
        Assert.Contains("Đã gửi 09/BH", await api.GetStringAsync("/api/v1/duties?state=settled&format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calendar_and_what_holds_for_all_are_changed_by_those_to_whom_every_facility_belongs()
    {
        await server.AddUserAsync("chief", "clinic_admin", LienThong.Gateway.Access.FacilityScope.Everything);
        using HttpClient chief = server.Api("chief"), admin = server.Api("clinic_admin");

        await ProblemDetail.AssertAsync(await admin.PutAsJsonAsync("/api/v1/calendar/2027-02-12", new { works = false, note = "Bù Tết" }), 422, "bad-day");
        using HttpResponseMessage set = await chief.PutAsJsonAsync("/api/v1/calendar/2027-02-12", new { works = false, note = "Bù Tết" });
        JsonElement day = (await JsonAsync(admin, "/api/v1/calendar?year=2027")).EnumerateArray().Single(d => d.GetProperty("day").GetString() == "2027-02-12");
        using HttpResponseMessage reset = await chief.DeleteAsync("/api/v1/calendar/2027-02-12");
        await ProblemDetail.AssertAsync(await chief.DeleteAsync("/api/v1/calendar/2027-02-12"), 422, "bad-day");

        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.Equal(("chief", false), (day.GetProperty("changedBy").GetString(), day.GetProperty("shipped").GetBoolean()));
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);

        await ProblemDetail.AssertAsync(await admin.PutAsJsonAsync("/api/v1/deadlines/settings", new { name = "send-warn-minutes", minutes = 30, note = "Thử" }), 422, "bad-setting");
        using HttpResponseMessage own = await admin.PutAsJsonAsync("/api/v1/deadlines/settings", new { facility = RunningServer.Facility, name = "send-warn-minutes", minutes = 30, note = "Thử" });
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        JsonElement choice = (await JsonAsync(admin, "/api/v1/deadlines/settings")).EnumerateArray().Single(c => c.GetProperty("facility").GetString() == RunningServer.Facility);
        Assert.Equal(30, choice.GetProperty("warnMinutes").GetInt32());
        Assert.Equal(30, (await JsonAsync(admin, $"/api/v1/deadlines?facility={RunningServer.Facility}")).GetProperty("board").GetProperty("warnMinutes").GetInt32());
    }

    private static async Task<JsonElement> JsonAsync(HttpClient api, string path) => JsonDocument.Parse(await api.GetStringAsync(path)).RootElement;
}
