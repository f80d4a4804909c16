using Npgsql;

namespace LienThong.Gateway.Storage;

/// <summary>Sends statements of one transaction to PostgreSQL together.</summary>
internal sealed class PostgresQueue(PostgresDialect dialect, NpgsqlConnection connection, NpgsqlTransaction transaction) : WriteQueue
{
    // A COPY is planned anew each time: it pays for many rows only.
    private const int CopyFrom = 500;
    private readonly List<(NpgsqlBatchCommand Command, int? Touches)> waiting = [];

    public override Task AddAsync(string sql, string[] names, IReadOnlyList<object?[]> rows, bool every, CancellationToken ct)
    {
        if (rows.Count > 0)
        {
            foreach (NpgsqlBatchCommand command in dialect.Commands(sql, names, rows, out bool together))
                waiting.Add((command, every ? together ? rows.Count : 1 : null));
        }
        return Task.CompletedTask;
    }

    public override async Task InsertAsync(string table, string[] columns, IReadOnlyList<object?[]> rows, bool onlyNew, CancellationToken ct)
    {
        if (rows.Count < CopyFrom || onlyNew)
        {
            await base.InsertAsync(table, columns, rows, onlyNew, ct);
            return;
        }
        await SendAsync(ct);
        await using NpgsqlBinaryImporter import = await connection.BeginBinaryImportAsync($"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", ct);
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

    public override async Task SendAsync(CancellationToken ct)
    {
        if (waiting.Count == 0)
            return;
        (NpgsqlBatchCommand Command, int? Touches)[] sent = [.. waiting];
        waiting.Clear();
        await using NpgsqlBatch batch = new(connection, transaction);
        foreach ((NpgsqlBatchCommand command, _) in sent)
            batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(ct);
        foreach ((NpgsqlBatchCommand command, int? touches) in sent)
        {
            if (touches is { } rows)
                Demand(command.CommandText, rows, command.RecordsAffected);
        }
    }
}
