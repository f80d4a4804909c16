using System.Data;
using System.Data.Common;
using LienThong.Extracts;
using LienThong.Gateway.Intake.Pull;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LienThong.Gateway.Storage.Sources;

/// <summary>
/// A SQLite file, opened read-only. In WAL mode a reader never holds a writer up. In the older journal modes a writer waits for the query that is
/// running, so there each query is a transaction of its own.
/// </summary>
internal sealed class SqliteSource(PullPlan plan, PullSecrets secrets, ExtractLimits limits) : AdoSource(plan, secrets, limits)
{
    protected override DbConnection Create(string text)
    {
        SqliteConnectionStringBuilder builder = new(text) { Mode = SqliteOpenMode.ReadOnly, Cache = SqliteCacheMode.Private, Pooling = false, DefaultTimeout = 2 };
        if (!File.Exists(builder.DataSource)) throw new PullException($"Không có tệp SQLite «{builder.DataSource}».", "Kiểm tra Data Source.");
        return new SqliteConnection(builder.ToString());
    }

    protected override async Task<DbTransaction?> BeginAsync(DbConnection connection, CancellationToken ct)
    {
        await SayAsync(connection, null, "PRAGMA query_only = 1; PRAGMA busy_timeout = 2000", ct);
        await using DbCommand mode = connection.CreateCommand();
        mode.CommandText = "PRAGMA journal_mode";
        return await mode.ExecuteScalarAsync(ct) is "wal" ? ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: true) : null;
    }

    // The driver's own cancelling does nothing; the engine's does, from any thread.
    public override AdoWatch Watch(DbConnection connection, DbCommand command, CancellationToken ct) =>
        new(Plan.Timeout, () => raw.sqlite3_interrupt(((SqliteConnection)connection).Handle), ct);
}
