using LienThong.Extracts;
using LienThong.Gateway.Intake.Pull;
using Npgsql;

namespace LienThong.Gateway.Tests.Intake.Pull;

/// <summary>The bridge to the site's own client: psql and sqlite3 stand in for sqlcmd, sqlplus and mysql; scripts for all that can go wrong.</summary>
public sealed class CommandSourceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-test-").FullName;

    [Theory]
    [InlineData("")]
    [InlineData(", \"-c\", \"{query}\"")]
    [InlineData(", \"-f\", \"{file}\"")]
    public async Task The_sample_hospital_comes_through_psql_as_it_does_through_the_driver(string how)
    {
        string connection = Hospital.Postgres();
        NpgsqlConnectionStringBuilder parts = new(connection);
        string command = $"""
              command:
                program: /usr/bin/psql
                arguments: ["--csv", "-X", "-q", "-v", "ON_ERROR_STOP=1"{how}]
                dialect: postgres
                environment:
                  PGHOST: "{parts.Host}"
                  PGPORT: "{parts.Port}"
                  PGUSER: "{parts.Username}"
                  PGDATABASE: "{parts.Database}"
                  PGOPTIONS: "-c search_path={parts.SearchPath} -c default_transaction_read_only=on"
            """;
        PullPlanLoad bridge = Hospital.SamplePlan("x", yaml => yaml.Replace("provider: postgres", "provider: command", StringComparison.Ordinal)
            .Replace("  queries:", command + "\n  queries:", StringComparison.Ordinal).Replace("batch: 100", "batch: 300", StringComparison.Ordinal));

        string through = await JsonAsync(bridge), direct = await JsonAsync(Hospital.SamplePlan(connection, yaml => yaml.Replace("batch: 100", "batch: 300", StringComparison.Ordinal)));

        Assert.Equal(direct, through);
    }

    [Fact]
    public async Task A_small_hospital_comes_through_sqlite3()
    {
        string his = Hospital.Sqlite(folder, 25);
        PullPlanLoad load = Bridge("/usr/bin/sqlite3", $"[\"-readonly\", \"-bail\", \"-csv\", \"-header\", \"{his}\"]", dialect: "sqlite");

        List<VisitReading> visits = [];
        await foreach (PullPreviewBatch batch in PullPreview.ReadAsync(load, null, default)) visits.AddRange(batch.Visits);

        Assert.Equal(25, visits.Count);
        Assert.All(visits, v => Assert.True(v.IsUsable));
    }

    [Fact]
    public async Task A_client_without_quoting_is_read_with_its_own_marks()
    {
        // As sqlcmd -s "|" -W prints: a line under the headers, NULL as a word.
        PullException end = await Assert.ThrowsAsync<PullException>(() => FirstAsync(Script("""
            printf 'MA_LK|moc|ghi_chu\n-----|---|-------\nLK1|5|NULL\nLK2|6|a|b\n'
            """, "format: plain\n    separator: \"|\"\n    skip-lines: 1\n    null: \"NULL\"")));

        Assert.Contains("4 ô", end.Message, StringComparison.Ordinal);
        Assert.Contains("dòng 4", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mysql_s_own_escapes_are_read()
    {
        PullCommand command = new() { Program = "x", Dialect = PullDialect.MySql, Format = PullFormat.MySqlBatch, Separator = '\t', Null = "NULL" };
        await using MemoryStream output = new("a\tb\tc\n1\tx\\ny\\tz\\\\\tNULL\n"u8.ToArray());

        using PulledTable table = PlainRows.Read("q", output, command, ExtractLimits.Default, 10);

        Assert.True(table.Read());
        Assert.Equal(["1", "x\ny\tz\\", ""], Enumerable.Range(0, 3).Select(i => table[i]));
    }

    [Theory]
    [InlineData("echo 'Login failed for user, mật khẩu s3cret!' >&2; exit 3", "mã 3", "Login failed")]
    [InlineData("exit 0", "không in ra bảng", "")]
    [InlineData("echo rác; echo 'lung tung'", "không có cột «MA_LK»", "")]
    [InlineData("head -c 3000000 /dev/zero | tr '\\0' 'x'", "không in ra bảng", "")]
    [InlineData("sleep 60 & sleep 60", "quá 1 giây", "")]
    public async Task What_goes_wrong_is_told_and_nothing_is_left_running(string script, string told, string said)
    {
        PullException failed = await Assert.ThrowsAsync<PullException>(() => FirstAsync(Script(script)));

        Assert.Contains(told, failed.Message, StringComparison.Ordinal);
        Assert.Contains(said, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret!", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_hangs_is_ended_with_its_children()
    {
        string pids = Path.Combine(folder, "pids");
        await Assert.ThrowsAsync<PullException>(() => FirstAsync(Script($"echo $$ > {pids}; sleep 61 & echo $! >> {pids}; wait")));

        foreach (string pid in await File.ReadAllLinesAsync(pids))
        {
            for (int i = 0; i < 100 && IsAlive(pid); i++) await Task.Delay(50);
            Assert.False(IsAlive(pid), pid);
        }
    }

    [Fact]
    public async Task The_client_sees_no_variable_of_ours_but_those_it_is_given()
    {
        Environment.SetEnvironmentVariable("LIENTHONG_OWN_SECRET", "của mình");
        string seen = Path.Combine(folder, "env");
        await Assert.ThrowsAsync<PullException>(() => FirstAsync(Script($"env > {seen}; cat > {folder}/input")));

        string variables = await File.ReadAllTextAsync(seen);
        Assert.Contains("HIS_PW=s3cret!", variables, StringComparison.Ordinal);
        Assert.DoesNotContain("LIENTHONG_OWN_SECRET", variables, StringComparison.Ordinal);
        Assert.EndsWith("LIMIT 10;\n", await File.ReadAllTextAsync(Path.Combine(folder, "input")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_isn_t_there_is_told() =>
        Assert.Contains("Không chạy được", (await Assert.ThrowsAsync<PullException>(() => FirstAsync(Bridge("/khong/co/sqlcmd", "[]")))).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // The process may be a zombie of a container without init: dead, but listed.
    private static bool IsAlive(string pid) => File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal);

    private PullPlanLoad Script(string script, string more = "format: csv")
    {
        string file = Path.Combine(folder, $"{Guid.NewGuid():N}.sh");
        File.WriteAllText(file, script + "\n");
        Environment.SetEnvironmentVariable("PULL_TEST_PW", "s3cret!");
        return Bridge("/bin/sh", $"[\"{file}\"]", seconds: script.Contains("sleep", StringComparison.Ordinal) ? 1 : 30, more: $"{more}\n    environment:\n      HIS_PW: \"${{PULL_TEST_PW}}\"");
    }

    private static PullPlanLoad Bridge(string program, string arguments, string dialect = "sqlite", int seconds = 30, string more = "format: csv")
    {
        PullPlanLoad load = PullPlanLoad.Read(Hospital.SqliteYaml("x").Replace("provider: sqlite", "provider: command", StringComparison.Ordinal)
            .Replace("  connection: \"Data Source=x\"", $"  timeout: {seconds}s\n  command:\n    program: {program}\n    arguments: {arguments}\n    dialect: {dialect}\n    {more}", StringComparison.Ordinal));
        Assert.Empty(load.Errors);
        return load;
    }

    private static async Task FirstAsync(PullPlanLoad load)
    {
        await foreach (PullPreviewBatch _ in PullPreview.ReadAsync(load, null, default)) return;
    }

    private static async Task<string> JsonAsync(PullPlanLoad load)
    {
        await using MemoryStream json = new();
        await foreach (PullPreviewBatch batch in PullPreview.ReadAsync(load, null, default))
        {
            foreach (VisitReading reading in batch.Visits)
            {
                Assert.True(reading.IsUsable, reading.Problems.Count > 0 ? reading.Problems[0].ToString() : "");
                VisitJsonWriter.Write(json, reading.Visit!);
            }
        }

        return System.Text.Encoding.UTF8.GetString(json.ToArray());
    }
}
