using LienThong.Gateway.Cards;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;

namespace LienThong.Gateway.Tests.Cards;

/// <summary>Card lookups count toward the facility's pace: those at the desk go first, the product's own yield.</summary>
public abstract class CardPaceTests(Db db)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_lookup_at_the_desk_begins_whatever_the_pace_and_takes_its_call_from_the_others()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        await PaceAsync(house, parallel: 2, perMinute: 3);
        CardCallStore calls = house.World.Get<CardCallStore>();

        string first = await calls.BeginAsync(A.Facility, Longest, default), second = await calls.BeginAsync(A.Facility, Longest, default);
        Assert.Equal(0, await AllowedAsync(house));
        Assert.Equal(CardState.Verified, (await house.LookUpAsync()).Summary.State);
        await calls.EndAsync(first, default);
        await calls.EndAsync(second, default);
        Assert.Equal(0, await AllowedAsync(house));
        house.World.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(2, await AllowedAsync(house));
    }

    [Fact]
    public async Task A_call_that_a_crash_left_open_counts_no_longer_than_it_could_last()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        await PaceAsync(house, parallel: 2, perMinute: null);
        await house.World.Get<CardCallStore>().BeginAsync(A.Facility, Longest, default);

        Assert.Equal(1, await AllowedAsync(house));
        house.World.Time.Advance(Longest);
        Assert.Equal(2, await AllowedAsync(house));
    }

    [Fact]
    public async Task The_product_s_own_lookups_leave_the_last_free_call_to_sending()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        await PaceAsync(house, parallel: 2, perMinute: null);
        CardCallStore calls = house.World.Get<CardCallStore>();

        string? first = await calls.TryBeginAsync(A.Facility, Longest, default);
        Assert.NotNull(first);
        Assert.Null(await calls.TryBeginAsync(A.Facility, Longest, default));
        Assert.Equal(1, await AllowedAsync(house));
        await calls.EndAsync(first, default);
        Assert.NotNull(await calls.TryBeginAsync(A.Facility, Longest, default));
    }

    [Fact]
    public async Task Where_there_is_one_call_only_sending_gets_its_turn_after_each_lookup()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        await PaceAsync(house, parallel: 1, perMinute: null);
        CardCallStore calls = house.World.Get<CardCallStore>();

        string? first = await calls.TryBeginAsync(A.Facility, Longest, default);
        await calls.EndAsync(first!, default);
        Assert.Equal(1, await AllowedAsync(house));
        Assert.Null(await calls.TryBeginAsync(A.Facility, Longest, default));
        house.World.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.NotNull(await calls.TryBeginAsync(A.Facility, Longest, default));
    }

    [Fact]
    public async Task The_nightly_batch_waits_while_the_pace_is_used_up_and_goes_on_by_itself()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        CardSettings settings = house.World.Get<CardSettings>();
        Assert.True((await settings.SaveAsync(house.World.Officer, CardSetting.Default(A.Facility) with { Nightly = true }, default)).Ok);
        await house.World.Get<CardWatch>().SetAsync(
            house.World.Officer, A.Facility, [new CardWatchEntry("LK1", CardHouse.Number, CardHouse.Name, CardHouse.Birth, CardWatchKind.InPatient, null)], default);
        await PaceAsync(house, parallel: 1, perMinute: null);
        house.World.Time.Advance(TimeSpan.FromHours(12.5));
        string desk = await house.World.Get<CardCallStore>().BeginAsync(A.Facility, Longest, default);

        Assert.Equal(0, await house.Round.RunAsync(default));
        await house.World.Get<CardCallStore>().EndAsync(desk, default);
        house.World.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(1, await house.Round.RunAsync(default));
    }

    private static async Task PaceAsync(CardHouse house, int parallel, int? perMinute) =>
        Assert.True((await house.World.Facilities.SetPaceAsync(house.World.Officer, A.Facility, parallel, perMinute, default)).Ok);

    private static async Task<int> AllowedAsync(CardHouse house)
    {
        await using WriteSession session = await house.World.Database.BeginAsync(default);
        return await OutboxStore.AllowedAsync(session, A.Facility, null, 0, default);
    }
}

public sealed class CardPaceOnSqliteTests() : CardPaceTests(Db.Sqlite);

public sealed class CardPaceOnPostgresTests() : CardPaceTests(Db.Postgres);
