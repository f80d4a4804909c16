using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Standard;

namespace LienThong.Cli.Inspect;

/// <summary>The verb <c>inspect</c>: what a file holds, without judging it.</summary>
internal static class InspectRun
{
    private static readonly FieldId[][] Fields =
    [
        .. Enumerable.Range(0, TableNames.Count).Select(t =>
            Releases.All.SelectMany(r => r.Table((TableId)t)?.Fields.Select(f => f.Id) ?? []).Distinct().ToArray()),
    ];

    /// <summary>Runs it.</summary>
    /// <returns>0 read to the end, 1 a part could not be read, 3 not found.</returns>
    public static int Execute(string path, bool json)
    {
        PlainFileStream stream;
        long bytes;
        try
        {
            stream = new PlainFileStream(path);
            bytes = new FileInfo(path).Length;
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            throw CommandFailure.Io($"{path}: {Files.Explain(e)}");
        }

        using (stream)
        {
            using var reader = new PackageReader(stream);
            bool whole = json ? InspectJson.Print(path, bytes, reader) : InspectText.Print(path, bytes, reader);
            return whole ? ExitCode.Fine : ExitCode.Blocked;
        }
    }

    /// <summary>The release in force for a record, or the one its structure tells.</summary>
    public static Release? ReleaseOf(Record record)
    {
        Read<DateOnly> day = record.DischargeDay;
        return (day.IsPresent ? Releases.InForceOn(day.Value) : null) ?? Releases.ByStructure(record);
    }

    /// <summary>Bytes of all values of a table.</summary>
    public static long Size(Table table)
    {
        long size = 0;
        FieldId[] fields = Fields[(int)table.Id];
        for (int r = 0; r < table.Count; r++)
        {
            foreach (FieldId field in fields) size += table[r][field].Raw.Length;
        }

        return size;
    }

    /// <summary>The tables a record has, in the order of their numbers.</summary>
    public static IEnumerable<Table> Tables(Record record)
    {
        for (int t = 0; t < TableNames.Count; t++)
        {
            if (record[(TableId)t] is { } table) yield return table;
        }
    }

    /// <summary>True when nothing of the file is lost.</summary>
    public static bool IsWhole(IReadOnlyList<Problem> problems) => !problems.Any(p => p.Severity == Severity.Block);
}
