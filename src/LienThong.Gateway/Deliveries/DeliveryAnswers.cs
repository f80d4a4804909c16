using System.Diagnostics;
using System.Globalization;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Portal;
using LienThong.Standard;

namespace LienThong.Gateway.Deliveries;

/// <summary>What an answer makes of a delivery.</summary>
internal sealed class DeliveryAnswers(Database database, SubmissionOptions options)
{
    private const string Actor = "system";
    private readonly RetryPolicy policy = new(options);

    /// <summary>Stores an answer. One that comes after its lease ran out still decides an unknown outcome.</summary>
    public async Task StoreAsync(WriteSession session, DeliveryRow row, AnsweredDelivery answer, CancellationToken ct)
    {
        await DeliveryStore.EndAttemptAsync(session, answer.Work.Attempt, answer.Asked, EndOf(answer.Outcome), ct);
        if (row.DeliveryState == DeliveryState.Sending && row.AttemptId == answer.Work.Attempt)
            await SettleAsync(session, row, answer, ct);
        else if (row.DeliveryState == DeliveryState.OutcomeUnknown && answer.Outcome is SendOutcome.Accepted or SendOutcome.Rejected)
            await DecideAsync(session, row, answer.Outcome, DeliveryEvent.Settled, DeliveryEvent.Settled, ct);
    }

    /// <summary>Bytes may have arrived and nobody says so: settled later by asking, or by one resend of the same bytes; afterwards by a person.</summary>
    public async Task LoseAsync(WriteSession session, DeliveryRow row, DeliveryEvent on, string cause, CancellationToken ct)
    {
        long? due = row.TransactionCode is { Length: > 0 }
            ? policy.IsOver(DateTimeOffset.FromUnixTimeMilliseconds(row.FirstDueAt), database.Time.GetUtcNow()) ? null : After(policy.DelayAfter(row.Attempts, null))
            : row.Resends < options.MaxResends ? After(options.SettlePeriod) : null;
        await DeliveryStore.MoveAsync(session, row, DeliveryState.OutcomeUnknown, on, Actor, cause, due, ct);
        await ReplacedAsync(session, row, ct);
    }

    private async Task SettleAsync(WriteSession session, DeliveryRow row, AnsweredDelivery answer, CancellationToken ct)
    {
        switch (answer.Outcome)
        {
            case SendOutcome.Accepted or SendOutcome.Rejected:
                await DecideAsync(session, row, answer.Outcome, DeliveryEvent.DestinationAccepted, DeliveryEvent.DestinationRejected, ct);
                break;
            case SendOutcome.NotSent notSent:
                await TakeBackAsync(session, row, answer, notSent, ct);
                break;
            case SendOutcome.Unknown unknown:
                // It could be asked, said it can't, and got the bytes again: that was the resend.
                if (answer.Work.WasUnknown && !answer.Asked && row.TransactionCode is { Length: > 0 })
                    row.Resends++;
                if (unknown.TransactionCode.Length > 0)
                    row.TransactionCode = unknown.TransactionCode;
                await LoseAsync(session, row, DeliveryEvent.AnswerLost, unknown.Cause, ct);
                break;
            default:
                throw new UnreachableException(answer.Outcome.ToString());
        }
    }

    private static async Task DecideAsync(WriteSession session, DeliveryRow row, SendOutcome outcome, DeliveryEvent accepted, DeliveryEvent rejected, CancellationToken ct)
    {
        if (outcome is SendOutcome.Accepted yes)
        {
            row.TransactionCode = yes.Receipt.TransactionCode;
            await DeliveryStore.MoveAsync(session, row, DeliveryState.Accepted, accepted, Actor, yes.Receipt.TransactionCode, null, ct);
            if (row.Subject == DeliverySubject.CheckIn)
                await CheckInStore.SentAsync(session, row.SubjectId, ct);
        }
        else if (outcome is SendOutcome.Rejected no)
        {
            await DeliveryStore.MoveAsync(session, row, DeliveryState.Rejected, rejected, Actor, $"{no.Code} {no.Text}".Trim(), null, ct);
        }
    }

    private async Task TakeBackAsync(WriteSession session, DeliveryRow row, AnsweredDelivery answer, SendOutcome.NotSent notSent, CancellationToken ct)
    {
        bool over = policy.IsOver(DateTimeOffset.FromUnixTimeMilliseconds(row.FirstDueAt), database.Time.GetUtcNow());
        long due = notSent.NeedsPerson ? database.Now : After(policy.DelayAfter(row.Attempts, notSent.RetryAfter));
        if (answer.Work.WasUnknown)
        {
            // The first send may have arrived: that this one didn't leave doesn't make it unsent.
            if (!answer.Asked && row.TransactionCode is not { Length: > 0 })
                row.Resends--;
            await DeliveryStore.MoveAsync(session, row, DeliveryState.OutcomeUnknown, DeliveryEvent.AnswerLost, Actor, notSent.Cause, over ? null : due, ct);
        }
        else if (over && !notSent.NeedsPerson)
        {
            await DeliveryStore.MoveAsync(session, row, DeliveryState.Dead, DeliveryEvent.GaveUp, Actor, notSent.Cause, null, ct);
        }
        else
        {
            await DeliveryStore.MoveAsync(session, row, DeliveryState.Waiting, DeliveryEvent.NeverLeft, Actor, notSent.Cause, due, ct);
        }
        if (notSent.NeedsPerson)
            await PauseAsync(session, answer.Work.Lane, notSent.Cause, ct);
        await ReplacedAsync(session, row, ct);
    }

    /// <summary>Stops a queue until a person has looked: account and configuration faults concern everything in it.</summary>
    public static async Task PauseAsync(WriteSession session, DeliveryLane lane, string cause, CancellationToken ct)
    {
        if (lane.IsNational)
            await FacilityStore.SetSendPausedAsync(session, lane.Facility, cause, ct);
        else
            await ChannelStore.SetPausedAsync(session, lane.Channel, cause, ct);
        session.Audit(lane.Facility, Actor, lane.IsNational ? "facility.sending-paused" : "channel.paused", lane.IsNational ? lane.Facility : lane.Channel, cause);
    }

    // A newer version that came during the call takes its place now.
    private static async Task ReplacedAsync(WriteSession session, DeliveryRow row, CancellationToken ct)
    {
        if (row.Subject != DeliverySubject.Form && await DeliveryStore.HasNewerAsync(session, row, ct))
            await DeliveryStore.MoveAsync(session, row, DeliveryState.Superseded, DeliveryEvent.NewVersion, Actor, "Có phiên bản mới.", null, ct);
    }

    private long After(TimeSpan wait) => database.Now + (long)wait.TotalMilliseconds;

    private static AttemptEnd EndOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted { Receipt: var r } => new AttemptEnd(
            "Accepted", r.ResultCode, r.Message, r.Answer.HttpStatus, r.TransactionCode,
            r.ReceivedAt?.InVietnam().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture), r.Answer.Body, r.IsSimulator),
        SendOutcome.Rejected r => new AttemptEnd("Rejected", r.Code, r.Text, r.Answer.HttpStatus, Answer: r.Answer.Body, Simulator: r.Answer.IsSimulator),
        SendOutcome.NotSent r => new AttemptEnd("NotSent", null, r.Cause),
        SendOutcome.Unknown r => new AttemptEnd(
            "Unknown", null, r.Cause, r.Answer?.HttpStatus, r.TransactionCode.Length > 0 ? r.TransactionCode : null, Answer: r.Answer?.Body, Simulator: r.Answer?.IsSimulator ?? false),
        _ => throw new UnreachableException(outcome.ToString()),
    };
}
