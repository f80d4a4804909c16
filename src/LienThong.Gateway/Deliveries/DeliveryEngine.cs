using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;

namespace LienThong.Gateway.Deliveries;

/// <summary>What a drain did.</summary>
/// <param name="Signed">Check-ins made ready to be sent.</param>
/// <param name="Sent">Calls made to destinations.</param>
public sealed record DeliverySummary(int Signed, int Sent);

/// <summary>Works the outbox of deliveries: signs check-ins, sends what is due, settles what was left behind. Check-ins go before everything else.</summary>
public sealed class DeliveryEngine
{
    private readonly Database database;
    private readonly DeliveryStore store;
    private readonly DeliveryChannels channels;
    private readonly CheckInSigning signing;
    private readonly CheckInSweep sweep;
    private readonly DeliveryStage stage;
    private readonly CircuitBreaker breaker;
    private readonly NodeLife life;
    private readonly DeliverySignal signal;
    private readonly SubmissionOptions options;

    internal DeliveryEngine(
        Database database, DeliveryChannels channels, CheckInSigning signing, CheckInSweep sweep, Archive.IArchive archive, CircuitBreaker breaker,
        DeliverySignal signal, SubmissionOptions options, FaultPoints faults)
    {
        (this.database, this.channels, this.signing, this.sweep, this.breaker, this.signal, this.options) = (database, channels, signing, sweep, breaker, signal, options);
        store = new DeliveryStore(database);
        life = new NodeLife(database);
        stage = new DeliveryStage(database, archive, breaker, options, faults, life);
    }

    /// <summary>Works until nothing is due.</summary>
    public async Task<DeliverySummary> DrainAsync(CancellationToken ct)
    {
        (int signed, int sent) = (0, 0);
        await life.ArriveAsync(ct);
        while (true)
        {
            await stage.ExpireAsync(ct);
            await sweep.RunAsync(ct);
            DeliverySummary pass = await PassAsync(ct);
            if (pass is { Signed: 0, Sent: 0 })
                return new DeliverySummary(signed, sent);
            (signed, sent) = (signed + pass.Signed, sent + pass.Sent);
        }
    }

    private async Task<DeliverySummary> PassAsync(CancellationToken ct)
    {
        Dictionary<Task<AnsweredDelivery>, string> running = [];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task wake = signal.WaitAsync(options.Poll, stop.Token), alive = life.KeepAsync(stop.Token);
        (int signed, int sent) = (0, 0);
        try
        {
            while (true)
            {
                signed += await signing.RunAsync(ct);
                int started = await StartAsync(running, ct);
                sent += started;
                if (running.Count == 0 && started == 0)
                    return new DeliverySummary(signed, sent);
                // A slow destination must not keep a check-in waiting that comes in meanwhile.
                if (await Task.WhenAny([wake, .. running.Keys]) == wake)
                    wake = signal.WaitAsync(options.Poll, stop.Token);
                await FinishAsync(running);
            }
        }
        finally
        {
            // Calls that are under way are never abandoned: their answers have to be stored.
            await Task.WhenAll((IEnumerable<Task>)running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await stop.CancelAsync();
            await wake.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await alive;
            await FinishAsync(running);
        }
    }

    /// <summary>Stores the answers of the calls that are over. Not to be cancelled: an answer can't be had again.</summary>
    private async Task FinishAsync(Dictionary<Task<AnsweredDelivery>, string> running)
    {
        List<AnsweredDelivery> answers = [];
        Task<AnsweredDelivery>? failed = null;
        foreach (Task<AnsweredDelivery> ended in running.Keys.Where(t => t.IsCompleted).ToArray())
        {
            running.Remove(ended);
            if (ended.IsCompletedSuccessfully)
                answers.Add(await ended);
            else
                failed = ended;
        }
        await stage.FinishAsync(answers, CancellationToken.None);
        if (failed is not null)
            await failed;
    }

    private async Task<int> StartAsync(Dictionary<Task<AnsweredDelivery>, string> running, CancellationToken ct)
    {
        int started = 0;
        foreach (DeliveryLane lane in await store.DueAsync(ct))
        {
            if (!SendWindows.IsOpen(lane.SendWindow, database.Time.GetUtcNow()))
                continue;
            int free = lane.MaxParallel - running.Values.Count(k => k == lane.Key);
            if (free <= 0)
                continue;
            if (await channels.OpenAsync(lane, ct) is not { } channel)
            {
                await PauseAsync(lane, ct);
                continue;
            }
            int allowed = breaker.Allow(channel.Portal, free);
            if (allowed == 0)
                continue;
            List<ClaimedDelivery> claimed = await stage.ClaimAsync(lane, channel, allowed, ct);
            if (claimed.Count == 0)
                breaker.Unused(channel.Portal);
            foreach (ClaimedDelivery work in claimed)
                running.Add(Task.Run(() => stage.CallAsync(work, ct), CancellationToken.None), lane.Key);
            started += claimed.Count;
        }
        return started;
    }

    private async Task PauseAsync(DeliveryLane lane, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await DeliveryAnswers.PauseAsync(session, lane, "Chưa khai báo tài khoản cổng giám định của cơ sở.", ct);
        await session.CommitAsync(ct);
    }
}
