using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using LienThong.PortalSimulator;

namespace LienThong.Gateway.Tests.Cards;

/// <summary>Looking up: what is asked, what is kept, who may see it, and what happens while the portal is down.</summary>
public abstract class CardLookupTests(Db db)
{
    private static readonly CardRequest Ask = CardHouse.Request();

    [Fact]
    public async Task An_answer_is_kept_whole_and_encrypted_with_who_asked()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);

        CardLookupView seen = await house.LookUpAsync(CardHouse.Request("LK1") with { Moment = CardMoment.BeforeDischarge });

        Assert.Equal((CardState.Verified, "000", "LK1", CardMoment.BeforeDischarge, "officer", 200), (seen.Summary.State, seen.Summary.Code, seen.Summary.MaLk, seen.Summary.Moment, seen.Summary.Actor, seen.Summary.HttpStatus));
        Assert.Equal((CardHouse.Number, CardHouse.Name, CardHouse.Staff), (seen.Question.Number, seen.Question.Name, seen.Staff));
        Assert.Equal(("31/12/2026", 2, "99001_BV"), (seen.Card!.Field("gtTheDen"), seen.Card.Visits.Count, seen.Card.Checks[0].UserName));
        byte[] answer = (await house.World.Get<CardEvidence>().AnswerAsync(house.World.Officer, seen.Summary.Id, default))!;
        Assert.Equal(seen.AnswerSha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(answer)));
        foreach (string column in (string[])["request", "answer"])
        {
            byte[] stored = (await house.World.Database.QueryUnscopedAsync<byte[]>($"SELECT {column} FROM card_lookup", null, default)).Single();
            Assert.Equal(-1, stored.AsSpan().IndexOf("0000012345"u8));
        }
        Assert.Contains(await AuditAsync(house), e => e.Action == "card.looked-up" && e.Actor == "officer");
        Assert.DoesNotContain(await AuditAsync(house), e => e.Detail.Contains("0000012345", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Looking_at_the_evidence_is_noted()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        string id = (await house.LookUpAsync()).Summary.Id;
        Assert.DoesNotContain(await AuditAsync(house), e => e.Action == "card.read");

        Assert.NotNull(await house.World.Get<CardEvidence>().FindAsync(house.World.Officer, id, default));
        await house.OpenVisitsAsync(CardState.Verified);

        Assert.Equal(["card.list-read", "card.read"], (await AuditAsync(house)).Select(e => e.Action).Where(a => a.EndsWith("read", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.True((await house.World.Get<AuditLog>().VerifyAsync(default)).Intact);
    }

    [Theory]
    [InlineData("0000012345")]
    [InlineData("099090000123")]
    public async Task Insurance_number_and_citizen_number_find_the_same_card(string number)
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);

        CardLookupView seen = await house.LookUpAsync(Ask with { Number = number });

        Assert.Equal(("000", CardHouse.Number), (seen.Summary.Code, seen.Card!.Field("maThe")));
    }

    [Theory]
    [InlineData("GD4990000099999", CardHouse.Name, CardHouse.Birth, "050", CardState.Mismatch)]
    [InlineData(CardHouse.Number, "Nguyễn Khác", CardHouse.Birth, "060", CardState.Mismatch)]
    [InlineData(CardHouse.Number, "Trần Khác", CardHouse.Birth, "061", CardState.Mismatch)]
    [InlineData(CardHouse.Number, CardHouse.Name, "06/03/1990", "070", CardState.Mismatch)]
    [InlineData("QN5990000099999", CardHouse.Name, CardHouse.Birth, "001", CardState.Verified)]
    public async Task What_doesn_t_fit_is_a_state_with_what_to_do(string number, string name, string birth, string code, CardState state)
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);

        CardLookupView seen = await house.LookUpAsync(Ask with { Number = number, Name = name, Birth = birth });

        Assert.Equal((code, state), (seen.Summary.Code, seen.Summary.State));
        Assert.True(seen.Meaning.Remedy.Length > 10);
        Assert.Equal(0, await house.Round.RunAsync(default));
    }

    [Theory]
    [InlineData("110", CardState.Expired)]
    [InlineData("120", CardState.Expired)]
    [InlineData("130", CardState.Unverified)]
    [InlineData("054", CardState.Unverified)]
    [InlineData("100", CardState.PortalDown)]
    [InlineData("101", CardState.PortalDown)]
    [InlineData("777", CardState.Unverified)]
    public async Task Every_code_makes_a_state(string code, CardState state)
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        house.Portal.PutCard(CardHouse.Card with { FixedCode = code });

        Assert.Equal((code, state), ((await house.LookUpAsync()).Summary.Code, (await house.OpenVisitsAsync(Enum.GetValues<CardState>())).Single().State));
    }

    [Fact]
    public async Task Nothing_is_asked_before_the_input_is_right_and_somebody_is_registered()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        Assert.True((await house.World.Get<CardSettings>().SetStaffAsync(house.World.Officer, A.Facility, null, forFacility: true, default)).Ok);

        CardLookupResult refused = await house.Desk.LookUpAsync(house.World.Officer, Ask with { Number = "123", Name = "", Birth = "x" }, default);

        Assert.Equal(["number", "name", "birth", "staff"], Assert.IsType<CardLookupResult.Refused>(refused).Errors.Select(e => e.Field));
        Assert.Empty(house.Portal.Store.Requests());
    }

    [Fact]
    public async Task A_user_s_own_staff_goes_before_the_facility_s()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        Caller desk = new("u1", "tiepdon", Roles.Table[Roles.FrontDesk], FacilityScope.Only(A.Facility));
        Assert.True((await house.World.Get<CardSettings>().SetStaffAsync(desk, A.Facility, new CardStaff("Người Khác", "079085000222"), forFacility: false, default)).Ok);

        Assert.Equal("054", (await house.LookUpAsync(by: desk)).Summary.Code);
        Assert.Equal("000", (await house.LookUpAsync()).Summary.Code);
        Assert.Equal("055", (await house.LookUpAsync(Ask with { Staff = new CardStaff("Người Khác", CardHouse.Staff.CitizenId) })).Summary.Code);
    }

    [Fact]
    public async Task Another_facility_s_account_is_never_used_and_its_evidence_never_seen()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        string id = (await house.LookUpAsync()).Summary.Id;
        Caller other = new("u2", "khac", Permissions.All, FacilityScope.Only("99002"));

        CardLookupResult refused = await house.Desk.LookUpAsync(other, Ask, default);

        Assert.Contains(Assert.IsType<CardLookupResult.Refused>(refused).Errors, e => e.Field == "facility");
        Assert.Null(await house.World.Get<CardEvidence>().FindAsync(other, id, default));
        Assert.Empty((await house.World.Get<CardEvidence>().ListAsync(other, null, null, null, null, new PageRequest(), default)).Items);
        Assert.Empty((await house.List.OpenAsync(other, null, [CardState.Verified], new PageRequest(), default)).Items);
        Assert.Single(house.Portal.Store.Requests(), r => r.Service == "card");
    }

    [Fact]
    public async Task History_that_tells_of_HIV_is_for_those_who_may_see_it()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        Caller desk = new("u1", "tiepdon", Roles.Table[Roles.FrontDesk], FacilityScope.Only(A.Facility));

        CardLookupView seen = await house.LookUpAsync(by: desk);

        Assert.Equal(["J00 - Viêm mũi họng cấp", "(cần quyền xem riêng)"], seen.Card!.Visits.Select(v => v.Diagnosis));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => house.World.Get<CardEvidence>().AnswerAsync(desk, seen.Summary.Id, default));
        Assert.Contains("B20", (await house.World.Get<CardEvidence>().FindAsync(house.World.Officer, seen.Summary.Id, default))!.Card!.Visits[1].Diagnosis, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_portal_is_down_every_try_is_kept_and_the_card_is_verified_when_it_is_back()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        house.Portal.IsDown = true;

        CardLookupView down = await house.LookUpAsync(CardHouse.Request("LK1"));
        Assert.Equal(CardState.PortalDown, down.Summary.State);
        Assert.Contains("Tiếp đón bình thường", down.Meaning.Remedy, StringComparison.Ordinal);
        Assert.Equal("LK1", Assert.Single(await house.OpenVisitsAsync()).MaLk);
        Assert.Equal(0, await house.Round.RunAsync(default));
        house.World.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await house.Round.RunAsync(default));
        house.Portal.IsDown = false;
        house.World.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await house.Round.RunAsync(default));
        house.World.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await house.Round.RunAsync(default));

        Assert.Empty(await house.OpenVisitsAsync());
        CardVisitView visit = Assert.Single(await house.OpenVisitsAsync(CardState.Verified));
        Assert.Equal((CardState.Verified, null, 0), (visit.State, visit.DueAt, visit.Attempts));
        IReadOnlyList<CardLookupSummary> kept = (await house.World.Get<CardEvidence>().ListAsync(house.World.Officer, null, "LK1", null, visit.Id, new PageRequest(), default)).Items;
        Assert.Equal(["retry", "retry", "api"], kept.Select(k => k.Origin));
        Assert.Equal([CardState.Verified, CardState.PortalDown, CardState.PortalDown], kept.Select(k => k.State));
    }

    [Theory]
    [InlineData(FaultKinds.Http500)]
    [InlineData(FaultKinds.EmptyBody)]
    [InlineData(FaultKinds.Reset)]
    [InlineData("code-100")]
    public async Task Whatever_the_outage_looks_like_the_card_is_asked_again(string fault)
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        house.Portal.Faults.Add(new FaultRule { Kind = fault, Service = "card", Count = 1 });

        Assert.Equal(CardState.PortalDown, (await house.LookUpAsync()).Summary.State);
        house.World.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, await house.Round.RunAsync(default));
        Assert.Single(await house.OpenVisitsAsync(CardState.Verified));
    }

    [Fact]
    public async Task A_time_out_at_the_desk_is_an_outage_that_is_kept()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        house.Portal.Faults.Add(new FaultRule { Kind = FaultKinds.TimeoutBefore, Service = "card", Count = 1 });
        CardRun run = house.World.Get<CardRun>();
        PortalAccount account = new(house.Portal.BaseAddress, A.Facility, "99", A.Facility + "_BV", PortalAccount.Digest("x"));

        (_, CardState state) = (await run.AskAsync(
            new CardCall(account, new CardQuestion(CardNumberKind.Card, CardHouse.Number, CardHouse.Name, CardHouse.Birth), CardHouse.Staff, "", CardMoment.Reception, "page", "officer"),
            null, TimeSpan.FromMilliseconds(300), default))!.Value;

        Assert.Equal(CardState.PortalDown, state);
        Assert.Contains("không trả lời", Assert.Single(await house.OpenVisitsAsync()).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_call_finds_out_that_the_portal_is_still_down_for_all_that_wait()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        house.Portal.IsDown = true;
        for (int i = 0; i < 5; i++)
            await house.LookUpAsync(CardHouse.Request($"LK{i}"));
        house.World.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await house.Round.RunAsync(default));

        house.Portal.IsDown = false;
        house.World.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(5, await house.Round.RunAsync(default));
        Assert.Empty(await house.OpenVisitsAsync());
    }

    [Fact]
    public async Task A_wrong_account_needs_a_person_and_isn_t_tried_again()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        Assert.True((await house.World.Facilities.SetPortalAccountAsync(
            house.World.Officer, new PortalAccount(house.Portal.BaseAddress, A.Facility, "99", A.Facility + "_BV", PortalAccount.Digest("sai")), default)).Ok);

        Assert.Equal(CardState.Unverified, (await house.LookUpAsync()).Summary.State);
        house.World.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(0, await house.Round.RunAsync(default));
        Assert.Single(await house.OpenVisitsAsync());
    }

    [Fact]
    public async Task A_person_closes_a_visit_with_how_to_reach_the_patient_and_the_list_can_be_handed_in()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        house.Portal.IsDown = true;
        await house.LookUpAsync(CardHouse.Request("LK1"));
        string id = (await house.OpenVisitsAsync()).Single().Id;

        Assert.False((await house.List.CloseAsync(house.World.Officer, id, " ", default)).Ok);
        Assert.True((await house.List.CloseAsync(house.World.Officer, id, "0900 000 000, =1 Đường Mẫu", default)).Ok);
        Assert.False((await house.List.CloseAsync(house.World.Officer, id, "nữa", default)).Ok);

        Assert.Empty(await house.OpenVisitsAsync());
        house.World.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await house.Round.RunAsync(default));
        System.Buffers.ArrayBufferWriter<byte> file = new();
        await house.List.ExportAsync(house.World.Officer, A.Facility, file, default);
        string csv = System.Text.Encoding.UTF8.GetString(file.WrittenSpan);
        Assert.Contains($"1,LK1,{CardHouse.Number},{CardHouse.Name},{CardHouse.Birth},\"Cổng lỗi, chờ tra lại\"", csv, StringComparison.Ordinal);
        Assert.Contains("\"0900 000 000, =1 Đường Mẫu\",officer", csv, StringComparison.Ordinal);
        Assert.Single((await house.World.Get<CardEvidence>().ListAsync(house.World.Officer, null, "LK1", null, null, new PageRequest(), default)).Items);
    }

    [Fact]
    public async Task A_visit_gets_its_MA_LK_later_and_stays_one()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);

        CardLookupView first = await house.LookUpAsync();
        CardLookupView second = await house.LookUpAsync(CardHouse.Request("LK1"));
        CardLookupView third = await house.LookUpAsync(CardHouse.Request("LK2"));

        Assert.Equal(first.Summary.VisitId, second.Summary.VisitId);
        Assert.NotEqual(second.Summary.VisitId, third.Summary.VisitId);
        Assert.Equal(["LK1", "LK2"], (await house.OpenVisitsAsync(CardState.Verified)).Select(v => v.MaLk).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_desks_at_once_make_one_visit()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => house.LookUpAsync(CardHouse.Request("LK1")))));

        Assert.Single(await house.OpenVisitsAsync(CardState.Verified));
        Assert.Equal(6, (await house.World.Get<CardEvidence>().ListAsync(house.World.Officer, null, "LK1", null, null, new PageRequest(), default)).Items.Count);
    }

    [Fact]
    public async Task The_list_of_lookups_is_paged_by_key()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        for (int i = 0; i < 5; i++)
        {
            await house.LookUpAsync(CardHouse.Request($"LK{i}"));
            house.World.Time.Advance(TimeSpan.FromSeconds(1));
        }
        List<string> seen = [];

        for (string? key = null; ;)
        {
            Page<CardLookupSummary> page = await house.World.Get<CardEvidence>().ListAsync(house.World.Officer, A.Facility, null, CardState.Verified, null, new PageRequest(2, key), default);
            seen.AddRange(page.Items.Select(i => i.MaLk));
            if ((key = page.Next) is null)
                break;
        }

        Assert.Equal(["LK4", "LK3", "LK2", "LK1", "LK0"], seen);
    }

    [Fact]
    public async Task A_visit_that_nobody_finished_after_a_crash_is_taken_over_when_the_lease_ends()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        house.Portal.IsDown = true;
        await house.LookUpAsync();
        house.Portal.IsDown = false;
        house.World.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull(await house.World.Get<CardVisitStore>().ClaimAsync("a node that died", TimeSpan.FromMinutes(3), default));

        Assert.Equal(0, await house.Round.RunAsync(default));
        house.World.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(1, await house.Round.RunAsync(default));
    }

    private static async Task<IReadOnlyList<AuditEntry>> AuditAsync(CardHouse house) => await house.World.Get<AuditLog>().ListAsync(house.World.Officer, null, null, 500, default);
}

public sealed class CardLookupOnSqliteTests() : CardLookupTests(Db.Sqlite);

public sealed class CardLookupOnPostgresTests() : CardLookupTests(Db.Postgres);
