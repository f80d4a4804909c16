using System.Text.Json;
using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Intake.Tables;

namespace LienThong.Gateway.Intake.Mapping;

/// <summary>A sample of an extract that somebody works on.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Files">Names of its files.</param>
/// <param name="At">When it was handed in.</param>
public sealed record MappingSample(Guid Id, string Facility, IReadOnlyList<string> Files, DateTimeOffset At);

/// <summary>Samples of extracts, kept for a day in the data folder while somebody writes a mapping for them. They hold health data.</summary>
public sealed class MappingSamples
{
    /// <summary>Largest sample, in bytes.</summary>
    public const long MostBytes = 20 * 1024 * 1024;

    /// <summary>Most files of a sample.</summary>
    public const int MostFiles = 40;

    private const string About = "about.json";
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly string[] Endings = [".csv", ".txt", ".tsv", ".xlsx", ".xls"];
    private readonly string root;
    private readonly TimeProvider time;

    internal MappingSamples(string dataFolder, TimeProvider time) => (root, this.time) = (Path.Combine(dataFolder, "workbench"), time);

    /// <summary>Keeps a sample: CSV files, or one workbook.</summary>
    /// <param name="caller">Who hands it in.</param>
    /// <param name="facility">Facility in the caller's scope.</param>
    /// <param name="files">Names without folders, and contents.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>The sample, or why it isn't taken, in Vietnamese.</returns>
    public async Task<(MappingSample? Sample, string Message)> AddAsync(
        Caller caller, string facility, IReadOnlyList<(string Name, Func<Stream> Open, long Length)> files, CancellationToken ct)
    {
        Clean();
        if (!caller.May(Permissions.Operate) || !caller.Scope.Holds(facility))
            return (null, "Cơ sở không thuộc quyền của bạn.");
        if (files.Count is 0 or > MostFiles || files.Sum(f => f.Length) > MostBytes)
            return (null, $"Chọn từ 1 đến {MostFiles} tệp, tổng cộng không quá {MostBytes / (1024 * 1024)} MiB. Mẫu vài trăm dòng mỗi tệp là đủ.");
        if (files.FirstOrDefault(f => !Array.Exists(Endings, e => f.Name.EndsWith(e, StringComparison.OrdinalIgnoreCase))) is { Name: { } other })
            return (null, $"«{ExtractProblem.Shown(other)}» không phải tệp CSV hoặc Excel.");
        if (files.Count > 1 && files.Any(f => IsBook(f.Name)))
            return (null, "Gửi các tệp CSV, hoặc đúng một tệp Excel.");
        MappingSample sample = new(Guid.NewGuid(), facility, [.. files.Select(f => f.Name)], time.GetUtcNow());
        string folder = Path.Combine(root, sample.Id.ToString("N"));
        DataFolder.Prepare(Path.Combine(folder, "files"));
        for (int i = 0; i < files.Count; i++)
        {
            await using Stream content = files[i].Open();
            await using FileStream file = new(Path.Combine(folder, "files", files[i].Name), FileMode.Create);
            await content.CopyToAsync(file, ct);
        }
        await File.WriteAllBytesAsync(Path.Combine(folder, About), JsonSerializer.SerializeToUtf8Bytes(sample), ct);
        return (sample, "");
    }

    /// <summary>A sample; null when it is unknown, gone, or of a facility out of scope.</summary>
    public async Task<MappingSample?> FindAsync(Caller caller, Guid id, CancellationToken ct)
    {
        string about = Path.Combine(root, id.ToString("N"), About);
        if (!File.Exists(about))
            return null;
        MappingSample sample = JsonSerializer.Deserialize<MappingSample>(await File.ReadAllBytesAsync(about, ct))!;
        return caller.Scope.Holds(sample.Facility) ? sample : null;
    }

    /// <summary>The tables of a sample.</summary>
    /// <exception cref="UnreadableExtractException">The workbook can't be read.</exception>
    public IReadOnlyList<ExtractTable> Tables(MappingSample sample)
    {
        string files = Path.Combine(root, sample.Id.ToString("N"), "files");
        return ExtractFiles.Tables(sample.Files is [var only] ? Path.Combine(files, only) : files);
    }

    private void Clean()
    {
        if (!Directory.Exists(root))
            return;
        foreach (string old in Directory.EnumerateDirectories(root).Where(d => time.GetUtcNow().UtcDateTime - Directory.GetCreationTimeUtc(d) > Kept))
            Directory.Delete(old, recursive: true);
    }

    private static bool IsBook(string name) => name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".xls", StringComparison.OrdinalIgnoreCase);
}
