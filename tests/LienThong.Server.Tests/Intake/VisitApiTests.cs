using System.Net;
using System.Text.Json;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Intake;

/// <summary><c>POST /api/v1/visits</c> and what belongs to it.</summary>
public sealed class VisitApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task One_visit_is_created_then_known_then_a_new_version()
    {
        using HttpResponseMessage first = await PostAsync("/api/v1/visits", Visits.One("V1"));
        JsonElement created = await BodyAsync(first, HttpStatusCode.Created);
        Guid id = created.GetProperty("id").GetGuid();
        Assert.Equal($"/api/v1/records/{id}", first.Headers.Location!.OriginalString);
        Assert.Equal(("New", 1), (Text(created, "verdict"), created.GetProperty("version").GetInt32()));
        Assert.True(created.GetProperty("findings").TryGetProperty("block", out _));

        JsonElement same = await BodyAsync(await PostAsync("/api/visits", Visits.One("V1")), HttpStatusCode.OK);
        Assert.Equal(("Same", id), (Text(same, "verdict"), same.GetProperty("id").GetGuid()));
        JsonElement changed = await BodyAsync(await PostAsync("/api/v1/visits", Visits.One("V1", reason: "Sốt")), HttpStatusCode.OK);
        Assert.Equal(("NewVersion", 2), (Text(changed, "verdict"), changed.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task A_visit_that_cant_be_taken_is_told_by_line_member_value_and_remedy()
    {
        using HttpResponseMessage answer = await PostAsync("/api/v1/visits", Visits.One("V2", "\"NGAY_MIEN_CCT\":\"hôm qua\","));

        JsonElement problem = (await ProblemDetail.AssertAsync(answer, 422, "visit-refused")).GetProperty("problems")[0];
        Assert.Equal((2, "NGAY_MIEN_CCT", "hôm qua"), (problem.GetProperty("line").GetInt32(), Text(problem, "column"), Text(problem, "value")));
        Assert.NotEqual("", Text(problem, "fix"));
    }

    [Theory]
    [InlineData("{\"a\":", 422, "visit-refused")]
    [InlineData("", 422, "visit-refused")]
    [InlineData("[{},{}]", 422, "one-visit")]
    public async Task Nonsense_is_refused(string body, int status, string code)
    {
        using HttpResponseMessage answer = await PostAsync("/api/v1/visits", body);

        await ProblemDetail.AssertAsync(answer, status, code);
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_and_another_body_is_refused()
    {
        using HttpResponseMessage first = await PostAsync("/api/v1/visits", Visits.One("V3"), "k-3");
        using HttpResponseMessage again = await PostAsync("/api/v1/visits", Visits.One("V3"), "k-3");
        using HttpResponseMessage other = await PostAsync("/api/v1/visits", Visits.One("V3", reason: "Sốt"), "k-3");
        using HttpResponseMessage elsewhere = await PostAsync("/api/v1/visits/batch", Visits.One("V3"), "k-3");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        await ProblemDetail.AssertAsync(other, 409, "key-reused");
        await ProblemDetail.AssertAsync(elsewhere, 409, "key-reused");
    }

    [Fact]
    public async Task Retries_at_the_same_time_all_get_the_one_answer()
    {
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync("/api/v1/visits", Visits.One("V4"), "k-4")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()))).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_refusal_is_kept_for_its_key_too()
    {
        string first = await (await PostAsync("/api/v1/visits", Visits.One("V5", ngayRa: "209910011500"), "k-5")).Content.ReadAsStringAsync();

        using HttpResponseMessage again = await PostAsync("/api/v1/visits", Visits.One("V5", ngayRa: "209910011500"), "k-5");

        Assert.Equal(422, (int)again.StatusCode);
        Assert.Equal(first, await again.Content.ReadAsStringAsync());
        await ProblemDetail.AssertAsync(await PostAsync("/api/v1/visits", "{}", new string('k', 201)), 400, "bad-key");
    }

    [Fact]
    public async Task A_batch_answers_for_every_visit_in_order_and_its_ledger_is_kept()
    {
        string ndjson = string.Join('\n', Visits.One("B1"), "{\"visit\":1}", Visits.One("B2", facility: "99002"), Visits.One("B3"));

        JsonElement body = await BodyAsync(await PostAsync("/api/v1/visits/batch", ndjson, type: "application/x-ndjson"), HttpStatusCode.MultiStatus);

        Assert.Equal([201, 422, 422, 201], body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("status").GetInt32()));
        Assert.Equal((4, 2, 2, 2), (Count(body, "found"), Count(body, "built"), Count(body, "stored"), Count(body, "refused")));
        Assert.Contains("99002", body.GetProperty("items")[2].GetProperty("message").GetString(), StringComparison.Ordinal);
        using HttpClient officer = server.Api("insurance_officer");
        JsonElement ledger = await BodyAsync(await officer.GetAsync($"/api/v1/files/{body.GetProperty("fileId").GetGuid()}"), HttpStatusCode.OK);
        Assert.Equal((4, 2), (Count(ledger, "found"), Count(ledger, "built")));
        using HttpClient other = server.Api("other");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/api/v1/files/{body.GetProperty("fileId").GetGuid()}")).StatusCode);
    }

    [Fact]
    public async Task The_schema_is_open_to_anyone()
    {
        using HttpClient anyone = server.Api(null);

        using HttpResponseMessage answer = await anyone.GetAsync("/schemas/visit-1.schema.json");

        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.TryGetProperty("$schema", out _));
    }

    [Fact]
    public async Task A_visit_that_goes_on_can_be_checked_and_nothing_is_stored()
    {
        JsonElement body = await BodyAsync(await PostAsync("/api/v1/check", Visits.One("C1", ngayRa: "")), HttpStatusCode.OK);

        Assert.Equal("C1", Text(body.GetProperty("visits")[0], "maLk"));
        using HttpClient officer = server.Api("insurance_officer");
        JsonElement list = await BodyAsync(await officer.GetAsync("/api/v1/records?maLk=C1"), HttpStatusCode.OK);
        Assert.Equal(0, list.GetProperty("items").GetArrayLength());
        await ProblemDetail.AssertAsync(await PostAsync("/api/v1/check", Visits.One("C2", "\"NGAY_MIEN_CCT\":\"x\",")), 422, "visit-refused");
    }

    [Fact]
    public async Task A_cell_is_traced_to_its_source()
    {
        Guid id = (await BodyAsync(await PostAsync("/api/v1/visits", Visits.One("T1")), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        using HttpClient officer = server.Api("insurance_officer");

        JsonElement trace = await BodyAsync(await officer.GetAsync($"/api/v1/records/{id}/trace?table=XML3&row=1&field=DON_GIA_BV"), HttpStatusCode.OK);

        JsonElement cell = Assert.Single(trace.GetProperty("cells").EnumerateArray());
        JsonElement source = Assert.Single(cell.GetProperty("sources").EnumerateArray());
        Assert.Equal(("Copied", "exams", "DON_GIA_BV", 7), (Text(cell, "kind"), Text(source, "section"), Text(source, "column"), source.GetProperty("line").GetInt32()));
        Assert.True((await BodyAsync(await officer.GetAsync($"/api/v1/records/{id}/trace"), HttpStatusCode.OK)).GetProperty("cells").GetArrayLength() > 50);
        Guid package = await server.IngestAsync(Packages.Clean(7100));
        await ProblemDetail.AssertAsync(await officer.GetAsync($"/api/v1/records/{package}/trace"), 404, "no-trace");
    }

    [Fact]
    public async Task Watched_folders_are_added_tried_changed_and_removed()
    {
        string folder = Directory.CreateTempSubdirectory("lienthong-drop-").FullName;
        using HttpClient operatorOfIt = server.Api("it_operator");
        string Body(string path) => JsonSerializer.Serialize(new { facility = RunningServer.Facility, name = "HIS", path, kind = "Visits" });

        JsonElement added = await BodyAsync(await operatorOfIt.PostAsync("/api/v1/folders", Visits.Json(Body(folder))), HttpStatusCode.Created);
        string address = $"/api/v1/folders/{added.GetProperty("id").GetGuid()}";
        await ProblemDetail.AssertAsync(await operatorOfIt.PostAsync("/api/v1/folders", Visits.Json(Body(server.DataFolder))), 422, "bad-folder");
        Assert.True((await BodyAsync(await operatorOfIt.PostAsync(address + "/test", null), HttpStatusCode.OK)).GetProperty("ok").GetBoolean());
        using HttpClient other = server.Api("other");
        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync(address)).StatusCode);
        Assert.Equal("HIS hai", Text(await BodyAsync(await operatorOfIt.PutAsync(address, Visits.Json(Body(folder).Replace("HIS", "HIS hai", StringComparison.Ordinal))), HttpStatusCode.OK), "name"));
        Assert.Equal(HttpStatusCode.NoContent, (await operatorOfIt.DeleteAsync(address)).StatusCode);
        Assert.True(Directory.Exists(folder));
        Directory.Delete(folder, recursive: true);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string? key = null, string type = "application/json")
    {
        using HttpClient client = server.Api("insurance_officer");
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = Visits.Json(body, type) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static int Count(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
