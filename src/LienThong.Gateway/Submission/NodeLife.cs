using System.Data.Common;
using System.Diagnostics;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Submission;

/// <summary>Shows other nodes that this process still holds what it claimed, so that they needn't wait for leases to run out when it dies.</summary>
internal sealed class NodeLife(Database database)
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(5);
    private readonly NodeRow self = new() { Owner = $"{Environment.ProcessId}-{Guid.NewGuid():N}", Host = Host(), Pid = Environment.ProcessId, StartedAt = Started(Process.GetCurrentProcess()) };
    private long last = long.MinValue / 2;
    private bool arrived;

    /// <summary>Name of this process on what it claims.</summary>
    public string Owner => self.Owner;

    /// <summary>Once, before the first work: takes processes that ended on this machine off the list, so that a restart goes on at once with what the crash left.</summary>
    public async Task ArriveAsync(CancellationToken ct)
    {
        if (arrived)
            return;
        foreach (NodeRow gone in (await NodeStore.OnHostAsync(database, self.Host, ct)).Where(n => n.Pid != self.Pid && !Runs(n)))
        {
            await using WriteSession session = await database.BeginAsync(ct);
            await NodeStore.BuryAsync(session, gone.Owner, ct);
            await session.CommitAsync(ct);
        }
        arrived = true;
    }

    /// <summary>Gives a sign of life unless the last one is fresh. Durable before anything is claimed: a claim without it would be taken over at once.</summary>
    public async Task ShowAsync(CancellationToken ct)
    {
        long now = database.Now;
        if (Math.Abs(now - Interlocked.Read(ref last)) < Rhythm.TotalMilliseconds)
            return;
        await using WriteSession session = await database.BeginAsync(ct);
        await NodeStore.BeatAsync(session, self, ct);
        await session.CommitAsync(ct);
        Interlocked.Exchange(ref last, now);
    }

    /// <summary>Gives signs of life until stopped.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(Rhythm, database.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await ShowAsync(ct);
            }
            catch (Exception e) when (e is DbException or OperationCanceledException)
            {
                // The database is away for everyone: the next sign comes when it is back.
            }
        }
    }

    // Process numbers mean something only on one machine, since its last start, in one process space (containers have their own).
    private static string Host()
    {
        if (!OperatingSystem.IsLinux())
            return Environment.MachineName;
        string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        return $"{Environment.MachineName} {boot} {new FileInfo("/proc/self/ns/pid").LinkTarget}";
    }

    // A process that may not be looked at runs.
    private static bool Runs(NodeRow node)
    {
        try
        {
            using Process process = Process.GetProcessById(node.Pid);
            return Math.Abs(Started(process) - node.StartedAt) < 2000;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return true;
        }
    }

    private static long Started(Process process) => new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds();
}
