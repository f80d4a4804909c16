using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Extracts;
using LienThong.Validation;

namespace LienThong.Cli.Extracts;

/// <summary>What <c>convert</c> was asked to do with an extract.</summary>
/// <param name="Path">The extract.</param>
/// <param name="Mapping">File with the mapping; null: by name.</param>
/// <param name="Facility"><c>MA_CSKCB</c> of visits that carry none; null: the mapping's.</param>
/// <param name="Out">Folder for the packages; null: only judge.</param>
/// <param name="Single">One package for all records.</param>
/// <param name="Json">The report as JSON.</param>
internal sealed record ExtractArguments(string Path, string? Mapping, string? Facility, string? Out, bool Single, bool Json);

/// <summary>The verb <c>convert</c> on extracts: visits become judged packages.</summary>
internal static class ExtractConvertRun
{
    /// <summary>Runs it.</summary>
    /// <returns>0 all built and nothing blocks, 1 something was refused or blocks.</returns>
    public static int Execute(ExtractArguments arguments)
    {
        ExtractMapping mapping = ExtractReader.MappingOf(arguments.Mapping);
        if (arguments.Facility is { } facility) mapping = mapping with { Facility = facility };
        JudgeContext context = ValidateRun.Context(null, null);
        using PackageFolder? folder = arguments.Out is { } path ? new PackageFolder(path, arguments.Single, DateOnly.FromDateTime(context.ProcessTime)) : null;
        (ExtractLedger ledger, ExtractReader reader) = ReadProgress.Watch(progress =>
        {
            var reader = new ExtractReader(arguments.Path, mapping, progress);
            return (ExtractBuild.Run(reader.Read(), context, (visit, record, release, _) => folder?.Add(visit.Key, visit.Facility, record, release)), reader);
        });
        folder?.Close();
        if (arguments.Json)
        {
            Json.Print(json =>
            {
                json.WriteStartObject();
                ExtractJson.Ledger(json, ledger, reader);
                json.WriteEndObject();
            });
        }
        else
        {
            ExtractText.Problems(ledger);
            ExtractText.Blocks(ledger);
            ExtractText.Ledger(ledger, reader);
        }

        return ledger.IsBlocked ? ExitCode.Blocked : ExitCode.Fine;
    }
}
