using System.Globalization;
using LienThong.Standard;

namespace LienThong.PortalSimulator;

/// <summary>The portal's clock: the given one plus a skew that a fault can set.</summary>
internal sealed class SimulatorClock(TimeProvider time)
{
    private long skewTicks;

    public TimeSpan Skew
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref skewTicks));
        set => Interlocked.Exchange(ref skewTicks, value.Ticks);
    }

    public DateTimeOffset Now => time.GetUtcNow() + Skew;

    /// <summary>Vietnam time, which has had no daylight saving since 1975.</summary>
    public string Vietnam(string format) => Now.InVietnam().ToString(format, CultureInfo.InvariantCulture);
}
