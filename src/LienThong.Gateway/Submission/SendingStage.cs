using System.Globalization;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Submission;

/// <summary>An item in a sender's hands.</summary>
internal sealed record Claimed(WorkRow Item, VersionRow Version, Guid Submission, PortalAccount Account);

/// <summary>A call that is over.</summary>
/// <param name="Work">The item.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="DueAt">When to take an item up again that our own archive kept from being tried; null when the outcome decides.</param>
internal sealed record Answered(Claimed Work, SendOutcome Outcome, long? DueAt = null);

/// <summary>Signed → Sending → what the portal said. Each step is durable before the next begins.</summary>
internal sealed class SendingStage(
    Database database, FacilitySettings settings, SigningStage signing, IArchive archive, ArchivePause archivePause, IPortalChannel channel,
    CircuitBreaker breaker, SubmissionOptions options, FaultPoints faults, NodeLife life)
{
    private const string Actor = "system";
    private readonly RetryPolicy policy = new(options);

    /// <summary>Takes due items of a facility and marks them <c>Sending</c>, in one transaction.</summary>
    /// <param name="facility">The facility.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="running">Its calls under way in this process.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<List<Claimed>> ClaimAsync(FacilityRow facility, int take, int running, CancellationToken ct)
    {
        if (settings.AccountOf(facility) is not { } account)
        {
            await PauseAsync(facility.Facility, "Chưa khai báo tài khoản cổng giám định của cơ sở.", ct);
            return [];
        }
        await life.ShowAsync(ct);
        await using WriteSession session = await database.BeginAsync(ct);
        take = Math.Min(take, await OutboxStore.AllowedAsync(session, facility.Facility, life.Owner, running, ct));
        List<WorkRow> items = take == 0 ? []
            : await OutboxStore.ClaimAsync(session, facility.Facility, RecordChanges.SendStage, take, life.Owner, options.Lease, ct);
        if (items.Count == 0)
            return [];
        Dictionary<string, VersionRow> versions = (await RecordStore.LiveAsync(session, [.. items.Select(i => i.RecordId)], ct)).ToDictionary(v => v.Key, StringComparer.Ordinal);
        Dictionary<string, AcceptedRow> accepted = versions.Values.Any(v => v.Version > 1)
            ? await SubmissionStore.AcceptedBeforeAsync(session, versions.Values, ct) : [];
        bool demanded = signing.SignatureDemanded(facility);
        RecordChanges changes = new(session);
        List<(WorkRow Item, VersionRow Version, SendingFacts Facts)> taken = [];
        foreach (WorkRow item in items)
        {
            VersionRow? version = versions.GetValueOrDefault($"{item.RecordId}/{item.Version}");
            bool cameFromUnknown = version?.RecordState == RecordState.OutcomeUnknown;
            if (version is not { IsCurrent: 1, SignedRef: not null } || !Take(changes, version, facility))
            {
                await OutboxStore.BuryAsync(session, item, "Phiên bản không còn ở trạng thái gửi được.", ct);
                continue;
            }
            item.Resends = Math.Max(item.Resends, cameFromUnknown ? 1 : 0);
            taken.Add((item, version, SendingFindings.OfSending(version, demanded, accepted.GetValueOrDefault(version.RecordId), database.Time.GetUtcNow())));
        }
        await SendingFindings.NoteAsync(session, changes, taken.Select(t => (t.Version, t.Facts)), ct);
        taken.RemoveAll(t => t.Version.RecordState != RecordState.Sending);
        Guid[] submissions = await SubmissionStore.StartAsync(session, taken.ConvertAll(t => t.Version), nameof(PortalService.Record), Actor, ct);
        List<Claimed> claimed = [.. taken.Zip(submissions, (t, submission) => new Claimed(t.Item, t.Version, submission, account))];
        await OutboxStore.NoteSubmissionsAsync(session, claimed.Select(c => (c.Item, c.Submission)), ct);
        await changes.FlushAsync(ct);
        faults.Pass("send.before-claim-commit");
        await session.CommitAsync(ct);
        return claimed;
    }

    /// <summary>Calls the portal.</summary>
    public async Task<Answered> CallAsync(Claimed work, CancellationToken ct)
    {
        faults.Pass("send.claimed");
        byte[] document;
        try
        {
            document = await archive.GetAsync(ArchiveRef.Parse(work.Version.SignedRef!), ct);
            archivePause.Worked();
        }
        catch (Exception e) when (e is ArchiveUnavailableException or ArchiveDamagedException)
        {
            // The portal wasn't called, so it is neither well nor ill.
            breaker.Unused(work.Account.BaseAddress.ToString());
            return e is ArchiveUnavailableException
                ? new Answered(work, new SendOutcome.NotSent(ArchivePause.Cause, null, NeedsPerson: false), archivePause.Failed())
                : new Answered(work, new SendOutcome.NotSent($"Kho lưu trữ hỏng: {e.Message}", null, NeedsPerson: true));
        }
        SendOutcome outcome = await channel.SendAsync(
            work.Account, new PortalSubmission(work.Version.Facility, work.Version.MaLk, PortalService.Record, work.Version.Release, document), ct);
        faults.Pass("send.answered");
        breaker.Report(work.Account.BaseAddress.ToString(), outcome is SendOutcome.Accepted or SendOutcome.Rejected or SendOutcome.NotSent { NeedsPerson: true });
        return new Answered(work, outcome);
    }

    /// <summary>Items whose sender vanished: their outcome is unknown until settled. Those that were only being signed start over.</summary>
    public async Task<int> ExpireAsync(CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        List<WorkRow> items = await OutboxStore.ExpiredAsync(session, ct);
        if (items.Count == 0)
            return 0;
        List<VersionRow> live = await RecordStore.LockManyAsync(session, [.. items.Select(i => i.RecordId).Distinct(StringComparer.Ordinal)], ct);
        RecordChanges changes = new(session);
        foreach (WorkRow item in items)
        {
            VersionRow? version = live.FirstOrDefault(v => v.RecordId == item.RecordId && v.Version == item.Version);
            if (version?.RecordState != RecordState.Sending)
            {
                await OutboxStore.UntouchedAsync(session, item, "Tiến trình trước dừng giữa chừng.", ct);
                continue;
            }
            const string Cause = "Tiến trình gửi dừng giữa chừng, không rõ cổng đã nhận chưa.";
            changes.Move(version, RecordState.OutcomeUnknown, RecordEvent.LeaseExpired, Actor, Cause);
            if (item.SubmissionId is { } submission)
                await SubmissionStore.EndAsync(session, [(Guid.Parse(submission), new SubmissionEnd("Unknown", null, Cause))], ct);
            await SettleAsync(session, item, Cause, ct);
            VersionPlacing.Promote(changes, [.. live.Where(v => v.RecordId == item.RecordId)], Actor);
        }
        await changes.FlushAsync(ct);
        await session.CommitAsync(ct);
        return items.Count;
    }

    /// <summary>Stores what the portal said to some calls, in one transaction: a busy portal costs one disk flush for several answers.</summary>
    public async Task FinishAsync(IReadOnlyList<Answered> answers, CancellationToken ct)
    {
        if (answers.Count == 0)
            return;
        await using WriteSession session = await database.BeginAsync(ct);
        List<VersionRow> all = await RecordStore.LockManyAsync(session, [.. answers.Select(a => a.Work.Item.RecordId)], ct);
        HashSet<WorkRow> held = await OutboxStore.HeldAsync(session, [.. answers.Select(a => a.Work.Item)], ct);
        await SubmissionStore.EndAsync(session, answers.Select(a => (a.Work.Submission, EndOf(a.Outcome))), ct);
        RecordChanges changes = new(session);
        foreach ((Claimed work, SendOutcome outcome, long? dueAt) in answers)
        {
            List<VersionRow> live = all.FindAll(v => v.RecordId == work.Item.RecordId);
            VersionRow? version = live.Find(v => v.Version == work.Item.Version);
            if (version?.RecordState == RecordState.Sending && held.Contains(work.Item))
                await SettleAsync(session, changes, work, version, outcome, dueAt, ct);
            else if (version?.RecordState == RecordState.OutcomeUnknown && outcome is SendOutcome.Accepted or SendOutcome.Rejected)
                Reconcile(changes, version!, outcome);
            VersionPlacing.Promote(changes, live, Actor);
        }
        await changes.FlushAsync(ct);
        faults.Pass("send.before-outcome-commit");
        await session.CommitAsync(ct);
    }

    // The lease ran out during the call and the outcome was noted as unknown; now the answer is here after all.
    private static void Reconcile(RecordChanges changes, VersionRow version, SendOutcome outcome)
    {
        if (outcome is SendOutcome.Accepted)
            changes.Move(version, RecordState.Accepted, RecordEvent.Reconciled, Actor, "Câu trả lời của cổng đến muộn.");
        else
            changes.Move(version, RecordState.Rejected, RecordEvent.ReconciledFaulty, Actor, "Câu trả lời của cổng đến muộn.");
        changes.Close(version);
    }

    private async Task SettleAsync(WriteSession session, RecordChanges changes, Claimed work, VersionRow version, SendOutcome outcome, long? dueAt, CancellationToken ct)
    {
        switch (outcome)
        {
            case SendOutcome.Accepted accepted:
                changes.Move(version, RecordState.Accepted, RecordEvent.PortalAccepted, Actor, accepted.Receipt.TransactionCode);
                changes.Close(version);
                break;
            case SendOutcome.Rejected rejected:
                changes.Move(version, RecordState.Rejected, RecordEvent.PortalRejected, Actor, $"{rejected.Code} {rejected.Text}".Trim());
                changes.Close(version);
                break;
            case SendOutcome.NotSent notSent:
                await TakeBackAsync(session, changes, work.Item, version, notSent, dueAt, ct);
                break;
            case SendOutcome.Unknown unknown:
                changes.Move(version, RecordState.OutcomeUnknown, RecordEvent.AnswerLost, Actor, unknown.Cause);
                await SettleAsync(session, work.Item, unknown.Cause, ct);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(outcome.ToString());
        }
    }

    private async Task TakeBackAsync(
        WriteSession session, RecordChanges changes, WorkRow item, VersionRow version, SendOutcome.NotSent notSent, long? dueAt, CancellationToken ct)
    {
        bool wasUnknown = item.Resends > 0;
        if (wasUnknown)
        {
            // The first send may have arrived: that this one didn't leave doesn't make it unsent.
            changes.Move(version, RecordState.OutcomeUnknown, RecordEvent.AnswerLost, Actor, notSent.Cause);
        }
        else
        {
            changes.Move(version, RecordState.Signed, RecordEvent.NeverLeft, Actor, notSent.Cause);
            if (version.CertificateSerial is null)
                changes.Move(version, RecordState.Ready, RecordEvent.SignatureDiscarded, Actor, "Gói không ký.");
        }
        int resends = item.Resends;
        if (dueAt is { } due)
        {
            await OutboxStore.PostponeAsync(session, item, due, notSent.Cause, ct);
        }
        else if (notSent.NeedsPerson)
        {
            await OutboxStore.RetryAsync(session, item, database.Now, notSent.Cause, resends, ct);
            await FacilityStore.SetSendPausedAsync(session, item.Facility, notSent.Cause, ct);
            session.Audit(item.Facility, Actor, "facility.sending-paused", item.Facility, notSent.Cause);
        }
        else if (policy.IsOver(DateTimeOffset.FromUnixTimeMilliseconds(item.FirstDueAt), database.Time.GetUtcNow()))
        {
            await OutboxStore.BuryAsync(session, item, notSent.Cause, ct);
        }
        else
        {
            long next = database.Now + (long)policy.DelayAfter(item.Attempts, notSent.RetryAfter).TotalMilliseconds;
            await OutboxStore.RetryAsync(session, item, next, notSent.Cause, resends, ct);
        }
    }

    private Task SettleAsync(WriteSession session, WorkRow item, string cause, CancellationToken ct) =>
        item.Resends < options.MaxResends
            ? OutboxStore.RetryAsync(session, item, database.Now + (long)options.SettlePeriod.TotalMilliseconds, cause, item.Resends + 1, ct)
            : OutboxStore.BuryAsync(session, item, cause, ct);

    /// <summary>Moves a version into sending; false when it can't be sent at all.</summary>
    private bool Take(RecordChanges changes, VersionRow version, FacilityRow facility)
    {
        switch (version.RecordState)
        {
            case RecordState.Signed:
                changes.Move(version, RecordState.Sending, RecordEvent.Queued, Actor);
                return true;
            case RecordState.Ready when version.CertificateSerial is null && !signing.SignatureDemanded(facility):
                changes.Move(version, RecordState.Sending, RecordEvent.QueuedUnsigned, Actor);
                return true;
            case RecordState.Ready:
                // Built before the day signatures became mandatory: never sent unsigned, signed instead.
                changes.Enqueue(version, RecordChanges.SignStage);
                return true;
            case RecordState.OutcomeUnknown or RecordState.Rejected:
                changes.Move(version, RecordState.Sending, RecordEvent.ResendSameBytes, Actor);
                return true;
            default:
                return false;
        }
    }

    private async Task PauseAsync(string facility, string cause, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await FacilityStore.SetSendPausedAsync(session, facility, cause, ct);
        session.Audit(facility, Actor, "facility.sending-paused", facility, cause);
        await session.CommitAsync(ct);
    }

    private static SubmissionEnd EndOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted { Receipt: var r } => new SubmissionEnd(
            "Accepted", r.ResultCode, r.Message, r.Answer.HttpStatus, r.TransactionCode,
            r.ReceivedAt?.InVietnam().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            r.Answer.Body, r.IsSimulator, "Pending"),
        SendOutcome.Rejected r => new SubmissionEnd(
            "Rejected", r.Code, r.Text, r.Answer.HttpStatus, Answer: r.Answer.Body, Simulator: r.Answer.IsSimulator),
        SendOutcome.NotSent r => new SubmissionEnd("NotSent", null, r.Cause),
        SendOutcome.Unknown r => new SubmissionEnd(
            "Unknown", null, r.Cause, r.Answer?.HttpStatus, Answer: r.Answer?.Body, Simulator: r.Answer?.IsSimulator ?? false),
        _ => throw new System.Diagnostics.UnreachableException(outcome.ToString()),
    };
}
