using LienThong.Gateway.Archive;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Portal;

namespace LienThong.Gateway.Deliveries;

/// <summary>A delivery in a sender's hands.</summary>
/// <param name="Row">As it was claimed.</param>
/// <param name="Lane">Its queue.</param>
/// <param name="Channel">Its destination.</param>
/// <param name="Attempt">The call.</param>
/// <param name="WasUnknown">An unknown outcome is being settled: bytes may have arrived before.</param>
internal sealed record ClaimedDelivery(DeliveryRow Row, DeliveryLane Lane, ReadyChannel Channel, long Attempt, bool WasUnknown);

/// <summary>A call that is over.</summary>
/// <param name="Work">What was sent.</param>
/// <param name="Outcome">What came back.</param>
/// <param name="Asked">The destination was asked; nothing was sent.</param>
internal sealed record AnsweredDelivery(ClaimedDelivery Work, SendOutcome Outcome, bool Asked);

/// <summary>Waiting → Sending → what the destination said. Each step is durable before the next begins.</summary>
internal sealed class DeliveryStage(
    Database database, IArchive archive, CircuitBreaker breaker, SubmissionOptions options, FaultPoints faults, NodeLife life)
{
    private const string Actor = "system";
    // Longer than a worker takes to look again.
    private static readonly TimeSpan SlotKept = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeldPause = TimeSpan.FromMinutes(5);
    private readonly DeliveryAnswers answers = new(database, options);

    /// <summary>Takes due deliveries of a lane and marks them <c>Sending</c>, in one transaction.</summary>
    public async Task<List<ClaimedDelivery>> ClaimAsync(DeliveryLane lane, ReadyChannel channel, int take, CancellationToken ct)
    {
        await life.ShowAsync(ct);
        await using WriteSession session = await database.BeginAsync(ct);
        int allowed = lane.IsNational ? await OutboxStore.AllowedAsync(session, lane.Facility, null, 0, ct) : take;
        List<DeliveryRow> rows = await DeliveryStore.TakeAsync(session, lane, Math.Clamp(allowed, 1, take), ct);
        if (rows.Count == 0)
            return [];
        if (lane.IsNational)
            await OutboxStore.KeepSlotAsync(session, lane.Facility, allowed > 0 ? null : database.Now + (long)SlotKept.TotalMilliseconds, ct);
        if (allowed == 0)
        {
            // Thousands of records may wait for the same calls: the next one that is free goes to this one.
            await session.CommitAsync(ct);
            return [];
        }
        Dictionary<string, string> records = await DeliveryStore.RecordStatesAsync(
            session, [.. rows.Where(r => r.Subject == DeliverySubject.Record).Select(r => r.SubjectId)], ct);
        HashSet<string> sent = await CheckInStore.RecordsSentAsync(
            session, lane.Facility, [.. rows.Where(r => r.Subject == DeliverySubject.CheckIn).Select(r => r.MaLk)], ct);
        List<ClaimedDelivery> claimed = [];
        foreach (DeliveryRow row in rows)
        {
            if (row.Subject == DeliverySubject.CheckIn && sent.Contains(row.MaLk))
                await CheckInStore.OvertakeAsync(session, row, ct);
            else if (row.Subject == DeliverySubject.Record && !await MayGoAsync(session, row, records.GetValueOrDefault($"{row.SubjectId}/{row.SubjectVersion}"), ct))
                continue;
            else
                claimed.Add(await TakeAsync(session, row, lane, channel, ct));
        }
        faults.Pass("deliver.before-claim-commit");
        await session.CommitAsync(ct);
        return claimed;
    }

    /// <summary>Calls the destination: asks it when it said that the decision comes later, otherwise sends the archived bytes.</summary>
    public async Task<AnsweredDelivery> CallAsync(ClaimedDelivery work, CancellationToken ct)
    {
        faults.Pass("deliver.claimed");
        DeliveryRow row = work.Row;
        SendOutcome? outcome = null;
        try
        {
            if (work.WasUnknown && row.TransactionCode is { Length: > 0 } code)
                outcome = await work.Channel.Channel.AskAsync(code, ct);
            bool asked = outcome is not null;
            outcome ??= await work.Channel.Channel.SendAsync(
                new PortalSubmission(row.Facility, row.MaLk.Length > 0 ? row.MaLk : row.DeliveryId.ToString(), row.PortalService, row.Release, await archive.GetAsync(ArchiveRef.Parse(row.DocumentRef), ct))
                {
                    Period = row.Period,
                }, ct);
            faults.Pass("deliver.answered");
            bool answered = outcome is SendOutcome.Accepted or SendOutcome.Rejected or SendOutcome.NotSent { NeedsPerson: true } or SendOutcome.Unknown { TransactionCode.Length: > 0 };
            breaker.Report(work.Channel.Portal, answered);
            return new AnsweredDelivery(work, outcome, asked);
        }
        catch (ArchiveDamagedException e)
        {
            breaker.Unused(work.Channel.Portal);
            return new AnsweredDelivery(work, new SendOutcome.NotSent($"Kho lưu trữ hỏng: {e.Message}", null, NeedsPerson: true), false);
        }
    }

    /// <summary>Stores what destinations said to some calls, in one transaction.</summary>
    public async Task FinishAsync(IReadOnlyList<AnsweredDelivery> ended, CancellationToken ct)
    {
        if (ended.Count == 0)
            return;
        await using WriteSession session = await database.BeginAsync(ct);
        List<DeliveryRow> rows = await DeliveryStore.LockAsync(session, ended.Select(e => e.Work.Row.DeliveryId), ct);
        foreach (AnsweredDelivery answer in ended)
            await answers.StoreAsync(session, rows.Single(r => r.DeliveryId == answer.Work.Row.DeliveryId), answer, ct);
        faults.Pass("deliver.before-outcome-commit");
        await session.CommitAsync(ct);
    }

    /// <summary>Deliveries whose sender vanished: their outcome is unknown until settled.</summary>
    public async Task<int> ExpireAsync(CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        List<DeliveryRow> rows = await DeliveryStore.ExpiredAsync(session, ct);
        if (rows.Count == 0)
            return 0;
        foreach (DeliveryRow row in rows)
            await answers.LoseAsync(session, row, DeliveryEvent.LeaseExpired, "Tiến trình gửi dừng giữa chừng, không rõ nơi nhận đã nhận chưa.", ct);
        await session.CommitAsync(ct);
        return rows.Count;
    }

    private async Task<ClaimedDelivery> TakeAsync(WriteSession session, DeliveryRow row, DeliveryLane lane, ReadyChannel channel, CancellationToken ct)
    {
        bool unknown = row.DeliveryState == DeliveryState.OutcomeUnknown, asks = unknown && row.TransactionCode is { Length: > 0 };
        row.Attempts++;
        if (unknown && !asks)
            row.Resends++;
        long attempt = await DeliveryStore.StartAttemptAsync(session, row, asks, ct);
        (row.LeaseOwner, row.LeasedUntil, row.AttemptId) = (life.Owner, database.Now + (long)options.Lease.TotalMilliseconds, attempt);
        await DeliveryStore.MoveAsync(session, row, DeliveryState.Sending, unknown ? DeliveryEvent.Settling : DeliveryEvent.Claimed, Actor, null, null, ct);
        return new ClaimedDelivery(row, lane, channel, attempt, unknown);
    }

    /// <summary>Whether a record's version still is one to send. One that a person holds waits; one that was replaced ends.</summary>
    private async Task<bool> MayGoAsync(WriteSession session, DeliveryRow row, string? state, CancellationToken ct)
    {
        switch (state)
        {
            case null or nameof(RecordState.Superseded):
                await DeliveryStore.MoveAsync(session, row, DeliveryState.Superseded, DeliveryEvent.NewVersion, Actor, "Có phiên bản mới của hồ sơ.", null, ct);
                return false;
            case nameof(RecordState.Held) or nameof(RecordState.Received) or nameof(RecordState.Invalid):
                await DeliveryStore.PutOffAsync(session, row, database.Now + (long)HeldPause.TotalMilliseconds, "Hồ sơ đang tạm giữ hoặc có lỗi chặn.", ct);
                return false;
            default:
                return true;
        }
    }
}
