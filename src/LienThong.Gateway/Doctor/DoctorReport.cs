namespace LienThong.Gateway.Doctor;

/// <summary>How a step ended.</summary>
public enum DoctorStatus
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>It couldn't be tried, or it needn't be.</summary>
    NotDone,

    /// <summary>It works, but somebody should look at it.</summary>
    Warning,

    /// <summary>It doesn't work.</summary>
    Failed,
}

/// <summary>One step of a check. Nothing secret is in it.</summary>
/// <param name="Id">Stable name: <c>address</c>, <c>dns</c>, <c>tcp</c>, <c>tls</c>, <c>clock</c>, <c>account-format</c>, <c>login</c>, <c>facility</c>, <c>permission</c>, <c>signing-key</c>, <c>registration</c>, <c>allow-list</c>, <c>training</c>.</param>
/// <param name="Name">Vietnamese, for people.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Message">What was found and what it means, in Vietnamese.</param>
/// <param name="Remedy">What to do, in Vietnamese; empty when there is nothing to do.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record DoctorStep(string Id, string Name, DoctorStatus Status, string Message, string Remedy, int Milliseconds);

/// <summary>A check of a facility's account.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">The facility.</param>
/// <param name="Actor">Who asked for it.</param>
/// <param name="StartedAt">When it began (UTC).</param>
/// <param name="EndedAt">When it ended; null while it runs, or when it was cut off.</param>
/// <param name="Steps">Steps that ended, in their order.</param>
public sealed record DoctorReport(Guid Id, string Facility, string Actor, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<DoctorStep> Steps)
{
    /// <summary>The worst of the steps.</summary>
    public DoctorStatus Outcome => Steps.Count == 0 ? DoctorStatus.NotDone : Steps.Max(s => s.Status);

    /// <summary>Whether it goes on: one that has told nothing for long was cut off.</summary>
    public bool IsRunning(DateTimeOffset now) => EndedAt is null && now - StartedAt < AccountDoctor.LongestRun;
}

/// <summary>What became of the wish to check an account.</summary>
public abstract record DoctorStart
{
    private DoctorStart()
    {
    }

    /// <summary>It runs.</summary>
    /// <param name="Id">The check.</param>
    /// <param name="Report">Its report, once it has ended.</param>
    public sealed record Running(Guid Id, Task<DoctorReport> Report) : DoctorStart;

    /// <summary>Not now, or not so.</summary>
    /// <param name="Code"><c>no-such-facility</c>, <c>too-soon</c> or <c>bad-training</c>.</param>
    /// <param name="Message">What to tell the person, in Vietnamese.</param>
    public sealed record Refused(string Code, string Message) : DoctorStart;
}
