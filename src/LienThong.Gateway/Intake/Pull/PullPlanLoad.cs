using LienThong.Extracts;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>What came of reading a source's file.</summary>
/// <param name="Plan">The plan; null when the file has mistakes: half a plan is never run.</param>
/// <param name="Mapping">How its tables become visits; null with the plan.</param>
/// <param name="Errors">Its mistakes, in the order of the file.</param>
public sealed record PullPlanLoad(PullPlan? Plan, ExtractMapping? Mapping, IReadOnlyList<MappingError> Errors)
{
    /// <summary>Longest file of a source, in bytes.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Reads the text of a source's file. Never throws because of its content.</summary>
    public static PullPlanLoad Read(string yaml) => new PullPlanReader(yaml).Read();

    /// <summary>Reads a source's file.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<PullPlanLoad> ReadFileAsync(string path, CancellationToken ct)
    {
        if (new FileInfo(path).Length > MostBytes) return new PullPlanLoad(null, null, [new MappingError(1, 1, $"tệp lớn hơn {MostBytes / 1024} KiB.")]);
        return Read(await File.ReadAllTextAsync(path, ct));
    }
}
