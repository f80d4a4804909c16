using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Records;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Storage;

/// <summary>
/// Collects what happens to versions in one transaction and writes it in as few statements as the driver allows:
/// new versions, moves between states with their history, work items. The only place that changes a state.
/// </summary>
internal sealed class RecordChanges(WriteSession session)
{
    private static readonly string[] VersionNames =
    [
        "id", "version", "facility", "maLk", "state", "at", "current", "waiting", "origin", "reason", "actor", "file", "hoso", "ref", "sha",
        "arrivedSigned", "release", "name", "search", "vao", "ra", "loai", "tong", "bhtt", "block", "warn", "info", "notChecked", "findings", "cause",
        "deadline", "received", "suppressed", "card", "reasonCode", "reference", "referenceDate", "ward", "base", "kind", "ground",
    ];

    private static readonly string[] TransitionColumns = ["record_id", "version", "facility", "from_state", "to_state", "event", "actor", "cause", "occurred_at"];
    private static readonly string[] PlaceNames = ["id", "version", "current", "waiting"];
    private static readonly string[] WorkNames = ["id", "version", "facility", "stage", "due", "deadline"];
    private static readonly string[] KeyNames = ["id", "version"];
    private static readonly string[] ReasonNames = ["id", "version", "reason", "reasonCode", "reference", "referenceDate"];
    private static readonly string[] CorrectionNames = ["id", "version", "facility", "ordinal", "table", "row", "field", "old", "new"];

    private readonly List<object?[]> versions = [];
    private readonly List<object?[]> transitions = [];
    private readonly VersionEdits edits = new(session);
    private readonly Dictionary<(string Id, int Version), object?[]> places = [];
    private readonly Dictionary<(string Id, int Version), object?[]> works = [];
    private readonly List<object?[]> closed = [];
    private readonly List<object?[]> corrections = [];
    private readonly List<object?[]> reasons = [];
    private readonly List<(string Id, int Version, string Facility, RecordFacts Facts)> facts = [];
    private readonly ReceptionChanges receptions = new(session);
    private readonly CauseChanges causes = new(session);
    private readonly long now = session.Database.Now;

    /// <summary>Stage of a work item that waits to be signed.</summary>
    public const string SignStage = "Sign";

    /// <summary>Stage of a work item that waits to be sent.</summary>
    public const string SendStage = "Send";

    /// <summary>A new version with its first moves: <c>Ingested</c>, then <c>Validated</c>, then held when a rule says so.</summary>
    public void AddVersion(NewVersion v)
    {
        RecordState judged = v.Findings.Blocked ? RecordState.Invalid : RecordState.Ready;
        History(v.RecordId.ToString(), v.Version, v.Facility, RecordStates.Demand(null, RecordState.Received, RecordEvent.Ingested), v.Actor, v.Reason?.Shown);
        History(v.RecordId.ToString(), v.Version, v.Facility, RecordStates.Demand(RecordState.Received, judged, RecordEvent.Validated), v.Actor, null);
        if (v.State == RecordState.Held)
            History(v.RecordId.ToString(), v.Version, v.Facility, RecordStates.Demand(judged, RecordState.Held, RecordEvent.HeldBy), v.Actor, v.StateCause);
        else if (v.State != judged)
            throw new InvalidOperationException($"A judged version can't start as {v.State}.");
        RecordSummary s = v.Summary;
        versions.Add([
            v.RecordId.ToString(), v.Version, v.Facility, v.MaLk, v.State.ToString(), now, v.IsCurrent ? 1 : 0, v.IsWaiting ? 1 : 0, v.Origin, v.Reason?.Shown, v.Actor,
            v.FileId, v.Hoso, v.ContentRef, v.ContentSha256, v.ArrivedSigned ? 1 : 0, s.Release, s.Name, SearchText.Fold(s.Name), s.NgayVao, s.NgayRa,
            s.MaLoaiKcb, Thousandths(s.TotalCost), Thousandths(s.FundPays), v.Findings.Count(Severity.Block), v.Findings.Count(Severity.Warn),
            v.Findings.Count(Severity.Info), v.Findings.NotChecked, PackedFindings.Pack(v.Findings.All), v.StateCause, v.Deadline.At, v.ReceivedAt,
            v.Findings.Suppressed, s.CardPrefix, v.Reason?.Code, v.Reason?.ReferenceNumber, Stored(v.Reason?.ReferenceDate),
            s.Ward, v.Deadline.Base, v.Deadline.Kind, v.Deadline.Ground,
        ]);
        if (v.Facts is { } known)
            Facts(v.RecordId.ToString(), v.Version, v.Facility, known);
        if (v.IsCurrent)
            causes.Set(v.RecordId.ToString(), v.Facility, v.ReceivedAt, v.Findings.All, isNew: v.Version == 1);
        if (v is { State: RecordState.Ready, IsCurrent: true })
            Enqueue(v.RecordId.ToString(), v.Version, v.Facility, SignStage, v.Deadline.At);
        session.Audit(v.Facility, v.Actor, "record.version-stored", $"{v.RecordId}/{v.Version}", $"{v.MaLk} {v.State} {v.ContentSha256} {v.Reason?.Noted()}".TrimEnd());
    }

    /// <summary>Keeps what other records may ask of a version.</summary>
    public void Facts(string id, int version, string facility, RecordFacts known) => facts.Add((id, version, facility, known));

    /// <summary>Moves a version along the table; the row given follows.</summary>
    public void Move(VersionRow v, RecordState to, RecordEvent on, string actor, string? cause = null, long? heldUntil = null)
    {
        Transition step = RecordStates.Demand(v.RecordState, to, on);
        History(v.RecordId, v.Version, v.Facility, step, actor, cause);
        edits.Move(v.RecordId, v.Version, v.State, to.ToString(), cause, heldUntil);
        v.RecordState = to;
        if (to == RecordState.Accepted)
            receptions.Add(v, on);
        session.Audit(v.Facility, actor, "record." + on, v.Key, cause ?? "");
    }

    /// <summary>Ends a version because a newer one takes its place; its work is closed.</summary>
    public void Supersede(VersionRow v, string actor, string cause)
    {
        Move(v, RecordState.Superseded, RecordEvent.NewVersion, actor, cause);
        Place(v, current: false, waiting: false);
        Close(v);
    }

    /// <summary>Sets which version is the record's current and which waits.</summary>
    public void Place(VersionRow v, bool current, bool waiting)
    {
        (v.IsCurrent, v.IsWaiting) = (current ? 1 : 0, waiting ? 1 : 0);
        places[(v.RecordId, v.Version)] = [v.RecordId, v.Version, v.IsCurrent, v.IsWaiting];
        if (current)
            causes.Reread(v.RecordId, v.Facility, v.ReceivedAt);
    }

    /// <summary>Notes what was signed, or built where no signature is demanded.</summary>
    public void Sign(VersionRow v, string reference, string sha256, string? serial)
    {
        (v.SignedRef, v.SignedSha256, v.CertificateSerial) = (reference, sha256, serial);
        edits.Sign(v.RecordId, v.Version, reference, sha256, serial);
    }

    /// <summary>Replaces the findings after judging again.</summary>
    public void Findings(VersionRow v, JudgedFindings judged)
    {
        edits.Judge(v.RecordId, v.Version, judged);
        if (v.IsCurrent != 0)
            causes.Set(v.RecordId, v.Facility, v.ReceivedAt, judged.All, isNew: false);
    }

    /// <summary>Adds the reason that a version came without.</summary>
    public void Explain(VersionRow v, string actor, ChangeReason reason)
    {
        v.Reason = reason.Shown;
        reasons.Add([v.RecordId, v.Version, reason.Shown, reason.Code, reason.ReferenceNumber, Stored(reason.ReferenceDate)]);
        session.Audit(v.Facility, actor, "record.reason-given", v.Key, reason.Noted());
    }

    /// <summary>Notes in the audit log what moves no state.</summary>
    public void Note(VersionRow v, string actor, string action) => session.Audit(v.Facility, actor, action, v.Key);

    /// <summary>Puts the version into the outbox, due now; an item that is there starts anew.</summary>
    public void Enqueue(VersionRow v, string stage) => Enqueue(v.RecordId, v.Version, v.Facility, stage, v.DeadlineAt);

    /// <summary>Takes the version out of the outbox.</summary>
    public void Close(VersionRow v) => closed.Add([v.RecordId, v.Version]);

    /// <summary>A corrected cell, kept so that a later version of the HIS can be compared with it.</summary>
    public void Correct(Guid id, int version, string facility, int ordinal, string table, int row, string field, string? oldValue, string newValue) =>
        corrections.Add([id.ToString(), version, facility, ordinal, table, row, field, oldValue, newValue]);

    /// <summary>Writes everything in an order that keeps every index and reference true.</summary>
    /// <remarks>A version that isn't in the state it was read in, although its record is locked, fails the transaction.</remarks>
    public async Task FlushAsync(CancellationToken ct)
    {
        await session.ExecuteManyAsync("DELETE FROM work_item WHERE record_id = @id AND version = @version", KeyNames, closed, ct);
        await edits.WriteAsync(ct);
        await PlaceAsync(ct);
        await session.ExecuteManyAsync("""
            INSERT INTO record_version (record_id, version, facility, ma_lk, state, state_at, is_current, is_waiting, origin, reason, actor, file_id, hoso,
              content_ref, content_sha256, arrived_signed, release, name, name_search, ngay_vao, ngay_ra, ma_loai_kcb, t_tongchi_bv, t_bhtt,
              block_count, warn_count, info_count, not_checked_count, findings, state_cause, deadline_at, received_at, suppressed_count, card_prefix,
              reason_code, reference_number, reference_date, ma_khoa, deadline_base, deadline_kind, deadline_ground)
            VALUES (@id, @version, @facility, @maLk, @state, @at, @current, @waiting, @origin, @reason, @actor, @file, @hoso,
              @ref, @sha, @arrivedSigned, @release, @name, @search, @vao, @ra, @loai, {money-in:@tong}, {money-in:@bhtt},
              @block, @warn, @info, @notChecked, @findings, @cause, @deadline, @received, @suppressed, @card,
              @reasonCode, @reference, @referenceDate, @ward, @base, @kind, @ground)
            """, VersionNames, versions, ct);
        await session.InsertManyAsync("record_transition", TransitionColumns, transitions, ct);
        await session.ExecuteManyAsync("""
            INSERT INTO correction (record_id, version, facility, ordinal, table_name, row_number, field, old_value, new_value)
            VALUES (@id, @version, @facility, @ordinal, @table, @row, @field, @old, @new)
            """, CorrectionNames, corrections, ct);
        await session.ExecuteManyAsync("""
            INSERT INTO work_item (record_id, version, facility, stage, status, attempts, due_at, first_due_at, deadline_at, resends)
            VALUES (@id, @version, @facility, @stage, 'Ready', 0, @due, @due, @deadline, 0)
            ON CONFLICT (record_id, version) DO UPDATE SET stage = excluded.stage, status = 'Ready', attempts = 0, due_at = excluded.due_at,
              first_due_at = excluded.first_due_at, lease_owner = NULL, leased_until = NULL, submission_id = NULL, cause = NULL
            """, WorkNames, [.. works.Values], ct);
        await session.ExecuteManyAsync("""
            UPDATE record_version SET reason = @reason, reason_code = @reasonCode, reference_number = @reference, reference_date = @referenceDate
            WHERE record_id = @id AND version = @version
            """, ReasonNames, reasons, ct);
        await HistoryStore.SaveAsync(session, facts, ct);
        await ClaimStore.SaveAsync(session, facts, places.Keys.Select(p => p.Id), ct);
        facts.Clear();
        await causes.FlushAsync(ct);
        await receptions.FlushAsync(ct);
        await DeliverAsync(ct);
        foreach (List<object?[]> list in (List<object?[]>[])[versions, transitions, closed, corrections, reasons])
            list.Clear();
        edits.Clear();
        places.Clear();
        works.Clear();
    }

    internal static object? Thousandths(decimal? money) => money is { } m ? (long)decimal.Round(m * 1000m, MidpointRounding.AwayFromZero) : null;

    private static string? Stored(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private void Enqueue(string id, int version, string facility, string stage, long? deadline) =>
        works[(id, version)] = [id, version, facility, stage, now, deadline ?? long.MaxValue];

    private void History(string id, int version, string facility, Transition step, string actor, string? cause) =>
        transitions.Add([id, version, facility, step.From?.ToString(), step.To.ToString(), step.On.ToString(), actor, cause, now]);

    /// <summary>Further destinations hear of a version in the same transaction: none is missed, and what a new version replaced isn't sent any more.</summary>
    private async Task DeliverAsync(CancellationToken ct)
    {
        await DeliveryStore.SupersedeAsync(session, edits.MovedTo(RecordState.Superseded), ct);
        await DeliveryStore.AddForRecordsAsync(session, edits.Signed(), ChannelMoment.Signed, ct);
        await DeliveryStore.AddForRecordsAsync(session, [.. edits.MovedTo(RecordState.Accepted).Select(m => m.Id)], ChannelMoment.Accepted, ct);
    }

    // A record has one current and one waiting version at most at any moment: all leave their places before any takes one.
    private async Task PlaceAsync(CancellationToken ct)
    {
        List<object?[]> rows = [.. places.Values];
        if (rows.Count > 1)
            await session.ExecuteManyAsync("UPDATE record_version SET is_current = 0, is_waiting = 0 WHERE record_id = @id AND version = @version", KeyNames, rows.ConvertAll(static r => r[..2]), ct);
        await session.ExecuteManyAsync(
            "UPDATE record_version SET is_current = @current, is_waiting = @waiting WHERE record_id = @id AND version = @version", PlaceNames,
            rows.Count > 1 ? rows.FindAll(static r => r is not [_, _, 0, 0]) : rows, ct);
    }
}
