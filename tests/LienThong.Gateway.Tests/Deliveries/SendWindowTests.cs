using LienThong.Gateway.Deliveries;

namespace LienThong.Gateway.Tests.Deliveries;

public sealed class SendWindowTests
{
    // 2026-07-10 is a Friday.
    [Theory]
    [InlineData("", "2026-07-10T12:00", true)]
    [InlineData("18:00-06:00", "2026-07-10T17:59", false)]
    [InlineData("18:00-06:00", "2026-07-10T18:00", true)]
    [InlineData("18:00-06:00", "2026-07-10T05:59", true)]
    [InlineData("18:00-06:00", "2026-07-10T06:00", false)]
    [InlineData("T2-T6 07:00-11:30; 13:00-17:00", "2026-07-10T11:29", true)]
    [InlineData("T2-T6 07:00-11:30; 13:00-17:00", "2026-07-11T11:29", false)]
    [InlineData("T2-T6 07:00-11:30; 13:00-17:00", "2026-07-11T13:00", true)]
    [InlineData("T7,CN 00:00-24:00", "2026-07-12T23:59", true)]
    [InlineData("T7,CN 00:00-24:00", "2026-07-13T00:00", false)]
    [InlineData("T6 22:00-02:00", "2026-07-11T01:59", true)]
    [InlineData("T6 22:00-02:00", "2026-07-10T01:59", false)]
    [InlineData("T7-T2 08:00-09:00", "2026-07-13T08:30", true)]
    [InlineData("T7-T2 08:00-09:00", "2026-07-14T08:30", false)]
    public void Opens_and_closes_by_Vietnam_time(string text, string local, bool open) =>
        Assert.Equal(open, SendWindows.TryParse(text)!.IsOpen(new DateTimeOffset(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(7))));

    [Theory]
    [InlineData("25:00-26:00")]
    [InlineData("08:00")]
    [InlineData("T9 08:00-09:00")]
    [InlineData("08:00-08:00")]
    [InlineData("T2- 08:00-09:00")]
    [InlineData("luôn luôn")]
    [InlineData(";")]
    public void What_is_no_window_is_refused(string text) => Assert.Null(SendWindows.TryParse(text));

    [Fact]
    public void Tells_when_it_opens_next()
    {
        DateTimeOffset noon = new(2026, 7, 10, 12, 0, 30, TimeSpan.FromHours(7));

        Assert.Equal(noon, SendWindows.Always.OpenFrom(noon));
        Assert.Equal(new DateTimeOffset(2026, 7, 13, 7, 0, 0, TimeSpan.FromHours(7)), SendWindows.TryParse("T2 07:00-08:00")!.OpenFrom(noon));
    }
}
