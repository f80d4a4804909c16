using System.Collections.Concurrent;
using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>
/// The sources visits are pulled from. Their files lie in one folder that only the machine's owner can write to, for they may name programs to run; here
/// they are only looked at, paused, resumed and asked for.
/// </summary>
public sealed class PullDesk
{
    private readonly Database database;
    private readonly PullStore store;
    private readonly PullRunner runner;
    private readonly string folder;
    private readonly ConcurrentDictionary<string, (DateTime Written, long Length, PullPlanLoad Load)> read = new(StringComparer.Ordinal);

    internal PullDesk(Database database, PullStore store, PullRunner runner, string folder) => (this.database, this.store, this.runner, this.folder) = (database, store, runner, folder);

    /// <summary>Where the files lie.</summary>
    public string Folder => folder;

    /// <summary>The files with what came of reading them; read again when they change. Empty when there is no folder.</summary>
    public async Task<IReadOnlyList<PullFile>> FilesAsync(CancellationToken ct)
    {
        List<PullFile> files = [];
        if (!Directory.Exists(folder)) return files;
        foreach (string path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            FileInfo file = new(path);
            try
            {
                if (!read.TryGetValue(path, out var known) || known.Written != file.LastWriteTimeUtc || known.Length != file.Length)
                    read[path] = known = (file.LastWriteTimeUtc, file.Length, await PullPlanLoad.ReadFileAsync(path, ct));
                files.Add(new PullFile(file.Name, known.Load));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                files.Add(new PullFile(file.Name, new PullPlanLoad(null, null, [new MappingError(1, 1, "không đọc được tệp; kiểm tra quyền đọc.")])));
            }
        }

        // Two files of one name would take turns on one watermark.
        for (int i = 1; i < files.Count; i++)
        {
            if (files[i].Load.Plan is { } plan && files.Take(i).FirstOrDefault(f => f.Load.Plan is { } p && p.Name == plan.Name && p.Facility == plan.Facility) is { } first)
                files[i] = files[i] with { Load = new PullPlanLoad(null, null, [new MappingError(1, 1, $"tên «{plan.Name}» đã dùng ở {first.Name}; đặt tên khác.")]) };
        }

        return files;
    }

    /// <summary>Sources the caller may see: those with a file, and those that were read before and have none any more.</summary>
    public async Task<IReadOnlyList<PullSourceView>> ListAsync(Caller caller, CancellationToken ct)
    {
        Dictionary<(string, string), PullRow> rows = (await store.ListAsync(caller, ct)).ToDictionary(r => (r.Facility, r.Source));
        List<PullSourceView> views = [];
        foreach (PullFile file in await FilesAsync(ct))
        {
            if (file.Load.Plan is not { } plan)
            {
                // Whose facility a broken file is can't be told: those who run the machine see it.
                if (caller.Scope.All) views.Add(new PullSourceView { File = file.Name, Name = Path.GetFileNameWithoutExtension(file.Name), Mistakes = [.. file.Load.Errors.Select(e => e.ToString())] });
            }
            else if (caller.Scope.Holds(plan.Facility))
            {
                rows.Remove((plan.Facility, plan.Name), out PullRow? row);
                views.Add(View(row, plan, file.Name));
            }
        }

        views.AddRange(rows.Values.Select(r => View(r, null, null)));
        return views;
    }

    /// <summary>Makes a pass over a source in this process, beside a server that may do the same.</summary>
    /// <param name="load">The source; one without mistakes.</param>
    /// <param name="request">How.</param>
    /// <param name="tell">Told after every batch; may be null.</param>
    /// <param name="ct">Stops between two steps; nothing is lost.</param>
    /// <returns>What was done; null when somebody else reads the source, it is paused or not due.</returns>
    public Task<PullOutcome?> RunAsync(PullPlanLoad load, PullRunRequest request, Action<PullOutcome>? tell, CancellationToken ct) => runner.RunAsync(load, request, tell, ct);

    /// <summary>How many sources can't be read: their last pass failed, or their file has mistakes.</summary>
    public async Task<int> FailingAsync(CancellationToken ct) =>
        (int)await store.FailingAsync(ct) + (await FilesAsync(ct)).Count(f => f.Load.Plan is null);

    /// <summary>Visits of a source that couldn't be taken, newest first.</summary>
    public async Task<IReadOnlyList<PullRefusal>> RefusedAsync(Caller caller, string facility, string source, CancellationToken ct) =>
        (await store.RefusedAsync(caller, facility, source, 200, ct)).ConvertAll(r => new PullRefusal(r.VisitKey, r.Problem));

    /// <summary>Stops reading a source until it is resumed.</summary>
    public Task<bool> PauseAsync(Caller caller, string facility, string source, CancellationToken ct) => SetAsync(caller, facility, source, true, false, ct);

    /// <summary>Goes on reading a source.</summary>
    public Task<bool> ResumeAsync(Caller caller, string facility, string source, CancellationToken ct) => SetAsync(caller, facility, source, false, false, ct);

    /// <summary>Asks for a pass as soon as a worker is free, with what was refused before.</summary>
    public Task<bool> RunNowAsync(Caller caller, string facility, string source, CancellationToken ct) => SetAsync(caller, facility, source, null, true, ct);

    private async Task<bool> SetAsync(Caller caller, string facility, string source, bool? paused, bool wanted, CancellationToken ct)
    {
        if (!caller.May(Permissions.Operate)) throw new UnauthorizedAccessException($"Sources take {Permissions.Operate}.");
        if (await store.SetAsync(caller, facility, source, paused, wanted, ct)) return true;
        // A source that was never read yet has no row to set.
        if (!caller.Scope.Holds(facility) || !(await FilesAsync(ct)).Any(f => f.Load.Plan is { } p && p.Facility == facility && p.Name == source)) return false;
        await store.EnsureAsync(facility, source, ct);
        return await store.SetAsync(caller, facility, source, paused, wanted, ct);
    }

    private PullSourceView View(PullRow? row, PullPlan? plan, string? file) => new()
    {
        File = file,
        Facility = plan?.Facility ?? row!.Facility,
        Name = plan?.Name ?? row!.Source,
        Provider = plan?.Provider,
        IsPaused = row?.Paused == 1,
        IsRunning = row?.LeasedUntil > database.Now,
        IsWanted = row?.Wanted == 1,
        Watermark = row?.Watermark,
        LastError = row?.LastError,
        Failures = row?.Failures ?? 0,
        FinishedAt = row?.FinishedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        NextAt = row is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.NextAt),
        Stored = row?.Stored ?? 0,
        Same = row?.Same ?? 0,
        Refused = row?.Refused ?? 0,
    };
}

/// <summary>A source's file.</summary>
/// <param name="Name">Name without folder.</param>
/// <param name="Load">What came of reading it.</param>
public sealed record PullFile(string Name, PullPlanLoad Load);

/// <summary>A source as people see it.</summary>
public sealed record PullSourceView
{
    /// <summary>Its file; null when there is none any more.</summary>
    public string? File { get; init; }

    /// <summary>Its facility; empty when the file can't be read.</summary>
    public string Facility { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Kind of source; null without a file that can be used.</summary>
    public PullProvider? Provider { get; init; }

    /// <summary>Mistakes of its file.</summary>
    public IReadOnlyList<string> Mistakes { get; init; } = [];

    /// <summary>Whether somebody paused it.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether it is being read.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Whether somebody asked for a pass that hasn't begun.</summary>
    public bool IsWanted { get; init; }

    /// <summary>How far it has been read; null before the first batch.</summary>
    public string? Watermark { get; init; }

    /// <summary>Why the last pass failed; null when it didn't.</summary>
    public string? LastError { get; init; }

    /// <summary>Passes that failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>End of the last pass (UTC).</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the next pass is due (UTC).</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Visits stored, new ones and new versions, since the beginning.</summary>
    public long Stored { get; init; }

    /// <summary>Visits that were here already.</summary>
    public long Same { get; init; }

    /// <summary>Visits that couldn't be taken and wait for the source's file or data to be mended.</summary>
    public long Refused { get; init; }
}
