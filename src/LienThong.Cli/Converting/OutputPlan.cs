using LienThong.Cli.Terminal;

namespace LienThong.Cli.Converting;

/// <summary>Which file a result goes to: the input's name below the output folder. Nothing that exists is overwritten, so an input never can be.</summary>
/// <param name="Input">The input.</param>
/// <param name="Output">Where the result goes; null when only a report is wanted.</param>
internal sealed record PlannedFile(FoundFile Input, string? Output)
{
    /// <summary>Where the report of this file goes.</summary>
    public string? Report => Output is null ? null : Path.ChangeExtension(Output, ".report.json");

    /// <summary>Plans all files.</summary>
    /// <exception cref="CommandFailure">Two inputs have one name, or a file of that name is there already.</exception>
    public static List<PlannedFile> All(IReadOnlyList<string> paths, string? folder)
    {
        var plan = new List<PlannedFile>();
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            bool isFolder = Directory.Exists(path);
            foreach (FoundFile file in Files.Walk([path]))
            {
                if (folder is null || file.Trouble is not null)
                {
                    plan.Add(new PlannedFile(file, null));
                    continue;
                }

                string name = isFolder ? Path.GetRelativePath(path, file.Path) : Path.GetFileName(file.Path);
                var planned = new PlannedFile(file, Path.Combine(folder, name));
                Claim(planned.Output!, file.Path, taken);
                Claim(planned.Report!, file.Path, taken);
                plan.Add(planned);
            }
        }

        return plan;
    }

    private static void Claim(string output, string input, Dictionary<string, string> taken)
    {
        if (!taken.TryAdd(Path.GetFullPath(output), input)) throw CommandFailure.Usage($"«{taken[Path.GetFullPath(output)]}» và «{input}» cùng cho ra {output}; chuyển từng thư mục một.");
        if (File.Exists(output) || Directory.Exists(output)) throw CommandFailure.Usage($"đã có {output}; chọn --out khác hoặc dọn thư mục đó (không ghi đè tệp nào).");
    }
}
