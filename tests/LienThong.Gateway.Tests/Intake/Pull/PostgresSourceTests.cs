using System.Diagnostics;
using LienThong.Extracts;
using LienThong.Gateway.Intake.Pull;
using LienThong.Gateway.Storage.Sources;
using Npgsql;

namespace LienThong.Gateway.Tests.Intake.Pull;

public sealed class PostgresSourceTests
{
    [Fact]
    public async Task The_sample_hospital_is_read_whole_with_ties_moments_and_amounts()
    {
        List<PullPreviewBatch> batches = [];
        await foreach (PullPreviewBatch batch in PullPreview.ReadAsync(Hospital.SamplePlan(Hospital.Postgres()), null, default)) batches.Add(batch);

        List<VisitReading> visits = [.. batches.SelectMany(b => b.Visits)];
        Assert.Equal(300, visits.Select(v => v.Visit!.Key).Distinct().Count());
        Assert.All(visits, v => Assert.True(v.IsUsable, v.Problems.Count > 0 ? v.Problems[0].ToString() : ""));
        Assert.Equal([100, 100, 100], batches.Take(3).Select(b => b.Visits.Count));
        Assert.Equal("2026-07-31 16:00:00.123456", batches[^1].Watermark);
        Assert.All(batches, b => Assert.Empty(b.Notes));
        Visit visit = visits.Single(v => v.Visit!.Key == "HIS000012").Visit!;
        Assert.Equal(("202607020804", "1500.5", "K01"), (visit[VisitFields.Visit.NGAY_VAO], visit[VisitFields.Drugs.DON_GIA], visit[VisitFields.Exams.MA_KHOA]));
        Assert.Equal(("main", "secondary"), (visit[SectionId.Diagnoses][0][VisitFields.Diagnoses.Role], visit[SectionId.Diagnoses][1][VisitFields.Diagnoses.Role]));
    }

    [Fact]
    public async Task The_session_itself_refuses_to_write()
    {
        string connection = Hospital.Postgres();
        Hospital.Run(connection, "CREATE FUNCTION ghi() RETURNS int LANGUAGE sql AS 'UPDATE luot_kham SET ly_do = ''x'' RETURNING 1'; CREATE SEQUENCE dem");
        PullPlan plan = Hospital.SamplePlan(connection).Plan!;
        await using IPullSource source = PullSourceFactory.Create(plan);

        foreach (string sql in (string[])["SELECT ghi() AS ma_lk", "SELECT nextval('dem') AS ma_lk"])
        {
            await using IPullView view = await source.OpenAsync(default);
            PullException refused = await Assert.ThrowsAsync<PullException>(() => view.QueryAsync(new PullRequest("q", SqlText.Read(sql), new Dictionary<string, PullArgument>()), default));
            Assert.Contains("read-only", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Statements_that_write_are_refused_by_the_session_even_if_the_check_let_them_through()
    {
        string connection = Hospital.Postgres();
        await using AdoView view = (AdoView)await PullSourceFactory.Create(Hospital.SamplePlan(connection).Plan!).OpenAsync(default);
        NpgsqlConnection session = view.Connection as NpgsqlConnection ?? throw new InvalidOperationException();

        foreach (string sql in (string[])["INSERT INTO benh_nhan VALUES ('x', 'x', '2000-01-01', 1)", "WITH d AS (DELETE FROM thuoc RETURNING 1) SELECT * FROM d", "SELECT * FROM luot_kham FOR UPDATE"])
        {
            await using NpgsqlCommand savepoint = new("SAVEPOINT s", session);
            await savepoint.ExecuteNonQueryAsync();
            await using NpgsqlCommand command = new(sql, session);
            PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
            Assert.Equal("25006", refused.SqlState);
            await using NpgsqlCommand back = new("ROLLBACK TO s", session);
            await back.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task A_writer_is_never_held_up_and_a_change_of_the_table_goes_first()
    {
        string connection = Hospital.Postgres();
        PullPlan plan = Hospital.SamplePlan(connection).Plan!;
        await using IPullSource source = PullSourceFactory.Create(plan);
        await using IPullView view = await source.OpenAsync(default);
        // Twenty rows a second: far longer than the writers are ready to wait.
        SqlText slow = SqlText.Read("SELECT ma_lk, pg_sleep(0.05)::text AS cho FROM luot_kham");
        Task<PulledTable> pull = view.QueryAsync(new PullRequest("cham", slow, new Dictionary<string, PullArgument>()), default);
        await UntilReadingAsync(connection);

        Stopwatch writing = Stopwatch.StartNew();
        Hospital.Run(connection, "SET lock_timeout = '200ms'; UPDATE luot_kham SET ly_do = 'sửa'; INSERT INTO benh_nhan VALUES ('x', 'x', '2000-01-01', 1); DELETE FROM thuoc");
        Assert.False(pull.IsCompleted, $"the pull ended within {writing.Elapsed}");
        Hospital.Run(connection, "SET lock_timeout = '10s'; ALTER TABLE luot_kham ADD COLUMN them INTEGER");

        PullException gave = await Assert.ThrowsAsync<PullException>(() => pull);
        Assert.True(gave.GaveWay, gave.Message);
    }

    [Fact]
    public async Task A_query_over_its_time_is_ended_and_the_others_go_on()
    {
        PullPlan plan = Hospital.SamplePlan(Hospital.Postgres()).Plan! with { Timeout = TimeSpan.FromSeconds(1) };
        await using IPullSource source = PullSourceFactory.Create(plan);

        await using (IPullView view = await source.OpenAsync(default))
        {
            PullException over = await Assert.ThrowsAsync<PullException>(() => view.QueryAsync(
                new PullRequest("cham", SqlText.Read("SELECT pg_sleep(30)::text AS x"), new Dictionary<string, PullArgument>()), default));
            Assert.False(over.GaveWay);
        }

        await using IPullView next = await source.OpenAsync(default);
        Assert.Equal(1, (await next.QueryAsync(new PullRequest("q", SqlText.Read("SELECT 1 AS x"), new Dictionary<string, PullArgument>()), default)).Count);
    }

    [Fact]
    public async Task Moments_with_a_zone_are_told_in_Vietnam_s_time()
    {
        PullPlan plan = Hospital.SamplePlan(Hospital.Postgres()).Plan!;
        await using IPullSource source = PullSourceFactory.Create(plan);
        await using IPullView view = await source.OpenAsync(default);

        PulledTable table = await view.QueryAsync(
            new PullRequest("q", SqlText.Read("SELECT TIMESTAMPTZ '2026-07-03 18:00:00+00' AS a, TIMESTAMP '2026-07-03 18:00' AS b, 0.1::float8 AS c, true AS d, NULL AS e"), new Dictionary<string, PullArgument>()), default);

        Assert.True(table.Read());
        Assert.Equal(["2026-07-04 01:00:00", "2026-07-03 18:00:00", "0.1", "1", ""], Enumerable.Range(0, 5).Select(i => table[i]));
    }

    [Fact]
    public async Task An_error_of_the_driver_shows_no_password()
    {
        Environment.SetEnvironmentVariable("PULL_TEST_SECRET", "kín-như-bưng");
        PullPlan plan = Hospital.SamplePlan("x").Plan! with { Connection = "Host=127.0.0.1;Port=1;Username=u;Password=${PULL_TEST_SECRET};kín=${PULL_TEST_SECRET}" };
        await using IPullSource source = PullSourceFactory.Create(plan);

        PullException down = await Assert.ThrowsAsync<PullException>(() => source.OpenAsync(default));

        Assert.DoesNotContain("kín-như-bưng", down.ToString(), StringComparison.Ordinal);
    }

    private static async Task UntilReadingAsync(string connection)
    {
        await using NpgsqlConnection look = new(connection);
        await look.OpenAsync();
        await using NpgsqlCommand ask = new("SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE c.relname = 'luot_kham' AND c.relnamespace = current_schema()::regnamespace AND l.granted", look);
        for (int i = 0; i < 500; i++)
        {
            if (await ask.ExecuteScalarAsync() is > 0L) return;
            await Task.Delay(20);
        }

        throw new TimeoutException("The pull doesn't begin.");
    }
}
