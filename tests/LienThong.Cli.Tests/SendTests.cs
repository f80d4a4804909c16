using System.Net.Http.Json;
using System.Text.Json;
using LienThong.Cli.Tests.Support;
using LienThong.Signing;

namespace LienThong.Cli.Tests;

/// <summary><c>send</c> and <c>status</c> against a simulator in a process of its own.</summary>
public sealed class SendTests : IDisposable
{
    private readonly Folder folder = new();
    private readonly string pfx, pfxPassword, password;

    public SendTests()
    {
        var keys = DemoKeys.Create("99001", DateTimeOffset.UtcNow);
        pfx = folder.Write("key.pfx", keys.Pfx);
        pfxPassword = folder.Write("key.txt", keys.Password);
        password = folder.Write("portal.txt", "mật khẩu thử\r\n");
        folder.Write("in/1.xml", Made.Good(1));
        folder.Write("in/2.xml", Made.Good(2));
        folder.Write("in/3.xml", Made.Bad(3));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Good_records_arrive_once_and_blocked_ones_stay()
    {
        await using Running portal = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0");

        Outcome first = await SendAsync(portal.Address);
        Outcome second = await SendAsync(portal.Address);

        Assert.True(first.Exit == 1, first.ToString());
        Assert.Equal(3, first.Json.GetProperty("intake").GetProperty("stored").GetInt32());
        Assert.Equal(1, first.Json.GetProperty("intake").GetProperty("blocked").GetInt32());
        Assert.Equal(2, first.Json.GetProperty("sent").GetInt32());
        Assert.Equal(0, second.Json.GetProperty("sent").GetInt32());
        Assert.Equal(3, second.Json.GetProperty("intake").GetProperty("same").GetInt32());
        using var http = new HttpClient { BaseAddress = portal.Address };
        JsonElement stats = await http.GetFromJsonAsync<JsonElement>("/_sim/stats");
        Assert.Equal(2, stats.GetProperty("received").GetInt32());
        Assert.Equal(0, stats.GetProperty("repeats").GetInt32());
    }

    [Fact]
    public async Task Visits_of_a_hospital_system_become_accepted_records_and_only_broken_ones_stay()
    {
        await using Running portal = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0");
        Outcome made = await Command.RunAsync("samples", "generate", folder.At("visits"), "--visits", "--files", "60", "--error-per-mille", "300");
        using JsonDocument answers = JsonDocument.Parse(File.ReadAllText(folder.At("visits/answers.json")));
        HashSet<string> broken = [.. answers.RootElement.EnumerateArray().Select(a => a.GetProperty("MA_LK").GetString()!)];

        Outcome sent = await Command.RunAsync([.. Arguments(portal.Address), folder.At("visits/visits.ndjson"), "--output", "json"]);

        Assert.True(made.Exit == 0, made.ToString());
        Assert.True(sent.Exit == 1, sent.ToString());
        Assert.Equal(60, sent.Json.GetProperty("intake").GetProperty("stored").GetInt32());
        Assert.InRange(broken.Count, 10, 30);
        JsonElement[] records = [.. sent.Json.GetProperty("records").EnumerateArray()];
        Assert.All(records.Where(r => !broken.Contains(r.GetProperty("maLk").GetString()!)), r => Assert.Equal("Accepted", r.GetProperty("state").GetString()));
        Assert.Contains(records, r => r.GetProperty("state").GetString() == "Invalid");
    }

    [Fact]
    public async Task Status_tells_state_transaction_attempts_and_error_of_each_record()
    {
        await using Running portal = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0");
        await SendAsync(portal.Address);

        Outcome outcome = await Command.RunAsync("status", "--data", folder.At("data"), "--output", "json");

        Assert.Equal(0, outcome.Exit);
        Assert.Equal(2, outcome.Json.GetProperty("states").GetProperty("Accepted").GetInt32());
        Assert.Equal(1, outcome.Json.GetProperty("states").GetProperty("Invalid").GetInt32());
        JsonElement[] records = [.. outcome.Json.GetProperty("records").EnumerateArray()];
        Assert.Equal(3, records.Length);
        JsonElement sent = records.Single(r => r.GetProperty("maLk").GetString() == Made.MaLk(1));
        Assert.Equal("Accepted", sent.GetProperty("state").GetString());
        Assert.NotEmpty(sent.GetProperty("maGiaoDich").GetString()!);
        Assert.Equal(1, sent.GetProperty("attempts").GetInt32());
        Assert.Equal(JsonValueKind.Null, sent.GetProperty("lastError").ValueKind);
        JsonElement kept = records.Single(r => r.GetProperty("maLk").GetString() == Made.MaLk(3));
        Assert.Equal("Invalid", kept.GetProperty("state").GetString());
        Assert.Equal(0, kept.GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task All_good_is_0_and_text_ends_with_a_table_of_states()
    {
        await using Running portal = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0", "--account", "99001:99001_BV:mật khẩu thử");

        Outcome outcome = await Command.RunAsync([.. Arguments(portal.Address), folder.At("in/1.xml")]);

        Assert.True(outcome.Exit == 0, outcome.ToString());
        Assert.Contains("Đã ký 1, đã gửi 1.", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("Đã tiếp nhận", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_that_is_away_loses_nothing()
    {
        Outcome away = await Command.RunAsync([.. Arguments(new Uri("http://127.0.0.1:9/")), folder.At("in/1.xml"), "--wait", "0", "--output", "json"]);
        Assert.True(away.Exit == 1, away.ToString());
        Assert.Equal("Signed", away.Json.GetProperty("records")[0].GetProperty("state").GetString());
        Assert.Equal(1, away.Json.GetProperty("waiting").GetInt32());
        Assert.NotEmpty(away.Json.GetProperty("records")[0].GetProperty("lastError").GetString()!);

        await using Running portal = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0");
        Outcome back = await Command.RunAsync([.. Arguments(portal.Address), folder.At("in/1.xml"), "--wait", "60", "--output", "json"]);

        Assert.True(back.Exit == 0, back.ToString());
        Assert.Equal("Accepted", back.Json.GetProperty("records")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_wrong_key_password_sends_nothing()
    {
        string[] arguments = Arguments(new Uri("http://127.0.0.1:9/"));
        arguments[Array.IndexOf(arguments, pfxPassword)] = folder.Write("wrong.txt", "sai");

        Outcome outcome = await Command.RunAsync([.. arguments, folder.At("in/1.xml")]);

        Assert.Equal(1, outcome.Exit);
        Assert.Contains("Mật khẩu của tệp khóa không đúng", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_path_is_3_and_the_others_are_sent()
    {
        await using Running portal = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0");

        Outcome outcome = await Command.RunAsync([.. Arguments(portal.Address), folder.At("none.xml"), folder.At("in/1.xml"), "--output", "json"]);

        Assert.Equal(3, outcome.Exit);
        Assert.Equal(1, outcome.Json.GetProperty("sent").GetInt32());
        Assert.Contains("none.xml", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_says_what_it_applied_and_then_nothing()
    {
        Outcome first = await Command.RunAsync("migrate", "--data", folder.At("m"));
        Outcome second = await Command.RunAsync("migrate", "--data", folder.At("m"));

        Assert.Equal(0, first.Exit);
        Assert.Contains("đã áp dụng 0001", first.Out, StringComparison.Ordinal);
        Assert.Equal(0, second.Exit);
        Assert.Contains("đã đúng phiên bản", second.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deadlines_are_told_and_incidents_written_down_over_a_data_folder()
    {
        await using Running portal = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0");
        await SendAsync(portal.Address);
        string data = folder.At("data");

        Outcome json = await Command.RunAsync("deadlines", "--data", data, "--output", "json");
        Outcome csv = await Command.RunAsync("deadlines", "--data", data, "--output", "csv");
        Outcome text = await Command.RunAsync("deadlines", "--data", data, "--facility", "99001");

        // The blocked record is left; the two accepted ones were measured.
        Assert.Equal(1, json.Json.GetProperty("records").GetArrayLength());
        Assert.Equal(2, json.Json.GetProperty("timeliness")[0].GetProperty("records").GetInt32());
        Assert.Equal(2, csv.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("Cơ sở,MA_LK,Khoa,", csv.Out, StringComparison.Ordinal);
        Assert.Contains("chờ người xử lý 1", text.Out, StringComparison.Ordinal);
        Assert.Equal(2, (await Command.RunAsync("deadlines", "--data", data, "--output", "xml")).Exit);
        Assert.Equal(2, (await Command.RunAsync("deadlines", "--data", data, "--facility", "12345")).Exit);

        Outcome opened = await Command.RunAsync(
            "incidents", "open", "--data", data, "--facility", "99001", "--kind", "power", "--from", "2026-07-01T08:00", "--to", "2026-07-01T09:00", "--text", "Mất điện", "--output", "json");
        Assert.True(opened.Exit == 0, opened.ToString());
        Assert.Equal("Closed", opened.Json.GetProperty("incidents")[0].GetProperty("state").GetString());
        Outcome going = await Command.RunAsync("incidents", "open", "--data", data, "--facility", "99001", "--kind", "network", "--text", "Đứt cáp", "--output", "json");
        string id = going.Json.GetProperty("incidents")[0].GetProperty("id").GetString()!;
        Outcome closed = await Command.RunAsync("incidents", "close", id, "--data", data, "--send-now", "--output", "json");
        Outcome listed = await Command.RunAsync("incidents", "list", "--data", data);

        Assert.True(closed.Exit == 0, closed.ToString());
        Assert.Equal("Closed", closed.Json.GetProperty("incidents")[0].GetProperty("state").GetString());
        Assert.Contains("Mất điện", listed.Out, StringComparison.Ordinal);
        Assert.Equal(2, (await Command.RunAsync("incidents", "close", id, "--data", data)).Exit);
        Assert.Equal(2, (await Command.RunAsync("incidents", "open", "--data", data, "--facility", "99001", "--kind", "flood", "--text", "x")).Exit);
    }

    private Task<Outcome> SendAsync(Uri portal) => Command.RunAsync([.. Arguments(portal), folder.At("in"), "--output", "json"]);

    private string[] Arguments(Uri portal) =>
    [
        "send", "--data", folder.At("data"), "--portal", portal.ToString(), "--facility", "99001", "--account", "99001_BV",
        "--password-file", password, "--pfx", pfx, "--pfx-password-file", pfxPassword,
    ];
}
