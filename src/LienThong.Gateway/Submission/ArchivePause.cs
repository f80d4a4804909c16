namespace LienThong.Gateway.Submission;

/// <summary>
/// Leaves an archive that keeps failing alone for a moment: meanwhile nothing is claimed that couldn't be worked without it. One content that
/// can't be read while others can makes nobody else wait.
/// </summary>
internal sealed class ArchivePause(TimeProvider time)
{
    /// <summary>What the people who look at a waiting record read.</summary>
    public const string Cause = "Kho lưu trữ tạm thời không truy cập được; hệ thống tự thử lại.";

    // Enough to tell an archive that is away from a content that can't be read.
    private const int Failures = 3;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ItemWait = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private int failures;
    private long until;

    /// <summary>Whether work may be claimed.</summary>
    public bool IsOver => Now >= Interlocked.Read(ref until);

    /// <summary>When an item may be claimed again that was given back without a try at the archive, in UTC milliseconds since 1970.</summary>
    public long End => Math.Max(Now, Interlocked.Read(ref until));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The archive did what was asked.</summary>
    public void Worked()
    {
        lock (gate)
            failures = 0;
    }

    /// <summary>The archive couldn't be reached for an item.</summary>
    /// <returns>When to try the item again, in UTC milliseconds since 1970; others may be tried before.</returns>
    public long Failed()
    {
        lock (gate)
        {
            if (++failures >= Failures)
                Interlocked.Exchange(ref until, Now + (long)Length.TotalMilliseconds);
        }
        return Now + (long)ItemWait.TotalMilliseconds;
    }
}
