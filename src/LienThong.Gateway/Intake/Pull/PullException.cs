namespace LienThong.Gateway.Intake.Pull;

/// <summary>A source couldn't be read: what happened and what to do, in Vietnamese, without secrets. It carries no inner exception: a driver's own may hold the connection string. The pass ends; what was taken stays taken.</summary>
public sealed class PullException : Exception
{
    /// <summary>A failure with its remedy.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="fix">What to do.</param>
    public PullException(string message, string fix)
        : base(message) => Fix = fix;

    /// <summary>What to do.</summary>
    public string Fix { get; }

    /// <summary>Whether the source gave way to somebody who waited for it; trying again soon is all it takes.</summary>
    public bool GaveWay { get; init; }

    /// <summary>Both in one line.</summary>
    public string Told => $"{Message} {Fix}";
}
