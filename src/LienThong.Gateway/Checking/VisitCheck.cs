using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.History;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Checking;

/// <summary>Judges visits that aren't finished yet, for a HIS that asks while the doctor orders. Nothing is stored.</summary>
/// <remarks>Rules of <see cref="DischargeRules"/> wait for the end of the visit; the others judge by the facility's lists and beside its stored records.</remarks>
public sealed class VisitCheck
{
    /// <summary>Most records of one request.</summary>
    public const int MostRecords = 20;

    private readonly Database database;
    private readonly IRecordJudge judge;
    private readonly FacilitySettings facilities;

    internal VisitCheck(Database database, IRecordJudge judge, FacilitySettings facilities) =>
        (this.database, this.judge, this.facilities) = (database, judge, facilities);

    /// <summary>Judges the records of a package in any shape the reader takes.</summary>
    /// <param name="caller">Who asks; records of other facilities are refused.</param>
    /// <param name="package">The package; read to its end or to the limit of records.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<CheckedPackage> CheckAsync(Caller caller, Stream package, CancellationToken ct)
    {
        HashSet<string> own = await FacilitiesAsync(caller, ct);
        using PackageReader reader = new(package);
        List<CheckedVisit> visits = [];
        while (visits.Count < MostRecords && reader.Read(out Record? record))
            visits.Add(await CheckAsync(own, record, reader.Header.FacilityCode.Trim(), ct));
        return new CheckedPackage(visits, [.. reader.Problems]);
    }

    /// <summary>Judges one record that was put together from tables.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="record">The record.</param>
    /// <param name="facility">Its facility when XML1 doesn't say; may be empty.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<CheckedPackage> CheckAsync(Caller caller, Record record, string facility, CancellationToken ct) =>
        new([await CheckAsync(await FacilitiesAsync(caller, ct), record, facility, ct)], []);

    private async Task<HashSet<string>> FacilitiesAsync(Caller caller, CancellationToken ct) =>
        [.. (await facilities.ListAsync(caller, ct)).Select(f => f.Facility)];

    private async Task<CheckedVisit> CheckAsync(HashSet<string> facilitiesOfCaller, Record record, string envelope, CancellationToken ct)
    {
        string facility = record.Summary is { } row && !row[Xml1.MA_CSKCB].IsEmpty ? row[Xml1.MA_CSKCB].Text.Trim() : envelope;
        string maLk = record.Summary is { } summary ? summary[Xml1.MA_LK].Text.Trim() : "";
        if (!facilitiesOfCaller.Contains(facility))
            return new CheckedVisit(maLk, facility, null, [], 0);
        DateTimeOffset now = database.Time.GetUtcNow();
        Judged alone = judge.JudgeOpen(record, now, envelope);
        HistorySnapshot others = await HistoryStore.LoadAsync(database, null, judge, alone.Facts is { } facts ? [new AskedRecord(facts)] : [], ct);
        JudgedFindings all = BesideOthers.Judge(judge, alone.Findings, alone.Facts, others, now).Findings;
        return new CheckedVisit(
            maLk, facility, alone.Release, [.. all.All.Where(f => !DischargeRules.Waits(f.Rule, f.Table, f.Field, f.Value))], all.NotChecked);
    }
}

/// <summary>What was said of the visits of one request.</summary>
/// <param name="Visits">In the order of the package.</param>
/// <param name="Problems">What was wrong with the package itself.</param>
public sealed record CheckedPackage(IReadOnlyList<CheckedVisit> Visits, IReadOnlyList<Problem> Problems);

/// <summary>What was said of a visit.</summary>
/// <param name="MaLk"><c>MA_LK</c>; empty when it has none.</param>
/// <param name="Facility">Its facility.</param>
/// <param name="Release">Release it was judged by; null when the facility isn't the caller's and nothing was judged.</param>
/// <param name="Findings">Findings that needn't wait for the end of the visit.</param>
/// <param name="NotChecked">How often a rule could not be judged.</param>
public sealed record CheckedVisit(string MaLk, string Facility, Release? Release, IReadOnlyList<StoredFinding> Findings, int NotChecked);
