using LienThong.Gateway.Archive;
using LienThong.Gateway.Intake.Visits;

namespace LienThong.Gateway.Intake.Folders;

/// <summary>Packages of the standard.</summary>
internal sealed class PackageFormat(IntakeService intake) : IFolderFormat
{
    public FolderKind Kind => FolderKind.Packages;

    public bool TakesFolders => false;

    public bool Takes(string name) => name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    public async Task<IntakeReport> TakeAsync(FolderItem item, CancellationToken ct)
    {
        await using FileStream stream = File.OpenRead(item.Path);
        return await intake.IngestAsync(stream, item.Name, item.Caller, null, ct);
    }
}

/// <summary>Visits as JSON.</summary>
internal sealed class VisitFormat(VisitIntake intake, IArchive archive, IntakeOptions options) : IFolderFormat
{
    private static readonly string[] Endings = [".json", ".ndjson", ".jsonl"];

    public FolderKind Kind => FolderKind.Visits;

    public bool TakesFolders => false;

    public bool Takes(string name) => Array.Exists(Endings, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    public async Task<IntakeReport> TakeAsync(FolderItem item, CancellationToken ct)
    {
        await using FileStream stream = File.OpenRead(item.Path);
        Stored original = await archive.PutAsync(stream, options.MaxFileBytes, ct);
        return await intake.IngestJsonAsync(original, item.Name, item.Caller, item.FileId, ct);
    }
}
