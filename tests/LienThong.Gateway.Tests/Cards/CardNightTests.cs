using LienThong.Gateway.Audit;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using LienThong.Standard;

namespace LienThong.Gateway.Tests.Cards;

/// <summary>The nightly batch over in-patients and tomorrow's appointments.</summary>
public abstract class CardNightTests(Db db)
{
    private static readonly CardWatchEntry InPatient = new("LK1", CardHouse.Number, CardHouse.Name, CardHouse.Birth, CardWatchKind.InPatient, null);

    [Fact]
    public async Task It_is_off_until_set_and_needs_somebody_registered()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        await WatchAsync(house, InPatient);
        house.World.Time.Advance(TimeSpan.FromHours(20));
        Assert.Equal(0, await house.Round.RunAsync(default));
        CardSettings settings = house.World.Get<CardSettings>();
        await settings.SetStaffAsync(house.World.Officer, A.Facility, null, forFacility: true, default);

        Assert.False((await settings.SaveAsync(house.World.Officer, CardSetting.Default(A.Facility) with { Nightly = true }, default)).Ok);
    }

    [Fact]
    public async Task It_looks_each_watched_card_up_once_a_night_and_tells_what_changed()
    {
        await using CardHouse house = await OpenAsync();
        await WatchAsync(house, InPatient);

        Assert.Equal(1, await NightAsync(house));
        Assert.Empty(await house.ChangesAsync());
        Assert.Equal(0, await house.Round.RunAsync(default));
        house.Portal.PutCard(CardHouse.Card with { FixedCode = "110", RegisteredFacility = "99014" });
        house.World.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(1, await house.Round.RunAsync(default));

        CardChangeView change = Assert.Single(await house.ChangesAsync());
        Assert.Equal(("000", "110", "LK1", CardHouse.Name), (change.CodeBefore, change.CodeAfter, change.MaLk, change.Question!.Name));
        Assert.Equal([new CardFieldChange("maDKBD", A.Facility, "99014")], change.Fields);
        Assert.True(await house.List.SeeAsync(house.World.Officer, change.Id, default));
        Assert.False(await house.List.SeeAsync(house.World.Officer, change.Id, default));
        Assert.Equal(CardState.Expired, (await house.List.FindAsync(house.World.Officer, change.VisitId, default))!.State);
    }

    [Fact]
    public async Task A_first_answer_that_isn_t_good_is_news()
    {
        await using CardHouse house = await OpenAsync();
        house.Portal.PutCard(CardHouse.Card with { FixedCode = "120" });
        await WatchAsync(house, InPatient);

        await NightAsync(house);

        Assert.Equal(("", "120"), ((await house.ChangesAsync())[0].CodeBefore, (await house.ChangesAsync())[0].CodeAfter));
    }

    [Fact]
    public async Task Of_two_nodes_one_runs_it()
    {
        await using CardHouse house = await OpenAsync();
        await WatchAsync(house, [.. Enumerable.Range(0, 4).Select(i => InPatient with { MaLk = $"LK{i}" })]);
        CardRound other = new(
            house.World.Database, house.World.Get<Gateway.Storage.CardVisitStore>(), house.World.Get<Gateway.Storage.CardSettingStore>(), house.World.Get<Gateway.Storage.FacilityStore>(), house.World.Facilities,
            house.World.Get<CardWatch>(), house.World.Get<CardRun>(), house.World.Get<CardSeal>(), new CardOptions(), new PortalOptions());
        house.World.Time.Advance(TimeSpan.FromHours(12.5));

        int[] begun = await Task.WhenAll(Task.Run(() => house.Round.RunAsync(default)), Task.Run(() => other.RunAsync(default)));
        house.World.Time.Advance(TimeSpan.FromMinutes(5));
        int[] made = await Task.WhenAll(Task.Run(() => house.Round.RunAsync(default)), Task.Run(() => other.RunAsync(default)));

        Assert.Equal(4, begun.Sum() + made.Sum());
        Assert.Equal(4, house.Portal.Store.Requests().Count(r => r.Service == "card"));
        Assert.Single(await house.World.Get<AuditLog>().ListAsync(house.World.Officer, null, null, 500, default), e => e.Action == "card.nightly");
    }

    [Fact]
    public async Task It_keeps_to_its_rate()
    {
        await using CardHouse house = await OpenAsync(perMinute: 2);
        await WatchAsync(house, [.. Enumerable.Range(0, 4).Select(i => InPatient with { MaLk = $"LK{i}" })]);

        Assert.Equal(1, await NightAsync(house));
        house.World.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, await house.Round.RunAsync(default));
        house.World.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, await house.Round.RunAsync(default));
        house.World.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await house.Round.RunAsync(default));
    }

    [Fact]
    public async Task Appointments_are_looked_up_the_evening_before()
    {
        await using CardHouse house = await OpenAsync();
        await WatchAsync(house, Appointment(11), Appointment(12));

        Assert.Equal(1, await NightAsync(house));
        house.World.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(1, await house.Round.RunAsync(default));
        house.World.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(0, await house.Round.RunAsync(default));

        static CardWatchEntry Appointment(int day) => InPatient with { MaLk = "", Kind = CardWatchKind.Appointment, Day = new DateOnly(2026, 7, day) };
    }

    [Fact]
    public async Task The_list_is_the_whole_list_and_a_broken_line_ends_nothing()
    {
        await using CardHouse house = await OpenAsync();
        await WatchAsync(house, InPatient, InPatient with { MaLk = "LK2" });

        CardWatchResult broken = await WatchAsync(house, InPatient with { MaLk = "LK2" }, InPatient with { MaLk = "", Number = "1" });
        Assert.Equal((1, 0), (broken.Watched, broken.Ended));
        Assert.Equal([(2, "number"), (2, "maLk")], broken.Errors.Select(e => (e.Entry, e.Error.Field)));
        CardWatchResult whole = await WatchAsync(house, InPatient with { MaLk = "LK2" });

        Assert.Equal((1, 1), (whole.Watched, whole.Ended));
        Assert.Equal(1, await NightAsync(house));
    }

    [Fact]
    public async Task Watching_ends_when_the_record_is_there()
    {
        await using CardHouse house = await OpenAsync();
        await WatchAsync(house, InPatient);
        await house.World.IngestOneAsync("LK1");

        Assert.Equal(0, await NightAsync(house));
    }

    [Fact]
    public async Task Cards_of_the_forces_are_left_out_only_when_the_facility_wants_it()
    {
        await using CardHouse house = await OpenAsync(skipsForces: true);
        await WatchAsync(house, InPatient, InPatient with { MaLk = "LK2", Number = "QN5990000099999" });

        Assert.Equal(1, await NightAsync(house));
    }

    [Fact]
    public async Task In_patients_known_by_their_check_in_are_looked_up_until_their_record_is_there()
    {
        await using CardHouse house = await OpenAsync();
        await house.World.CheckInAsync(
            Admitted("LK1"), A.CheckIn("LK2", card: CardHouse.Number, name: CardHouse.Name), Admitted("LK3"), Admitted("LK4").Set(Xml0.MA_THE_BHYT, "GD49900000"));
        await house.World.IngestOneAsync("LK3");

        Assert.Equal(1, await NightAsync(house));
        house.World.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await house.Round.RunAsync(default));

        CardVisitView visit = Assert.Single(await house.OpenVisitsAsync(CardState.Verified));
        Assert.Equal(("LK1", CardHouse.Name), (visit.MaLk, visit.Question.Name));
        house.World.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(1, await house.Round.RunAsync(default));
        await house.World.IngestOneAsync("LK1");
        house.World.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(0, await house.Round.RunAsync(default));
    }

    [Fact]
    public async Task A_list_says_who_was_in_the_house_until_then_and_check_ins_after_it_add_to_it()
    {
        await using CardHouse house = await OpenAsync();
        await house.World.CheckInAsync(Admitted("LK1"));
        house.World.Time.Advance(TimeSpan.FromHours(1));
        await WatchAsync(house, InPatient with { MaLk = "LK2" });
        house.World.Time.Advance(TimeSpan.FromHours(1));
        await house.World.CheckInAsync(Admitted("LK3"));

        Assert.Equal(1, await NightAsync(house));
        house.World.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await house.Round.RunAsync(default));

        Assert.Equal(["LK2", "LK3"], (await house.OpenVisitsAsync(CardState.Verified)).Select(v => v.MaLk).Order());
    }

    [Fact]
    public async Task A_visit_that_never_gets_a_record_is_not_looked_up_for_ever()
    {
        await using CardHouse house = await OpenAsync();
        await house.World.CheckInAsync(Admitted("LK1"));
        house.World.Time.Advance(TimeSpan.FromDays(61));

        Assert.Equal(0, await NightAsync(house));
    }

    private static RecordBuilder Admitted(string maLk) =>
        A.CheckIn(maLk, card: CardHouse.Number, admitted: "202607100830", name: CardHouse.Name).Set(Xml0.NGAY_SINH, "199003050000");

    private async Task<CardHouse> OpenAsync(int perMinute = 120, bool skipsForces = false)
    {
        CardHouse house = await CardHouse.OpenAsync(db);
        Assert.True((await house.World.Get<CardSettings>().SaveAsync(
            house.World.Officer, new CardSetting(A.Facility, false, skipsForces, true, new TimeOnly(21, 0), perMinute), default)).Ok);
        return house;
    }

    // From nine in the morning to half past nine in the evening.
    private static Task<int> NightAsync(CardHouse house)
    {
        house.World.Time.Advance(TimeSpan.FromHours(12.5));
        return house.Round.RunAsync(default);
    }

    private static async Task<CardWatchResult> WatchAsync(CardHouse house, params CardWatchEntry[] entries) =>
        (await house.World.Get<CardWatch>().SetAsync(house.World.Officer, A.Facility, entries, default))!;
}

public sealed class CardNightOnSqliteTests() : CardNightTests(Db.Sqlite);

public sealed class CardNightOnPostgresTests() : CardNightTests(Db.Postgres);
