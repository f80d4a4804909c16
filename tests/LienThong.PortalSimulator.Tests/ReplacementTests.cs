using System.Net.Http.Json;
using System.Text.Json;

namespace LienThong.PortalSimulator.Tests;

public sealed class ReplacementTests
{
    [Fact]
    public async Task The_same_MA_LK_again_replaces_and_gets_a_number_of_its_own()
    {
        await using RawCaller caller = await RawCaller.StartAsync();

        JsonElement first = await caller.SendAsync(Parts.For("L1"));
        JsonElement second = await caller.SendAsync(Parts.For("L1") with { Slot = "<CHUKYDONVI/>" });
        JsonElement repeat = await caller.SendAsync(Parts.For("L1"));

        IReadOnlyList<ReceivedDocument> versions = caller.Portal.Store.Documents("99001", "L1");
        Assert.Equal([first.Transaction(), second.Transaction(), repeat.Transaction()], versions.Select(static v => v.TransactionCode));
        Assert.Equal([true, true, false], versions.Select(static v => v.Replaced));
        Assert.Equal([false, false, true], versions.Select(static v => v.IsRepeat));
        Assert.Equal((3, 1, 2, 1), (caller.Portal.Store.Stats().Received, caller.Portal.Store.Stats().Current, caller.Portal.Store.Stats().Replaced, caller.Portal.Store.Stats().Repeats));
    }

    [Fact]
    public async Task Another_MA_LK_replaces_nothing()
    {
        await using RawCaller caller = await RawCaller.StartAsync();

        await caller.SendAsync(Parts.For("L1"));
        await caller.SendAsync(Parts.For("L2"));

        Assert.All(caller.Portal.Store.Documents(), static d => Assert.False(d.Replaced));
    }

    [Fact]
    public async Task A_month_requested_for_payment_takes_no_replacement()
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        await caller.SendAsync(July("L1"));

        using HttpResponseMessage settled = await caller.Http.PostAsync("/_sim/settled-months/202607", null);

        Assert.Equal(204, (int)settled.StatusCode);
        Assert.Equal("701", (await caller.SendAsync(July("L1"))).Code());
        Assert.Equal("200", (await caller.SendAsync(July("L2"))).Code());
        Assert.Single(caller.Portal.Store.Documents("99001", "L1"));

        static Parts July(string maLk) => new()
        {
            Files = [("XML1", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"<TONG_HOP><MA_LK>{maLk}</MA_LK><NGAY_RA>202607011530</NGAY_RA></TONG_HOP>")))],
        };
    }

    [Fact]
    public async Task Old_contents_are_forgotten_when_room_runs_out_but_not_their_hashes()
    {
        int size = Parts.For("L1").Build().Length;
        await using RawCaller caller = await RawCaller.StartAsync(RawCaller.Options with { KeepDocumentBytes = size + 10, KeepRequests = 2 });

        await caller.SendAsync(Parts.For("L1"));
        await caller.SendAsync(Parts.For("L2"));

        Assert.Null(caller.Portal.Store.Documents("99001", "L1")[0].Bytes);
        Assert.Equal(64, caller.Portal.Store.Documents("99001", "L1")[0].Sha256.Length);
        Assert.NotNull(caller.Portal.Store.Documents("99001", "L2")[0].Bytes);
        Assert.Equal(2, caller.Portal.Store.Requests().Count);
        using HttpResponseMessage gone = await caller.Http.GetAsync("/_sim/records/99001/L1?document=true");
        Assert.Equal(410, (int)gone.StatusCode);
    }

    [Fact]
    public async Task What_was_received_can_be_fetched_again()
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        byte[] document = Parts.For("99001.2026/7").Build();
        await caller.SendAsync(document);

        byte[] fetched = await caller.Http.GetByteArrayAsync("/_sim/records/99001/99001.2026/7?document=true");
        JsonElement versions = await caller.Http.GetFromJsonAsync<JsonElement>("/_sim/records/99001/99001.2026/7");
        using HttpResponseMessage missing = await caller.Http.GetAsync("/_sim/records/99001/khong-co");

        Assert.Equal(document, fetched);
        Assert.Equal(1, versions.GetArrayLength());
        Assert.Equal(404, (int)missing.StatusCode);
    }
}
