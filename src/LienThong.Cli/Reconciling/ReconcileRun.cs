using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Records;

namespace LienThong.Cli.Reconciling;

/// <summary>The verb <c>reconcile</c>: reads a list, shows it, applies it when asked.</summary>
internal static class ReconcileRun
{
    private const int Page = 500;

    /// <summary>Runs it.</summary>
    /// <returns>0 both sides agree, 1 something was refused or needs a person, 3 the file could not be opened.</returns>
    public static async Task<int> ExecuteAsync(House house, string path, ReconciliationRequest request, bool apply, bool confirmed, bool json, CancellationToken ct)
    {
        var board = new Board(json);
        ReconciliationResult result = await board.RunAsync($"Đọc {Words.Plain(request.FileName, 60)}", 0, tell => ReadAsync(house, path, request, tell, ct));
        if (apply && result.Run is { } read)
        {
            result = await house.Reconciliations.ApplyAsync(house.Self, read.Id, confirmed, ct);
            if (result.Refusal.Length == 0)
                result = result with { Run = await board.RunAsync("Áp dụng", 0, _ => house.Reconciliations.RunAsync(house.Self, read.Id, ct)) };
        }

        List<ReconciliationDifference> differences = result.Run is { State: ReconciliationState.Done } run ? await AllAsync(house, run, ct) : [];
        if (json) ReconcileOutput.PrintJson(result, differences);
        else ReconcileOutput.PrintText(result, differences);
        return IsFine(result) ? ExitCode.Fine : ExitCode.Blocked;
    }

    private static bool IsFine(ReconciliationResult result)
    {
        if (result.Refusal.Length > 0 || result.Run is not { Refused: 0 } run) return false;
        ReconciliationCounts counts = run.State == ReconciliationState.Done ? run.Counts : run.Expected;
        return counts.NotTheirs + counts.NotOurs + counts.Different + counts.Faulty + counts.Skipped == 0;
    }

    private static async Task<ReconciliationResult> ReadAsync(House house, string path, ReconciliationRequest request, Action<long> tell, CancellationToken ct)
    {
        try
        {
            await using FileStream file = File.OpenRead(path);
            return await house.Reconciliations.ReadAsync(house.Self, file, request, tell, ct);
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            throw CommandFailure.Io($"{path}: {Files.Explain(e)}");
        }
    }

    private static async Task<List<ReconciliationDifference>> AllAsync(House house, Reconciliation run, CancellationToken ct)
    {
        List<ReconciliationDifference> all = [];
        string? after = null;
        do
        {
            Page<ReconciliationDifference> page = await house.Reconciliations.DifferencesAsync(house.Self, run.Id, null, new PageRequest(Page, after), ct);
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }
}
