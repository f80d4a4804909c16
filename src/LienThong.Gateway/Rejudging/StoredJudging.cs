using LienThong.Gateway.Archive;
using LienThong.Gateway.History;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Rejudging;

/// <summary>Judges stored versions by today's rules and lists: each alone on all cores, then beside the others.</summary>
internal sealed class StoredJudging(Database database, IArchive archive, IRecordJudge judge)
{
    /// <summary>Judges versions; with a rule, only those that have a finding of it.</summary>
    public async Task<List<JudgedAgain>> JudgeAsync(List<StoredVersion> rows, string rule, CancellationToken ct)
    {
        DateTimeOffset now = database.Time.GetUtcNow();
        JudgedAgain?[] results = new JudgedAgain?[rows.Count];
        await Parallel.ForAsync(0, rows.Count, ct, async (i, stop) => results[i] = await AloneAsync(rows[i], rule, now, stop));
        List<JudgedAgain> judged = [.. results.OfType<JudgedAgain>()];
        List<AskedRecord> asked = [.. judged.Where(j => j.Facts is not null).Select(j => new AskedRecord(j.Facts!, j.Row.Version, j.Row.Origin == VersionPlacing.Correction))];
        HistorySnapshot others = await HistoryStore.LoadAsync(database, null, judge, asked, ct);
        Parallel.For(0, judged.Count, i =>
        {
            JudgedFindings all = BesideOthers.Judge(judge, judged[i].Findings, judged[i].Facts, others, now).Findings;
            judged[i] = judged[i] with { Findings = all, IsChanged = !PackedFindings.Pack(all.All).AsSpan().SequenceEqual(judged[i].Row.Findings) };
        });
        return judged;
    }

    private async ValueTask<JudgedAgain?> AloneAsync(StoredVersion row, string rule, DateTimeOffset now, CancellationToken ct)
    {
        IReadOnlyList<StoredFinding> before = PackedFindings.Unpack(row.Findings);
        if (rule.Length > 0 && !before.Any(f => f.Rule == rule))
            return null;
        using OpenRecord open = await OpenRecord.LoadAsync(archive, row.ContentRef, ct);
        Judged judged = judge.Judge(open.Record, now, row.Facility);
        if (judged.Facts is { } facts)
            facts.Id = row.RecordId;
        return new JudgedAgain(row, JudgingAgain.Keep(judged.Findings, before), judged.Facts);
    }
}

/// <summary>A stored version judged again.</summary>
/// <param name="Row">The version as stored.</param>
/// <param name="Findings">Today's findings.</param>
/// <param name="Facts">What other records may ask of it.</param>
/// <param name="IsChanged">Whether the findings are others than those stored.</param>
internal sealed record JudgedAgain(StoredVersion Row, JudgedFindings Findings, RecordFacts? Facts, bool IsChanged = false)
{
    /// <summary>Whether something of it has to be written.</summary>
    public bool IsNews => IsChanged || (Row.HasFacts == 0 && Facts is not null);
}
