namespace LienThong.Portal.Tests;

/// <summary>A clock that moves when told; timers and time stamps stay the system's.</summary>
internal sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public static TestClock July1st() => new(new DateTimeOffset(2026, 7, 1, 8, 30, 0, TimeSpan.Zero));

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
