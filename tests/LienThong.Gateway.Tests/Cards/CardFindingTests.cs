using LienThong.Gateway.Cards;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Tests.Support;
using LienThong.PortalSimulator;
using LienThong.Standard;

namespace LienThong.Gateway.Tests.Cards;

/// <summary>Records beside the newest answer about their card.</summary>
public abstract class CardFindingTests(Db db)
{
    private const string Differs = "REC-CARD-003";
    private const string Missing = "REC-CARD-004";

    [Fact]
    public async Task A_record_that_agrees_has_no_finding()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        await house.LookUpAsync(CardHouse.Request("LK1"));

        Assert.Empty(await FindingsAsync(house, await IngestAsync(house, Record())));
    }

    [Theory]
    [InlineData("HO_TEN", "Trần Thị Khác", "HO_TEN", Severity.Warn)]
    [InlineData("HO_TEN", "TRAN THI VI DU", "HO_TEN", Severity.Info)]
    [InlineData("NGAY_SINH", "199003060000", "NGAY_SINH", Severity.Warn)]
    [InlineData("GIOI_TINH", "1", "GIOI_TINH", Severity.Warn)]
    [InlineData("MA_DKBD", "99014", "MA_DKBD", Severity.Warn)]
    [InlineData("GT_THE_TU", "20260201", "GT_THE_TU", Severity.Warn)]
    [InlineData("GT_THE_DEN", "20261130", "GT_THE_DEN", Severity.Warn)]
    [InlineData("MA_THE_BHYT", "HN2990000012345", "MA_THE_BHYT", Severity.Warn)]
    [InlineData("NAM_NAM_LIEN_TUC", "20250701", "NAM_NAM_LIEN_TUC", Severity.Warn)]
    [InlineData("NAM_NAM_LIEN_TUC", "", "NAM_NAM_LIEN_TUC", Severity.Info)]
    [InlineData("MA_KHUVUC", "K1", null, Severity.Info)]
    public async Task Each_field_that_disagrees_is_told(string field, string value, string? told, Severity severity)
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        await house.LookUpAsync(CardHouse.Request("LK1"));

        List<StoredFinding> findings = await FindingsAsync(house, await IngestAsync(house, Record().Set(FieldOf(field), value)));

        Assert.Equal(told is null ? [] : [(told, severity)], findings.Select(f => (f.Field, f.Severity)));
    }

    [Fact]
    public async Task An_answer_that_comes_later_judges_the_record_again()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        Guid id = await IngestAsync(house, Record().Set(Xml1.MA_DKBD, "99014"));
        Assert.Empty(await FindingsAsync(house, id));

        await house.LookUpAsync(CardHouse.Request("LK1"));
        Assert.Equal(1, await house.World.Get<Rejudge>().SettleAsync(default));
        Assert.Equal("MA_DKBD", Assert.Single(await FindingsAsync(house, id)).Field);

        house.Portal.PutCard(CardHouse.Card with { RegisteredFacility = "99014" });
        house.World.Time.Advance(TimeSpan.FromMinutes(1));
        await house.LookUpAsync(CardHouse.Request("LK1"));
        await house.World.Get<Rejudge>().SettleAsync(default);
        Assert.Empty(await FindingsAsync(house, id));
        await house.World.AssertInvariantsAsync();
    }

    [Theory]
    [InlineData(CardHouse.Number)]
    [InlineData("0000012345")]
    [InlineData("099090000123")]
    public async Task A_lookup_without_MA_LK_belongs_to_the_person_s_visit_of_that_day(string number)
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        await house.LookUpAsync(CardHouse.Request() with { Number = number });

        Guid sameDay = await IngestAsync(house, Record("LK1").Set(Xml1.MA_DKBD, "99014"));
        Guid before = await IngestAsync(house, Record("LK2").Set(Xml1.MA_DKBD, "99014").Set(Xml1.NGAY_VAO, "202607010800").Set(Xml1.NGAY_RA, "202607011500"));

        Assert.Equal((1, 0), ((await FindingsAsync(house, sameDay)).Count, (await FindingsAsync(house, before)).Count));
    }

    [Fact]
    public async Task A_person_s_record_is_judged_again_when_the_answer_comes_without_MA_LK()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        Guid id = await IngestAsync(house, Record().Set(Xml1.GIOI_TINH, "1"));

        await house.LookUpAsync();

        Assert.Equal(1, await house.World.Get<Rejudge>().SettleAsync(default));
        Assert.Equal("GIOI_TINH", Assert.Single(await FindingsAsync(house, id)).Field);
    }

    [Fact]
    public async Task A_withdrawn_card_is_told_and_a_wrong_name_only_while_the_record_has_it()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        house.Portal.PutCard(CardHouse.Card with { FixedCode = "110" });
        await house.LookUpAsync(CardHouse.Request("LK1"));
        await house.LookUpAsync(CardHouse.Request("LK2") with { Name = "Trần Sai Tên" });

        StoredFinding withdrawn = Assert.Single(await FindingsAsync(house, await IngestAsync(house, Record("LK1"))));
        StoredFinding wrong = Assert.Single(await FindingsAsync(house, await IngestAsync(house, Record("LK2").Set(Xml1.HO_TEN, "Trần Sai Tên"))));
        await house.LookUpAsync(CardHouse.Request("LK3") with { Name = "Trần Sai Tên" });
        Guid right = await IngestAsync(house, Record("LK3"));

        Assert.Equal(("MA_THE_BHYT", "mã 110: Thẻ đã thu hồi"), (withdrawn.Field, withdrawn.Expected));
        Assert.Equal("HO_TEN", wrong.Field);
        Assert.Contains("mã 061", wrong.Message, StringComparison.Ordinal);
        Assert.Empty(await FindingsAsync(house, right));
    }

    [Fact]
    public async Task The_card_that_follows_another_is_compared_with_its_own_dates()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        house.Portal.PutCard(CardHouse.Card with { ValidTo = new DateOnly(2026, 6, 30), Newer = new SimulatorNewCard("HN2990000012345", new DateOnly(2026, 7, 1), new DateOnly(2027, 6, 30), "99014") });
        Assert.Equal("003", (await house.LookUpAsync(CardHouse.Request("LK1"))).Summary.Code);

        Guid fits = await IngestAsync(house, Record().Set(Xml1.MA_THE_BHYT, "HN2990000012345").Set(Xml1.MA_DKBD, "99014").Set(Xml1.GT_THE_TU, "20260701").Set(Xml1.GT_THE_DEN, "20270630"));

        Assert.Empty(await FindingsAsync(house, fits));
    }

    [Fact]
    public async Task A_record_without_a_lookup_is_told_only_where_the_facility_wants_it_and_never_blocked()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        Guid before = await IngestAsync(house, Record("LK1"));
        Assert.True((await house.World.Get<CardSettings>().SaveAsync(house.World.Officer, CardSetting.Default(A.Facility) with { ReportsMissing = true }, default)).Ok);

        Guid after = await IngestAsync(house, Record("LK2"));

        Assert.DoesNotContain((await house.World.DetailAsync(before)).Findings, f => f.Rule == Missing);
        Assert.Equal(Severity.Info, (await house.World.DetailAsync(after)).Findings.Single(f => f.Rule == Missing).Severity);
    }

    [Fact]
    public async Task An_outage_says_nothing_of_a_record()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        house.Portal.IsDown = true;
        await house.LookUpAsync(CardHouse.Request("LK1"));

        Assert.Empty(await FindingsAsync(house, await IngestAsync(house, Record().Set(Xml1.MA_DKBD, "99014"))));
        house.World.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await house.Round.RunAsync(default));
        CardVisitView visit = Assert.Single(await house.OpenVisitsAsync());
        Assert.NotNull(visit.EndedAt);
        Assert.Null(visit.DueAt);
    }

    private static RecordBuilder Record(string maLk = "LK1") => A.Patient(maLk, name: CardHouse.Name, ngayRa: "202607101500")
        .Set(Xml1.NGAY_VAO, "202607100800").Set(Xml1.NGAY_SINH, "199003050000").Set(Xml1.GIOI_TINH, "2").Set(Xml1.SO_CCCD, "099090000123")
        .Set(Xml1.MA_THE_BHYT, CardHouse.Number).Set(Xml1.MA_DKBD, A.Facility).Set(Xml1.GT_THE_TU, "20260101").Set(Xml1.GT_THE_DEN, "20261231")
        .Set(Xml1.NAM_NAM_LIEN_TUC, "20250601").Set(Xml1.MA_DOITUONG_KCB, "1.1");

    private static FieldId FieldOf(string name) => name switch
    {
        "HO_TEN" => Xml1.HO_TEN,
        "NGAY_SINH" => Xml1.NGAY_SINH,
        "GIOI_TINH" => Xml1.GIOI_TINH,
        "MA_DKBD" => Xml1.MA_DKBD,
        "GT_THE_TU" => Xml1.GT_THE_TU,
        "GT_THE_DEN" => Xml1.GT_THE_DEN,
        "MA_THE_BHYT" => Xml1.MA_THE_BHYT,
        "NAM_NAM_LIEN_TUC" => Xml1.NAM_NAM_LIEN_TUC,
        _ => Xml1.MA_KHUVUC,
    };

    private static async Task<Guid> IngestAsync(CardHouse house, RecordBuilder record) => (await house.World.IngestAsync(A.Package(record))).Records.Single().RecordId!.Value;

    private static async Task<List<StoredFinding>> FindingsAsync(CardHouse house, Guid id) => [.. (await house.World.DetailAsync(id)).Findings.Where(f => f.Rule == Differs)];
}

public sealed class CardFindingOnSqliteTests() : CardFindingTests(Db.Sqlite);

public sealed class CardFindingOnPostgresTests() : CardFindingTests(Db.Postgres);
