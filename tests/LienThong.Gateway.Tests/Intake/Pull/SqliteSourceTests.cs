using LienThong.Gateway.Intake.Pull;
using LienThong.Gateway.Storage.Sources;
using Microsoft.Data.Sqlite;

namespace LienThong.Gateway.Tests.Intake.Pull;

public sealed class SqliteSourceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-test-").FullName;

    [Fact]
    public async Task The_session_itself_refuses_to_write()
    {
        await using AdoView view = (AdoView)await Source(Hospital.Sqlite(folder, 3)).OpenAsync(default);
        SqliteConnection session = (SqliteConnection)view.Connection;

        foreach (string sql in (string[])["DELETE FROM thuoc", "CREATE TABLE x (a)", "PRAGMA user_version = 7"])
        {
            await using SqliteCommand command = session.CreateCommand();
            command.Transaction = (SqliteTransaction?)view.Transaction;
            command.CommandText = sql;
            Assert.Equal(8, Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).SqliteErrorCode);
        }
    }

    [Fact]
    public async Task A_writer_isn_t_held_up_by_a_batch_that_is_being_read()
    {
        string his = Hospital.Sqlite(folder, 3);
        await using IPullView view = await Source(his).OpenAsync(default);
        await view.QueryAsync(Request("SELECT * FROM thuoc"), default);

        Hospital.RunSqlite(his, "PRAGMA busy_timeout = 0; UPDATE thuoc SET DON_GIA = 2; CREATE TABLE moi (a)");

        PulledTable table = await view.QueryAsync(Request("SELECT DON_GIA FROM thuoc"), default);
        Assert.True(table.Read());
        Assert.Equal("1500.5", table[0]);
    }

    [Fact]
    public async Task Without_a_write_ahead_log_nothing_is_held_between_two_queries()
    {
        string his = Hospital.Sqlite(folder, 3, wal: false);
        await using IPullView view = await Source(his).OpenAsync(default);
        await view.QueryAsync(Request("SELECT * FROM thuoc"), default);

        Hospital.RunSqlite(his, "PRAGMA busy_timeout = 0; UPDATE thuoc SET DON_GIA = 2; ALTER TABLE thuoc ADD COLUMN moi");
    }

    [Fact]
    public async Task A_query_over_its_time_is_ended()
    {
        PullPlan plan = PullPlanLoad.Read(Hospital.SqliteYaml(Hospital.Sqlite(folder, 3))).Plan! with { Timeout = TimeSpan.FromSeconds(1) };
        await using IPullView view = await PullSourceFactory.Create(plan).OpenAsync(default);

        PullException over = await Assert.ThrowsAsync<PullException>(() => view.QueryAsync(
            Request("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS x FROM n"), default));

        Assert.Contains("quá 1 giây", over.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static IPullSource Source(string path) => PullSourceFactory.Create(PullPlanLoad.Read(Hospital.SqliteYaml(path)).Plan!);

    private static PullRequest Request(string sql) => new("q", SqlText.Read(sql), new Dictionary<string, PullArgument>());
}
