using System.Text;
using LienThong.Cli.Terminal;
using LienThong.Extracts;
using LienThong.Gateway;
using LienThong.Gateway.Intake.Tables;

namespace LienThong.Cli.Extracts;

/// <summary>Reads the visits of an extract that a command line names: a folder of CSV files, a CSV file, a workbook, or JSON.</summary>
/// <param name="path">The extract.</param>
/// <param name="mapping">How its tables are read.</param>
/// <param name="progress">Where reading tells how far it is.</param>
internal sealed class ExtractReader(string path, ExtractMapping mapping, ReadProgress progress)
{
    private static readonly string[] JsonEndings = [".json", ".ndjson", ".jsonl"];
    private VisitAssembly? assembly;

    /// <summary>Tables that were read, with their rows.</summary>
    public IReadOnlyList<(string Table, long Rows)> Tables => assembly?.Tables ?? [];

    /// <summary>Rows left out as examples.</summary>
    public long Remarks => assembly?.Remarks ?? 0;

    /// <summary>Bytes that waited in a temporary file.</summary>
    public long Spilled => assembly?.Spilled ?? 0;

    /// <summary>Whether a path is an extract: a folder without packages, a table or JSON.</summary>
    public static bool IsExtract(string path) => IsJson(path)
        || (Directory.Exists(path) ? ExtractFiles.Tables(path).Count > 0 : ExtractFiles.HoldsTables(path));

    /// <summary>The tables of an extract.</summary>
    /// <exception cref="CommandFailure">It isn't one, or can't be read.</exception>
    public static IReadOnlyList<ExtractTable> TablesOf(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) throw CommandFailure.Io($"{path}: không tìm thấy tệp hoặc thư mục này.");
        if (!ExtractFiles.HoldsTables(path)) throw CommandFailure.Usage($"{path}: cần thư mục tệp .csv, một tệp .csv, hoặc sổ Excel .xlsx.");
        try
        {
            IReadOnlyList<ExtractTable> tables = ExtractFiles.Tables(path);
            return tables.Count > 0 ? tables : throw CommandFailure.Io($"{path}: thư mục không có tệp .csv nào.");
        }
        catch (UnreadableExtractException e)
        {
            throw CommandFailure.Io($"{path}: {e.Problem.Message} {e.Problem.Fix}");
        }
    }

    /// <summary>A mapping in a file; by name when no file is given.</summary>
    /// <exception cref="CommandFailure">It can't be read or has mistakes, which have been told with their places.</exception>
    public static ExtractMapping MappingOf(string? file)
    {
        if (file is null) return ExtractMapping.ByName;
        MappingLoad load = ExtractMapping.Load(Encoding.UTF8.GetString(Files.ReadAll(file)).TrimStart('\uFEFF'));
        foreach (MappingError error in load.Errors) Screen.Error.WriteLine($"{file}({error.Line},{error.Column}): {Words.Plain(error.Message, 1000)}");
        return load.Mapping ?? throw CommandFailure.Usage("tệp ánh xạ có lỗi; sửa các chỗ trên rồi chạy lại.");
    }

    /// <summary>The visits, one after the other, and what is wrong beside them.</summary>
    public IEnumerable<VisitReading> Read() => IsJson(path) ? ReadJson() : ReadTables();

    private IEnumerable<VisitReading> ReadTables()
    {
        IReadOnlyList<ExtractTable> tables = TablesOf(path);
        progress.Reading(tables.Sum(t => t.Size));
        assembly = new VisitAssembly(mapping, new AssemblyOptions(TemporaryFile.Create) { Progress = progress.Read });
        int done = 0;
        foreach (VisitReading reading in assembly.Read(tables))
        {
            if (reading.Visit is not null)
            {
                if (done == 0) progress.Building(assembly.Visits);
                progress.Built(++done);
            }

            yield return reading;
        }
    }

    private IEnumerable<VisitReading> ReadJson()
    {
        using FileStream stream = Open();
        string name = Path.GetFileName(path);
        progress.Reading(stream.Length);
        foreach (VisitReading reading in VisitJsonReader.Read(stream, ExtractLimits.Default))
        {
            progress.Read(stream.Position);
            if (reading.Visit is { Facility.Length: 0 } visit && mapping.Facility.Length > 0) visit.One(SectionId.Visit).Set(VisitFields.Visit.MA_CSKCB, mapping.Facility);
            yield return reading with { Problems = [.. reading.Problems.Select(p => p.File.Length == 0 ? p with { File = name } : p)] };
        }
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan);
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            throw CommandFailure.Io($"{path}: {Files.Explain(e)}");
        }
    }

    private static bool IsJson(string path) => Array.Exists(JsonEndings, e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
