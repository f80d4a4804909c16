using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace LienThong.Gateway.Storage;

/// <summary>SQLite 3.35 in one file: write-ahead log, every commit on disk before it is reported.</summary>
public sealed class SqliteDialect : Dialect
{
    private readonly string connectionString;
    private readonly ConditionalWeakTable<SQLitePCL.sqlite3, object> configured = [];

    static SqliteDialect() => SQLitePCL.Batteries_V2.Init();

    /// <summary>A database in a file, which is created when missing.</summary>
    public SqliteDialect(string file) =>
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30, Pooling = true }.ToString();

    /// <inheritdoc/>
    public override string Name => "SQLite";

    /// <inheritdoc/>
    public override string VersionQuery => "SELECT sqlite_version()";

    /// <inheritdoc/>
    public override bool SingleWriter => true;

    /// <inheritdoc/>
    public override string ForUpdate => "";

    /// <inheritdoc/>
    public override string LockRow => "";

    /// <inheritdoc/>
    public override string SkipLocked => "";

    private protected override string Fill(string sql)
    {
        sql = sql.Replace("$IDENTITY$", "INTEGER PRIMARY KEY AUTOINCREMENT", StringComparison.Ordinal)
            .Replace("$BYTES$", "BLOB", StringComparison.Ordinal)
            .Replace("$MONEY$", "INTEGER", StringComparison.Ordinal)
            .Replace("$CLUSTERED$", "WITHOUT ROWID", StringComparison.Ordinal)
            .Replace("{lock}", ForUpdate, StringComparison.Ordinal)
            .Replace("{lock-row}", LockRow, StringComparison.Ordinal)
            .Replace("{skip-locked}", SkipLocked, StringComparison.Ordinal);
        sql = Expand(sql, "{skip-locked:", _ => "");
        sql = Expand(sql, "{in:", body => body.Split(':') is [var column, var name] ? $"{column} IN (SELECT value FROM json_each({name}))" : throw new FormatException(body));
        sql = Expand(sql, "{in-numbers:", body => body.Split(':') is [var column, var name] ? $"{column} IN (SELECT value FROM json_each({name}))" : throw new FormatException(body));
        sql = Expand(sql, "{number-rows:", body => body.Split(':') is [var name, var columns]
            ? $"(SELECT {string.Join(", ", columns.Split(',').Select((c, i) => $"json_extract(value, '$[{i}]') AS {c}"))} FROM json_each({name}))" : throw new FormatException(body));
        sql = Expand(sql, "{money-in:", name => name);
        sql = Expand(sql, "{postgres:", _ => "");
        return Expand(sql, "{money-out:", column => column);
    }

    /// <inheritdoc/>
    public override object List(IEnumerable<string> values) => JsonSerializer.Serialize(values);

    /// <inheritdoc/>
    public override object Numbers(IEnumerable<long> values) => JsonSerializer.Serialize(values);

    /// <inheritdoc/>
    public override object NumberRows(IReadOnlyList<long[]> rows) => JsonSerializer.Serialize(rows);

    /// <inheritdoc/>
    public override Task LockHistoryAsync(DbConnection connection, DbTransaction transaction, string facility, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        SqliteConnection connection = new(connectionString);
        try
        {
            await connection.OpenAsync(ct);
            // A pooled connection keeps its settings: they are made once per connection to the file, not once per use.
            if (configured.TryGetValue(connection.Handle!, out _))
                return connection;
            await using SqliteCommand pragmas = connection.CreateCommand();
            pragmas.CommandText = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;";
            await pragmas.ExecuteNonQueryAsync(ct);
            configured.AddOrUpdate(connection.Handle!, this);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    // The provider's default transaction is BEGIN IMMEDIATE: it waits for the other writer here instead of failing at the first write.
    public override async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken ct) =>
        await connection.BeginTransactionAsync(ct);

    /// <inheritdoc/>
    public override Task LockForMigrationAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task<int> ExecuteManyAsync(
        DbConnection connection, DbTransaction transaction, string sql, string[] names, IReadOnlyList<object?[]> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
            return 0;
        await using SqliteCommand command = ((SqliteConnection)connection).CreateCommand();
        command.Transaction = (SqliteTransaction)transaction;
        command.CommandText = Translate(sql);
        SqliteParameter[] parameters = Array.ConvertAll(names, name => new SqliteParameter { ParameterName = "@" + name });
        command.Parameters.AddRange(parameters);
        int touched = 0;
        foreach (object?[] row in rows)
        {
            for (int i = 0; i < parameters.Length; i++)
                parameters[i].Value = row[i] ?? DBNull.Value;
            touched += await command.ExecuteNonQueryAsync(ct);
        }
        return touched;
    }

    /// <inheritdoc/>
    public override void ReleasePool() => SqliteConnection.ClearPool(new SqliteConnection(connectionString));
}
