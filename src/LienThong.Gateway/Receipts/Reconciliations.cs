using System.Globalization;
using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Receipts.Reading;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Receipts;

/// <summary>
/// Compares what was sent with the lists that the portal's screens export: read and shown first, applied as a step of its own. A list settles
/// unknown outcomes, says of receipts what checking found later, and tells what is missing on either side.
/// </summary>
public sealed class Reconciliations
{
    private const int StagePage = 2000;
    private readonly Database database;
    private readonly ReconciliationStore store;
    private readonly ReconciliationRunner runner;
    private readonly ReceiptStore receipts;
    private readonly IArchive archive;
    private readonly FacilitySettings facilities;
    private readonly CatalogueLimits limits;

    internal Reconciliations(
        Database database, ReconciliationStore store, ReconciliationRunner runner, ReceiptStore receipts, IArchive archive, FacilitySettings facilities, CatalogueLimits limits)
    {
        (this.database, this.store, this.runner, this.receipts) = (database, store, runner, receipts);
        (this.archive, this.facilities, this.limits) = (archive, facilities, limits);
    }

    /// <summary>Largest file taken, in bytes.</summary>
    public long MaxFileBytes => limits.FileBytes;

    /// <summary>Reads a list and shows what applying it would do; receipts and records stay as they are.</summary>
    /// <param name="caller">Who asks; must hold <see cref="Permissions.Submit"/>.</param>
    /// <param name="content">The file; it stays in the archive as evidence.</param>
    /// <param name="request">Whose list it is.</param>
    /// <param name="tell">Told how many rows are read; null for nobody.</param>
    /// <param name="ct">Stops the work; what was read by then is removed later.</param>
    public async Task<ReconciliationResult> ReadAsync(Caller caller, Stream content, ReconciliationRequest request, Action<long>? tell, CancellationToken ct)
    {
        if (!caller.May(Permissions.Submit))
            return Refused("Tài khoản của bạn không được đối soát.");
        if (await facilities.FindAsync(caller, request.Facility, ct) is null)
            return Refused($"Cơ sở {request.Facility} chưa được khai báo hoặc không thuộc quyền của bạn.");
        if (request.From > request.To)
            return Refused("Ngày đầu phải không sau ngày cuối.");
        ArchiveRef kept;
        try
        {
            kept = (await archive.PutAsync(content, limits.FileBytes, ct)).Reference;
        }
        catch (ArchiveLimitException)
        {
            return Refused($"Tệp lớn hơn {limits.FileBytes / (1024 * 1024)} MiB.");
        }
        ReconciliationRunRow run = new()
        {
            RunId = Guid.CreateVersion7(database.Time.GetUtcNow()).ToString(),
            Facility = request.Facility,
            Kind = (request.Kind ?? PortalListKind.Results).ToString(),
            FileName = request.FileName,
            ContentRef = kept.ToString(),
            Sha256 = kept.Sha256,
            AsOf = Math.Min(database.Now, request.AsOf?.ToUnixTimeMilliseconds() ?? long.MaxValue),
            Repeats = await store.AppliedBeforeAsync(request.Facility, kept.Sha256, ct),
            Actor = caller.Name,
            CreatedAt = database.Now,
        };
        await store.AddAsync(run, ct);
        PortalListReading reading = new(request.FileName, request.Facility, request.Kind, limits);
        ListExtent extent = new();
        long rows = await StageAsync(run, kept, reading, extent, tell, ct);
        if (reading.Failed || rows == 0)
        {
            await store.DropAsync(run.RunId, ct);
            string why = reading.Failed ? reading.Problems.Told[^1].Message : "Không có dòng nào đối chiếu được.";
            return new ReconciliationResult(null, why, reading.Problems.Told);
        }
        run.Kind = reading.Kind!.Value.ToString();
        (run.RowCount, run.Refused, run.Simulator) = (rows, reading.Refused, reading.Simulator ? 1 : 0);
        (run.Problems, run.MoreProblems) = (JsonSerializer.Serialize(reading.Problems.Told), reading.Problems.More);
        extent.Set(run, request);
        run.Expected = JsonSerializer.Serialize(await runner.PreviewAsync(run, ct));
        await store.SavePreviewAsync(run, ct);
        return new ReconciliationResult(await FindAsync(caller, Guid.Parse(run.RunId), ct), "", reading.Problems.Told);
    }

    /// <summary>Lets a list that was read be applied; a worker does it in the background, page by page, also after a crash.</summary>
    /// <param name="caller">Who asks; must hold <see cref="Permissions.Submit"/>.</param>
    /// <param name="id">The comparison.</param>
    /// <param name="confirmed">Whether somebody saw that few of its rows are ours and wants it so.</param>
    /// <param name="ct">Stops the request; then nothing begins.</param>
    public async Task<ReconciliationResult> ApplyAsync(Caller caller, Guid id, bool confirmed, CancellationToken ct)
    {
        if (!caller.May(Permissions.Submit))
            return Refused("Tài khoản của bạn không được đối soát.");
        if (await store.FindAsync(caller, id, ct) is not { } row || row.State == nameof(ReconciliationState.Reading))
            return Refused("Không tìm thấy lần đối soát này.");
        Reconciliation run = row.ToView();
        if (run.State != ReconciliationState.Previewed)
            return new ReconciliationResult(run, "Lần đối soát này đã áp dụng.", []);
        if (run.NeedsConfirmation && !confirmed)
            return new ReconciliationResult(run, $"Chỉ {run.Expected.Matched} trên {run.Expected.Listed} hồ sơ trong danh sách là của cơ sở {run.Facility}. Xác nhận nếu đúng là danh sách của cơ sở này.", []);
        await using (WriteSession session = await database.BeginAsync(ct))
        {
            // Two uploads of one file may both have been read before either was applied.
            string? repeats = await store.AppliedBeforeAsync(run.Facility, run.Sha256, ct);
            if (!await ReconciliationStore.ApplyAsync(session, id, caller.Name, confirmed, repeats, ct))
                return new ReconciliationResult(await FindAsync(caller, id, ct), "Lần đối soát này vừa được người khác áp dụng.", []);
            session.Audit(run.Facility, caller.Name, "reconciliation.applied", id.ToString(), $"kind={run.Kind} file={run.FileName} sha256={run.Sha256} rows={run.Rows} refused={run.Refused}");
            await session.CommitAsync(ct);
        }
        runner.Wake();
        return new ReconciliationResult(await FindAsync(caller, id, ct), "", []);
    }

    /// <summary>Works an applied list off in this process, beside a server that may do the same.</summary>
    /// <returns>The comparison when it is over.</returns>
    public async Task<Reconciliation> RunAsync(Caller caller, Guid id, CancellationToken ct)
    {
        while (true)
        {
            await runner.RunAsync(id, ct);
            Reconciliation run = await FindAsync(caller, id, ct) ?? throw new InvalidOperationException($"There is no comparison {id}.");
            if (run.State != ReconciliationState.Applying)
                return run;
            await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
        }
    }

    /// <summary>A comparison; null when unknown or out of scope.</summary>
    public async Task<Reconciliation?> FindAsync(Caller caller, Guid id, CancellationToken ct) =>
        await store.FindAsync(caller, id, ct) is { } row && row.State != nameof(ReconciliationState.Reading) ? row.ToView() : null;

    /// <summary>Comparisons, newest first, paged by key.</summary>
    public async Task<Page<Reconciliation>> ListAsync(Caller caller, PageRequest page, CancellationToken ct)
    {
        (long at, string id) = PageCut.Key(page.After, long.MaxValue);
        return PageCut.Of(await store.ListAsync(caller, at, id, PageCut.Take(page) + 1, ct), page, r => r.ToView(), r => PageKey.Of(r.CreatedAt.ToString(CultureInfo.InvariantCulture), r.RunId));
    }

    /// <summary>Differences of a comparison in their order, paged by key.</summary>
    public async Task<Page<ReconciliationDifference>> DifferencesAsync(Caller caller, Guid id, DifferenceKind? kind, PageRequest page, CancellationToken ct) =>
        PageCut.Of(await store.DifferencesAsync(caller, id, kind, long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out long after) ? after : 0, PageCut.Take(page) + 1, ct),
            page, d => d.ToView(), d => d.Ordinal.ToString(CultureInfo.InvariantCulture));

    /// <summary>How many differences of each kind a comparison has.</summary>
    public Task<IReadOnlyDictionary<DifferenceKind, long>> CountDifferencesAsync(Caller caller, Guid id, CancellationToken ct) => store.CountDifferencesAsync(caller, id, ct);

    /// <summary>Records of one of the three work lists, paged by key.</summary>
    public async Task<Page<ReconciliationCase>> CasesAsync(Caller caller, CaseGroup group, PageRequest page, CancellationToken ct) =>
        PageCut.Of(await receipts.CasesAsync(caller, group, page.After ?? "", PageCut.Take(page) + 1, ct), page, c => c.ToView(), c => c.RecordId);

    /// <summary>How many records each work list holds; groups without any are missing.</summary>
    public Task<IReadOnlyDictionary<CaseGroup, long>> CountCasesAsync(Caller caller, CancellationToken ct) => receipts.CountCasesAsync(caller, ct);

    private async Task<long> StageAsync(ReconciliationRunRow run, ArchiveRef kept, PortalListReading reading, ListExtent extent, Action<long>? tell, CancellationToken ct)
    {
        await using Stream stored = await archive.OpenAsync(kept, ct);
        await using Stream? copy = stored.CanSeek ? null : TemporaryFile.Create();
        if (copy is not null)
        {
            await stored.CopyToAsync(copy, ct);
            copy.Position = 0;
        }
        long rows = 0;
        foreach (PortalRow[] page in reading.Read(copy ?? stored).Chunk(StagePage))
        {
            foreach (PortalRow row in page)
                extent.Take(row);
            await store.StageAsync(run, page, rows, ct);
            rows += page.Length;
            tell?.Invoke(rows);
            ct.ThrowIfCancellationRequested();
        }
        return rows;
    }

    private static ReconciliationResult Refused(string why) => new(null, why, []);
}
