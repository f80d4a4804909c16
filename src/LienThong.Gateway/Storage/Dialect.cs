using System.Collections.Concurrent;
using System.Data.Common;

namespace LienThong.Gateway.Storage;

/// <summary>The few places where SQLite and PostgreSQL differ. Every member is exercised by the storage tests on both.</summary>
public abstract class Dialect
{
    // Migrations are long and used once; everything else is a few dozen statements used all the time.
    private const int LongestCached = 4000;
    private readonly ConcurrentDictionary<string, string> translated = new(StringComparer.Ordinal);

    /// <summary>Query for the version of the database engine.</summary>
    public abstract string VersionQuery { get; }

    /// <summary>Name shown to people and used in error texts.</summary>
    public abstract string Name { get; }

    /// <summary>Whether one writer at a time is all the database takes, so that writers queue in the process instead of colliding.</summary>
    public abstract bool SingleWriter { get; }

    /// <summary>Appended to a SELECT that must hold its rows until commit.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Appended to a SELECT that must keep other such SELECTs of its rows waiting until commit, but not rows that refer to them.</summary>
    public abstract string LockRow { get; }

    /// <summary>Appended to a SELECT that claims work items (<c>w</c>) with their records (<c>r</c>) and passes over those somebody holds: it never waits, so it can't be part of a deadlock. For another table: <c>{skip-locked:alias}</c>.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>Turns shared SQL into this database's: column types, set membership, money, and <c>{postgres:…}</c>, which is left out on SQLite.</summary>
    public string Translate(string sql) => sql.Length > LongestCached ? Fill(sql) : translated.GetOrAdd(sql, Fill);

    /// <summary>A list as parameter value for <c>{in:column:@name}</c>.</summary>
    public abstract object List(IEnumerable<string> values);

    /// <summary>A list as parameter value for <c>{in-numbers:column:@name}</c>.</summary>
    public abstract object Numbers(IEnumerable<long> values);

    /// <summary>Rows of numbers, all of one length, as parameter value for <c>{number-rows:@name:column,column…}</c>.</summary>
    public abstract object NumberRows(IReadOnlyList<long[]> rows);

    /// <summary>Lets one writer at a time judge records of a facility beside each other, until the transaction ends: two that didn't see each other would miss what they have in common.</summary>
    public abstract Task LockHistoryAsync(DbConnection connection, DbTransaction transaction, string facility, CancellationToken ct);

    /// <summary>Opens a connection with everything set that durability and integrity need.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken ct);

    /// <summary>Starts a transaction that may write.</summary>
    public abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken ct);

    /// <summary>Keeps a second process from migrating at the same time; held until the transaction ends.</summary>
    public abstract Task LockForMigrationAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct);

    /// <summary>Runs one statement for many rows, as fast as the driver can; names are the parameters' without <c>@</c>, in the order of each row's values.</summary>
    public abstract Task<int> ExecuteManyAsync(
        DbConnection connection, DbTransaction transaction, string sql, string[] names, IReadOnlyList<object?[]> rows, CancellationToken ct);

    /// <summary>Takes statements of a transaction whose results nobody waits for.</summary>
    internal virtual WriteQueue Queue(DbConnection connection, DbTransaction transaction) => new WriteQueue.None(this, connection, transaction);

    /// <summary>Gives back pooled connections, for instance before a data folder is removed.</summary>
    public abstract void ReleasePool();

    /// <summary>The dialect for a data folder (SQLite file inside it) or a PostgreSQL connection string.</summary>
    public static Dialect For(string dataFolder, string? postgres) =>
        string.IsNullOrWhiteSpace(postgres)
            ? new SqliteDialect(Path.Combine(dataFolder, "lienthong.db"))
            : new PostgresDialect(postgres);

    private protected abstract string Fill(string sql);

    private protected static string Expand(string sql, string token, Func<string, string> fill)
    {
        int at;
        while ((at = sql.IndexOf(token, StringComparison.Ordinal)) >= 0)
        {
            int end = sql.IndexOf('}', at);
            sql = string.Concat(sql.AsSpan(0, at), fill(sql[(at + token.Length)..end]), sql.AsSpan(end + 1));
        }
        return sql;
    }
}
