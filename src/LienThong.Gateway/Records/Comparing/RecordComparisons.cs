using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Records.Comparing;

/// <summary>Two versions of a record and what differs between them.</summary>
/// <param name="Record">The record: its current version.</param>
/// <param name="From">The earlier version (or the one that was asked for as such).</param>
/// <param name="To">The later one.</param>
/// <param name="Versions">All versions, newest first.</param>
/// <param name="Diff">What differs.</param>
public sealed record VersionComparison(RecordListItem Record, VersionView From, VersionView To, IReadOnlyList<VersionView> Versions, RecordDiff Diff);

/// <summary>Compares stored versions.</summary>
public sealed class RecordComparisons(RecordQueries queries)
{
    /// <summary>Compares two versions of a record.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The record.</param>
    /// <param name="from">Earlier version; null for the one that <paramref name="to"/> follows, or the current one when that waits.</param>
    /// <param name="to">Later version; null for the one that waits for a person, else the current one.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>Null when record or version is unknown or out of scope.</returns>
    public async Task<VersionComparison?> CompareAsync(Caller caller, Guid id, int? from, int? to, CancellationToken ct) =>
        await queries.FindAsync(caller, id, ct) is { } record ? await CompareAsync(caller, record, from, to, ct) : null;

    /// <summary>Compares the version that the portal took last with the one that takes its place: the figures a letter to BHXH has to tell.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The record.</param>
    /// <param name="from">Earlier version; null for the newest accepted before <paramref name="to"/>, else the one before.</param>
    /// <param name="to">Later version; null for the current one.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>Null when record or version is unknown or out of scope.</returns>
    public async Task<VersionComparison?> CompareSentAsync(Caller caller, Guid id, int? from, int? to, CancellationToken ct)
    {
        if (await queries.FindAsync(caller, id, ct) is not { } record)
            return null;
        int later = to ?? record.Current.Version;
        int? sent = record.Submissions.Where(s => s.Outcome == "Accepted" && s.Version < later).Select(s => (int?)s.Version).Max();
        return await CompareAsync(caller, record, from ?? sent, later, ct);
    }

    private async Task<VersionComparison?> CompareAsync(Caller caller, RecordDetail record, int? from, int? to, CancellationToken ct)
    {
        VersionView? later = to is { } asked
            ? Find(record, asked)
            : record.Versions.FirstOrDefault(v => v is { IsWaiting: true }) ?? Find(record, record.Current.Version);
        if (later is null)
            return null;
        VersionView? earlier = Find(record, from ?? (later.IsWaiting ? record.Current.Version : Math.Max(1, later.Version - 1)));
        if (earlier is null)
            return null;
        using OpenRecord? before = await queries.OpenAsync(caller, record.Current.Id, earlier.Version, ct);
        using OpenRecord? after = await queries.OpenAsync(caller, record.Current.Id, later.Version, ct);
        return before is null || after is null
            ? null
            : new VersionComparison(record.Current, earlier, later, record.Versions, RecordDiffer.Compare(before.Record, after.Record));
    }

    private static VersionView? Find(RecordDetail record, int version) => record.Versions.FirstOrDefault(v => v.Version == version);
}
