using System.Security.Cryptography;
using LienThong.Extracts;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Records;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Visits;

/// <summary>Turns visits into records and judges them; no database, no waiting, so that many go in parallel.</summary>
internal sealed class VisitRecords(IRecordJudge judge, CheckInReading checkIns, TimeProvider time)
{
    /// <summary>Builds the record of one visit; what can't be built is the ledger's entry instead.</summary>
    /// <param name="file">The batch it belongs to.</param>
    /// <param name="ordinal">Position in the batch, from 0.</param>
    /// <param name="reading">The visit as it was read.</param>
    /// <param name="accepts">Why records of a facility may not be stored; null when they may.</param>
    /// <param name="refused">Entry of a visit that isn't stored; null when it is.</param>
    public PendingRecord? Build(IntakeFile file, int ordinal, VisitReading reading, Func<string, string?> accepts, out IntakeRecord? refused)
    {
        refused = null;
        if (reading.Visit is not { } visit || !reading.IsUsable)
        {
            refused = Refuse(ordinal, reading.Visit?.Key ?? "", reading.Problems);
            return null;
        }
        DateTimeOffset now = time.GetUtcNow();
        if (VisitDoor.Refusal(visit, now, accepts) is { } problem)
        {
            refused = Refuse(ordinal, visit.Key, [problem, .. reading.Problems]);
            if (VisitDoor.GoesOn(visit, accepts) && CheckInsOf(visit) is { Count: > 0 } found)
                refused = refused with { Verdict = IntakeVerdict.CheckIn, CheckIns = found, Problems = reading.Problems };
            return null;
        }
        BuiltVisit built = VisitBuilder.Build(visit, BuildOptions.Default);
        IReadOnlyList<ExtractProblem> problems = [.. reading.Problems, .. built.Problems];
        if (built.Record is null)
        {
            refused = Refuse(ordinal, visit.Key, problems);
            return null;
        }
        using Record record = built.Record;
        string facility = visit.Facility;
        Judged judged = judge.Judge(record, now, facility);
        byte[] content = StoredForm.Of(facility, judged.Release, record);
        return new PendingRecord(
            file, ordinal, facility, visit.Key, RecordSummary.Of(record, judged.Release.Id), judged.Findings, content, Convert.ToHexStringLower(SHA256.HashData(content)))
        {
            Facts = judged.Facts,
            Visit = new PendingVisit(
                VisitBytes.Source(visit), VisitBytes.Fingerprint(visit), (long?)ValueForm.AsNumber(visit[VisitFields.Visit.Revision]), VisitDoor.ReasonGiven(visit),
                visit[VisitFields.Visit.NGAY_TTOAN].Length > 0, problems),
        };
    }

    /// <summary>What a visit that goes on has to tell already: its first cost, and its first cost since treatment was ordered.</summary>
    private List<PendingCheckIn> CheckInsOf(Visit visit)
    {
        List<PendingCheckIn> found = [];
        foreach (bool admitted in (bool[])[false, true])
        {
            using Record? record = VisitBuilder.BuildCheckIn(visit, admitted);
            if (record is not null && checkIns.Read(record, out _) is { } pending)
                found.Add(pending);
        }
        return found;
    }

    private static IntakeRecord Refuse(int ordinal, string maLk, IReadOnlyList<ExtractProblem> problems)
    {
        ExtractProblem? worst = problems.FirstOrDefault(p => p.Severity == Severity.Block) ?? (problems is [ExtractProblem first, ..] ? first : null);
        return new IntakeRecord(ordinal, maLk, IntakeVerdict.Refused, null, null, null, 0, 0, worst is null ? "" : $"{worst.Message} {worst.Fix}".Trim()) { Problems = problems };
    }
}
