using System.Data;
using System.Data.Common;
using System.Diagnostics;
using LienThong.Extracts;
using LienThong.Gateway.Intake.Pull;
using Npgsql;

namespace LienThong.Gateway.Storage.Sources;

/// <summary>
/// PostgreSQL. The session can't write; a batch reads one snapshot (REPEATABLE READ, READ ONLY), which takes no lock an INSERT, UPDATE or DELETE would wait for.
/// Only changes to the tables themselves (ALTER TABLE, VACUUM FULL) would wait: a second connection asks for them once a second and ends the query when there is one.
/// </summary>
internal sealed class PostgresSource(PullPlan plan, PullSecrets secrets, ExtractLimits limits) : AdoSource(plan, secrets, limits)
{
    /// <summary>How often it is asked whether somebody waits; a batch shorter than this is never asked about.</summary>
    internal static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(1);

    private const string Waiting = """
        SELECT EXISTS (SELECT 1 FROM pg_locks w JOIN pg_locks h ON h.locktype = w.locktype AND h.database IS NOT DISTINCT FROM w.database
          AND h.relation IS NOT DISTINCT FROM w.relation AND h.page IS NOT DISTINCT FROM w.page AND h.tuple IS NOT DISTINCT FROM w.tuple
          AND h.virtualxid IS NOT DISTINCT FROM w.virtualxid AND h.transactionid IS NOT DISTINCT FROM w.transactionid
        WHERE NOT w.granted AND h.granted AND h.pid = @pid AND w.pid <> @pid)
        """;

    private string connectionString = "";
    private long looked;

    protected override DbConnection Create(string text)
    {
        NpgsqlConnectionStringBuilder builder = new(text)
        {
            ApplicationName = "lienthong-pull",
            MaxPoolSize = 2,
            MinPoolSize = 0,
            Timeout = 15,
            CommandTimeout = 0,
            ConnectionIdleLifetime = 60,
            IncludeErrorDetail = false,
            Options = "-c default_transaction_read_only=on -c idle_in_transaction_session_timeout=60s",
            Timezone = "Asia/Ho_Chi_Minh",
        };
        connectionString = builder.ToString();
        return new NpgsqlConnection(connectionString);
    }

    protected override async Task<DbTransaction?> BeginAsync(DbConnection connection, CancellationToken ct)
    {
        DbTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        // The server's own limit is the net under ours: it holds when this process is gone.
        await SayAsync(connection, transaction, $"SET TRANSACTION READ ONLY; SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '{(long)Plan.Timeout.TotalMilliseconds + 3000}ms'", ct);
        looked = Stopwatch.GetTimestamp();
        return transaction;
    }

    public override AdoWatch Watch(DbConnection connection, DbCommand command, CancellationToken ct)
    {
        int pid = ((NpgsqlConnection)connection).ProcessID;
        TimeSpan seen = Stopwatch.GetElapsedTime(looked);
        return new AdoWatch(Plan.Timeout, command.Cancel, token => IsWaitedForAsync(pid, token), seen < Courtesy ? Courtesy - seen : TimeSpan.Zero, Courtesy, ct);
    }

    public override async ValueTask DisposeAsync()
    {
        if (connectionString.Length > 0) NpgsqlConnection.ClearPool(new NpgsqlConnection(connectionString));
        await base.DisposeAsync();
    }

    private async Task<bool> IsWaitedForAsync(int pid, CancellationToken ct)
    {
        await using NpgsqlConnection second = new(connectionString);
        await second.OpenAsync(ct);
        await using NpgsqlCommand ask = new(Waiting, second);
        ask.CommandTimeout = 5;
        ask.Parameters.AddWithValue("pid", pid);
        bool waits = await ask.ExecuteScalarAsync(ct) is true;
        looked = Stopwatch.GetTimestamp();
        return waits;
    }
}
