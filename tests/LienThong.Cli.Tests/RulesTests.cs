using System.Text.Json;
using LienThong.Cli.Tests.Support;

namespace LienThong.Cli.Tests;

/// <summary><c>rules list|explain|test|exceptions</c>.</summary>
public sealed class RulesTests : IDisposable
{
    private const string Rules = """
        rules:
          - code: TUY-KHAM-01
            table: XML1
            field: MA_LOAI_KCB
            severity: warn
            require: MA_LOAI_KCB != "01"
            message: "Loại hình {value}."
        """;

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task List_keeps_what_every_filter_asks_for()
    {
        Outcome narrow = await Command.RunAsync("rules", "list", "--severity", "block", "--layer", "3", "--text", "t_bhtt", "--output", "json");
        Outcome audit = await Command.RunAsync("rules", "list", "--audit-group", "g", "--output", "json");
        Outcome wrong = await Command.RunAsync("rules", "list", "--audit-group", "zz");

        JsonElement[] found = [.. narrow.Json.GetProperty("rules").EnumerateArray()];
        Assert.Contains(found, r => r.GetProperty("code").GetString() == "X1-T_BHTT-002");
        Assert.All(found, r => Assert.Equal(("block", 3), (r.GetProperty("severity").GetString(), r.GetProperty("layer").GetInt32())));
        Assert.Contains(audit.Json.GetProperty("rules").EnumerateArray(), r => r.GetProperty("code").GetString() == "AUD-G-001");
        Assert.DoesNotContain(audit.Json.GetProperty("rules").EnumerateArray(), r => r.GetProperty("code").GetString() == "X1-T_BHTT-002");
        Assert.Equal(2, wrong.Exit);
        Assert.Contains("dd", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_tells_reason_remedy_and_basis_and_offers_what_is_near()
    {
        Outcome known = await Command.RunAsync("rules", "explain", "x1-t_bhtt-002");
        Outcome unknown = await Command.RunAsync("rules", "explain", "X1-T_BHTT-999");

        Assert.Equal(0, known.Exit);
        foreach (string part in (string[])["X1-T_BHTT-002", "Vì sao", "Sửa", "Căn cứ"])
            Assert.Contains(part, known.Out, StringComparison.Ordinal);
        Assert.Equal(2, unknown.Exit);
        Assert.Contains("X1-T_BHTT-002", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_counts_what_a_file_finds_and_points_at_its_mistakes()
    {
        string corpus = folder.Write("hs.xml", Made.Good());
        string good = folder.Write("tot.yaml", Rules);
        string bad = folder.Write("hong.yaml", Rules.Replace("MA_LOAI_KCB\n", "MA_LOAI\n", StringComparison.Ordinal));

        Outcome found = await Command.RunAsync("rules", "test", good, "--on", corpus, "--output", "json");
        Outcome mistaken = await Command.RunAsync("rules", "test", bad);

        JsonElement rule = found.Json.GetProperty("rules")[0];
        Assert.Equal((1, 1, 1), (found.Json.GetProperty("records").GetInt32(), rule.GetProperty("findings").GetInt32(), rule.GetProperty("records").GetInt32()));
        Assert.Equal(Made.MaLk(), rule.GetProperty("examples")[0].GetProperty("maLk").GetString());
        Assert.NotEqual(0, mistaken.Exit);
        Assert.Contains("hong.yaml(4,12)", mistaken.Error + mistaken.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exception_is_added_listed_and_ended_and_nobody_approves_their_own()
    {
        string data = folder.At("data");
        Assert.Equal(0, (await Command.RunAsync("migrate", "--data", data)).Exit);
        string to = TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        Outcome added = await Command.RunAsync(
            "rules", "exceptions", "add", "--data", data, "--facility", "99001", "--rule", "CAT-ICD-001", "--action", "warn", "--item", "J00",
            "--reason", "danh mục chưa đủ", "--to", to, "--output", "json");
        Outcome waiting = await Command.RunAsync(
            "rules", "exceptions", "add", "--data", data, "--facility", "99001", "--rule", "X1-MONEY-001", "--action", "warn", "--reason", "chờ HIS", "--to", to, "--output", "json");
        Outcome refused = await Command.RunAsync(
            "rules", "exceptions", "add", "--data", data, "--facility", "99001", "--rule", "X1-MONEY-001", "--action", "silence", "--reason", "chờ HIS", "--to", to);
        string first = added.Json.GetProperty("exceptions")[0].GetProperty("id").GetString()!;
        string second = waiting.Json.GetProperty("exceptions")[0].GetProperty("id").GetString()!;
        Outcome own = await Command.RunAsync("rules", "exceptions", "approve", second, "--data", data);
        Outcome ended = await Command.RunAsync("rules", "exceptions", "end", first, "--data", data, "--reason", "đủ rồi", "--output", "json");
        Outcome list = await Command.RunAsync("rules", "exceptions", "list", "--data", data, "--facility", "99001", "--output", "json");

        Assert.Equal("active", added.Json.GetProperty("exceptions")[0].GetProperty("state").GetString());
        Assert.Equal("proposed", waiting.Json.GetProperty("exceptions")[0].GetProperty("state").GetString());
        Assert.Equal(2, refused.Exit);
        Assert.Contains("cảnh báo", refused.Error, StringComparison.Ordinal);
        Assert.Contains("không được tự duyệt", own.Error, StringComparison.Ordinal);
        Assert.Equal("ended", ended.Json.GetProperty("exceptions")[0].GetProperty("state").GetString());
        Assert.Equal(2, list.Json.GetProperty("exceptions").GetArrayLength());
    }
}
