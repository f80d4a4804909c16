using System.Diagnostics;
using System.Globalization;
using LienThong.EndToEnd.Faults;
using LienThong.Gateway.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LienThong.Bench;

/// <summary>What it costs to take work from the outbox: against pgbench's bare claim, and with a million items waiting against a thousand.</summary>
internal sealed class QueueCost(TextWriter output)
{
    private const int Workers = 4;
    private const int Few = 1_000;
    private const int Many = 1_000_000;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(8);
    private static readonly string Facility = Subjects.Options.FacilityCode;

    public async Task RunAsync()
    {
        await using PostgresCluster cluster = await PostgresCluster.StartAsync();
        string connection = cluster.ConnectionString;
        output.WriteLine($"| {Workers} workers on PostgreSQL | claims a second | pgbench, bare claim | ratio |");
        output.WriteLine("|---|---|---|---|");
        await using (BenchGateway gateway = await BenchGateway.StartAsync(connection))
        {
            await FillAsync(connection, 400_000);
            foreach (int batch in (int[])[1, 50])
            {
                double bare = await BareAsync(connection, batch);
                double ours = await ClaimsAsync(gateway, batch);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {batch} at a time | {ours:F0} | {bare:F0} | {ours / bare:F2} |"));
            }
        }

        output.WriteLine();
        output.WriteLine("| items waiting | database | is something due | when is the next due | claim of 4, committed |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (int items in (int[])[Few, Many])
        {
            await ExecuteAsync(new NpgsqlConnection(connection), "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
            await using BenchGateway gateway = await BenchGateway.StartAsync(connection);
            await FillAsync(connection, items);
            await LineAsync(gateway, items, "PostgreSQL");
        }
        foreach (int items in (int[])[Few, Many])
        {
            await using BenchGateway gateway = await BenchGateway.StartAsync(postgres: null);
            await FillAsync(Directory.GetFiles(gateway.Folder, "*.db").Single(), items, sqlite: true);
            await LineAsync(gateway, items, "SQLite");
        }
    }

    private async Task LineAsync(BenchGateway gateway, int items, string name)
    {
        Database database = gateway.Get<Database>();
        OutboxStore outbox = new(database);
        double due = await MedianAsync(async () => await outbox.FacilitiesDueAsync(RecordChanges.SendStage, default));
        double next = await MedianAsync(async () => await outbox.NextDueAsync(default));
        double claim = await MedianAsync(async () =>
        {
            if (await ClaimAsync(database, "one", 4) != 4)
                throw new InvalidOperationException("Nothing was claimed.");
        });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {items} | {name} | {due:F2} ms | {next:F2} ms | {claim:F2} ms |"));
    }

    private static async Task<double> MedianAsync(Func<Task> work)
    {
        double[] times = new double[101];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await work();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[times.Length / 2];
    }

    private static async Task<double> ClaimsAsync(BenchGateway gateway, int batch)
    {
        Database database = gateway.Get<Database>();
        long claimed = 0;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < Long && await ClaimAsync(database, $"worker {worker}", batch) is int taken and > 0)
                Interlocked.Add(ref claimed, taken);
        })));
        return claimed / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<int> ClaimAsync(Database database, string owner, int take)
    {
        await using WriteSession session = await database.BeginAsync(default);
        List<WorkRow> items = await OutboxStore.ClaimAsync(session, Facility, RecordChanges.SendStage, take, owner, TimeSpan.FromMinutes(5), default);
        await session.CommitAsync(default);
        return items.Count;
    }

    private static async Task<double> BareAsync(string connection, int batch)
    {
        await ExecuteAsync(new NpgsqlConnection(connection), """
            DROP TABLE IF EXISTS bare;
            CREATE TABLE bare (id BIGINT PRIMARY KEY, status TEXT NOT NULL);
            INSERT INTO bare SELECT n, 'Ready' FROM generate_series(1, 1000000) n;
            CREATE INDEX bare_ready ON bare (id) WHERE status = 'Ready';
            VACUUM ANALYZE bare
            """);
        string script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $"""
            UPDATE bare SET status = 'Leased' WHERE id IN (SELECT id FROM bare WHERE status = 'Ready' ORDER BY id LIMIT {batch} FOR UPDATE SKIP LOCKED) RETURNING id;
            """);
        NpgsqlConnectionStringBuilder where = new(connection);
        string[] arguments =
        [
            "-h", where.Host!, "-p", where.Port.ToString(CultureInfo.InvariantCulture), "-U", where.Username!, "-n", "-M", "prepared", "-c", "4", "-j", "2",
            "-T", Long.TotalSeconds.ToString(CultureInfo.InvariantCulture), "-f", script, where.Database!,
        ];
        using Process pgbench = Process.Start(new ProcessStartInfo("pgbench", arguments) { RedirectStandardOutput = true })!;
        string said = await pgbench.StandardOutput.ReadToEndAsync();
        await pgbench.WaitForExitAsync();
        File.Delete(script);
        string line = said.Split('\n').First(l => l.StartsWith("tps", StringComparison.Ordinal));
        return batch * double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    // Items whose versions nobody asks for here.
    private static async Task FillAsync(string place, int items, bool sqlite = false)
    {
        string numbers = sqlite ? $"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {items})" : $"WITH s AS (SELECT n FROM generate_series(1, {items}) n)";
        string fill = $"""
            INSERT INTO record (record_id, facility, ma_lk, created_at) {numbers} SELECT 'record ' || n, '{Facility}', 'LK' || n, 0 FROM s;
            INSERT INTO work_item (record_id, version, facility, stage, status, attempts, due_at, first_due_at, deadline_at, resends)
            {numbers} SELECT 'record ' || n, 1, '{Facility}', 'Send', 'Ready', 0, 0, 0, n % 1000, 0 FROM s;
            """;
        if (sqlite)
            await ExecuteAsync(new SqliteConnection($"Data Source={place};Foreign Keys=False;Pooling=False"), fill + "ANALYZE");
        else
            await ExecuteAsync(new NpgsqlConnection(place + ";Command Timeout=600"), "ALTER TABLE work_item DROP CONSTRAINT work_item_record_id_version_fkey;" + fill + "ANALYZE");
    }

    private static async Task ExecuteAsync(System.Data.Common.DbConnection connection, string sql)
    {
        await using System.Data.Common.DbConnection open = connection;
        await open.OpenAsync();
        foreach (string statement in sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using System.Data.Common.DbCommand command = open.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }
}
