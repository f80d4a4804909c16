using System.Data.Common;
using Npgsql;

namespace LienThong.Gateway.Storage;

/// <summary>PostgreSQL: several writers, row locks, statements prepared after their second use.</summary>
public sealed class PostgresDialect : Dialect
{
    private const int CopyFrom = 500;
    // Any number that nothing else in this database locks on.
    private const long MigrationLock = 7_030_417_202;
    private readonly NpgsqlDataSource source;

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
        source = NpgsqlDataSource.Create(builder);
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

    /// <inheritdoc/>
    public override async Task<int> ExecuteManyAsync(
        DbConnection connection, DbTransaction transaction, string sql, string[] names, IReadOnlyList<object?[]> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
            return 0;
        string text = Translate(sql);
        await using NpgsqlBatch batch = new((NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
        foreach (object?[] row in rows)
        {
            NpgsqlBatchCommand command = new(text);
            for (int i = 0; i < names.Length; i++)
                command.Parameters.Add(new NpgsqlParameter("@" + names[i], row[i] ?? DBNull.Value));
            batch.BatchCommands.Add(command);
        }
        return await batch.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public override Task InsertNewAsync(
        DbConnection connection, DbTransaction transaction, string table, string[] columns, IReadOnlyList<object?[]> rows, CancellationToken ct) =>
        InsertAsync(connection, transaction, table, columns, rows, " ON CONFLICT DO NOTHING", ct);

    /// <inheritdoc/>
    // A COPY is planned anew each time: it pays for many rows only.
    public override Task InsertManyAsync(
        DbConnection connection, DbTransaction transaction, string table, string[] columns, IReadOnlyList<object?[]> rows, CancellationToken ct) => rows.Count < CopyFrom
            ? InsertAsync(connection, transaction, table, columns, rows, "", ct)
            : CopyAsync(connection, table, columns, rows, ct);

    // One array per column: one statement to bind and plan, however many rows. A column that is empty in all of them isn't named, for an array of nothing has no type.
    private static async Task InsertAsync(
        DbConnection connection, DbTransaction transaction, string table, string[] columns, IReadOnlyList<object?[]> rows, string conflict, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        await using NpgsqlCommand command = ((NpgsqlConnection)connection).CreateCommand();
        command.Transaction = (NpgsqlTransaction)transaction;
        List<string> named = [];
        for (int i = 0; i < columns.Length; i++)
        {
            if (Column(rows, i) is not { } values)
                continue;
            named.Add(columns[i]);
            command.Parameters.Add(new NpgsqlParameter { Value = values });
        }
        string places = string.Join(", ", named.Select((_, i) => $"${i + 1}"));
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", named)}) SELECT * FROM unnest({places}){conflict}";
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task CopyAsync(DbConnection connection, string table, string[] columns, IReadOnlyList<object?[]> rows, CancellationToken ct)
    {
        await using NpgsqlBinaryImporter import = await ((NpgsqlConnection)connection).BeginBinaryImportAsync(
            $"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", ct);
        foreach (object?[] row in rows)
        {
            await import.StartRowAsync(ct);
            foreach (object? value in row)
            {
                if (value is null)
                    await import.WriteNullAsync(ct);
                else
                    await import.WriteAsync(value, ct);
            }
        }
        await import.CompleteAsync(ct);
    }

    private static Array? Column(IReadOnlyList<object?[]> rows, int column)
    {
        bool gaps = false;
        Type? type = null;
        foreach (object?[] row in rows)
        {
            type ??= row[column]?.GetType();
            gaps |= row[column] is null;
        }
        if (type is null)
            return null;
        Array values = Array.CreateInstance(gaps && type.IsValueType ? typeof(Nullable<>).MakeGenericType(type) : type, rows.Count);
        for (int i = 0; i < rows.Count; i++)
            values.SetValue(rows[i][column], i);
        return values;
    }

    /// <inheritdoc/>
    public override void ReleasePool() => source.Dispose();
}
