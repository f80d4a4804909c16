using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;

namespace LienThong.Gateway.Storage;

/// <summary>PostgreSQL: several writers, row locks, statements prepared after their second use.</summary>
public sealed class PostgresDialect : Dialect
{
    // Any number that nothing else in this database locks on.
    private const long MigrationLock = 7_030_417_202;
    private readonly NpgsqlDataSource source;
    private readonly ConcurrentDictionary<string, RowStatement?> forRows = new(StringComparer.Ordinal);

    /// <summary>Connects with a connection string as Npgsql reads it.</summary>
    public PostgresDialect(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder = new(connectionString)
        {
            // As many as there are statements on the way of a record: one that falls out is planned anew at every use.
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            // No session keeps anything beyond its transaction: no settings, no session locks, no temporary tables.
            NoResetOnClose = true,
        };
        // Plans are kept: one made while a table was small, for disks whose heads have to move, would read the whole table for a long time after.
        source = new NpgsqlDataSourceBuilder(builder.ConnectionString)
            .UsePhysicalConnectionInitializer(static c => Settings(c).ExecuteNonQuery(), static c => Settings(c).ExecuteNonQueryAsync())
            .Build();
    }

    /// <summary>Where connections come from, for a library that opens its own.</summary>
    internal DbDataSource Source => source;

    /// <inheritdoc/>
    public override string Name => "PostgreSQL";

    /// <inheritdoc/>
    public override string VersionQuery => "SHOW server_version";

    /// <inheritdoc/>
    public override bool SingleWriter => false;

    /// <inheritdoc/>
    public override string ForUpdate => "FOR UPDATE";

    /// <inheritdoc/>
    public override string LockRow => "FOR NO KEY UPDATE";

    /// <inheritdoc/>
    public override string SkipLocked => "FOR UPDATE OF w, r SKIP LOCKED";

    private protected override string Fill(string sql)
    {
        sql = sql.Replace("$IDENTITY$", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", StringComparison.Ordinal)
            .Replace("$BYTES$", "BYTEA", StringComparison.Ordinal)
            .Replace("$MONEY$", "NUMERIC(18,3)", StringComparison.Ordinal)
            .Replace("$CLUSTERED$", "", StringComparison.Ordinal)
            .Replace("{lock}", ForUpdate, StringComparison.Ordinal)
            .Replace("{lock-row}", LockRow, StringComparison.Ordinal)
            .Replace("{skip-locked}", SkipLocked, StringComparison.Ordinal);
        sql = Expand(sql, "{skip-locked:", table => $"FOR UPDATE OF {table} SKIP LOCKED");
        sql = Expand(sql, "{in:", body => body.Split(':') is [var column, var name] ? $"{column} = ANY(CAST({name} AS TEXT[]))" : throw new FormatException(body));
        sql = Expand(sql, "{in-numbers:", body => body.Split(':') is [var column, var name] ? $"{column} = ANY(CAST({name} AS BIGINT[]))" : throw new FormatException(body));
        // Rows as texts, because the planner knows how many elements a plain array has: it would take any other shape for a thousand rows.
        sql = Expand(sql, "{number-rows:", body => body.Split(':') is [var name, var columns]
            ? $"(SELECT {string.Join(", ", columns.Split(',').Select((c, i) => $"CAST(split_part(n, ',', {i + 1}) AS BIGINT) AS {c}"))} FROM unnest(CAST({name} AS TEXT[])) n)"
            : throw new FormatException(body));
        sql = Expand(sql, "{money-in:", name => $"(CAST({name} AS NUMERIC) / 1000)");
        sql = Expand(sql, "{postgres:", body => body);
        return Expand(sql, "{money-out:", column => $"CAST({column} * 1000 AS BIGINT)");
    }

    /// <inheritdoc/>
    public override object List(IEnumerable<string> values) => values.ToArray();

    /// <inheritdoc/>
    public override object Numbers(IEnumerable<long> values) => values.ToArray();

    /// <inheritdoc/>
    public override object NumberRows(IReadOnlyList<long[]> rows) => rows.Select(static r => string.Join(',', r)).ToArray();

    /// <inheritdoc/>
    public override async Task LockHistoryAsync(DbConnection connection, DbTransaction transaction, string facility, CancellationToken ct)
    {
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT pg_advisory_xact_lock({Validation.HistoryKey.OfSerial(facility, "").Hash})";
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken ct) => await source.OpenConnectionAsync(ct);

    /// <inheritdoc/>
    public override async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken ct) =>
        await connection.BeginTransactionAsync(ct);

    /// <inheritdoc/>
    public override async Task LockForMigrationAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT pg_advisory_xact_lock({MigrationLock})";
        await command.ExecuteNonQueryAsync(ct);
    }

    internal override WriteQueue Queue(DbConnection connection, DbTransaction transaction) =>
        new PostgresQueue(this, (NpgsqlConnection)connection, (NpgsqlTransaction)transaction);

    /// <inheritdoc/>
    public override async Task<int> ExecuteManyAsync(
        DbConnection connection, DbTransaction transaction, string sql, string[] names, IReadOnlyList<object?[]> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
            return 0;
        await using NpgsqlBatch batch = new((NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
        foreach (NpgsqlBatchCommand command in Commands(sql, names, rows, out _))
            batch.BatchCommands.Add(command);
        return await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What runs a statement for many rows: one command for all of them where its shape allows that, otherwise one for each.</summary>
    internal IReadOnlyList<NpgsqlBatchCommand> Commands(string sql, string[] names, IReadOnlyList<object?[]> rows, out bool together)
    {
        string text = Translate(sql);
        RowStatement? statement = forRows.GetOrAdd(text, static (t, n) => RowStatement.Of(t, n), names);
        together = statement is not null;
        return statement is not null ? [statement.For(rows)] : [.. rows.Select(row => One(text, names, row))];
    }

    private static NpgsqlBatchCommand One(string text, string[] names, object?[] row)
    {
        NpgsqlBatchCommand command = new(text);
        for (int i = 0; i < names.Length; i++)
            command.Parameters.Add(new NpgsqlParameter("@" + names[i], row[i] ?? DBNull.Value));
        return command;
    }

    private static NpgsqlCommand Settings(NpgsqlConnection connection) => new("SET random_page_cost = 1.1", connection);

    /// <inheritdoc/>
    public override void ReleasePool() => source.Dispose();
}
