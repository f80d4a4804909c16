using System.Data.Common;

namespace LienThong.Gateway.Storage;

/// <summary>
/// Statements of one transaction whose results nobody waits for. They run in the order they were added, no later than <see cref="SendAsync"/>: one way to the
/// database and back instead of one for each, where it is another process.
/// </summary>
internal abstract class WriteQueue
{
    /// <summary>Runs a statement once per row; names are the parameters' without <c>@</c>, in the order of each row's values. The rows may be used again at once.</summary>
    /// <param name="sql">The statement in the words of both databases.</param>
    /// <param name="names">Parameters.</param>
    /// <param name="rows">Texts, whole numbers and bytes; no row twice.</param>
    /// <param name="every">Each row has to touch a row of the table.</param>
    /// <param name="ct">Stops the work.</param>
    public abstract Task AddAsync(string sql, string[] names, IReadOnlyList<object?[]> rows, bool every, CancellationToken ct);

    /// <summary>Inserts many rows of texts, whole numbers and bytes.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, in the order of each row's values.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="onlyNew">Rows that are there already are left as they are.</param>
    /// <param name="ct">Stops the work.</param>
    public virtual Task InsertAsync(string table, string[] columns, IReadOnlyList<object?[]> rows, bool onlyNew, CancellationToken ct) => AddAsync(
        $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(static c => "@" + c))}){(onlyNew ? " ON CONFLICT DO NOTHING" : "")}",
        columns, rows, every: false, ct);

    /// <summary>Runs what hasn't run yet.</summary>
    /// <exception cref="InvalidOperationException">A row that had to be there wasn't.</exception>
    public abstract Task SendAsync(CancellationToken ct);

    /// <summary>Refuses to go on when fewer rows were touched than had to be.</summary>
    private protected static void Demand(string sql, int rows, int touched)
    {
        if (touched != rows)
            throw new InvalidOperationException($"{rows - touched} of {rows} rows were not as they were read, although they are locked: {sql}");
    }

    /// <summary>For a database in the process: everything runs when it is added.</summary>
    internal sealed class None(Dialect dialect, DbConnection connection, DbTransaction transaction) : WriteQueue
    {
        public override async Task AddAsync(string sql, string[] names, IReadOnlyList<object?[]> rows, bool every, CancellationToken ct)
        {
            int touched = await dialect.ExecuteManyAsync(connection, transaction, sql, names, rows, ct);
            if (every)
                Demand(sql, rows.Count, touched);
        }

        public override Task SendAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
