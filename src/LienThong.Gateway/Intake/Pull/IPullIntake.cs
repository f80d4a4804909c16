using LienThong.Extracts;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>Where pulled visits go.</summary>
internal interface IPullIntake
{
    /// <summary>Stores visits durably; what it returns for is stored.</summary>
    /// <param name="plan">The source they come from.</param>
    /// <param name="visits">Visits with a key, each of the source's facility.</param>
    /// <param name="ct">Stops; nothing is noted then, and the batch comes again.</param>
    Task<PullTaken> TakeAsync(PullPlan plan, IReadOnlyList<VisitReading> visits, CancellationToken ct);
}

/// <summary>What became of visits.</summary>
/// <param name="Stored">New visits and new versions.</param>
/// <param name="Same">Visits that were here already.</param>
/// <param name="Refused">Visits that couldn't be taken.</param>
internal sealed record PullTaken(int Stored, int Same, IReadOnlyList<PullRefusal> Refused);

/// <summary>A visit that couldn't be taken.</summary>
/// <param name="Key">Its key in the source.</param>
/// <param name="Problem">Why and what to do, in Vietnamese.</param>
public sealed record PullRefusal(string Key, string Problem);
