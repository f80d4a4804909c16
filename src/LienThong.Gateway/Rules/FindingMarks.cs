using System.Security.Cryptography;
using System.Text;
using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Rules;

/// <summary>What a person says of a finding.</summary>
public enum MarkVerdict
{
    /// <summary>It isn't an error.</summary>
    NotAnError,

    /// <summary>It is one.</summary>
    Confirmed,
}

/// <summary>A person's word on a finding.</summary>
/// <param name="Id">Id.</param>
/// <param name="Fingerprint">What the finding saw, see <see cref="FindingMarks.FingerprintOf"/>.</param>
/// <param name="RecordId">Record it was marked on.</param>
/// <param name="MaLk">Its <c>MA_LK</c>.</param>
/// <param name="Rule">Rule code.</param>
/// <param name="Table">Table of the finding.</param>
/// <param name="Field">Field of the finding.</param>
/// <param name="Value">Value as received.</param>
/// <param name="Verdict">The word.</param>
/// <param name="Reason">Why.</param>
/// <param name="Author">Who.</param>
/// <param name="At">When.</param>
public sealed record FindingMark(
    Guid Id, string Fingerprint, Guid RecordId, string MaLk, string Rule, string Table, string Field, string Value, MarkVerdict Verdict, string Reason, string Author, DateTimeOffset At);

/// <summary>
/// Marks on findings. A mark stays with the content: the same finding in a new version, or in the record sent again, carries it. It changes no
/// weight: a finding that blocks goes on blocking until an exception says otherwise.
/// </summary>
public sealed class FindingMarks(Database database, MarkStore store)
{
    private const int LongestReason = 1000;

    /// <summary>
    /// Names what a rule saw: facility, record, rule, place, value, code and related cells, but no row number, which may change from version to version.
    /// </summary>
    public static string FingerprintOf(string facility, string maLk, StoredFinding f)
    {
        StringBuilder seen = new();
        foreach (string part in (ReadOnlySpan<string>)[facility, maLk, f.Rule, f.Table, f.Field, f.Value, f.Item])
            seen.Append(part.Length).Append(':').Append(part);
        foreach (StoredCell cell in f.Related)
            seen.Append('|').Append(cell.Table).Append('.').Append(cell.Field).Append('=').Append(cell.Value.Length).Append(':').Append(cell.Value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seen.ToString())).AsSpan(0, 16));
    }

    /// <summary>Standing marks on a record's findings, by fingerprint.</summary>
    public async Task<IReadOnlyDictionary<string, FindingMark>> OfRecordAsync(Caller caller, string facility, string maLk, CancellationToken ct) =>
        (await store.OfRecordAsync(caller, facility, maLk, ct)).ToDictionary(m => m.Fingerprint, StringComparer.Ordinal);

    /// <summary>Newest standing marks on a rule.</summary>
    public Task<IReadOnlyList<FindingMark>> OfRuleAsync(Caller caller, string rule, int take, CancellationToken ct) =>
        store.OfRuleAsync(caller, rule, Math.Clamp(take, 1, 500), ct);

    /// <summary>Marks a finding of a record; an earlier mark on it is withdrawn.</summary>
    /// <param name="caller">Needs <see cref="Permissions.EditRecords"/>.</param>
    /// <param name="record">The record with its findings, as the caller may see it.</param>
    /// <param name="fingerprint">Which finding.</param>
    /// <param name="verdict">The word.</param>
    /// <param name="reason">Why; required for <see cref="MarkVerdict.NotAnError"/>.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<RuleResult> MarkAsync(Caller caller, RecordDetail record, string fingerprint, MarkVerdict verdict, string reason, CancellationToken ct)
    {
        if (!caller.May(Permissions.EditRecords))
            return new RuleResult.Forbidden(Permissions.EditRecords);
        if (verdict == MarkVerdict.NotAnError && string.IsNullOrWhiteSpace(reason))
            return new RuleResult.Refused("reason-required", "Ghi vì sao đây không phải lỗi.");
        if (reason.Length > LongestReason)
            return new RuleResult.Refused("bad-reason", $"Lý do dài nhất {LongestReason} ký tự.");
        RecordListItem r = record.Current;
        StoredFinding? finding = record.Findings.Concat(record.Suppressed).FirstOrDefault(f => FingerprintOf(r.Facility, r.MaLk, f) == fingerprint);
        if (finding is null || !caller.Scope.Holds(r.Facility))
            return new RuleResult.NotFound();
        FindingMark mark = new(
            Guid.CreateVersion7(database.Time.GetUtcNow()), fingerprint, r.Id, r.MaLk, finding.Rule, finding.Table, finding.Field, finding.Value, verdict,
            reason.Trim(), caller.Name, database.Time.GetUtcNow());
        await using WriteSession session = await database.BeginAsync(ct);
        await MarkStore.ReplaceAsync(session, r.Facility, mark, ct);
        session.Audit(r.Facility, caller.Name, verdict == MarkVerdict.NotAnError ? "finding.marked-not-an-error" : "finding.confirmed", $"{r.Id}/{r.Version}", finding.Rule);
        await session.CommitAsync(ct);
        return new RuleResult.Done(mark.Id);
    }

    /// <summary>Takes a mark back.</summary>
    /// <param name="caller">Needs <see cref="Permissions.EditRecords"/>.</param>
    /// <param name="id">The mark.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<RuleResult> WithdrawAsync(Caller caller, Guid id, CancellationToken ct)
    {
        if (!caller.May(Permissions.EditRecords))
            return new RuleResult.Forbidden(Permissions.EditRecords);
        await using WriteSession session = await database.BeginAsync(ct);
        if (await MarkStore.WithdrawAsync(session, caller, id, ct) is not { } facility)
            return new RuleResult.NotFound();
        session.Audit(facility, caller.Name, "finding.mark-withdrawn", id.ToString());
        await session.CommitAsync(ct);
        return new RuleResult.Done(id);
    }
}
