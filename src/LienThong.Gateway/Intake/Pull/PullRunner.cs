using System.Security.Cryptography;
using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Storage.Sources;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>
/// Makes passes over sources. A batch is stored first and its watermark noted after: a crash between the two reads the batch again, and its visits turn out
/// to be here already. One node reads a source at a time, by a lease in the database.
/// </summary>
internal sealed class PullRunner(Database database, PullStore store, IPullIntake intake, FaultPoints faults)
{
    private const int MostYields = 5;
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(30);
    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly PullMemory memory = new();

    /// <summary>Reads everything that is new.</summary>
    /// <param name="load">The source.</param>
    /// <param name="request">How.</param>
    /// <param name="tell">Told after every batch; may be null.</param>
    /// <param name="ct">Stops between two steps; nothing is lost.</param>
    /// <returns>What was done; null when somebody else reads the source, it is paused or not due.</returns>
    public async Task<PullOutcome?> RunAsync(PullPlanLoad load, PullRunRequest request, Action<PullOutcome>? tell, CancellationToken ct)
    {
        PullPlan plan = load.Plan!;
        if (!request.Now && !IsOpen(plan)) return null;
        if (await store.FindAsync(Caller.System(), plan.Facility, plan.Name, ct) is null)
        {
            await store.EnsureAsync(plan.Facility, plan.Name, ct);
            if (await store.FindAsync(Caller.System(), plan.Facility, plan.Name, ct) is null)
                return new PullOutcome { Error = $"Cơ sở «{plan.Facility}» chưa được khai báo. Khai báo cơ sở trước, hoặc sửa facility của nguồn." };
        }

        if (await store.ClaimAsync(plan, owner, Lease(plan), request.Now, ct) is not { } row) return null;
        PullOutcome outcome = new();
        try
        {
            await using IPullSource source = PullSourceFactory.Create(plan);
            await PassAsync(new PullBatchReader(plan, load.Mapping!, source), plan, row, request, outcome, tell, ct);
            await store.EndAsync(plan, owner, null, plan.Every, CancellationToken.None);
        }
        catch (PullException e)
        {
            outcome.Error = e.Told;
            await store.EndAsync(plan, owner, e.Told, Backoff(plan, row.Failures + 1), CancellationToken.None);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await store.EndAsync(plan, owner, null, TimeSpan.Zero, CancellationToken.None);
            throw;
        }

        return outcome;
    }

    /// <summary>Wait after a number of failures in a row: twice as long each time.</summary>
    public static TimeSpan Backoff(PullPlan plan, int failures)
    {
        TimeSpan wait = TimeSpan.FromSeconds(Math.Max(10, Math.Min(plan.Every.TotalSeconds, 60)) * Math.Pow(2, Math.Min(failures - 1, 10)));
        return wait < LongestBackoff ? wait : LongestBackoff;
    }

    private async Task PassAsync(PullBatchReader reader, PullPlan plan, PullRow row, PullRunRequest request, PullOutcome outcome, Action<PullOutcome>? tell, CancellationToken ct)
    {
        PullCursor cursor = Begin(plan, row, request.From);
        string high = row.Watermark ?? cursor.Watermark;
        if (request.From is not null)
        {
            await store.ResetAsync(plan, owner, request.Actor, cursor.Watermark, cursor.Key, ct);
            high = cursor.Watermark;
        }

        if (row.PlanHash != plan.Hash || row.Wanted != 0 || request.Now)
        {
            foreach (string[] keys in (await store.RefusedKeysAsync(plan, ct)).Chunk(plan.Visits.Batch))
                await TakeAsync(plan, await GivingWayAsync(() => reader.ReadAsync(keys, ct), ct), null, outcome, ct);
        }

        while (request.Now || IsOpen(plan))
        {
            PullBatch batch = await GivingWayAsync(() => reader.ReadAsync(cursor, ct), ct);
            if (batch.Last is not { } last) return;
            cursor = last;
            // Going over what is already behind the watermark doesn't move it back.
            bool isAhead = !PullScalar.IsBefore(plan.Visits.WatermarkKind, last.Watermark, high);
            if (isAhead) high = last.Watermark;
            await TakeAsync(plan, batch, isAhead ? last : null, outcome, ct);
            tell?.Invoke(outcome);
            if (!batch.IsFull) return;
            await Task.Delay(plan.Pause, database.Time, ct);
        }
    }

    private async Task TakeAsync(PullPlan plan, PullBatch batch, PullCursor? reached, PullOutcome outcome, CancellationToken ct)
    {
        if (!await store.RenewAsync(plan, owner, Lease(plan), ct)) throw Lost();
        faults.Pass("pull.read");
        List<VisitReading> fresh = [.. batch.Visits.Where(v => v.Visit is not null && !memory.Knows(plan, v))];
        int known = batch.Visits.Count(v => v.Visit is not null) - fresh.Count;
        PullTaken taken = fresh.Count == 0 ? new PullTaken(0, 0, []) : await intake.TakeAsync(plan, fresh, ct);
        faults.Pass("pull.stored");
        IEnumerable<PullRefusal> named = taken.Refused.Select(r => r with { Key = PullScalar.TryNormalise(plan.Visits.KeyKind, r.Key) ?? r.Key }).DistinctBy(r => r.Key, StringComparer.Ordinal);
        List<PullRefusal> refused = [.. named, .. batch.Visits.Where(v => v.Visit is null).Select(v => new PullRefusal(v.Problems[0].Visit, Told(v.Problems[0])))];
        var advance = new PullAdvance(reached?.Watermark, reached?.Key, batch.Keys, refused, taken.Stored, taken.Same + known);
        if (!await store.AdvanceAsync(plan, owner, advance, ct)) throw Lost();
        faults.Pass("pull.noted");
        HashSet<string> bad = [.. refused.Select(r => r.Key)];
        memory.Keep(plan, fresh.Where(v => !bad.Contains(PullScalar.TryNormalise(plan.Visits.KeyKind, v.Visit!.Key) ?? v.Visit.Key)));
        outcome.Add(batch, advance);
    }

    // Somebody who waited for a table goes first; the batch is read again a little later.
    private async Task<PullBatch> GivingWayAsync(Func<Task<PullBatch>> read, CancellationToken ct)
    {
        for (int yields = 1; ; yields++)
        {
            try
            {
                return await read();
            }
            catch (PullException e) when (e.GaveWay && yields < MostYields)
            {
                await Task.Delay(TimeSpan.FromSeconds(2 * yields), database.Time, ct);
            }
        }
    }

    /// <summary>Where a pass begins.</summary>
    /// <exception cref="PullException">The watermark noted, or asked for, isn't of the plan's kind.</exception>
    public static PullCursor Begin(PullPlan plan, string? watermark, string? key, string? from)
    {
        PullVisits visits = plan.Visits;
        string first = PullScalar.First(visits.KeyKind);
        if (from is not null)
        {
            return new PullCursor(PullScalar.TryNormalise(visits.WatermarkKind, from)
                ?? throw new PullException($"Mốc «{ExtractProblem.Shown(from)}» không đúng kiểu.", visits.WatermarkKind == PullKind.Time ? "Dùng dạng yyyy-MM-dd HH:mm:ss." : "Xem watermark-type."), first);
        }

        if (watermark is null) return new PullCursor(visits.Start, first);
        if (PullScalar.TryNormalise(visits.WatermarkKind, watermark) is not { } stored || key is not null && PullScalar.TryNormalise(visits.KeyKind, key) is null && key.Length > 0)
            throw new PullException($"Mốc đã lưu «{watermark}» không hợp với watermark-type, key-type mới.", "Chạy một lần với --from để chọn mốc bắt đầu.");
        return visits.Overlap.IsNone ? new PullCursor(stored, key is { Length: > 0 } ? key : first) : new PullCursor(PullScalar.Back(visits.WatermarkKind, stored, visits.Overlap), first);
    }

    private static PullCursor Begin(PullPlan plan, PullRow row, string? from) => Begin(plan, row.Watermark, row.WatermarkKey, from);

    /// <summary>A problem in one line: place, what is wrong, what to do.</summary>
    public static string Told(ExtractProblem p) =>
        $"{p.File}{(p.Line > 0 ? $" dòng {p.Line}" : "")}{(p.Column.Length > 0 ? $", cột {p.Column}" : "")}{(p.File.Length + p.Column.Length > 0 ? ": " : "")}{p.Message} {p.Fix}";

    private bool IsOpen(PullPlan plan) => plan.Window is not { } window || window.Holds(TimeOnly.FromTimeSpan((database.Time.GetUtcNow().UtcDateTime + VietnamTime.Offset).TimeOfDay));

    // Every query of a batch, and storing it, must fit in.
    private static TimeSpan Lease(PullPlan plan) => TimeSpan.FromMinutes(2) + plan.Timeout * (plan.Queries.Count + 1);

    private static PullException Lost() => new("Một máy khác đã nhận đọc nguồn này.", "Không cần làm gì; lô này sẽ được đọc lại.");
}

/// <summary>How a pass is made.</summary>
/// <param name="Actor">Who asked, for the audit log.</param>
/// <param name="Now">Whether it is made although it isn't due, out of hours or paused.</param>
/// <param name="From">Watermark to begin at instead of the one noted.</param>
public sealed record PullRunRequest(string Actor, bool Now = false, string? From = null);

/// <summary>What a pass has done so far.</summary>
public sealed class PullOutcome
{
    private const int MostTold = 200;
    private readonly List<PullRefusal> refused = [];
    private readonly List<string> notes = [];

    /// <summary>Batches read.</summary>
    public int Batches { get; private set; }

    /// <summary>Visits read.</summary>
    public long Visits { get; private set; }

    /// <summary>New visits and new versions.</summary>
    public long Stored { get; private set; }

    /// <summary>Visits that were here already.</summary>
    public long Same { get; private set; }

    /// <summary>Visits that couldn't be taken.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<PullRefusal> Refused => refused;

    /// <summary>What was noticed beside them, each once.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>How far the source has been read; null when nothing was.</summary>
    public string? Watermark { get; private set; }

    /// <summary>Why the pass ended early; null when it didn't.</summary>
    public string? Error { get; internal set; }

    internal void Add(PullBatch batch, PullAdvance advance)
    {
        Batches++;
        Visits += batch.Keys.Count;
        Stored += advance.Stored;
        Same += advance.Same;
        RefusedCount += advance.Refused.Count;
        Watermark = advance.Watermark ?? Watermark;
        refused.AddRange(advance.Refused.Take(MostTold - refused.Count));
        foreach (ExtractProblem note in batch.Notes)
        {
            string told = PullRunner.Told(note);
            if (notes.Count < MostTold && !notes.Contains(told)) notes.Add(told);
        }
    }
}

/// <summary>Visits that were stored lately, by hash: going over them again because of the overlap needs neither archive nor ledger. Forgotten with the process.</summary>
internal sealed class PullMemory
{
    private const int Most = 20_000;
    private readonly Dictionary<(string Facility, string Source, string Key), UInt128> known = [];

    public bool Knows(PullPlan plan, VisitReading reading) => known.TryGetValue((plan.Facility, plan.Name, reading.Visit!.Key), out UInt128 hash) && hash == Hash(plan, reading);

    public void Keep(PullPlan plan, IEnumerable<VisitReading> readings)
    {
        if (known.Count > Most) known.Clear();
        foreach (VisitReading reading in readings) known[(plan.Facility, plan.Name, reading.Visit!.Key)] = Hash(plan, reading);
    }

    private static UInt128 Hash(PullPlan plan, VisitReading reading)
    {
        using MemoryStream json = new();
        json.Write(System.Text.Encoding.ASCII.GetBytes(plan.Hash));
        VisitJsonWriter.Write(json, reading.Visit!);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(json.ToArray()));
    }
}
