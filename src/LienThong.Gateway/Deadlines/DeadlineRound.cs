using LienThong.Gateway.Submission;

namespace LienThong.Gateway.Deadlines;

/// <summary>Keeps deadlines and incidents up to date. Everything it does may be done by several nodes at once.</summary>
public sealed class DeadlineRound(DeadlineKeeper keeper, IncidentDesk incidents, IncidentWatch watch)
{
    /// <summary>Says that deadlines must be calculated again.</summary>
    public WorkSignal Signal => keeper.Signal;

    /// <summary>Prolongs incidents that outlived their assumed end, calculates deadlines that stand on an older ground, and looks for outages of the portal.</summary>
    /// <returns>Incidents prolonged, deadlines calculated, proposals made and recoveries noted.</returns>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        long done = await incidents.ProlongAsync(ct);
        done += await keeper.SettleAsync(ct);
        return done + await watch.LookAsync(ct);
    }
}
