using System.Text.Json;

namespace LienThong.Portal.Tests;

public sealed class ExpiresInTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 27, 1, 27, 7, TimeSpan.Zero);

    [Theory]
    [InlineData("\"2026-07-27T01:37:07.9726Z\"", 600.9726)]
    [InlineData("\"2026-07-27T01:37:07.9726\"", 600.9726)]
    [InlineData("\"2026-07-27T08:37:07+07:00\"", 600)]
    [InlineData("\"2026-07-27 01:37:07\"", 600)]
    [InlineData("1785116227", 600)]
    [InlineData("\"1785116227\"", 600)]
    [InlineData("1785116227000", 600)]
    [InlineData("600", 600)]
    [InlineData("\"600\"", 600)]
    [InlineData("600.0", 600)]
    public void Every_shape_that_was_met_is_read(string json, double seconds) =>
        Assert.Equal(seconds, PortalToken.Lifetime(JsonDocument.Parse(json).RootElement, Now)!.Value.TotalSeconds, 3);

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"soon\"")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1e300")]
    [InlineData("{}")]
    [InlineData("\"2020-01-01T00:00:00Z\"")]
    [InlineData("\"2099-01-01T00:00:00Z\"")]
    [InlineData("90000")]
    public void What_cant_be_true_is_not_trusted(string json) =>
        Assert.Null(PortalToken.Lifetime(JsonDocument.Parse(json).RootElement, Now));

    [Fact]
    public void Absent_is_not_trusted() => Assert.Null(PortalToken.Lifetime(null, Now));
}
