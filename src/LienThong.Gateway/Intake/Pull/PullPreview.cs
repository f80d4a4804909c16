using LienThong.Extracts;
using LienThong.Gateway.Storage.Sources;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>Reads a source without storing anything: what a pass would take.</summary>
public static class PullPreview
{
    /// <summary>Visits a batch at a time, from a watermark on.</summary>
    /// <param name="load">The source.</param>
    /// <param name="from">Watermark to begin at; null for the beginning of the plan.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="PullException">The source can't be read.</exception>
    public static async IAsyncEnumerable<PullPreviewBatch> ReadAsync(PullPlanLoad load, string? from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        PullPlan plan = load.Plan!;
        PullCursor cursor = PullRunner.Begin(plan, null, null, from);
        await using IPullSource source = PullSourceFactory.Create(plan);
        var reader = new PullBatchReader(plan, load.Mapping!, source);
        while (true)
        {
            PullBatch batch = await reader.ReadAsync(cursor, ct);
            if (batch.Last is not { } last) yield break;
            yield return new PullPreviewBatch(last.Watermark, batch.Visits, [.. batch.Notes.Select(PullRunner.Told).Distinct(StringComparer.Ordinal)]);
            if (!batch.IsFull) yield break;
            cursor = last;
            await Task.Delay(plan.Pause, ct);
        }
    }
}

/// <summary>A batch of a preview.</summary>
/// <param name="Watermark">How far the source has been read with it.</param>
/// <param name="Visits">Its visits.</param>
/// <param name="Notes">What was noticed beside them.</param>
public sealed record PullPreviewBatch(string Watermark, IReadOnlyList<VisitReading> Visits, IReadOnlyList<string> Notes);
