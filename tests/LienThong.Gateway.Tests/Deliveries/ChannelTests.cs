using LienThong.Gateway.Access;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Deliveries;

/// <summary>One record to several destinations, each with its own state.</summary>
public abstract class ChannelTests(Db db)
{
    private readonly FakeChannels province = new();

    private static ChannelDraft Draft { get; } = new(A.Facility, "Sở Y tế", "", "https://tinh.example/", "user", "mật khẩu", null, ChannelMoment.Signed, true, "", 2);

    [Fact]
    public async Task A_province_refuses_while_the_national_portal_accepts()
    {
        await using World w = await CreateAsync();
        string id = await AddAsync(w, Draft);
        province.Script.Enqueue(FakePortal.Rejection("99"));
        Guid record = await w.IngestOneAsync("LK1");

        await w.DrainAsync();
        await w.DeliverAsync();

        Assert.Equal(RecordState.Accepted, await w.StateAsync(record));
        DeliveryDetail refused = Assert.Single(await w.Deliveries.OfRecordAsync(w.Officer, record, default));
        Assert.Equal((id, "Sở Y tế", DeliveryState.Rejected, "99 Sai định dạng"), (refused.Delivery.Channel, refused.Delivery.ChannelName, refused.Delivery.State, refused.Delivery.Cause));
        Assert.Equal("99", Assert.Single(refused.Attempts).Code);
        (LienThong.Portal.Channels.ChannelSettings settings, PortalSubmission sent) = Assert.Single(province.Received);
        Assert.Equal(("mật khẩu", "user", "LK1", PortalService.Record), (settings.Password, settings.UserName, sent.MaLk, sent.Service));
        Assert.Equal(await w.Queries.SignedBytesAsync(w.Officer, record, 1, default), sent.Document.ToArray());
        Assert.True((await w.Get<DeliveryActions>().RetryAsync(w.Officer, refused.Delivery.Id, default)).Done);
        await w.DeliverAsync();
        Assert.Equal(DeliveryState.Accepted, (await w.Deliveries.FindAsync(w.Officer, refused.Delivery.Id, default))!.Delivery.State);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_province_that_is_down_holds_up_nothing_and_the_newer_version_takes_the_place_of_the_older()
    {
        await using World w = await CreateAsync();
        await AddAsync(w, Draft);
        province.Script.Enqueue(new SendOutcome.NotSent("không kết nối được", null, NeedsPerson: false));
        Guid record = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        await w.DeliverAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(record));

        await w.IngestOneAsync("LK1", "Sốt");
        await w.DrainAsync();
        await w.DeliverAsync();

        Assert.Equal([(2, DeliveryState.Accepted), (1, DeliveryState.Superseded)],
            (await w.Deliveries.OfRecordAsync(w.Officer, record, default)).Select(d => (d.Delivery.Version, d.Delivery.State)));
        Assert.Single(province.Received);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task An_answer_that_says_later_is_asked_for_and_nothing_is_sent_twice()
    {
        await using World w = await CreateAsync();
        await AddAsync(w, Draft);
        province.Script.Enqueue(new SendOutcome.Unknown("đang xử lý", FakePortal.Answer("{}")) { TransactionCode = "LOG1" });
        province.AskScript.Enqueue(new SendOutcome.Unknown("đang xử lý", FakePortal.Answer("{}")) { TransactionCode = "LOG1" });
        province.AskScript.Enqueue(new SendOutcome.Accepted(new PortalReceipt("200", "LOG1", null, "", FakePortal.Answer("{}"), true)));
        Guid record = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        await w.DeliverAsync();

        for (int i = 0; i < 4; i++)
        {
            w.Time.Advance(TimeSpan.FromMinutes(10));
            await w.DeliverAsync();
        }

        DeliveryDetail detail = Assert.Single(await w.Deliveries.OfRecordAsync(w.Officer, record, default));
        Assert.Equal(DeliveryState.Accepted, detail.Delivery.State);
        Assert.Equal([false, true, true], detail.Attempts.Select(a => a.Asked));
        Assert.Equal(["LOG1", "LOG1"], province.Asked);
        Assert.Single(province.Received);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Settings_say_which_records_when_and_from_when_on()
    {
        await using World w = await CreateAsync();
        string accepted = await AddAsync(w, Draft with { Name = "Sau khi Cổng nhận", SendAfter = ChannelMoment.Accepted });
        await AddAsync(w, Draft with { Name = "Chỉ BHYT", Uninsured = false });
        await AddAsync(w, Draft with { Name = "Tắt" }, enabled: false);
        w.Portal.Script.Enqueue(FakePortal.Rejection());
        Guid refused = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        Guid taken = await w.IngestOneAsync("LK2");
        await w.DrainAsync();
        await w.DeliverAsync();

        Assert.Empty(await w.Deliveries.OfRecordAsync(w.Officer, refused, default));
        Assert.Equal(accepted, Assert.Single(await w.Deliveries.OfRecordAsync(w.Officer, taken, default)).Delivery.Channel);
    }

    [Fact]
    public async Task Outside_its_hours_a_destination_gets_nothing()
    {
        await using World w = await CreateAsync();
        // It is 9 o'clock in Vietnam.
        await AddAsync(w, Draft with { Window = "18:00-06:00" });
        await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        await w.DeliverAsync();
        Assert.Empty(province.Received);

        w.Time.Advance(TimeSpan.FromHours(9));
        await w.DeliverAsync();

        Assert.Single(province.Received);
    }

    [Fact]
    public async Task Outside_its_hours_the_national_portal_gets_check_ins_alone()
    {
        await using World w = await CreateAsync();
        ChannelDesk desk = w.Get<ChannelDesk>();
        Assert.Equal("refused", (await desk.SetNationalWindowAsync(w.Officer, A.Facility, "mai", default)).Code);
        Assert.True((await desk.SetNationalWindowAsync(w.Officer, A.Facility, "18:00-06:00", default)).Done);
        Guid record = await w.IngestOneAsync("LK1");
        await w.CheckInAsync(A.CheckIn("LK2"));
        await w.DrainAsync();
        await w.DeliverAsync();
        Assert.Equal("LK2", Assert.Single(w.Portal.Received).MaLk);
        Assert.Equal(RecordState.Signed, await w.StateAsync(record));

        w.Time.Advance(TimeSpan.FromHours(9));
        await w.DrainAsync();

        Assert.Equal(RecordState.Accepted, await w.StateAsync(record));
    }

    [Fact]
    public async Task A_fault_of_the_account_pauses_this_destination_alone_until_it_is_set_again()
    {
        await using World w = await CreateAsync();
        string id = await AddAsync(w, Draft);
        province.Script.Enqueue(new SendOutcome.NotSent("sai mật khẩu", null, NeedsPerson: true));
        Guid record = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        await w.DeliverAsync();
        await w.DeliverAsync();
        ChannelDesk desk = w.Get<ChannelDesk>();
        Assert.Equal("sai mật khẩu", (await desk.FindAsync(w.Officer, id, default))!.PausedCause);
        Assert.Equal(RecordState.Accepted, await w.StateAsync(record));
        Assert.Empty(province.Received);

        Assert.True((await desk.ChangeAsync(w.Officer, id, Draft with { Password = "đúng" }, default)).Done);
        await w.DeliverAsync();

        Assert.Equal("đúng", Assert.Single(province.Received).Settings.Password);
        Assert.True((await desk.ChangeAsync(w.Officer, id, Draft with { Password = null, Name = "Tên mới" }, default)).Done);
        await w.IngestOneAsync("LK2");
        await w.DrainAsync();
        await w.DeliverAsync();
        Assert.Equal("đúng", province.Received.Last().Settings.Password);
        Assert.DoesNotContain("đúng", System.Text.Encoding.UTF8.GetString((await w.Database.QueryUnscopedAsync<byte[]>("SELECT secret FROM channel", null, default))[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_checked_scoped_and_tested_and_removing_closes_what_waits()
    {
        await using World w = await CreateAsync();
        ChannelDesk desk = w.Get<ChannelDesk>();
        foreach (ChannelDraft wrong in (ChannelDraft[])[Draft with { Kind = "khac" }, Draft with { Kind = Kind, Name = "" }, Draft with { Kind = Kind, Address = "http://x/" },
            Draft with { Kind = Kind, Address = "đâu" }, Draft with { Kind = Kind, Window = "mai" }, Draft with { Kind = Kind, MaxParallel = 0 }, Draft with { Kind = Kind, Facility = "99999" }])
            Assert.Equal("refused", (await desk.AddAsync(w.Officer, wrong, default)).Change.Code);
        Assert.Equal("forbidden", (await desk.AddAsync(w.Officer with { Permissions = Roles.PermissionsOf([Roles.InsuranceOfficer]) }, Draft with { Kind = Kind }, default)).Change.Code);
        string id = await AddAsync(w, Draft);
        Caller other = w.Officer with { Scope = FacilityScope.Only("99002") };
        Assert.Null(await desk.FindAsync(other, id, default));
        Assert.Equal("not-found", (await desk.SetEnabledAsync(other, id, true, default)).Code);
        Assert.True((await desk.TestAsync(w.Officer, id, default)).Done);
        province.AskScript.Enqueue(new SendOutcome.Unknown("không đăng nhập được", null));
        Assert.Equal("không đăng nhập được", (await desk.TestAsync(w.Officer, id, default)).Message);
        province.Script.Enqueue(FakePortal.Rejection());
        Guid record = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        await w.DeliverAsync();

        Assert.True((await desk.RemoveAsync(w.Officer, id, default)).Done);

        DeliveryView closed = Assert.Single(await w.Deliveries.OfRecordAsync(w.Officer, record, default)).Delivery;
        Assert.Equal((DeliveryState.Closed, "Sở Y tế"), (closed.State, closed.ChannelName));
        Assert.Empty(await desk.ListAsync(w.Officer, default));
        await w.AssertInvariantsAsync();
    }

    private static string Kind => ChannelDesk.Kinds[0];

    private Task<World> CreateAsync() => World.CreateAsync(db, configure: s => s.AddSingleton<IChannelOpener>(province));

    private static async Task<string> AddAsync(World w, ChannelDraft draft, bool enabled = true)
    {
        (DeliveryChange change, string? id) = await w.Get<ChannelDesk>().AddAsync(w.Officer, draft with { Kind = Kind }, default);
        Assert.True(change.Done, change.Message);
        if (enabled)
            Assert.True((await w.Get<ChannelDesk>().SetEnabledAsync(w.Officer, id!, true, default)).Done);
        return id!;
    }
}

public sealed class ChannelOnSqliteTests() : ChannelTests(Db.Sqlite);

public sealed class ChannelOnPostgresTests() : ChannelTests(Db.Postgres);
