namespace LienThong.Standard;

/// <summary>Local time of Vietnam, which the tables of the standard, duties and pages are written in: seven hours before UTC all the year.</summary>
public static class VietnamTime
{
    /// <summary>What to add to UTC.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    /// <summary>The same moment as clocks in Vietnam show it.</summary>
    public static DateTimeOffset InVietnam(this DateTimeOffset at) => at.ToOffset(Offset);

    /// <summary>The calendar day in Vietnam at a moment.</summary>
    public static DateOnly VietnamDay(this DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);
}
