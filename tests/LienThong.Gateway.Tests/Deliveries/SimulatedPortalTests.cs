using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using LienThong.Portal.Channels;
using LienThong.PortalSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Deliveries;

/// <summary>Check-ins and further destinations over real HTTP, against the simulator.</summary>
public sealed class SimulatedPortalTests
{
    private const string Password = "mat-khau";

    [Fact]
    public async Task A_check_in_is_signed_sent_and_receipted_and_a_lost_answer_settled_with_the_same_bytes()
    {
        await using World w = await CreateAsync();
        await using PortalSimulatorHost portal = await StartAsync(w);
        portal.Faults.Add(new FaultRule { Kind = FaultKinds.Reset, Service = "checkin", MaLk = "LK2", Count = 1 });

        await w.CheckInAsync(A.CheckIn("LK1"), A.CheckIn("LK2"), A.CheckIn("LK3", category: "2"));
        await w.DeliverAsync();
        Assert.Equal(["LK1", "LK2"], portal.Store.Documents().Select(d => d.MaLk).Order());
        Assert.Equal([CheckInGroup.Exempt, CheckInGroup.Waiting, CheckInGroup.Sent], await GroupsAsync(w));
        w.Time.Advance(TimeSpan.FromMinutes(31));
        await w.DeliverAsync();

        Assert.Equal([CheckInGroup.Exempt, CheckInGroup.Sent, CheckInGroup.Sent], await GroupsAsync(w));
        Assert.Equal(2, portal.Store.Documents(A.Facility, "LK2").Count);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_portal_that_is_away_gets_its_check_in_when_it_is_back()
    {
        await using World w = await CreateAsync();
        await w.CheckInAsync(A.CheckIn("LK1"));
        await w.DeliverAsync();
        Assert.Equal(DeliveryState.Waiting, (await w.TheCheckInAsync()).DeliveryState);

        await using PortalSimulatorHost portal = await StartAsync(w);
        w.Time.Advance(TimeSpan.FromMinutes(2));
        await w.DeliverAsync();

        Assert.Equal(CheckInGroup.Sent, (await w.TheCheckInAsync()).Group);
    }

    [Fact]
    public async Task Provinces_refuse_and_put_off_while_the_national_portal_accepts()
    {
        await using World w = await CreateAsync();
        await using PortalSimulatorHost portal = await StartAsync(w);
        foreach (string kind in (string[])[ChannelKinds.Hanoi, ChannelKinds.Fhir])
        {
            (DeliveryChange change, string? id) = await w.Get<ChannelDesk>().AddAsync(w.Officer, new ChannelDraft(
                A.Facility, kind, kind, new Uri(portal.BaseAddress, kind).ToString(), A.Facility + "_BV", Password, null, ChannelMoment.Signed, true, "", 2), default);
            Assert.True(change.Done, change.Message);
            await w.Get<ChannelDesk>().SetEnabledAsync(w.Officer, id!, true, default);
        }
        portal.Faults.Add(new FaultRule { Kind = FaultKinds.CodePrefix + "123", Service = "hanoi.record", Count = 1 });
        portal.Faults.Add(new FaultRule { Kind = FaultKinds.Pending, Service = "fhir.record", Count = 1 });
        Guid record = await w.IngestOneAsync("LK1");

        await w.DrainAsync();
        await w.DeliverAsync();

        Assert.Equal(RecordState.Accepted, await w.StateAsync(record));
        Dictionary<string, DeliveryView> states = (await w.Deliveries.OfRecordAsync(w.Officer, record, default)).ToDictionary(d => d.Delivery.ChannelName, d => d.Delivery, StringComparer.Ordinal);
        Assert.Equal((DeliveryState.Rejected, DeliveryState.OutcomeUnknown), (states[ChannelKinds.Hanoi].State, states[ChannelKinds.Fhir].State));
        w.Time.Advance(TimeSpan.FromMinutes(2));
        await w.DeliverAsync();
        Assert.Equal(DeliveryState.Accepted, (await w.Deliveries.FindAsync(w.Officer, states[ChannelKinds.Fhir].Id, default))!.Delivery.State);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Destinations_use_the_portal_channel_and_the_result_codes_of_the_site()
    {
        await using World w = await World.CreateAsync(Db.Sqlite);
        await using PortalSimulatorHost portal = await StartAsync(w);
        await File.WriteAllTextAsync(Path.Combine(w.Folder, Facilities.ResultCodeBook.FileName), "code,handling,meaning,remedy,source\n777,stop_facility,Mã của riêng cơ sở,Gọi phòng CNTT,thử\n");
        await w.RestartAsync();
        ChannelSettings settings = new(
            ChannelKinds.Bhxh, portal.BaseAddress, A.Facility, A.Facility[..2], A.Facility + "_BV", Password, new Dictionary<string, string>(StringComparer.Ordinal));
        PortalSubmission submission = new(A.Facility, "LK1", PortalService.CheckIn, "QD3176", A.CheckInXml(A.CheckIn("LK1")));
        ChannelFactory factory = w.Get<ChannelFactory>();

        Assert.IsType<SendOutcome.Accepted>(await factory.Create(settings).SendAsync(submission, default));
        Assert.Equal("LK1", Assert.Single(w.Portal.Received).MaLk);

        portal.Faults.Add(new FaultRule { Kind = FaultKinds.CodePrefix + "777", Count = 1, Service = "checkin" });
        ChannelSettings ownLine = settings with { Options = new Dictionary<string, string>(StringComparer.Ordinal) { [ChannelOptions.ConnectSeconds] = "4" } };
        SendOutcome.NotSent stopped = Assert.IsType<SendOutcome.NotSent>(await factory.Create(ownLine).SendAsync(submission, default));
        Assert.Contains("Mã của riêng cơ sở", stopped.Cause, StringComparison.Ordinal);
    }

    private static async Task<CheckInGroup[]> GroupsAsync(World w) =>
        [.. (await w.CheckInQueries.ListAsync(w.Officer, null, null, new PageRequest(), default)).Items.OrderByDescending(c => c.MaLk, StringComparer.Ordinal).Select(c => c.Group)];

    private static Task<World> CreateAsync() => World.CreateAsync(Db.Sqlite, configure: s => s.AddSingleton<IPortalChannel>(
        p => BhxhPortalChannel.Create(new PortalOptions(), p.GetRequiredService<TimeProvider>())));

    private static async Task<PortalSimulatorHost> StartAsync(World w)
    {
        PortalSimulatorHost portal = await PortalSimulatorHost.StartAsync(new SimulatorOptions
        {
            Time = w.Time,
            TrustedAuthorityPem = World.Keys.AuthorityPem,
            Accounts = [new SimulatorAccount(A.Facility, A.Facility + "_BV", Password) { CertificateSerials = [World.Keys.Serial] }],
        });
        Assert.True((await w.Facilities.SetPortalAccountAsync(
            w.Officer, new PortalAccount(portal.BaseAddress, A.Facility, A.Facility[..2], A.Facility + "_BV", PortalAccount.Digest(Password)), default)).Ok);
        return portal;
    }
}
