using System.Threading.Channels;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Standard;

namespace LienThong.Gateway.Intake;

/// <summary>Takes files in: archived as they came, read, judged, stored, and accounted for in a ledger.</summary>
public sealed class IntakeService
{
    private readonly Database database;
    private readonly IArchive archive;
    private readonly FacilitySettings facilities;
    private readonly WorkSignal signal;
    private readonly FileReading reading;
    private readonly IntakeStorage storage;
    private readonly FileStore files;
    private readonly FaultPoints faults;
    private readonly IntakeOptions defaults;
    private readonly CheckInDesk checkIns;

    internal IntakeService(
        Database database, IArchive archive, FacilitySettings facilities, IRecordJudge judge, WorkSignal signal, FaultPoints faults, IntakeOptions defaults,
        CheckInDesk checkIns, CheckInReading checkInReading)
    {
        this.checkIns = checkIns;
        (this.database, this.archive, this.facilities, this.signal, this.faults, this.defaults) = (database, archive, facilities, signal, faults, defaults);
        reading = new FileReading(judge, checkInReading, database.Time);
        storage = new IntakeStorage(database, archive, judge, faults);
        files = new FileStore(database);
    }

    /// <summary>Takes in one file of any size. Good records are stored even when others, or the end of the file, are not readable.</summary>
    public async Task<IntakeReport> IngestAsync(Stream stream, string fileName, Caller caller, IntakeOptions? options, CancellationToken ct)
    {
        options ??= defaults;
        Stored stored;
        try
        {
            stored = await archive.PutAsync(stream, options.MaxFileBytes, ct);
        }
        catch (ArchiveLimitException e)
        {
            return TooLarge(fileName, e.MaxBytes);
        }
        faults.Pass("intake.stored-file");
        if (await FindDuplicateAsync(caller, fileName, stored.Reference.Sha256, ct) is { } duplicate)
            return duplicate;
        IntakeFile file = new(NewId(), fileName, stored, database.Now);
        await BeginAsync(caller, file, ct);
        await StoreRecordsAsync(caller, file, options, ct);
        signal.Pulse();
        return file.ToReport();
    }

    /// <summary>Takes in many files: small ones in groups that share a disk flush and a transaction, read on all cores.</summary>
    public async IAsyncEnumerable<IntakeReport> IngestManyAsync(
        IEnumerable<IntakeSource> sources, Caller caller, IntakeOptions? options,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        options ??= defaults;
        List<(string Name, byte[] Bytes)> group = [];
        foreach (IntakeSource source in sources)
        {
            if (source.Length is { } length && length <= options.SmallFileBytes)
            {
                group.Add((source.FileName, await ReadAllAsync(source, ct)));
                if (group.Count < options.BatchRecords)
                    continue;
            }
            foreach (IntakeReport report in await IngestGroupAsync(group, caller, options, ct))
                yield return report;
            group.Clear();
            if (source.Length is { } known && known <= options.SmallFileBytes)
                continue;
            await using Stream stream = source.Open();
            yield return await IngestAsync(stream, source.FileName, caller, options, ct);
        }
        foreach (IntakeReport report in await IngestGroupAsync(group, caller, options, ct))
            yield return report;
    }

    private async Task<IReadOnlyList<IntakeReport>> IngestGroupAsync(
        List<(string Name, byte[] Bytes)> group, Caller caller, IntakeOptions options, CancellationToken ct)
    {
        if (group.Count == 0)
            return [];
        IReadOnlyList<ArchiveRef> references = await archive.PutManyAsync([.. group.Select(g => new ReadOnlyMemory<byte>(g.Bytes))], ct);
        faults.Pass("intake.stored-file");
        Dictionary<string, string> known = await files.FindCompleteAsync(caller, references.Select(r => r.Sha256), ct);
        Func<string, string?> accepts = await facilities.AcceptsAsync(caller, ct);
        IntakeFile?[] taken = new IntakeFile?[group.Count];
        List<PendingRecord>[] found = new List<PendingRecord>[group.Count];
        HashSet<string> inGroup = new(StringComparer.Ordinal);
        List<int> later = [];
        for (int i = 0; i < taken.Length; i++)
        {
            // A copy of a file inside one group is looked at after the first one is stored.
            if (!inGroup.Add(references[i].Sha256))
                later.Add(i);
            else if (!known.ContainsKey(references[i].Sha256))
                taken[i] = new IntakeFile(NewId(), group[i].Name, new Stored(references[i], group[i].Bytes.Length), database.Now);
        }
        Parallel.For(0, taken.Length, new ParallelOptions { CancellationToken = ct }, i =>
        {
            found[i] = [];
            if (taken[i] is { } file)
                reading.Read(file, new MemoryStream(group[i].Bytes, writable: false), accepts, found[i].Add);
        });
        IntakeFile[] finished = [.. taken.OfType<IntakeFile>()];
        foreach (IntakeFile file in finished)
            await CheckInLedger.StoreAsync(checkIns, caller, file, ct);
        if (finished.Length > 0)
            await storage.StoreAsync(caller, [.. found.SelectMany(f => f)], finished, await DeadlineStore.GroundAsync(database, ct), ct);
        signal.Pulse();
        IntakeReport[] reports = new IntakeReport[group.Count];
        for (int i = 0; i < reports.Length; i++)
        {
            reports[i] = taken[i]?.ToReport()
                ?? await FindDuplicateAsync(caller, group[i].Name, references[i].Sha256, ct)
                ?? await IngestAsync(new MemoryStream(group[i].Bytes, writable: false), group[i].Name, caller, options, ct);
        }
        return reports;
    }

    private async Task StoreRecordsAsync(Caller caller, IntakeFile file, IntakeOptions options, CancellationToken ct)
    {
        Func<string, string?> accepts = await facilities.AcceptsAsync(caller, ct);
        DeadlineGround ground = await DeadlineStore.GroundAsync(database, ct);
        // Reading goes on while the batch before is being committed; a full channel holds the reader back.
        Channel<List<PendingRecord>> batches = Channel.CreateBounded<List<PendingRecord>>(1);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<List<PendingRecord>> read = Task.Run(() => ReadAsync(file, accepts, batches.Writer, options, stop.Token), ct);
        try
        {
            await foreach (List<PendingRecord> batch in batches.Reader.ReadAllAsync(ct))
                await storage.StoreAsync(caller, batch, [], ground, ct);
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        List<PendingRecord> last = await read;
        await CheckInLedger.StoreAsync(checkIns, caller, file, ct);
        await storage.StoreAsync(caller, last, [file], ground, ct);
    }

    /// <summary>Hands on full batches and returns the last one, which is stored together with the file's ledger.</summary>
    private async Task<List<PendingRecord>> ReadAsync(
        IntakeFile file, Func<string, string?> accepts, ChannelWriter<List<PendingRecord>> batches, IntakeOptions options, CancellationToken ct)
    {
        List<PendingRecord> batch = [];
        try
        {
            long bytes = 0;
            await using Stream content = await archive.OpenAsync(file.Content.Reference, ct);
            reading.Read(file, content, accepts, pending =>
            {
                // The first record waits for the next one: only then it is known not to be alone in its file.
                if (batch.Count >= options.BatchRecords || bytes > options.BatchBytes)
                {
                    while (!batches.TryWrite(batch))
                    {
                        if (!batches.WaitToWriteAsync(ct).AsTask().GetAwaiter().GetResult())
                            throw new OperationCanceledException(ct);
                    }
                    (batch, bytes) = ([], 0);
                }
                batch.Add(pending);
                bytes += pending.Content.Length;
            });
            batches.Complete();
            return batch;
        }
        catch (Exception e)
        {
            batches.Complete(e);
            throw;
        }
    }

    private async Task BeginAsync(Caller caller, IntakeFile file, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await storage.SaveFilesAsync(session, caller, [file], ct, reading: true);
        await session.CommitAsync(ct);
    }

    private async Task<IntakeReport?> FindDuplicateAsync(Caller caller, string fileName, string sha256, CancellationToken ct)
    {
        Dictionary<string, string> known = await files.FindCompleteAsync(caller, [sha256], ct);
        if (!known.TryGetValue(sha256, out string? fileId) || await files.FindAsync(caller, fileId, ct) is not { } row)
            return null;
        List<IntakeRecord> ledger = (await files.RecordsAsync(caller, fileId, ct)).ConvertAll(r => new IntakeRecord(
            r.Hoso, r.MaLk, IntakeVerdict.Same, Guid.Parse(r.RecordId), r.Version, Enum.Parse<RecordState>(r.State), r.BlockCount, r.WarnCount, ""));
        return new IntakeReport(Guid.Parse(fileId), fileName, sha256, IntakeOutcome.Duplicate, row.Facility, row.Declared, ledger, []);
    }

    private Guid NewId() => Guid.CreateVersion7(database.Time.GetUtcNow());

    internal static IntakeReport TooLarge(string fileName, long most) => new(
        null, fileName, "", IntakeOutcome.Refused, "", null, [],
        [new Problem("INTAKE-SIZE", Severity.Block, $"Tệp lớn hơn {most / (1024 * 1024)} MiB.", "Chia nhỏ tệp rồi nộp lại.")]);

    private static async Task<byte[]> ReadAllAsync(IntakeSource source, CancellationToken ct)
    {
        await using Stream stream = source.Open();
        using MemoryStream copy = new((int)(source.Length ?? 0));
        await stream.CopyToAsync(copy, ct);
        return copy.ToArray();
    }
}
