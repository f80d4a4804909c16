using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;

namespace LienThong.Gateway.Storage;

/// <summary>The way to the database: reads scoped to the caller's facilities, writes in transactions that carry their audit entries.</summary>
public sealed class Database : IDisposable
{
    private readonly SemaphoreSlim writers = new(1, 1);
    private readonly TimeProvider time;

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>A database of either kind, with the clock of everything that is stored.</summary>
    public Database(Dialect dialect, TimeProvider time)
    {
        Dialect = dialect;
        this.time = time;
    }

    /// <summary>SQLite or PostgreSQL.</summary>
    public Dialect Dialect { get; }

    /// <summary>Now, as stored: UTC milliseconds since 1970.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Clock of this database's sessions.</summary>
    public TimeProvider Time => time;

    /// <summary>Starts a transaction. On SQLite writers queue here, in order, rather than polling the file lock.</summary>
    public async Task<WriteSession> BeginAsync(CancellationToken ct)
    {
        bool queued = Dialect.SingleWriter;
        if (queued)
            await writers.WaitAsync(ct);
        DbConnection? connection = null;
        try
        {
            connection = await Dialect.OpenAsync(ct);
            DbTransaction transaction = await Dialect.BeginWriteAsync(connection, ct);
            return new WriteSession(this, connection, transaction, queued ? writers : null);
        }
        catch
        {
            if (connection is not null)
                await connection.DisposeAsync();
            if (queued)
                writers.Release();
            throw;
        }
    }

    /// <summary>Rows the caller may see. The statement must hold <c>{scope}</c>: this is the one place where scope is enforced.</summary>
    /// <exception cref="ArgumentException">The statement has no <c>{scope}</c>.</exception>
    public async Task<List<T>> QueryAsync<T>(Caller caller, string sql, object? arguments, CancellationToken ct)
    {
        await using DbConnection connection = await Dialect.OpenAsync(ct);
        return (await connection.QueryAsync<T>(Scoped(caller, sql, arguments, null, ct))).AsList();
    }

    /// <summary>Like <see cref="QueryAsync"/>, a row at a time: for answers too large to hold.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(Caller caller, string sql, object? arguments, [EnumeratorCancellation] CancellationToken ct)
    {
        await using DbConnection connection = await Dialect.OpenAsync(ct);
        CommandDefinition command = Scoped(caller, sql, arguments, null, ct);
        await foreach (T row in connection.QueryUnbufferedAsync<T>(command.CommandText, command.Parameters).WithCancellation(ct))
            yield return row;
    }

    /// <summary>Rows of tables that belong to no facility (users, tokens, calendar, audit).</summary>
    public async Task<List<T>> QueryUnscopedAsync<T>(string sql, object? arguments, CancellationToken ct)
    {
        await using DbConnection connection = await Dialect.OpenAsync(ct);
        return (await connection.QueryAsync<T>(new CommandDefinition(Dialect.Translate(sql), arguments, cancellationToken: ct))).AsList();
    }

    internal CommandDefinition Scoped(Caller caller, string sql, object? arguments, DbTransaction? transaction, CancellationToken ct)
    {
        if (!sql.Contains("{scope}", StringComparison.Ordinal))
            throw new ArgumentException("A query over facility data must be scoped with {scope}.", nameof(sql));
        DynamicParameters parameters = new(arguments);
        string scope = "1 = 1";
        // Said plainly, so that the database can use an index.
        if (!caller.Scope.All)
        {
            bool one = caller.Scope.Facilities.Count == 1;
            scope = one ? "facility = @scope" : "{in:facility:@scope}";
            parameters.Add("scope", one ? caller.Scope.Facilities.First() : Dialect.List(caller.Scope.Facilities));
        }
        return new CommandDefinition(Dialect.Translate(sql.Replace("{scope}", scope, StringComparison.Ordinal)), parameters, transaction, cancellationToken: ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dialect.ReleasePool();
        writers.Dispose();
    }
}

/// <summary>One transaction. What is not committed is rolled back when the session is disposed.</summary>
public sealed class WriteSession : IAsyncDisposable
{
    private readonly SemaphoreSlim? gate;
    private readonly WriteQueue queue;
    private readonly List<AuditDraft> audits = [];

    internal WriteSession(Database database, DbConnection connection, DbTransaction transaction, SemaphoreSlim? gate)
    {
        (Database, Connection, Transaction) = (database, connection, transaction);
        this.gate = gate;
        queue = database.Dialect.Queue(connection, transaction);
    }

    /// <summary>Where this session belongs.</summary>
    public Database Database { get; }

    internal DbConnection Connection { get; }

    internal DbTransaction Transaction { get; }

    /// <summary>Adds an audit entry that is written with this transaction or not at all.</summary>
    public void Audit(string facility, string actor, string action, string subject, string detail = "") =>
        audits.Add(new AuditDraft(facility, actor, action, subject, detail));

    /// <summary>Runs a statement.</summary>
    /// <returns>Rows touched.</returns>
    public async Task<int> ExecuteAsync(string sql, object? arguments, CancellationToken ct)
    {
        await queue.SendAsync(ct);
        return await Connection.ExecuteAsync(new CommandDefinition(Database.Dialect.Translate(sql), arguments, Transaction, cancellationToken: ct));
    }

    /// <summary>Runs a statement once per row: before the transaction asks or does anything else, or is committed, at the latest.</summary>
    /// <param name="sql">The statement, over one table.</param>
    /// <param name="names">Its parameters without <c>@</c>, in the order of each row's values.</param>
    /// <param name="rows">Texts, whole numbers and bytes; none for the same row of the table twice.</param>
    /// <param name="ct">Stops the work.</param>
    /// <param name="every">Each has to find a row of the table: otherwise the transaction fails with an <see cref="InvalidOperationException"/>.</param>
    public Task ExecuteManyAsync(string sql, string[] names, IReadOnlyList<object?[]> rows, CancellationToken ct, bool every = false) =>
        queue.AddAsync(sql, names, rows, every, ct);

    /// <summary>Like <see cref="ExecuteManyAsync"/>, at once.</summary>
    /// <returns>Rows touched.</returns>
    public async Task<int> CountManyAsync(string sql, string[] names, IReadOnlyList<object?[]> rows, CancellationToken ct)
    {
        await queue.SendAsync(ct);
        return await Database.Dialect.ExecuteManyAsync(Connection, Transaction, sql, names, rows, ct);
    }

    /// <summary>Inserts many rows into a table, when <see cref="ExecuteManyAsync"/> would.</summary>
    public Task InsertManyAsync(string table, string[] columns, IReadOnlyList<object?[]> rows, CancellationToken ct) => queue.InsertAsync(table, columns, rows, onlyNew: false, ct);

    /// <summary>Inserts many rows into a table, except those it has already.</summary>
    public Task InsertNewAsync(string table, string[] columns, IReadOnlyList<object?[]> rows, CancellationToken ct) => queue.InsertAsync(table, columns, rows, onlyNew: true, ct);

    /// <summary>Rows as seen by this transaction, of the facilities the caller may see.</summary>
    public async Task<List<T>> QueryAsync<T>(Caller caller, string sql, object? arguments, CancellationToken ct)
    {
        await queue.SendAsync(ct);
        return (await Connection.QueryAsync<T>(Database.Scoped(caller, sql, arguments, Transaction, ct))).AsList();
    }

    /// <summary>Rows as seen by this transaction, for work that the product does on its own account or that names its record.</summary>
    public async Task<List<T>> QueryUnscopedAsync<T>(string sql, object? arguments, CancellationToken ct)
    {
        await queue.SendAsync(ct);
        return (await Connection.QueryAsync<T>(new CommandDefinition(Database.Dialect.Translate(sql), arguments, Transaction, cancellationToken: ct))).AsList();
    }

    /// <summary>Writes the audit entries, then makes everything durable.</summary>
    public async Task CommitAsync(CancellationToken ct)
    {
        if (audits.Count > 0)
            await AuditStore.AppendAsync(this, audits, ct);
        await queue.SendAsync(ct);
        await Transaction.CommitAsync(ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Transaction.DisposeAsync();
            await Connection.DisposeAsync();
        }
        finally
        {
            gate?.Release();
        }
    }
}
