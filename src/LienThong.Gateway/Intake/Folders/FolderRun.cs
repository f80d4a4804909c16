using System.Security.Cryptography;
using System.Text;
using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Folders;

/// <summary>
/// Takes files out of one folder. A file is claimed by renaming it into <c>processing</c>, which only one node can do, and then by a row with a
/// lease; a claim whose holder vanished is taken over and goes on where it was.
/// </summary>
internal sealed class FolderRun(
    Database database, WatchedFolderStore store, Ledgers ledgers, IReadOnlyDictionary<FolderKind, IFolderFormat> formats, IntakeOptions limits, FaultPoints faults)
{
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(30);
    private const int MostAttempts = 3;

    /// <summary>Takes everything that is ready, and what crashes have left.</summary>
    /// <returns>How many were taken.</returns>
    /// <exception cref="IOException">The folder can't be reached.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read or written.</exception>
    public async Task<int> LookAsync(WatchedFolder folder, FolderScan scan, CancellationToken ct)
    {
        if (!formats.TryGetValue(folder.Kind, out IFolderFormat? format))
            return 0;
        FolderPlaces.Prepare(folder.Path);
        int taken = await ResumeAsync(folder, format, ct);
        foreach (ReadyItem item in scan.Look(folder.Path, format))
        {
            ct.ThrowIfCancellationRequested();
            Guid fileId = Guid.CreateVersion7(database.Time.GetUtcNow());
            string claim = FolderNames.Claim(fileId, item.Name);
            if (!TryMove(item.Path, Path.Combine(folder.Path, FolderScan.Processing, claim)))
                continue;
            if (item.Ready is { } mark)
                File.Delete(mark);
            faults.Pass("folder.renamed");
            taken += await TakeAsync(folder, format, claim, ct) ? 1 : 0;
        }
        return taken;
    }

    private async Task<int> ResumeAsync(WatchedFolder folder, IFolderFormat format, CancellationToken ct)
    {
        int taken = 0;
        string place = Path.Combine(folder.Path, FolderScan.Processing);
        HashSet<string> there = [.. Directory.EnumerateFileSystemEntries(place).Select(p => Path.GetFileName(p))];
        foreach (string claim in there.Where(name => FolderNames.TryRead(name, out _, out _)).Order(StringComparer.Ordinal))
            taken += await TakeAsync(folder, format, claim, ct) ? 1 : 0;
        // Moved to its place, but the last note is missing.
        foreach (FolderFileRow left in await store.LeftAsync(folder, ct))
        {
            if (there.Contains(left.ClaimName))
                continue;
            if (left.Target is { } target && Path.Exists(Path.Combine(folder.Path, target)))
                await ReportAsync(folder, left, target, ct);
            await store.EndAsync(folder, left.ClaimName, ct);
        }
        return taken;
    }

    private async Task<bool> TakeAsync(WatchedFolder folder, IFolderFormat format, string claim, CancellationToken ct)
    {
        FolderNames.TryRead(claim, out Guid fileId, out string name);
        string owner = Guid.NewGuid().ToString("N");
        FolderFileRow row = await store.ClaimAsync(folder, claim, name, fileId, owner, Lease, ct);
        if (row.LeaseOwner != owner)
            return false;
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task renewing = RenewAsync(folder, claim, owner, stop.Token);
        try
        {
            string path = Path.Combine(folder.Path, FolderScan.Processing, claim);
            FolderItem item = new(path, name, fileId, folder, CallerOf(folder));
            if (row.Outcome is null)
                await DecideAsync(item, format, row, owner, ct);
            else
                await FinishAsync(folder, claim, path, row, ct);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await store.ReleaseAsync(folder, claim, owner, database.Time.GetUtcNow() + TryAgain, CancellationToken.None);
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await renewing;
        }
    }

    private async Task DecideAsync(FolderItem item, IFolderFormat format, FolderFileRow row, string owner, CancellationToken ct)
    {
        (IntakeReport report, string sha256) = await IntakeAsync(item, format, row.Attempts, ct);
        string place = report.Outcome is IntakeOutcome.Complete or IntakeOutcome.Duplicate ? FolderScan.Done : FolderScan.Failed;
        string target = Path.Combine(place, FolderNames.Free(Path.Combine(item.Folder.Path, place), item.Name));
        await store.DecideAsync(item.Folder, row.ClaimName, owner, sha256, report, FolderReport.Sentence(report), target, ct);
        faults.Pass("folder.decided");
        await MoveAsync(item.Folder, row.ClaimName, item.Path, target, report, row, ct);
    }

    // What was decided before a crash is only carried out.
    private async Task FinishAsync(WatchedFolder folder, string claim, string path, FolderFileRow row, CancellationToken ct) =>
        await MoveAsync(folder, claim, path, row.Target!, await LedgerAsync(folder, row, ct), row, ct);

    private async Task MoveAsync(WatchedFolder folder, string claim, string path, string target, IntakeReport report, FolderFileRow row, CancellationToken ct)
    {
        // Two nodes may have chosen the same free name.
        if (Path.Exists(Path.Combine(folder.Path, target)))
            target = await AnotherAsync(folder, claim, target, row.FileName, ct);
        string full = Path.Combine(folder.Path, target);
        await FolderReport.WriteAsync(full, report, DateTimeOffset.FromUnixTimeMilliseconds(row.TakenAt), ct);
        faults.Pass("folder.reported");
        if (!TryMove(path, full))
            throw new IOException($"{claim} can't be moved to {target}.");
        faults.Pass("folder.moved");
        await store.EndAsync(folder, claim, ct);
    }

    private async Task<string> AnotherAsync(WatchedFolder folder, string claim, string target, string name, CancellationToken ct)
    {
        string place = Path.GetDirectoryName(target)!;
        string free = Path.Combine(place, FolderNames.Free(Path.Combine(folder.Path, place), name));
        await store.MoveAsync(folder, claim, free, ct);
        return free;
    }

    private async Task ReportAsync(WatchedFolder folder, FolderFileRow row, string target, CancellationToken ct) =>
        await FolderReport.WriteAsync(Path.Combine(folder.Path, target), await LedgerAsync(folder, row, ct), DateTimeOffset.FromUnixTimeMilliseconds(row.TakenAt), ct);

    private async Task<IntakeReport> LedgerAsync(WatchedFolder folder, FolderFileRow row, CancellationToken ct) =>
        await ledgers.FindAsync(CallerOf(folder), Guid.Parse(row.FileId), ct) is { } stored
            ? stored with { FileName = row.FileName }
            : Refused(row.FileName, "", "FOLDER-READ", row.Message ?? "", "");

    private async Task<(IntakeReport Report, string Sha256)> IntakeAsync(FolderItem item, IFolderFormat format, int attempts, CancellationToken ct)
    {
        string sha256;
        try
        {
            if (SizeOf(item.Path) > limits.MaxFileBytes)
                return (Refused(item.Name, "", "INTAKE-SIZE", $"Tệp lớn hơn {limits.MaxFileBytes / (1024 * 1024)} MiB.", "Chia nhỏ rồi đưa lại vào thư mục."), "");
            sha256 = await HashAsync(item.Path, ct);
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException && Path.Exists(item.Path) && attempts >= MostAttempts))
        {
            return (Refused(item.Name, "", "FOLDER-READ", "Không đọc được tệp.", "Kiểm tra quyền đọc của tệp rồi đưa lại vào thư mục."), "");
        }
        if (await SameAsync(item, sha256, ct) is { } before)
            return (before, sha256);
        try
        {
            return (await format.TakeAsync(item, ct), sha256);
        }
        catch (Exception e) when (attempts >= MostAttempts && e is not (OperationCanceledException or IOException or System.Data.Common.DbException))
        {
            return (Refused(item.Name, sha256, "FOLDER-FAILED", "Lỗi hệ thống khi nhận tệp.", $"Báo người quản trị mã tệp {item.FileId}."), sha256);
        }
    }

    // The same content under the same settings was taken completely before: nothing to do. A mapping may have changed since.
    private async Task<IntakeReport?> SameAsync(FolderItem item, string sha256, CancellationToken ct)
    {
        if (item.Folder.Mapping.Length > 0)
            return null;
        if (await store.FindSameAsync(item.Folder, sha256, ct) is not { } same || await ledgers.FindAsync(item.Caller, Guid.Parse(same.FileId), ct) is not { } before)
            return null;
        return before with
        {
            FileName = item.Name,
            Outcome = IntakeOutcome.Duplicate,
            Records = [.. before.Records.Select(r => r with { Verdict = IntakeVerdict.Same, Message = "" })],
        };
    }

    private async Task RenewAsync(WatchedFolder folder, string claim, string owner, CancellationToken ct)
    {
        using PeriodicTimer timer = new(Renewal, database.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
                await store.RenewAsync(folder, claim, owner, Lease, ct);
        }
        catch (OperationCanceledException)
        {
            // The work has ended.
        }
    }

    private static Caller CallerOf(WatchedFolder folder) =>
        new($"folder:{folder.Id}", $"thư mục {folder.Name}", new HashSet<string>(StringComparer.Ordinal) { Permissions.Ingest }, FacilityScope.Only(folder.Facility));

    // Another node may have been faster, or the file is gone.
    private static bool TryMove(string from, string to)
    {
        try
        {
            if (Directory.Exists(from))
                Directory.Move(from, to);
            else
                File.Move(from, to);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static long SizeOf(string path) =>
        Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles().Sum(f => f.Length) : new FileInfo(path).Length;

    private static async Task<string> HashAsync(string path, CancellationToken ct)
    {
        if (!Directory.Exists(path))
            return await HashFileAsync(path, ct);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.EnumerateFiles(path).Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\n" + await HashFileAsync(file, ct) + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<string> HashFileAsync(string path, CancellationToken ct)
    {
        await using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
    }

    private static IntakeReport Refused(string name, string sha256, string code, string message, string fix) =>
        new(null, name, sha256, IntakeOutcome.Refused, "", null, [], [new Problem(code, Severity.Block, message, fix)]);
}
