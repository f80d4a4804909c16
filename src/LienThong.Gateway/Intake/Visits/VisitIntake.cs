using System.Threading.Channels;
using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Visits;

/// <summary>Takes visits of the extract model in: built into records on all cores, which are then stored, judged and versioned as those of packages are.</summary>
public sealed class VisitIntake
{
    // Visits in work at a time: enough for every core, few enough for memory.
    private const int MostRows = 20_000;
    private readonly Database database;
    private readonly IArchive archive;
    private readonly FacilitySettings facilities;
    private readonly WorkSignal signal;
    private readonly VisitRecords records;
    private readonly IntakeStorage storage;
    private readonly FaultPoints faults;
    private readonly IntakeOptions options;
    private readonly CheckInDesk checkIns;

    internal VisitIntake(
        Database database, IArchive archive, FacilitySettings facilities, IRecordJudge judge, WorkSignal signal, FaultPoints faults, IntakeOptions options,
        CheckInDesk checkIns, CheckInReading checkInReading)
    {
        this.checkIns = checkIns;
        (this.database, this.archive, this.facilities, this.signal, this.faults, this.options) = (database, archive, facilities, signal, faults, options);
        records = new VisitRecords(judge, checkInReading, database.Time);
        storage = new IntakeStorage(database, archive, judge, faults);
    }

    /// <summary>Whether a content that begins like this can only be visits in JSON: a package begins with a tag.</summary>
    public static bool LooksLikeJson(ReadOnlySpan<byte> head)
    {
        head = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        head = head.TrimStart(" \t\r\n"u8);
        return head is [(byte)'{' or (byte)'[', ..];
    }

    /// <summary>Archives a document of visits (JSON: one, an array, or one after the other) and takes them in.</summary>
    /// <param name="stream">UTF-8.</param>
    /// <param name="name">Name for the ledger.</param>
    /// <param name="caller">Who hands it in; visits of other facilities are refused.</param>
    /// <param name="ct">Stops the work; what is committed stays.</param>
    public async Task<IntakeReport> IngestJsonAsync(Stream stream, string name, Caller caller, CancellationToken ct)
    {
        Stored stored;
        try
        {
            stored = await archive.PutAsync(stream, options.MaxFileBytes, ct);
        }
        catch (ArchiveLimitException e)
        {
            return IntakeService.TooLarge(name, e.MaxBytes);
        }
        return await IngestJsonAsync(stored, name, caller, null, ct);
    }

    /// <summary>Takes in a document of visits that lies in the archive.</summary>
    /// <param name="original">The document.</param>
    /// <param name="name">Name for the ledger.</param>
    /// <param name="caller">Who hands it in.</param>
    /// <param name="fileId">Id given to it before, when this repeats what a crash ended; null for a new one.</param>
    /// <param name="ct">Stops the work; what is committed stays.</param>
    public async Task<IntakeReport> IngestJsonAsync(Stored original, string name, Caller caller, Guid? fileId, CancellationToken ct)
    {
        await using Stream content = await archive.OpenAsync(original.Reference, ct);
        return await IngestAsync(new VisitBatch(name, original, VisitJsonReader.Read(content, ExtractLimits.Default)) { FileId = fileId }, caller, ct);
    }

    /// <summary>Takes visits in. Good ones are stored even when others can't be read, built or stored.</summary>
    /// <param name="batch">The visits.</param>
    /// <param name="caller">Who hands them in; visits of other facilities are refused.</param>
    /// <param name="ct">Stops the work; what is committed stays.</param>
    /// <returns>The ledger: every visit with its verdict and problems, in order.</returns>
    public async Task<IntakeReport> IngestAsync(VisitBatch batch, Caller caller, CancellationToken ct)
    {
        faults.Pass("intake.stored-file");
        IntakeFile file = new(batch.FileId ?? Guid.CreateVersion7(database.Time.GetUtcNow()), batch.Name, batch.Original, database.Now)
        {
            Built = 0,
            Facility = caller.Scope is { All: false, Facilities: { Count: 1 } only } ? only.Single() : "",
        };
        await BeginAsync(caller, file, ct);
        DeadlineGround ground = await DeadlineStore.GroundAsync(database, ct);
        Func<string, string?> accepts = await facilities.AcceptsAsync(caller, ct);
        // Reading and building go on while the batch before is being committed; a full channel holds them back.
        Channel<Built> built = Channel.CreateBounded<Built>(1);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task building = Task.Run(() => BuildAsync(file, batch, accepts, built.Writer, stop.Token), ct);
        try
        {
            await foreach (Built part in built.Reader.ReadAllAsync(ct))
            {
                file.Built += part.Records.Count;
                file.Ledger.AddRange(part.Refused);
                await CheckInLedger.StoreAsync(checkIns, caller, file, ct);
                if (file.Facility.Length == 0 && part.Records is [PendingRecord first, ..])
                    file.Facility = first.Facility;
                await storage.StoreAsync(caller, part.Records, [], ground, ct);
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        await building;
        file.Declared = batch.Declared?.Invoke();
        await storage.StoreAsync(caller, [], [file], ground, ct);
        signal.Pulse();
        return file.ToReport();
    }

    private async Task BuildAsync(IntakeFile file, VisitBatch batch, Func<string, string?> accepts, ChannelWriter<Built> output, CancellationToken ct)
    {
        try
        {
            List<VisitReading> part = [];
            List<Problem> ofFile = [];
            int ordinal = 0, rows = 0;
            foreach (VisitReading reading in batch.Visits)
            {
                ct.ThrowIfCancellationRequested();
                if (reading.Visit is null && !batch.EveryReadingIsAVisit)
                {
                    ofFile.AddRange(reading.Problems.Select(OfFile));
                    continue;
                }
                part.Add(reading);
                rows += VisitModel.Sections.Sum(s => reading.Visit?[s.Id].Count ?? 0);
                if (part.Count < options.BatchRecords && rows < MostRows)
                    continue;
                await output.WriteAsync(Build(file, part, ordinal, accepts, ct), ct);
                ordinal += part.Count;
                rows = 0;
                part.Clear();
            }
            await output.WriteAsync(Build(file, part, ordinal, accepts, ct), ct);
            file.Problems = ofFile;
            output.Complete();
        }
        catch (Exception e)
        {
            output.Complete(e);
        }
    }

    private Built Build(IntakeFile file, List<VisitReading> part, int first, Func<string, string?> accepts, CancellationToken ct)
    {
        PendingRecord?[] built = new PendingRecord?[part.Count];
        IntakeRecord?[] refused = new IntakeRecord?[part.Count];
        ParallelOptions cores = new() { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, built.Length, cores, i => built[i] = records.Build(file, first + i, part[i], accepts, out refused[i]));
        return new Built([.. built.OfType<PendingRecord>()], [.. refused.OfType<IntakeRecord>()]);
    }

    private async Task BeginAsync(Caller caller, IntakeFile file, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await storage.SaveFilesAsync(session, caller, [file], ct, reading: true);
        await session.CommitAsync(ct);
    }

    private static Problem OfFile(ExtractProblem p) => new(
        p.Code, p.Severity, $"{Place(p)}{p.Message}", p.Fix, p.Line > 0 ? p.Line : null);

    private static string Place(ExtractProblem p) => (p.File.Length, p.Column.Length) switch
    {
        (0, 0) => "",
        (_, 0) => $"{p.File}: ",
        (0, _) => $"Cột {p.Column}: ",
        _ => $"{p.File}, cột {p.Column}: ",
    };

    private sealed record Built(List<PendingRecord> Records, List<IntakeRecord> Refused);
}
