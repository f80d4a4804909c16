using System.Globalization;
using System.Text.Json;

namespace LienThong.PortalSimulator.Tests;

public sealed class SessionTests
{
    [Theory]
    [InlineData("99001_BV", "hai", "401")]
    [InlineData("99009_BV", "mot", "401")]
    [InlineData("99003_BV", "ba", "403")]
    [InlineData("99001_BV", "mot", "200")]
    public async Task A_login_gets_its_code(string user, string password, string code)
    {
        await using RawCaller caller = await RawCaller.StartAsync(logIn: false);

        Assert.Equal(code, (await caller.LogInAsync(user, Digest.Of(password))).Code());
    }

    [Theory]
    [InlineData(false, "401")]
    [InlineData(true, "200")]
    public async Task A_lower_case_digest_is_let_in_by_switch_only(bool lenient, string code)
    {
        await using RawCaller caller = await RawCaller.StartAsync(RawCaller.Options with { AcceptLowerCaseDigest = lenient }, logIn: false);

        Assert.Equal(code, (await caller.LogInAsync("99001_BV", Digest.Of("mot").ToLowerInvariant())).Code());
    }

    [Fact]
    public async Task A_token_dies_on_its_minute()
    {
        var clock = new TestClock();
        await using RawCaller caller = await RawCaller.StartAsync(RawCaller.Options with { Time = clock });

        clock.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal("200", (await caller.SendAsync(new Parts())).Code());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("401", (await caller.SendAsync(new Parts())).Code());
    }

    [Fact]
    public async Task Expires_in_is_written_as_the_letters_show_it()
    {
        await using RawCaller caller = await RawCaller.StartAsync(RawCaller.Options with { Time = new TestClock() }, logIn: false);

        JsonElement key = (await caller.LogInAsync("99001_BV", Digest.Of("mot"))).GetProperty("APIKey");

        Assert.Equal("2026-07-01T08:40:00.0000Z", key.GetProperty("expires_in").GetString());
        Assert.Equal("99001_BV", key.GetProperty("username").GetString());
    }

    [Fact]
    public async Task The_same_seed_and_clock_give_the_same_tokens_and_transaction_numbers()
    {
        string first = await RunAsync(), second = await RunAsync();

        Assert.Equal(first, second);
        Assert.Contains("HSKCB99001_2026070115300000000001", first, StringComparison.Ordinal);

        static async Task<string> RunAsync()
        {
            await using RawCaller caller = await RawCaller.StartAsync(RawCaller.Options with { Time = new TestClock(), Seed = 42 });
            JsonElement answer = await caller.SendAsync(new Parts());
            return string.Create(CultureInfo.InvariantCulture, $"{caller.AccessToken} {caller.IdToken} {answer.Transaction()}");
        }
    }
}
