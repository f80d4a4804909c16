using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Access;

/// <summary>Somebody with every right in one facility learns nothing of another by its ids: each endpoint answers as for an id nobody has.</summary>
public sealed partial class ForeignIdTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string UnknownFacility = "99888";

    // Checks an account at the portal, whose host isn't there.
    private static readonly string[] LeftOut = ["POST /api/v1/facilities/{code}/doctor", "POST /kiem-tra-tai-khoan/{code}"];

    [Fact]
    public async Task Every_endpoint_answers_for_foreign_ids_as_for_unknown_ones()
    {
        await server.AddUserAsync("khac", Roles.SuperAdmin, FacilityScope.Only(RunningServer.OtherFacility));
        IReadOnlyList<string> foreign = await SceneAsync();
        using HttpClient client = server.Api("khac");
        List<string> wrong = [];
        foreach (KnownEndpoint endpoint in KnownEndpoint.All(server).Where(e => e.Policy is not ("anyone" or "signed-in") && e.Path.Contains('{') && !LeftOut.Contains(e.Name)))
        {
            foreach (string id in foreign)
            {
                string unknown = UnknownLike(id);
                (int status, string body) = await AskAsync(client, endpoint, id);
                (int otherStatus, string otherBody) = await AskAsync(client, endpoint, unknown);
                if (status != otherStatus || body != otherBody)
                    wrong.Add($"{endpoint.Name} with {id}: {status} instead of {otherStatus}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Lists_of_another_facility_hold_nothing_of_this_one()
    {
        await server.AddUserAsync("khac2", Roles.SuperAdmin, FacilityScope.Only(RunningServer.OtherFacility));
        IReadOnlyList<string> foreign = await SceneAsync();
        using HttpClient client = server.Api("khac2");
        List<string> wrong = [];
        foreach (KnownEndpoint endpoint in KnownEndpoint.All(server).Where(e => e.Method == "GET" && !e.Path.Contains('{')))
        {
            string text = await (await client.SendAsync(endpoint.Request())).Content.ReadAsStringAsync();
            wrong.AddRange(foreign.Where(id => text.Contains(id, StringComparison.Ordinal)).Select(id => $"{endpoint.Name} names {id}"));
        }

        Assert.Empty(wrong);
    }

    /// <summary>One of each kind of thing in the first facility; their ids, and the facility's code.</summary>
    private async Task<IReadOnlyList<string>> SceneAsync()
    {
        Guid record = await server.IngestAsync(Packages.Broken(901));
        using HttpClient own = server.Api("super_admin");
        string day = DateTimeOffset.UtcNow.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        string exception = await MakeAsync(own, "/api/v1/exceptions", new { facility = RunningServer.Facility, rule = "X14-NGAY_HEN_KL-003", action = "Silence", reason = "thử", to = day });
        string incident = await MakeAsync(own, "/api/v1/incidents", new { facility = RunningServer.Facility, kind = "power", startedAt = DateTimeOffset.UtcNow.AddHours(-2), description = "mất điện" });
        string folder = Directory.CreateTempSubdirectory("lienthong-watched-").FullName;
        string watched = await MakeAsync(own, "/api/v1/folders", new { facility = RunningServer.Facility, name = "Thư mục", path = folder, kind = "Packages", active = false });
        Directory.Delete(folder, recursive: true);
        Database database = server.Get<Database>();
        async Task<IEnumerable<string>> IdsAsync(string sql) => await database.QueryUnscopedAsync<string>(sql, new { RunningServer.Facility, record = record.ToString() }, default);
        return
        [
            record.ToString(), exception, incident, watched, RunningServer.Facility,
            .. await IdsAsync("SELECT file_id FROM record_version WHERE record_id = @record"),
            .. await IdsAsync("SELECT user_id FROM app_user WHERE name IN ('therapist', 'super_admin')"),
            .. await IdsAsync("SELECT token_hash FROM access_token t JOIN app_user u ON u.user_id = t.user_id WHERE u.name = 'therapist'"),
            .. (await database.QueryUnscopedAsync<long>("SELECT cause FROM cause WHERE facility = @Facility ORDER BY cause LIMIT 1", new { RunningServer.Facility }, default))
                .Select(c => c.ToString("x16", System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }

    private static async Task<string> MakeAsync(HttpClient client, string path, object body)
    {
        using HttpResponseMessage answer = await client.PostAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }

    private static string UnknownLike(string id) =>
        id == RunningServer.Facility ? UnknownFacility : Guid.TryParse(id, out _) ? Guid.NewGuid().ToString() : string.Concat(id.Select(c => char.IsAsciiDigit(c) ? (char)('0' + ((c - '0' + 5) % 10)) : c));

    // Every parameter gets the id: whichever of them it belongs to.
    private static async Task<(int Status, string Body)> AskAsync(HttpClient client, KnownEndpoint endpoint, string id)
    {
        using HttpRequestMessage request = endpoint.Request(_ => Uri.EscapeDataString(id));
        using HttpResponseMessage answer = await client.SendAsync(request);
        string body = (await answer.Content.ReadAsStringAsync()).Replace(id, "·", StringComparison.Ordinal);
        return ((int)answer.StatusCode, Changing().Replace(body, "·"));
    }

    // What differs between any two answers: tokens of forms, ids of requests.
    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+|\"traceId\":\"[^\"]*\"|value=\"[A-Za-z0-9_-]{60,}\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Changing();
}
