namespace LienThong.Gateway.Jobs;

/// <summary>How recurring jobs are run. Every setting has a working default.</summary>
public sealed record JobOptions
{
    /// <summary>How often a node says that it lives. PostgreSQL only. Default 5 s.</summary>
    public TimeSpan CheckIn { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after a missed sign of life the others take a node for dead and go on with its jobs. PostgreSQL only. Default 20 s.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a running job may go on when the server stops before it is told to break off. Default 10 s.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a job that was told to break off may take to do so before the server stops without it. Default 10 s.</summary>
    public TimeSpan BreakOffPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait before the next try when the schedule can't be set up, for instance because the database is away. Default 5 s.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(5);
}
