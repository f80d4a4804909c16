using System.IO.Compression;
using LienThong.Extracts;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Intake.Tables;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Intake.Folders;

/// <summary>Extracts of tables: sub-folders of CSV files, or workbooks. Columns are named by the folder's mapping, or as the model names them.</summary>
internal sealed class TableFormat(FolderKind kind, TableIntake intake, MappingStore mappings, IArchive archive, IntakeOptions options) : IFolderFormat
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
                return TableIntake.Refused(item.Name, item.Folder.Facility, "MAPPING-MISSING", $"Cơ sở không có ánh xạ «{name}».", "Lưu ánh xạ ở trang Ánh xạ dữ liệu, hoặc đổi ánh xạ của thư mục, rồi đưa lại tệp.");
            mapping = loaded;
        }
        if (mapping.Facility.Length == 0)
            mapping = mapping with { Facility = item.Folder.Facility };
        return await intake.IngestAsync(item.Name, () => ExtractFiles.Tables(item.Path), () => KeepAsync(item.Path, ct), mapping, item.FileId, item.Caller, ct);
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
}
