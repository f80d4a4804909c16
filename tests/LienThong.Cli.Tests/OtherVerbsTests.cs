using System.Text.Json;
using LienThong.Cli.Tests.Support;

namespace LienThong.Cli.Tests;

/// <summary><c>inspect</c>, <c>rules list</c>, <c>samples generate</c>, <c>serve</c>, <c>demo</c>.</summary>
public sealed class OtherVerbsTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Inspect_tells_envelope_tables_and_rows()
    {
        string file = folder.Write("a.xml", Made.Good());

        Outcome outcome = await Command.RunAsync("inspect", file, "--output", "json");

        Assert.Equal(0, outcome.Exit);
        JsonElement json = outcome.Json;
        Assert.Equal("package", json.GetProperty("kind").GetString());
        Assert.Equal("99001", json.GetProperty("facility").GetString());
        Assert.Equal(1, json.GetProperty("declared").GetInt32());
        Assert.Equal(1, json.GetProperty("found").GetInt32());
        Assert.False(json.GetProperty("signature").GetBoolean());
        Assert.Equal(new FileInfo(file).Length, json.GetProperty("bytes").GetInt64());
        JsonElement record = json.GetProperty("records")[0];
        Assert.Equal("QD1931", record.GetProperty("release").GetString());
        JsonElement services = record.GetProperty("tables").EnumerateArray().Single(t => t.GetProperty("table").GetString() == "XML3");
        Assert.Equal(Made.Factory.Create(LienThong.Samples.SampleKind.Outpatient, 0).Rows(LienThong.Standard.TableId.Xml3).Count, services.GetProperty("rows").GetInt32());
        Assert.True(services.GetProperty("bytes").GetInt64() > 100);
    }

    [Fact]
    public async Task Inspect_of_a_broken_file_tells_what_it_could_read_and_is_1()
    {
        Outcome outcome = await Command.RunAsync("inspect", folder.Write("c.xml", Made.MiddleBroken()));

        Assert.Equal(1, outcome.Exit);
        Assert.Contains("Tìm thấy 3 hồ sơ", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("PKG-XML-001", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(3, (await Command.RunAsync("inspect", folder.At("none.xml"))).Exit);
    }

    [Fact]
    public async Task Rules_are_listed_with_message_and_legal_basis()
    {
        Outcome all = await Command.RunAsync("rules", "list", "--output", "json");
        Outcome xml3 = await Command.RunAsync("rules", "list", "--table", "XML3", "--as-of", "2026-08-01", "--output", "json");

        JsonElement[] rules = [.. all.Json.GetProperty("rules").EnumerateArray()];
        Assert.True(rules.Length >= 120, $"{rules.Length}");
        Assert.All(rules, r => Assert.NotEmpty(r.GetProperty("message").GetString()!));
        Assert.All(xml3.Json.GetProperty("rules").EnumerateArray(), r => Assert.Equal("XML3", r.GetProperty("table").GetString()));
    }

    [Fact]
    public async Task Schemas_are_those_of_the_documentation()
    {
        Outcome outcome = await Command.RunAsync("schema", "--release", "QD3176", "--out", folder.At("xsd"));

        Assert.Equal(0, outcome.Exit);
        Assert.Equal([folder.At("xsd/QD3176")], Directory.GetDirectories(folder.At("xsd")));
        Assert.Equal(17, Directory.GetFiles(folder.At("xsd/QD3176")).Length);
        Assert.Contains("17 lược đồ theo 3176/QĐ-BYT", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(2, (await Command.RunAsync("schema", "--release", "QD9999")).Exit);
    }

    [Fact]
    public async Task Samples_are_the_same_for_the_same_seed_and_judged_as_their_answers_say()
    {
        string[] common = ["--files", "6", "--records-per-file", "2", "--error-per-mille", "500"];
        Assert.Equal(0, (await Command.RunAsync(["samples", "generate", folder.At("x"), .. common])).Exit);
        Assert.Equal(0, (await Command.RunAsync(["samples", "generate", folder.At("y"), .. common])).Exit);

        foreach (string file in Directory.GetFiles(folder.At("x")))
            Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(Path.Combine(folder.At("y"), Path.GetFileName(file))));
        JsonElement answers = JsonDocument.Parse(await File.ReadAllBytesAsync(folder.At("x/answers.json"))).RootElement;
        Outcome outcome = await Command.RunAsync("validate", folder.At("x"), "--as-of", Made.AsOf, "--output", "json");
        Assert.NotEqual(0, answers.GetArrayLength());
        foreach (JsonElement answer in answers.EnumerateArray())
        {
            JsonElement file = outcome.Json.GetProperty("files").EnumerateArray().Single(f => f.GetProperty("file").GetString()!.EndsWith(answer.GetProperty("file").GetString()!, StringComparison.Ordinal));
            JsonElement record = file.GetProperty("records")[answer.GetProperty("hoso").GetInt32()];
            Assert.Contains(record.GetProperty("findings").EnumerateArray(), f => f.GetProperty("code").GetString() == answer.GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Serve_answers_tells_the_first_login_once_and_stops_when_asked()
    {
        string data = folder.At("data");
        await using (Running server = await Running.StartAsync([], "serve", "--data", data, "--urls", "http://127.0.0.1:0"))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            Assert.True((await http.GetAsync("/health")).IsSuccessStatusCode);
            Assert.Contains(server.Lines, l => l.Contains("admin / ", StringComparison.Ordinal));
            Assert.Equal(0, await server.StopAsync());
        }

        await using Running again = await Running.StartAsync([("LIENTHONG_DATA", data), ("LIENTHONG_URLS", "http://127.0.0.1:0")], "serve");
        Assert.DoesNotContain(again.Lines, l => l.Contains("admin / ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chosen_admin_password_is_not_printed_and_a_short_one_refused()
    {
        Outcome refused = await Command.RunAsync([("LIENTHONG_ADMIN_PASSWORD", "ngắn")], "serve", "--data", folder.At("d1"), "--urls", "http://127.0.0.1:0");
        Assert.Equal(2, refused.Exit);

        await using Running server = await Running.StartAsync([("LIENTHONG_ADMIN_PASSWORD", "một mật khẩu dài")], "serve", "--data", folder.At("d2"), "--urls", "http://127.0.0.1:0");
        Assert.DoesNotContain(server.Lines, l => l.Contains("một mật khẩu dài", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Demo_goes_the_whole_way_in_time_and_leaves_nothing_behind()
    {
        string temp = folder.At("tmp");
        Directory.CreateDirectory(temp);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Outcome outcome = await Command.RunAsync([("TMPDIR", temp)], "demo", "--once");
        Assert.Contains("Nhập danh mục mẫu", outcome.Out, StringComparison.Ordinal);

        Assert.True(outcome.Exit == 0, outcome.ToString());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
        Assert.Matches("Đã tiếp nhận +[0-9]{3}", outcome.Out);
        Assert.Matches("Có lỗi chặn +[0-9]+", outcome.Out);
        Assert.Empty(Directory.GetFileSystemEntries(temp, "lienthong-*"));
    }

    [Fact]
    public async Task Demo_stays_with_address_and_login_until_it_is_stopped()
    {
        await using Running demo = await Running.StartAsync([], "demo", "--urls", "http://127.0.0.1:0");

        using var http = new HttpClient { BaseAddress = demo.Address };
        Assert.True((await http.GetAsync("/health")).IsSuccessStatusCode);
        Assert.Contains(demo.Lines, l => l.Contains("admin / ", StringComparison.Ordinal));
        Assert.Equal(0, await demo.StopAsync());
    }
}
