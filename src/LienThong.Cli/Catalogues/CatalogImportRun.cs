using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Catalogues;
using LienThong.Standard;

namespace LienThong.Cli.Catalogues;

/// <summary>What <c>catalog import</c> was asked to do.</summary>
/// <param name="Files">Files, at least one.</param>
/// <param name="Data">Data folder.</param>
/// <param name="Postgres">PostgreSQL instead of SQLite; null for SQLite.</param>
/// <param name="DryRun">Show what would change, change nothing.</param>
/// <param name="Json">JSON instead of text.</param>
/// <param name="Request">What is to be done with each file; its name is filled in.</param>
internal sealed record CatalogImportArguments(IReadOnlyList<string> Files, string Data, string? Postgres, bool DryRun, bool Json, CatalogueRequest Request);

/// <summary>The verb <c>catalog import</c>: one file after the other, each a transaction of its own.</summary>
internal static class CatalogImportRun
{
    /// <summary>Runs it.</summary>
    /// <returns>0 everything went in, 1 rows or files were refused, 3 a file could not be read.</returns>
    public static async Task<int> ExecuteAsync(CatalogImportArguments arguments, CancellationToken ct)
    {
        (House house, _) = await House.OpenAsync(arguments.Data, arguments.Postgres, create: true, ct);
        await using House owned = house;
        if (arguments.Request.Facility is { Length: > 0 } facility && !arguments.DryRun) await house.Facilities.EnsureAsync(house.Self, facility, $"Cơ sở {facility}", ct);
        var board = new Board(arguments.Json);
        List<CatalogueImportResult> results = [];
        foreach (string path in arguments.Files)
        {
            CatalogueRequest request = arguments.Request with { FileName = Path.GetFileName(path) };
            CatalogueImportResult result = await board.RunAsync(
                $"Nhập {Words.Plain(request.FileName, 60)}", 0, tell => OneAsync(house, path, request, arguments.DryRun, tell, ct));
            results.Add(result);
            if (!arguments.Json) CatalogText.Print(result, arguments.DryRun);
        }

        if (arguments.Json) CatalogJson.Print(results, arguments.DryRun);
        return results.TrueForAll(IsFine) ? ExitCode.Fine : ExitCode.Blocked;
    }

    private static bool IsFine(CatalogueImportResult result) =>
        result.Refusal.Length == 0 && result.Refused == 0 && !result.Problems.Any(p => p.Severity == Severity.Block);

    private static async Task<CatalogueImportResult> OneAsync(
        House house, string path, CatalogueRequest request, bool dryRun, Action<long> tell, CancellationToken ct)
    {
        try
        {
            await using FileStream file = File.OpenRead(path);
            if (dryRun) return await house.CatalogueImport.PreviewAsync(house.Self, file, request, tell, ct);
            string? kept = await house.CatalogueImport.KeepAsync(file, ct);
            return kept is null
                ? throw CommandFailure.Io($"{path}: tệp lớn hơn {house.CatalogueImport.MaxFileBytes / (1024 * 1024)} MiB.")
                : await house.CatalogueImport.ApplyAsync(house.Self, kept, request, null, tell, ct);
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            throw CommandFailure.Io($"{path}: {Files.Explain(e)}");
        }
    }
}
