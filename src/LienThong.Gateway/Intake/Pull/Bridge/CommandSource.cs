using LienThong.Extracts;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>A source behind the site's own client program. Every query is a run of its own, so queries of a batch don't see one moment; a row that changed between them comes again with its newer watermark.</summary>
internal sealed class CommandSource(PullPlan plan, PullSecrets secrets, ExtractLimits limits) : IPullSource, IPullView
{
    private readonly PullCommand command = plan.Command!;

    public Task<IPullView> OpenAsync(CancellationToken ct) => Task.FromResult<IPullView>(this);

    public async Task<PulledTable> QueryAsync(PullRequest request, CancellationToken ct)
    {
        string query;
        try
        {
            query = request.Sql.OneLine(name => SqlLiteral.Of(command.Dialect, request.Arguments[name]));
        }
        catch (SqlRefusedException e)
        {
            throw new PullException($"Truy vấn «{request.Name}»: {e.Message}", e.Fix);
        }

        string script = string.Concat(command.Before.Select(b => b + "\n")) + query + End();
        string? file = null;
        try
        {
            if (command.Arguments.Any(a => a.Contains("{file}", StringComparison.Ordinal))) file = Save(script);
            // The query is put in last: nothing in it stands for a secret or a file.
            string[] arguments = [.. command.Arguments.Select(a => secrets.Resolve(a).Replace("{file}", file, StringComparison.Ordinal).Replace("{query}", query, StringComparison.Ordinal))];
            bool viaInput = !command.Arguments.Any(a => a.Contains("{file}", StringComparison.Ordinal) || a.Contains("{query}", StringComparison.Ordinal));
            var start = new ClientStart(
                Path.GetFileName(command.Program), command.Program, arguments, command.Environment.ToDictionary(v => v.Key, v => secrets.ResolveValue(v.Value), StringComparer.Ordinal),
                viaInput ? script : "", plan.Timeout,
                // Plain rows count lines themselves.
                command.Format == PullFormat.Csv ? command.SkipLines : 0);
            return await ClientProcess.RunAsync(start, output => Read(request.Name, output), ct);
        }
        catch (UnreadableExtractException e)
        {
            throw new PullException($"Lệnh «{Path.GetFileName(command.Program)}» không in ra bảng đọc được cho «{request.Name}»: {secrets.Mask(e.Problem.Message)}", e.Problem.Fix);
        }
        catch (PullException e)
        {
            throw new PullException(secrets.Mask(e.Message), e.Fix);
        }
        finally
        {
            if (file is not null) File.Delete(file);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private PulledTable Read(string name, Stream output)
    {
        if (command.Format != PullFormat.Csv) return PlainRows.Read(name, output, command, limits, plan.MaxRows);
        using var rows = new CsvRows(name, output, limits, new CsvForm(command.Separator, command.Encoding));
        var table = new PulledTable(name, rows.Columns);
        while (rows.Read())
        {
            string[] cells = new string[rows.Columns.Count];
            for (int i = 0; i < cells.Length; i++) cells[i] = rows[i] == command.Null ? "" : rows[i];
            table.Add(cells, null, plan.MaxRows, rows.Line, rows.Fault);
        }

        return table;
    }

    // What each client takes for the end of a statement; without it the last one isn't run.
    private string End() => command.Dialect == PullDialect.SqlServer ? "\nGO\n" : ";\n";

    private static string Save(string script)
    {
        // Created by this process alone, readable by its account only.
        string path = Path.Combine(Path.GetTempPath(), $"lienthong-{Guid.NewGuid():N}.sql");
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using StreamWriter writer = new(path, options);
        writer.Write(script);
        return path;
    }
}
