using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Standard;

namespace LienThong.Cli.Converting;

/// <summary>The verb <c>convert</c> on packages: file by file, record by record.</summary>
internal static class ConvertRun
{
    /// <summary>Runs it.</summary>
    /// <returns>0 all converted and nothing missing, 1 something missing, left out or unreadable, 3 a file could not be read from the disk.</returns>
    /// <exception cref="CommandFailure">Inputs share a name, or a result can't be written.</exception>
    public static int Execute(ConvertArguments arguments)
    {
        List<PlannedFile> files = PlannedFile.All(arguments.Paths, arguments.Out);
        var tally = new ConvertTally();
        if (arguments.Json)
        {
            using Stream output = RawOutput.Open();
            using (var buffered = new BufferedStream(output, 64 * 1024))
            {
                using var report = new ConvertJson(buffered, isRun: true);
                Run(arguments, files, report, tally);
            }

            output.Write("\n"u8);
        }
        else
        {
            Run(arguments, files, new ConvertText(Screen.Out, arguments.Out is not null), tally);
        }

        if (tally.Troubles > 0) return ExitCode.Io;
        return tally.IsBlocked ? ExitCode.Blocked : ExitCode.Fine;
    }

    private static void Run(ConvertArguments arguments, List<PlannedFile> files, IConvertReport report, ConvertTally tally)
    {
        int done = 0;
        foreach (PlannedFile file in files)
        {
            if (file.Report is null) Convert(arguments, file, [report], tally);
            else WithReport(arguments, file, report, tally);
            Progress.Tell(++done, files.Count);
        }

        Progress.End(files.Count);
        report.End(tally);
    }

    private static void WithReport(ConvertArguments arguments, PlannedFile file, IConvertReport report, ConvertTally tally)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file.Report!))!);
            ResultFile.Write(file.Report!, stream =>
            {
                using var own = new ConvertJson(stream, isRun: false);
                Convert(arguments, file, [report, own], tally);
            });
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            throw CommandFailure.Io($"không ghi được {file.Report}: {Files.Explain(e)}");
        }
    }

    private static void Convert(ConvertArguments arguments, PlannedFile file, IConvertReport[] reports, ConvertTally tally)
    {
        foreach (IConvertReport report in reports) report.BeginFile(file);
        var conversion = new PackageConversion(arguments, file, reports);
        IReadOnlyList<Problem> problems = conversion.Run();
        foreach (IConvertReport report in reports) report.EndFile(file, problems, conversion.Tally);
        tally.Add(conversion.Tally);
    }
}
