using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Portal;

namespace LienThong.Gateway.Submission;

/// <summary>What a drain did and what is left.</summary>
/// <param name="Signed">Versions taken to be signed.</param>
/// <param name="Sent">Calls made to the portal.</param>
/// <param name="Waiting">Items left: due later, stopped, or behind an open circuit.</param>
/// <param name="Dead">Items set aside for a person.</param>
/// <param name="NextDue">When the next item falls due; null when none waits for time.</param>
public sealed record DrainSummary(int Signed, int Sent, long Waiting, long Dead, DateTimeOffset? NextDue);

/// <summary>Works the outbox: signs what is ready, sends what is signed, settles what was left behind.</summary>
public sealed class SubmissionEngine
{
    private readonly Database database;
    private readonly OutboxStore outbox;
    private readonly FacilityStore facilities;
    private readonly SigningStage signing;
    private readonly SendingStage sending;
    private readonly CircuitBreaker breaker;
    private readonly NodeLife life;
    private readonly ArchivePause archivePause;
    private readonly Caller self = Caller.System();

    internal SubmissionEngine(
        Database database, FacilityStore facilities, FacilitySettings settings, SigningKeys keys, IArchive archive, IPortalChannel channel, SubmissionOptions options,
        FaultPoints faults, CircuitBreaker? shared = null)
    {
        (this.database, this.facilities) = (database, facilities);
        life = new NodeLife(database);
        outbox = new OutboxStore(database);
        breaker = shared ?? new CircuitBreaker(options, database.Time);
        archivePause = new ArchivePause(database.Time);
        signing = new SigningStage(database, outbox, facilities, keys, archive, archivePause, options, faults, life);
        sending = new SendingStage(database, settings, signing, archive, archivePause, channel, breaker, options, faults, life);
        Policy = new RetryPolicy(options);
    }

    /// <summary>The retry policy in force; prints itself.</summary>
    public RetryPolicy Policy { get; }

    /// <summary>Until when a portal is left alone after repeated failures; null when calls may go.</summary>
    public DateTimeOffset? PortalPausedUntil(Uri portal) => breaker.OpenUntil(portal.ToString());

    /// <summary>Works until nothing is due.</summary>
    /// <returns>Versions taken to be signed, calls made.</returns>
    public async Task<(int Signed, int Sent)> WorkAsync(CancellationToken ct)
    {
        (int signed, int sent) = (0, 0);
        while (await PassAsync(ct) is (int nowSigned, int nowSent) && nowSigned + nowSent > 0)
            (signed, sent) = (signed + nowSigned, sent + nowSent);
        return (signed, sent);
    }

    /// <summary>Works until nothing is due, then waits for what falls due within <paramref name="patience"/> and works on.</summary>
    public async Task<DrainSummary> DrainAsync(TimeSpan patience, CancellationToken ct)
    {
        // Measured by what passes, not by the clock on the wall, which may be set.
        long start = database.Time.GetTimestamp();
        (int signed, int sent) = (0, 0);
        while (true)
        {
            (int nowSigned, int nowSent) = await WorkAsync(ct);
            (signed, sent) = (signed + nowSigned, sent + nowSent);
            long? next = await outbox.NextDueAsync(ct);
            TimeSpan left = patience - database.Time.GetElapsedTime(start);
            if (next is { } due && left > TimeSpan.Zero && due - database.Now <= left.TotalMilliseconds)
            {
                // At least a moment: an item that is due behind an open circuit must not be asked for in a busy loop.
                long wait = Math.Max(due - database.Now, 100);
                await Task.Delay(TimeSpan.FromMilliseconds(wait), database.Time, ct);
                continue;
            }
            (long waiting, long dead) = await outbox.CountAsync(ct);
            return new DrainSummary(signed, sent, waiting, dead, next is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);
        }
    }

    /// <summary>One round: expired leases, then signing and sending side by side until both find nothing due.</summary>
    internal async Task<(int Signed, int Sent)> PassAsync(CancellationToken ct)
    {
        await life.ArriveAsync(ct);
        await sending.ExpireAsync(ct);
        using SemaphoreSlim more = new(0);
        using CancellationTokenSource over = new();
        Task alive = life.KeepAsync(over.Token);
        Task<int> signer = SignAllAsync(more, ct);
        try
        {
            int sent = await SendAllAsync(signer, more, ct);
            return (await signer, sent);
        }
        finally
        {
            // The signer must not outlive what it signals, whatever ended the sending.
            await ((Task)signer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await over.CancelAsync();
            await alive;
        }
    }

    private async Task<int> SignAllAsync(SemaphoreSlim more, CancellationToken ct)
    {
        // Off the caller's thread: RSA over a batch must not hold up the senders.
        await Task.Yield();
        int total = 0;
        for (int done; (done = await signing.RunAsync(ct)) > 0; total += done)
            more.Release();
        return total;
    }

    private async Task<int> SendAllAsync(Task signer, SemaphoreSlim more, CancellationToken ct)
    {
        Dictionary<Task<Answered>, string> running = [];
        Task newWork = more.WaitAsync(ct);
        int sent = 0;
        try
        {
            while (true)
            {
                bool signerDone = signer.IsCompleted;
                int started = await StartAsync(running, ct);
                sent += started;
                if (running.Count == 0 && started == 0 && signerDone)
                    return sent;
                // A signer that was still at work just now is waited for as well: its end is seen even when it signs nothing more.
                await Task.WhenAny(signerDone ? running.Keys : [newWork, signer, .. running.Keys]);
                if (newWork.IsCompleted)
                    newWork = more.WaitAsync(ct);
                await FinishAsync(running);
            }
        }
        finally
        {
            // Calls that are under way are never abandoned: their answers have to be stored.
            await Task.WhenAll((IEnumerable<Task>)running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await FinishAsync(running);
        }
    }

    /// <summary>Stores the answers of the calls that are over. Not to be cancelled: an answer can't be had again.</summary>
    private async Task FinishAsync(Dictionary<Task<Answered>, string> running)
    {
        List<Answered> answers = [];
        Task<Answered>? failed = null;
        foreach (Task<Answered> ended in running.Keys.Where(t => t.IsCompleted).ToArray())
        {
            running.Remove(ended);
            if (ended.IsCompletedSuccessfully)
                answers.Add(await ended);
            else
                failed = ended;
        }
        await sending.FinishAsync(answers, CancellationToken.None);
        if (failed is not null)
            await failed;
    }

    private async Task<int> StartAsync(Dictionary<Task<Answered>, string> running, CancellationToken ct)
    {
        int started = 0;
        if (!archivePause.IsOver)
            return 0;
        foreach (string code in await outbox.FacilitiesDueAsync(RecordChanges.SendStage, ct))
        {
            if (await facilities.FindAsync(self, code, ct) is not { } facility || !SendWindows.IsOpen(facility.SendWindow, database.Time.GetUtcNow()))
                continue;
            int busy = running.Values.Count(f => f == code);
            int free = facility.MaxParallel - busy;
            string portal = facility.PortalUrl is { } url ? new Uri(url).ToString() : "";
            int allowed = free <= 0 ? 0 : breaker.Allow(portal, free);
            if (allowed == 0)
                continue;
            List<Claimed> claimed = await sending.ClaimAsync(facility, allowed, busy, ct);
            if (claimed.Count == 0)
                breaker.Unused(portal);
            foreach (Claimed work in claimed)
                running.Add(Task.Run(() => sending.CallAsync(work, ct), CancellationToken.None), code);
            started += claimed.Count;
        }
        return started;
    }
}
