namespace LienThong.Gateway.Cards;

/// <summary>How cards are looked up over time. Every setting has a working default.</summary>
public sealed record CardOptions
{
    /// <summary>Longest a person at the desk waits for the portal; then the visit goes on without an answer and is asked again. Default 20 s.</summary>
    public TimeSpan DeskTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Waits between tries while the portal is down; the last one repeats until the visit ends. Default 1, 2, 5, 10, 30, 60 minutes.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } = [.. new[] { 1, 2, 5, 10, 30, 60 }.Select(m => TimeSpan.FromMinutes(m))];

    /// <summary>How long after its first lookup a visit without <c>MA_LK</c> and without a record counts as over. Default 3 days.</summary>
    public TimeSpan LongestNameless { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long other visits of a facility wait after one found the portal down. Default 1 minute.</summary>
    public TimeSpan PauseWhileDown { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long due visits of a facility wait when its pace at the portal has no call to spare for them. Default 10 s.</summary>
    public TimeSpan PauseWhileBusy { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one node may hold a visit before another takes it. Default 3 minutes: longer than a login and a call may take.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long after a look the next one begins. Default 5 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most visits a facility can have watched at a time. Default 5 000.</summary>
    public int MostWatched { get; init; } = 5000;

    /// <summary>How long after its check-in a visit without record and list counts as going on. Default 60 days; whoever stays longer is on the facility's list.</summary>
    public TimeSpan LongestStay { get; init; } = TimeSpan.FromDays(60);

    /// <summary>Wait after a try that found the portal down.</summary>
    /// <param name="attempt">Tries made, from 1.</param>
    internal TimeSpan DelayAfter(int attempt) => RetryDelays[Math.Clamp(attempt - 1, 0, RetryDelays.Count - 1)];
}
