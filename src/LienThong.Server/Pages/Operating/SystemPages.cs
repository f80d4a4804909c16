using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Jobs;
using LienThong.Gateway.Storage;
using LienThong.Server.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Operating;

/// <summary>The machine room on one page: parts, recurring jobs, servers, database, archive, space, version.</summary>
internal static class SystemPages
{
    /// <summary>Where it is.</summary>
    public const string Path = "/he-thong";

    /// <summary>Part of the page that htmx replaces.</summary>
    public const string Target = "he-thong";

    /// <summary>How often an open page asks again by itself: for a quarter of an hour, so that a forgotten one doesn't keep a session alive.</summary>
    public const int MostRounds = 60;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet(Path, ShowAsync).RequireAuthorization(Permissions.Operate);

    private static async Task<IResult> ShowAsync(HttpContext http, SystemPageData data, CancellationToken ct, [FromQuery(Name = "lan")] string? round = null)
    {
        SystemView view = await data.ReadAsync(ct);
        return PageResults.WantsPart(http, Target)
            ? PageResults.Part<SystemPart>(http, (nameof(SystemPart.View), view), (nameof(SystemPart.Round), int.TryParse(round, out int asked) ? asked : MostRounds))
            : PageResults.Page<SystemPage>(http, "Hệ thống", (nameof(SystemPage.View), view));
    }
}

/// <summary>What the page reads.</summary>
internal sealed class SystemPageData(HealthChecks health, JobBook jobs, SystemQueries queries, IArchive archive, ServerOptions options)
{
    /// <summary>Everything, as it is now.</summary>
    public async Task<SystemView> ReadAsync(CancellationToken ct) => new(
        await health.CheckAsync(ct), await jobs.ListAsync(ct), await queries.DatabaseAsync(ct), await queries.NodesAsync(ct), archive.Place, Disks(),
        new ProgramState(Version(), RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription, Environment.MachineName, Environment.ProcessId, Started(), options.RunsWorkers));

    private List<DiskState> Disks()
    {
        string data = Path.GetFullPath(options.Gateway.DataFolder), kept = Path.Combine(data, "archive");
        List<DiskState> disks = [Disk("Thư mục dữ liệu", data)];
        // It may be a mount of its own, shared by several servers.
        if (archive.Place == FolderArchive.FolderPlace && Directory.Exists(kept))
            disks.Add(Disk("Kho lưu trữ", kept));
        return disks;
    }

    private DiskState Disk(string what, string path)
    {
        DriveInfo drive = new(path);
        return new DiskState(what, path, drive.AvailableFreeSpace, drive.TotalSize, drive.AvailableFreeSpace < options.LowDiskBytes);
    }

    private static DateTimeOffset Started()
    {
        using Process self = Process.GetCurrentProcess();
        return new DateTimeOffset(self.StartTime.ToUniversalTime());
    }

    private static string Version() =>
        typeof(SystemPageData).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [var number, var commit, ..]
            ? $"{number} ({commit[..Math.Min(7, commit.Length)]})" : typeof(SystemPageData).Assembly.GetName().Version?.ToString(3) ?? "";
}

/// <summary>The machine room.</summary>
/// <param name="Health">What <c>/health</c> says.</param>
/// <param name="Jobs">Recurring jobs.</param>
/// <param name="Database">The database.</param>
/// <param name="Nodes">Servers that share it; empty on SQLite.</param>
/// <param name="ArchivePlace">Which archive: <c>folder</c> or an <c>s3://</c> address.</param>
/// <param name="Disks">Space on the disks used.</param>
/// <param name="Program">This process.</param>
public sealed record SystemView(
    HealthReport Health, IReadOnlyList<JobState> Jobs, DatabaseState Database, IReadOnlyList<NodeState> Nodes, string ArchivePlace, IReadOnlyList<DiskState> Disks, ProgramState Program);

/// <summary>Space on a disk, in bytes.</summary>
/// <param name="What">What lies there, for people.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Free">Free for this process.</param>
/// <param name="Total">Size.</param>
/// <param name="IsLow">Less than <see cref="ServerOptions.LowDiskBytes"/> is free.</param>
public sealed record DiskState(string What, string Folder, long Free, long Total, bool IsLow);

/// <summary>This process.</summary>
/// <param name="Version">Version of the product, with the commit it was built from.</param>
/// <param name="Runtime">.NET runtime.</param>
/// <param name="System">Operating system.</param>
/// <param name="Machine">Name of the machine.</param>
/// <param name="Pid">Process number.</param>
/// <param name="StartedAt">Since when it runs.</param>
/// <param name="RunsWorkers">Whether it signs, sends and runs jobs.</param>
public sealed record ProgramState(string Version, string Runtime, string System, string Machine, int Pid, DateTimeOffset StartedAt, bool RunsWorkers);
