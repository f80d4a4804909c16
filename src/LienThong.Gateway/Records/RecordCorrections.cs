using System.Security.Cryptography;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.History;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Records;

/// <summary>The one way to change a record's content: a new version with a reason, judged like any other.</summary>
public sealed class RecordCorrections
{
    private readonly Database database;
    private readonly IArchive archive;
    private readonly IRecordJudge judge;
    private readonly FacilitySettings facilities;
    private readonly WorkSignal signal;

    internal RecordCorrections(Database database, IArchive archive, IRecordJudge judge, FacilitySettings facilities, WorkSignal signal) =>
        (this.database, this.archive, this.judge, this.facilities, this.signal) = (database, archive, judge, facilities, signal);

    /// <summary>Makes a new version from the current one with some cells changed.</summary>
    /// <param name="caller">Needs <see cref="Permissions.EditRecords"/>.</param>
    /// <param name="id">The record.</param>
    /// <param name="changes">Cells to change; at least one. <c>MA_LK</c> and <c>MA_CSKCB</c> can't be changed.</param>
    /// <param name="reason">Why; required, with the exchange with BHXH where the list of reasons asks for it.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns><see cref="ChangeResult.Done"/> with the new version: current, or waiting while the one before is being sent.</returns>
    public async Task<ChangeResult> CorrectAsync(Caller caller, Guid id, IReadOnlyList<CellChange> changes, ChangeReason reason, CancellationToken ct)
    {
        if (!caller.May(Permissions.EditRecords))
            return new ChangeResult.Forbidden(Permissions.EditRecords);
        if (reason.Shown.Length == 0)
            return new ChangeResult.Refused("reason-required", "Ghi lý do sửa.");
        if (reason.Complaint(database.Time.GetUtcNow().VietnamDay()) is { } complaint)
            return new ChangeResult.Refused("bad-reason", complaint);
        if (changes.Count == 0)
            return new ChangeResult.Refused("bad-change", "Chưa có ô nào được sửa.");
        if (await BaseAsync(caller, id, ct) is not { } origin)
            return new ChangeResult.NoSuchRecord();
        using OpenRecord open = await OpenRecord.LoadAsync(archive, origin.ContentRef, ct);
        RecordBuilder builder = RecordBuilder.From(open.Record);
        List<(CellChange Change, string? Old)> done = [];
        foreach (CellChange change in changes)
        {
            if (Apply(builder, change, out string? old) is { } refused)
                return refused;
            done.Add((change, old));
        }
        using Record corrected = builder.Build();
        Judged judged = judge.Judge(corrected, database.Time.GetUtcNow(), origin.Facility);
        byte[] content = StoredForm.Of(origin.Facility, judged.Release, corrected);
        string sha = Convert.ToHexStringLower(SHA256.HashData(content));
        if (sha == origin.ContentSha256)
            return new ChangeResult.Refused("bad-change", "Nội dung không thay đổi so với phiên bản hiện tại.");
        ArchiveRef reference = (await archive.PutManyAsync([content], ct))[0];
        RecordSummary summary = RecordSummary.Of(corrected, judged.Release.Id);
        return await StoreAsync(caller, origin, done, reason, judged, summary, reference, sha, ct);
    }

    private async Task<VersionRow?> BaseAsync(Caller caller, Guid id, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        return (await RecordStore.LockAsync(session, caller, id, ct)).Find(v => v.IsCurrent != 0);
    }

    private async Task<ChangeResult> StoreAsync(
        Caller caller, VersionRow origin, List<(CellChange Change, string? Old)> done, ChangeReason reason, Judged judged, RecordSummary summary,
        ArchiveRef reference, string sha, CancellationToken ct)
    {
        DeadlineGround ground = await DeadlineStore.GroundAsync(database, ct);
        DateTimeOffset received = DateTimeOffset.FromUnixTimeMilliseconds(origin.ReceivedAt);
        GroundedDeadline deadline = ground.Of(origin.Facility, summary, received);
        await using WriteSession session = await database.BeginAsync(ct);
        await database.Dialect.LockHistoryAsync(session.Connection, session.Transaction, origin.Facility, ct);
        Guid id = Guid.Parse(origin.RecordId);
        List<VersionRow> live = await RecordStore.LockAsync(session, caller, id, ct);
        if (live.Find(v => v.IsCurrent != 0)?.Version != origin.Version)
            return new ChangeResult.Refused("changed-meanwhile", "Hồ sơ vừa có phiên bản mới; tải lại rồi sửa.");
        List<CorrectionRow> before = [.. (await RecordStore.CorrectionsAsync(session, [origin.RecordId], ct)).Where(c => c.Version == origin.Version)];
        int version = await RecordStore.NextVersionAsync(session, origin.RecordId, ct);
        JudgedFindings findings = await BesideAsync(session, origin, judged, version, ct);
        RecordChanges store = new(session);
        NewVersion placed = VersionPlacing.Add(store, live, new NewVersion
        {
            RecordId = id,
            Version = version,
            Facility = origin.Facility,
            MaLk = origin.MaLk,
            State = RecordState.Received,
            IsCurrent = false,
            IsWaiting = false,
            Origin = VersionPlacing.Correction,
            Reason = reason,
            Actor = caller.Name,
            ContentRef = reference.ToString(),
            ContentSha256 = sha,
            Summary = summary,
            Findings = findings,
            Facts = judged.Facts,
            Deadline = deadline,
            ReceivedAt = database.Now,
        }, conflict: null);
        Keep(store, placed, before, done);
        await store.FlushAsync(ct);
        await session.CommitAsync(ct);
        signal.Pulse();
        return new ChangeResult.Done(id, placed.Version, placed.State);
    }

    private async Task<JudgedFindings> BesideAsync(WriteSession session, VersionRow origin, Judged judged, int version, CancellationToken ct)
    {
        if (judged.Facts is not { } facts)
            return judged.Findings;
        facts.Id = origin.RecordId;
        HistorySnapshot others = await HistoryStore.LoadAsync(database, session, judge, [new AskedRecord(facts, version, IsCorrection: true)], ct);
        DateTimeOffset now = database.Time.GetUtcNow();
        (JudgedFindings findings, IReadOnlyList<RecordFacts> partners) = BesideOthers.Judge(judge, judged.Findings, facts, others, now);
        await HistoryStore.AddDueAsync(session, BesideOthers.Concerned(judge, facts, partners, others, now), ct);
        return findings;
    }

    /// <summary>Corrections add up: those of the version before stay in effect unless the same cell was changed again.</summary>
    private static void Keep(RecordChanges store, NewVersion placed, List<CorrectionRow> before, List<(CellChange Change, string? Old)> done)
    {
        int ordinal = 0;
        foreach (CorrectionRow c in before)
        {
            if (!done.Exists(d => d.Change.Table == c.TableName && d.Change.Row == c.RowNumber && d.Change.Field == c.Field))
                store.Correct(placed.RecordId, placed.Version, placed.Facility, ordinal++, c.TableName, c.RowNumber, c.Field, c.OldValue, c.NewValue);
        }
        foreach ((CellChange change, string? old) in done)
            store.Correct(placed.RecordId, placed.Version, placed.Facility, ordinal++, change.Table, change.Row, change.Field, old, change.Value);
    }

    private static ChangeResult.Refused? Apply(RecordBuilder builder, CellChange change, out string? old)
    {
        old = null;
        if (!TableNames.TryParse(change.Table, out TableId table) || !FieldId.TryParse(table, change.Field, out FieldId field))
            return new ChangeResult.Refused("bad-change", $"Không có trường {change.Table}.{change.Field} trong chuẩn.");
        if (change.Field is "MA_LK" || field == Xml1.MA_CSKCB)
            return new ChangeResult.Refused("bad-change", $"Không được sửa {change.Field}: đó là khóa của hồ sơ.");
        IList<RowBuilder> rows = builder.Rows(table);
        if (change.Row < 1 || change.Row > rows.Count)
            return new ChangeResult.Refused("bad-change", $"{change.Table} chỉ có {rows.Count} dòng, không có dòng {change.Row}.");
        old = rows[change.Row - 1][field];
        rows[change.Row - 1].Set(field, change.Value);
        return null;
    }
}
