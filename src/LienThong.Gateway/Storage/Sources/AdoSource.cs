using System.Data;
using System.Data.Common;
using LienThong.Extracts;
using LienThong.Gateway.Intake.Pull;

namespace LienThong.Gateway.Storage.Sources;

/// <summary>A hospital's database through ADO.NET: one connection per batch, one transaction that only reads, everything closed before the batch is worked on.</summary>
internal abstract class AdoSource(PullPlan plan, PullSecrets secrets, ExtractLimits limits) : IPullSource
{
    /// <summary>The plan.</summary>
    protected PullPlan Plan => plan;

    /// <summary>Mark before parameters.</summary>
    public virtual char ParameterPrefix => '@';

    public async Task<IPullView> OpenAsync(CancellationToken ct)
    {
        DbConnection? connection = null;
        try
        {
            connection = Create(secrets.ResolveValue(plan.Connection));
            await connection.OpenAsync(ct);
            return new AdoView(this, connection, await BeginAsync(connection, ct), plan, limits);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            if (connection is not null) await connection.DisposeAsync();
            throw Told(e, "Không mở được kết nối tới HIS", "Kiểm tra máy chủ, tên cơ sở dữ liệu, tài khoản và mật khẩu; hệ thống tự thử lại.");
        }
    }

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A connection, not yet open.</summary>
    protected abstract DbConnection Create(string connectionString);

    /// <summary>Makes the session read-only and starts what gives all queries the same moment; null when the database takes no transaction.</summary>
    protected abstract Task<DbTransaction?> BeginAsync(DbConnection connection, CancellationToken ct);

    /// <summary>Watches over a query that is running: limits its time and gives way to whoever waits for it.</summary>
    /// <returns>To be disposed when the query is over; tells what became of it.</returns>
    public abstract AdoWatch Watch(DbConnection connection, DbCommand command, CancellationToken ct);

    /// <summary>Runs a statement of ours.</summary>
    protected static async Task SayAsync(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken ct)
    {
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A driver's failure in words, without secrets.</summary>
    public PullException Told(Exception e, string what, string fix) => e as PullException
        ?? new PullException($"{what}: {secrets.Mask(e.Message.ReplaceLineEndings(" "))}", fix);

    /// <summary>Whether an exception is the source's, not ours.</summary>
    public static bool IsTrouble(Exception e) => e is DbException or IOException or TimeoutException or InvalidOperationException or ArgumentException or FormatException or NotSupportedException
        or InvalidCastException or OverflowException or System.Net.Sockets.SocketException or UnauthorizedAccessException or PullException;
}

/// <summary>What one batch sees.</summary>
internal sealed class AdoView(AdoSource source, DbConnection connection, DbTransaction? transaction, PullPlan plan, ExtractLimits limits) : IPullView
{
    /// <summary>The session, for tests that try to write in it.</summary>
    internal DbConnection Connection => connection;

    /// <summary>Its transaction.</summary>
    internal DbTransaction? Transaction => transaction;

    public async Task<PulledTable> QueryAsync(PullRequest request, CancellationToken ct)
    {
        await using DbCommand command = Command(request);
        await using AdoWatch watch = source.Watch(connection, command, ct);
        try
        {
            await using DbDataReader reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleResult, watch.Token);
            return await ReadAsync(request.Name, reader, watch.Token);
        }
        catch (Exception e) when (AdoSource.IsTrouble(e) || e is OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            if (watch.GaveWay) throw new PullException("Đã nhường cho HIS: có phiên khác đang chờ bảng mà truy vấn giữ.", "Hệ thống tự đọc lại lô này.") { GaveWay = true };
            if (watch.IsOverdue) throw new PullException($"Truy vấn «{request.Name}» chạy quá {plan.Timeout.TotalSeconds:0} giây và đã bị dừng.", "Thêm chỉ mục cho cột khóa và cột mốc, giảm batch hoặc tăng timeout.");
            throw source.Told(e, $"Truy vấn «{request.Name}» không chạy được", "Sửa câu truy vấn, hoặc kiểm tra quyền đọc bảng.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (transaction is not null) await transaction.DisposeAsync();
        }
        catch (Exception e) when (AdoSource.IsTrouble(e))
        {
            // The connection is gone, and with it the transaction.
        }

        await connection.DisposeAsync();
    }

    private DbCommand Command(PullRequest request)
    {
        DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = (int)Math.Ceiling(plan.Timeout.TotalSeconds) + 5;
        command.CommandText = request.Sql.Write(name =>
        {
            PullArgument argument = request.Arguments[name];
            return string.Join(", ", argument.Values.Select(value => Parameter(command, argument.Kind, value)));
        });
        return command;
    }

    private string Parameter(DbCommand command, PullKind kind, string value)
    {
        DbParameter parameter = command.CreateParameter();
        string name = $"p{command.Parameters.Count}";
        parameter.ParameterName = source.ParameterPrefix == ':' ? name : "@" + name;
        parameter.Value = PullScalar.ToParameter(kind, value);
        // A moment of Vietnam without a zone, whatever the column is.
        if (kind == PullKind.Time) parameter.DbType = DbType.DateTime2;
        command.Parameters.Add(parameter);
        return source.ParameterPrefix + name;
    }

    private async Task<PulledTable> ReadAsync(string name, DbDataReader reader, CancellationToken ct)
    {
        if (reader.FieldCount > limits.MaxColumns) throw new PullException($"Truy vấn «{name}» có hơn {limits.MaxColumns} cột.", "Chỉ chọn các cột cần dùng.");
        string[] columns = new string[reader.FieldCount];
        for (int i = 0; i < columns.Length; i++) columns[i] = reader.GetName(i).Trim().Normalize();
        var table = new PulledTable(name, columns);
        while (await reader.ReadAsync(ct))
        {
            string[] cells = new string[columns.Length];
            CellForm[] forms = new CellForm[columns.Length];
            for (int i = 0; i < cells.Length; i++)
            {
                try
                {
                    (cells[i], forms[i]) = DbText.Of(reader.GetValue(i));
                }
                catch (Exception e) when (e is InvalidCastException or OverflowException or NotSupportedException or FormatException)
                {
                    throw new PullException($"Truy vấn «{name}», dòng {table.Count + 1}, cột {columns[i]}: không đọc được giá trị kiểu {reader.GetDataTypeName(i)}.", "Đổi cột này sang văn bản, số hoặc ngày giờ ngay trong câu truy vấn (CAST).");
                }
            }

            table.Add(cells, forms, plan.MaxRows);
        }

        return table;
    }
}
