using LienThong.Extracts;

namespace LienThong.Gateway.Intake.Tables;

/// <summary>Finds the tables of an extract on disk.</summary>
public static class ExtractFiles
{
    private static readonly string[] TextEndings = [".csv", ".txt", ".tsv"];
    private static readonly string[] BookEndings = [".xlsx", ".xls"];

    /// <summary>Whether a path is an extract of tables: a folder, a CSV file or a workbook.</summary>
    public static bool HoldsTables(string path) => Directory.Exists(path) || Ends(path, TextEndings) || Ends(path, BookEndings);

    /// <summary>The tables of a folder of CSV files (not of folders in it), of one CSV file, or of a workbook; sorted by name.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="limits">Bounds.</param>
    /// <exception cref="IOException">It can't be reached.</exception>
    /// <exception cref="UnreadableExtractException">The workbook can't be read.</exception>
    public static IReadOnlyList<ExtractTable> Tables(string path, ExtractLimits? limits = null)
    {
        if (Directory.Exists(path))
        {
            string[] files = [.. Directory.GetFiles(path).Where(f => Ends(f, TextEndings) && !Path.GetFileName(f).StartsWith('.'))];
            Array.Sort(files, StringComparer.Ordinal);
            return [.. files.Select(f => Csv(f, limits))];
        }

        return Ends(path, BookEndings) ? ExcelTables.Of(Path.GetFileName(path), () => Open(path), limits) : [Csv(path, limits)];
    }

    private static ExtractTable Csv(string path, ExtractLimits? limits)
    {
        string name = Path.GetFileName(path);
        return new ExtractTable(name, form => new CsvRows(name, Open(path), limits ?? ExtractLimits.Default, form), new FileInfo(path).Length);
    }

    // Another program may go on writing beside us: what it writes later isn't read, but it isn't hindered.
    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.SequentialScan);

    private static bool Ends(string path, string[] endings) => Array.Exists(endings, e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
