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
    private readonly IntakeGathering gathering;

    internal IntakeService(
        Database database, IArchive archive, FacilitySettings facilities, IRecordJudge judge, WorkSignal signal, FaultPoints faults, IntakeOptions defaults,
        CheckInDesk checkIns, CheckInReading checkInReading)
    {
        this.checkIns = checkIns;
        (this.database, this.archive, this.facilities, this.signal, this.faults, this.defaults) = (database, archive, facilities, signal, faults, defaults);
        reading = new FileReading(judge, checkInReading, database.Time);
        storage = new IntakeStorage(database, archive, judge, faults);
        files = new FileStore(database);
        gathering = new IntakeGathering(IngestGroupAsync, defaults);
    }

    /// <summary>Takes in one file of any size. Good records are stored even when others, or the end of the file, are not readable.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="fileName">Its name, as told in its ledger.</param>
    /// <param name="caller">Who hands it in.</param>
    /// <param name="options">Limits of its own; null for the product's.</param>
    /// <param name="ct">Stops the work; what is committed stays.</param>
    /// <param name="length">Its size in bytes when that is known although the stream can't tell: small files that come at the same time are taken in together.</param>
    /// <exception cref="EndOfStreamException">There are fewer bytes than <paramref name="length"/>.</exception>
    public async Task<IntakeReport> IngestAsync(Stream stream, string fileName, Caller caller, IntakeOptions? options, CancellationToken ct, long? length = null)
    {
        length ??= stream.CanSeek ? stream.Length - stream.Position : null;
        if (options is not null || length is not { } known || known > Math.Min(defaults.SmallFileBytes, defaults.MaxFileBytes))
            return await IngestStreamAsync(stream, fileName, caller, options ?? defaults, ct);
        byte[] bytes = new byte[known];
        await stream.ReadExactlyAsync(bytes, ct);
        return await gathering.IngestAsync(fileName, bytes, caller, ct);
    }

    private async Task<IntakeReport> IngestStreamAsync(Stream stream, string fileName, Caller caller, IntakeOptions options, CancellationToken ct)
    {
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
        Task<IReadOnlyList<IntakeReport>> storing = Task.FromResult<IReadOnlyList<IntakeReport>>([]);
        HashSet<string> before = [];
        try
        {
            foreach (IntakeSource source in sources)
            {
                bool small = source.Length is { } length && length <= options.SmallFileBytes;
                if (small)
                {
                    group.Add((source.FileName, await ReadAllAsync(source, ct)));
                    if (group.Count < options.BatchRecords)
                        continue;
                }
                // A group is read while the one before is being stored.
                FileGroup read = await ReadGroupAsync(group, before, caller, ct);
                foreach (IntakeReport report in await storing)
                    yield return report;
                storing = Task.Run(() => StoreGroupAsync(read, caller, options, ct), ct);
                (before, group) = (read.Hashes, []);
                if (small)
                    continue;
                foreach (IntakeReport report in await storing)
                    yield return report;
                storing = Task.FromResult<IReadOnlyList<IntakeReport>>([]);
                await using Stream stream = source.Open();
                yield return await IngestStreamAsync(stream, source.FileName, caller, options, ct);
            }
            FileGroup last = await ReadGroupAsync(group, before, caller, ct);
            foreach (IntakeReport report in await storing)
                yield return report;
            foreach (IntakeReport report in await (storing = StoreGroupAsync(last, caller, options, ct)))
                yield return report;
        }
        finally
        {
            await ((Task)storing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<IntakeReport>> IngestGroupAsync(List<(string Name, byte[] Bytes)> group, Caller caller) =>
        await StoreGroupAsync(await ReadGroupAsync(group, [], caller, CancellationToken.None), caller, defaults, CancellationToken.None);

    /// <summary>Archives and judges files; no record is stored yet.</summary>
    /// <param name="group">The files.</param>
    /// <param name="before">Hashes of files that are just being stored.</param>
    /// <param name="caller">Who hands them in.</param>
    /// <param name="ct">Stops the work.</param>
    private async Task<FileGroup> ReadGroupAsync(List<(string Name, byte[] Bytes)> group, HashSet<string> before, Caller caller, CancellationToken ct)
    {
        // A file that is alone needs no pack around it.
        IReadOnlyList<ArchiveRef> references = group is [(_, var only)]
            ? [(await archive.PutAsync(new MemoryStream(only, writable: false), long.MaxValue, ct)).Reference]
            : await archive.PutManyAsync([.. group.Select(g => new ReadOnlyMemory<byte>(g.Bytes))], ct);
        faults.Pass("intake.stored-file");
        FileGroup read = new(group, [.. references.Select(r => r.Sha256)], new IntakeFile?[group.Count], new List<PendingRecord>[group.Count]);
        if (group.Count == 0)
            return read;
        Dictionary<string, string> known = await files.FindCompleteAsync(caller, read.Sha256, ct);
        Func<string, string?> accepts = await facilities.AcceptsAsync(caller, ct);
        for (int i = 0; i < group.Count; i++)
        {
            // A copy of a file inside one group, or of one that is just being stored, is looked at after the first one is stored.
            string sha256 = read.Sha256[i];
            if (read.Hashes.Add(sha256) && !before.Contains(sha256) && !known.ContainsKey(sha256))
                read.Taken[i] = new IntakeFile(NewId(), group[i].Name, new Stored(references[i], group[i].Bytes.Length), database.Now);
        }
        Parallel.For(0, group.Count, new ParallelOptions { CancellationToken = ct }, i =>
        {
            read.Found[i] = [];
            if (read.Taken[i] is { } file)
                reading.Read(file, new MemoryStream(group[i].Bytes, writable: false), accepts, read.Found[i].Add);
        });
        return read;
    }

    private async Task<IReadOnlyList<IntakeReport>> StoreGroupAsync(FileGroup read, Caller caller, IntakeOptions options, CancellationToken ct)
    {
        IntakeFile[] finished = [.. read.Taken.OfType<IntakeFile>()];
        foreach (IntakeFile file in finished)
            await CheckInLedger.StoreAsync(checkIns, caller, file, ct);
        if (finished.Length > 0)
            await storage.StoreAsync(caller, [.. read.Found.SelectMany(f => f)], finished, await DeadlineStore.GroundAsync(database, ct), ct);
        signal.Pulse();
        IntakeReport[] reports = new IntakeReport[read.Files.Count];
        for (int i = 0; i < reports.Length; i++)
        {
            (string name, byte[] bytes) = read.Files[i];
            reports[i] = read.Taken[i]?.ToReport()
                ?? await FindDuplicateAsync(caller, name, read.Sha256[i], ct)
                ?? await IngestStreamAsync(new MemoryStream(bytes, writable: false), name, caller, options, ct);
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

    /// <summary>Small files that are taken in together.</summary>
    /// <param name="Files">Names and contents.</param>
    /// <param name="Sha256">Hash of each.</param>
    /// <param name="Taken">What is stored of each; null when it is known already or a copy.</param>
    /// <param name="Found">Records of each.</param>
    private sealed record FileGroup(List<(string Name, byte[] Bytes)> Files, string[] Sha256, IntakeFile?[] Taken, List<PendingRecord>[] Found)
    {
        /// <summary>All hashes.</summary>
        public HashSet<string> Hashes { get; } = new(StringComparer.Ordinal);
    }
}
