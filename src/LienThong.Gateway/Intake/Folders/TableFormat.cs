using System.IO.Compression;
using LienThong.Extracts;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Intake.Tables;
using LienThong.Gateway.Intake.Visits;
using LienThong.Gateway.Storage;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Folders;

/// <summary>Extracts of tables: sub-folders of CSV files, or workbooks. Columns are named by the folder's mapping, or as the model names them.</summary>
internal sealed class TableFormat(FolderKind kind, VisitIntake intake, MappingStore mappings, IArchive archive, IntakeOptions options) : IFolderFormat
{
    private static readonly DateTimeOffset NoTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public FolderKind Kind => kind;

    public bool TakesFolders => kind == FolderKind.Csv;

    public bool Takes(string name) => TakesFolders || name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase);

    public async Task<IntakeReport> TakeAsync(FolderItem item, CancellationToken ct)
    {
        ExtractMapping mapping = ExtractMapping.ByName;
        if (item.Folder.Mapping is { Length: > 0 } name)
        {
            MappingRow? stored = (await mappings.VersionsAsync(item.Caller, item.Folder.Facility, name, ct)).FirstOrDefault();
            if (stored is null || ExtractMapping.Load(stored.Content).Mapping is not { } loaded)
                return Refused(item, "MAPPING-MISSING", $"Cơ sở không có ánh xạ «{name}».", "Lưu ánh xạ ở trang Ánh xạ dữ liệu, hoặc đổi ánh xạ của thư mục, rồi đưa lại tệp.");
            mapping = loaded;
        }
        if (mapping.Facility.Length == 0)
            mapping = mapping with { Facility = item.Folder.Facility };
        try
        {
            IReadOnlyList<ExtractTable> tables = ExtractFiles.Tables(item.Path);
            if (tables.Count == 0)
                return Refused(item, ExtractCodes.Unreadable, "Không có bảng nào.", "Thư mục cần các tệp .csv.");
            Stored original = await KeepAsync(item.Path, ct);
            IEnumerable<VisitReading> visits = new VisitAssembly(mapping, new AssemblyOptions(TemporaryFile.Create)).Read(tables);
            return await intake.IngestAsync(new VisitBatch(item.Name, original, visits) { FileId = item.FileId, EveryReadingIsAVisit = false }, item.Caller, ct);
        }
        catch (UnreadableExtractException e)
        {
            return Refused(item, e.Problem.Code, e.Problem.Message, e.Problem.Fix);
        }
    }

    // A folder is kept as one packed file, the same bytes for the same content.
    private async Task<Stored> KeepAsync(string path, CancellationToken ct)
    {
        if (!Directory.Exists(path))
        {
            await using FileStream file = File.OpenRead(path);
            return await archive.PutAsync(file, options.MaxFileBytes, ct);
        }
        await using FileStream packed = TemporaryFile.Create();
        await using (ZipArchive zip = new(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string file in Directory.EnumerateFiles(path).Order(StringComparer.Ordinal))
            {
                ZipArchiveEntry entry = zip.CreateEntry(Path.GetFileName(file), CompressionLevel.Fastest);
                entry.LastWriteTime = NoTime;
                await using Stream content = File.OpenRead(file);
                await using Stream target = entry.Open();
                await content.CopyToAsync(target, ct);
            }
        }
        packed.Position = 0;
        return await archive.PutAsync(packed, options.MaxFileBytes, ct);
    }

    private static IntakeReport Refused(FolderItem item, string code, string message, string fix) =>
        new(null, item.Name, "", IntakeOutcome.Refused, item.Folder.Facility, null, [], [new Problem(code, Severity.Block, message, fix)]);
}
