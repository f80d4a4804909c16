using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Rules;

/// <summary>Findings of current versions that have one cause.</summary>
/// <param name="Id">Id, stable as long as the cause is the same.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Rule">Rule code.</param>
/// <param name="Table">Table code.</param>
/// <param name="Field">Field; empty when none is meant.</param>
/// <param name="Cause">What they share and who can mend it.</param>
/// <param name="Example">A value as received.</param>
/// <param name="Message">What one of the findings says, in Vietnamese.</param>
/// <param name="Fix">What one of the findings asks to do, in Vietnamese.</param>
/// <param name="FirstSeen">Arrival of the first record that had it.</param>
/// <param name="LastSeen">Arrival of the last one.</param>
/// <param name="Records">Records that have it now.</param>
/// <param name="Findings">Findings that count.</param>
/// <param name="Blocks">Those that block.</param>
/// <param name="AtRisk">VND at risk: of a blocked record what the fund pays for it, else the amounts of the rows.</param>
public sealed record CauseCard(
    long Id, string Facility, string Rule, string Table, string Field, FindingCause Cause, string Example, string Message, string Fix,
    DateTimeOffset FirstSeen, DateTimeOffset LastSeen, long Records, long Findings, long Blocks, decimal AtRisk)
{
    /// <summary>The id as written in addresses: 16 hexadecimal digits.</summary>
    public string Key => Id.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Reads an id from an address.</summary>
    public static bool TryParseKey(string key, out long id) => long.TryParse(key, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id) && key.Length == 16;
}

/// <summary>Which causes to list.</summary>
public sealed record CauseFilter
{
    /// <summary>Only this facility (within the caller's scope); empty for all.</summary>
    public string Facility { get; init; } = "";

    /// <summary>Only what these can mend; null for all.</summary>
    public CauseKeeper? Keeper { get; init; }

    /// <summary>Only this rule; empty for all. Causes of a single record are listed only then.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Most records first instead of most money first.</summary>
    public bool ByRecords { get; init; }
}

/// <summary>A record that has a cause.</summary>
/// <param name="Id">The record.</param>
/// <param name="MaLk">Its <c>MA_LK</c>.</param>
/// <param name="Name">Patient's name.</param>
/// <param name="State">State of its current version.</param>
/// <param name="NgayRa"><c>NGAY_RA</c>; empty when unusable.</param>
/// <param name="Department">Department of the first finding.</param>
/// <param name="Findings">Findings of the cause.</param>
/// <param name="AtRisk">VND.</param>
public sealed record CauseRecord(Guid Id, string MaLk, string Name, RecordState State, string NgayRa, string Department, int Findings, decimal AtRisk);

/// <summary>A department's share of a cause.</summary>
/// <param name="Department"><c>MA_KHOA</c>; empty when unknown.</param>
/// <param name="Records">Records.</param>
/// <param name="AtRisk">VND.</param>
public sealed record CauseDepartment(string Department, long Records, decimal AtRisk);

/// <summary>Root causes: what to mend once so that many findings go away.</summary>
public sealed class RootCauses(CauseQueries queries, Rejudge rejudge)
{
    /// <summary>Causes that more than one record shares, the costliest first.</summary>
    public Task<IReadOnlyList<CauseCard>> ListAsync(Caller caller, CauseFilter filter, int take, CancellationToken ct) =>
        queries.CausesAsync(caller, filter, Math.Clamp(take, 1, 500), ct);

    /// <summary>One cause; null when unknown or out of scope.</summary>
    public Task<CauseCard?> FindAsync(Caller caller, long id, CancellationToken ct) => queries.CauseAsync(caller, id, ct);

    /// <summary>Departments of a cause, most records first.</summary>
    public Task<IReadOnlyList<CauseDepartment>> DepartmentsAsync(Caller caller, long id, CancellationToken ct) => queries.DepartmentsAsync(caller, id, ct);

    /// <summary>Records of a cause by id; <paramref name="after"/> is the last one of the page before.</summary>
    public Task<IReadOnlyList<CauseRecord>> RecordsAsync(Caller caller, long id, Guid? after, int take, CancellationToken ct) =>
        queries.RecordsAsync(caller, id, after?.ToString() ?? "", Math.Clamp(take, 1, 500), ct);

    /// <summary>
    /// Judges the records of a cause again in a persistent run: after a catalogue row was added, the hospital system mended, or rules changed.
    /// Sent records are judged as well, so that a cause that is mended goes away; they keep their state.
    /// </summary>
    /// <param name="caller">Needs <see cref="Permissions.EditRecords"/>.</param>
    /// <param name="id">The cause.</param>
    /// <param name="ct">Stops the start; a run that was started goes on.</param>
    /// <returns>The run; null when the cause is unknown or out of scope, or the permission is missing.</returns>
    public async Task<RejudgeProgress?> RejudgeAsync(Caller caller, long id, CancellationToken ct)
    {
        if (!caller.May(Permissions.EditRecords) || await FindAsync(caller, id, ct) is not { } cause)
            return null;
        IReadOnlyList<string> records = await queries.RecordIdsAsync(caller, id, ct);
        RejudgeSelection selection = new()
        {
            Facility = cause.Facility,
            IncludeSent = true,
            Records = [.. records.Select(Guid.Parse)],
            Reason = $"Đã sửa nguyên nhân của {cause.Rule}",
        };
        return await rejudge.StartAsync(caller, selection, ct);
    }
}
