using System.Net.Http.Json;
using System.Text.Json;

namespace LienThong.PortalSimulator.Tests;

public sealed class ControlTests
{
    [Fact]
    public async Task A_fault_is_arranged_and_cleared_over_HTTP()
    {
        await using RawCaller caller = await RawCaller.StartAsync();

        using HttpResponseMessage arranged = await caller.Http.PostAsJsonAsync("/_sim/faults", new { kind = "code-701", maLk = "L*", every = 2 });
        string[] codes = [await CodeAsync("L1"), await CodeAsync("L2"), await CodeAsync("K1"), await CodeAsync("L3"), await CodeAsync("L4")];
        JsonElement faults = await caller.Http.GetFromJsonAsync<JsonElement>("/_sim/faults");
        using HttpResponseMessage cleared = await caller.Http.DeleteAsync("/_sim/faults");

        Assert.Equal(201, (int)arranged.StatusCode);
        Assert.Equal(["200", "701", "200", "200", "701"], codes);
        Assert.Equal(2, faults[0].GetProperty("played").GetInt32());
        Assert.Equal(204, (int)cleared.StatusCode);
        Assert.Equal(["200", "200"], [await CodeAsync("L5"), await CodeAsync("L6")]);

        async Task<string> CodeAsync(string maLk) => (await caller.SendAsync(Parts.For(maLk))).Code();
    }

    [Theory]
    [InlineData("""{"kind":"volcano"}""")]
    [InlineData("""{"kind":"reset","every":0}""")]
    [InlineData("""{"kind":"reset","count":0}""")]
    [InlineData("""{}""")]
    public async Task A_fault_that_doesnt_exist_is_refused(string json)
    {
        await using RawCaller caller = await RawCaller.StartAsync(logIn: false);

        using HttpResponseMessage response = await caller.Http.PostAsync("/_sim/faults", new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Empty(caller.Portal.Faults.All());
    }

    [Fact]
    public async Task A_fault_keeps_to_account_service_and_count()
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        caller.Portal.Faults.Add(new FaultRule { Kind = "code-403", Account = "99002_BV" });
        caller.Portal.Faults.Add(new FaultRule { Kind = "code-403", Service = "checkin" });
        caller.Portal.Faults.Add(new FaultRule { Kind = "code-123", Count = 1 });

        Assert.Equal("123", (await caller.SendAsync(Parts.For("L1"))).Code());
        Assert.Equal("200", (await caller.SendAsync(Parts.For("L1"))).Code());
    }

    [Fact]
    public async Task Every_request_is_on_record_without_secrets()
    {
        var seen = new List<SimulatorRequest>();
        await using RawCaller caller = await RawCaller.StartAsync(RawCaller.Options with { OnRequest = seen.Add });
        await caller.SendAsync(Parts.For("L1"));
        caller.Portal.Faults.Add(new FaultRule { Kind = FaultKinds.Http500 });
        using HttpResponseMessage failed = await PostAsync(caller, Parts.For("L2"));

        string text = await caller.Http.GetStringAsync("/_sim/requests");
        JsonElement requests = JsonDocument.Parse(text).RootElement;
        JsonElement stats = await caller.Http.GetFromJsonAsync<JsonElement>("/_sim/stats");

        Assert.Equal(500, (int)failed.StatusCode);
        Assert.Equal(["token", "record", "record"], requests.EnumerateArray().Select(static r => r.GetProperty("service").GetString()!));
        Assert.Equal(("L2", FaultKinds.Http500), (requests[2].GetProperty("maLk").GetString(), requests[2].GetProperty("fault").GetString()));
        Assert.Equal(3, seen.Count);
        Assert.Equal(1, stats.GetProperty("received").GetInt64());
        Assert.DoesNotContain(caller.AccessToken, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Digest.Of("mot"), text, StringComparison.Ordinal);
        JsonElement one = await caller.Http.GetFromJsonAsync<JsonElement>("/_sim/requests?maLk=L1");
        Assert.Equal(1, one.GetArrayLength());
    }

    [Fact]
    public async Task The_start_page_says_in_Vietnamese_that_it_is_a_simulator()
    {
        await using RawCaller caller = await RawCaller.StartAsync(logIn: false);

        string page = await caller.Http.GetStringAsync("/");

        Assert.Contains("Đây là trình mô phỏng, không phải Cổng của BHXH Việt Nam", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_can_be_dropped_over_HTTP()
    {
        await using RawCaller caller = await RawCaller.StartAsync();

        await caller.Http.DeleteAsync("/_sim/tokens");

        Assert.Equal("401", (await caller.SendAsync(new Parts())).Code());
    }

    [Fact]
    public async Task An_address_in_use_is_an_error_at_start()
    {
        await using RawCaller caller = await RawCaller.StartAsync(logIn: false);

        await Assert.ThrowsAsync<IOException>(() =>
            PortalSimulatorHost.StartAsync(RawCaller.Options with { Urls = caller.Portal.BaseAddress.AbsoluteUri }));
    }

    private static Task<HttpResponseMessage> PostAsync(RawCaller caller, Parts parts)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, RawCaller.RecordPath) { Content = new FormUrlEncodedContent(RawCaller.Form(parts.Build())) };
        request.Headers.Add("accessToken", caller.AccessToken);
        request.Headers.Add("tokenId", caller.IdToken);
        request.Headers.Add("passwordHash", Digest.Of("mot"));
        return caller.Http.SendAsync(request);
    }
}
