using System.Data.Common;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;

namespace LienThong.Gateway.Intake;

/// <summary>
/// Small files that are handed in at the same time share a disk flush and a transaction: whoever comes while a group is being stored waits for the next one,
/// so that the busier the intake, the less each file costs.
/// </summary>
/// <param name="store">Takes a group of one caller in; a report per file, in order.</param>
/// <param name="options">How large a group gets.</param>
internal sealed class IntakeGathering(Func<List<(string Name, byte[] Bytes)>, Caller, Task<IReadOnlyList<IntakeReport>>> store, IntakeOptions options)
{
    private readonly long mostBytes = Math.Min(options.BatchBytes, 4L * options.SmallFileBytes);
    private readonly Lock gate = new();
    private readonly LinkedList<Waiting> waiting = [];
    private bool running;

    /// <summary>Takes a file in with whatever else comes now.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="caller">Who hands it in.</param>
    /// <param name="ct">Stops waiting; a file that is being stored already is stored nevertheless.</param>
    public async Task<IntakeReport> IngestAsync(string name, byte[] bytes, Caller caller, CancellationToken ct)
    {
        Waiting file = new(name, bytes, caller);
        lock (gate)
        {
            waiting.AddLast(file);
            if (!running)
            {
                running = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }
        try
        {
            return await file.Done.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            lock (gate)
                waiting.Remove(file);
            throw;
        }
    }

    private async Task RunAsync()
    {
        while (Next() is { Count: > 0 } group)
            await StoreAsync(group);
    }

    private List<Waiting> Next()
    {
        lock (gate)
        {
            List<Waiting> group = [];
            long bytes = 0;
            for (LinkedListNode<Waiting>? node = waiting.First; node is not null && group.Count < options.BatchRecords;)
            {
                LinkedListNode<Waiting>? after = node.Next;
                if (group.Count == 0 || (IsSame(node.Value.Caller, group[0].Caller) && bytes + node.Value.Bytes.Length <= mostBytes))
                {
                    group.Add(node.Value);
                    bytes += node.Value.Bytes.Length;
                    waiting.Remove(node);
                }
                node = after;
            }
            running = group.Count > 0;
            return group;
        }
    }

    private async Task StoreAsync(List<Waiting> group)
    {
        try
        {
            IReadOnlyList<IntakeReport> reports = await store(group.ConvertAll(w => (w.Name, w.Bytes)), group[0].Caller);
            for (int i = 0; i < group.Count; i++)
                group[i].Done.SetResult(reports[i]);
        }
        catch (Exception e) when (group.Count == 1 || e is DbException or IOException or ArchiveUnavailableException)
        {
            // Disk and database are everybody's: another try would only keep them waiting.
            group.ForEach(w => w.Done.SetException(e));
        }
        catch (Exception)
        {
            // Nothing of the group was stored: what one file did must not be its neighbours' failure.
            foreach (Waiting file in group)
                await StoreAsync([file]);
        }
    }

    private static bool IsSame(Caller a, Caller b) =>
        a.UserId == b.UserId && a.Name == b.Name && a.Scope.All == b.Scope.All && a.Scope.Facilities.SetEquals(b.Scope.Facilities) && a.Permissions.SetEquals(b.Permissions);

    private sealed class Waiting(string name, byte[] bytes, Caller caller)
    {
        public string Name => name;

        public byte[] Bytes => bytes;

        public Caller Caller => caller;

        public TaskCompletionSource<IntakeReport> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
