namespace LienThong.Gateway.Submission;

/// <summary>How signing and sending behave over time.</summary>
public sealed record SubmissionOptions
{
    /// <summary>Versions signed per transaction. Default 50.</summary>
    public int SignBatch { get; init; } = 50;

    /// <summary>How long a worker may hold an item. Longer than two logins and a call together. Default 5 minutes.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Waits before the next try when nothing left the house; the last one repeats. Default 1, 2, 5, 10, 30, 60 minutes.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [.. new[] { 1, 2, 5, 10, 30, 60 }.Select(m => TimeSpan.FromMinutes(m))];

    /// <summary>Share by which a wait varies, so that many records don't come back at once. 0–1, default 0.2.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>After this long without success an item is set aside for a person. Default 24 hours.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long an unknown outcome is left to settle before the same bytes are sent again. Default 30 minutes.</summary>
    public TimeSpan SettlePeriod { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Automatic resends out of an unknown outcome. Default 1; further ones are a person's decision.</summary>
    public int MaxResends { get; init; } = 1;

    /// <summary>Failures in a row after which a portal is left alone. Default 5.</summary>
    public int BreakerFailures { get; init; } = 5;

    /// <summary>First pause of a portal that keeps failing; doubles up to 5 minutes. Default 30 seconds.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the worker looks for due work when nothing wakes it. Default 2 seconds.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);
}
