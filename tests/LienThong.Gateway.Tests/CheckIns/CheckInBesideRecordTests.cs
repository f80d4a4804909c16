using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Cards;
using LienThong.Gateway.Tests.Support;
using LienThong.Standard;

namespace LienThong.Gateway.Tests.CheckIns;

/// <summary>Records beside the stored check-in of their visit, with the real rules.</summary>
public abstract class CheckInBesideRecordTests(Db db)
{
    private const string Differs = "X0-MATCH-001";
    private const string Missing = "X0-MATCH-002";

    [Fact]
    public async Task A_record_that_agrees_with_its_check_in_has_no_finding_and_one_that_does_not_is_told_where()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        await CheckInAsync(house, CheckIn("LK1"), CheckInState.Ready);
        await CheckInAsync(house, CheckIn("LK2"), CheckInState.Ready);

        Guid same = await IngestAsync(house, Record("LK1"));
        Guid other = await IngestAsync(house, Record("LK2").Set(Xml1.GIOI_TINH, "1").Set(Xml1.MA_BN, "BN-KHÁC").Set(Xml1.NGAY_SINH, "198504030000").Set(Xml1.MA_THE_BHYT, "DN4990100000002"));

        Assert.Empty(await FindingsAsync(house, same));
        Assert.Equal(
            [("GIOI_TINH", Severity.Warn, "2"), ("MA_BN", Severity.Warn, "BNLK2"), ("MA_THE_BHYT", Severity.Info, "0100000001"), ("NGAY_SINH", Severity.Info, "198504020000")],
            (await FindingsAsync(house, other)).Select(f => (f.Field!, f.Severity, f.Expected!)).Order());
        await house.World.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_check_in_that_comes_or_changes_after_the_record_judges_it_again()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        Guid id = await IngestAsync(house, Record("LK1"));

        await CheckInAsync(house, CheckIn("LK1").Set(Xml0.GIOI_TINH, "1"), CheckInState.Ready);
        Assert.Equal(1, await house.World.Get<Rejudge>().SettleAsync(default));
        Assert.Equal("GIOI_TINH", Assert.Single(await FindingsAsync(house, id)).Field);

        house.World.Time.Advance(TimeSpan.FromMinutes(1));
        await CheckInAsync(house, CheckIn("LK1"), CheckInState.Ready);
        await house.World.Get<Rejudge>().SettleAsync(default);
        Assert.Empty(await FindingsAsync(house, id));
        await house.World.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_visit_without_check_in_is_told_only_where_check_ins_are_handed_in_and_none_is_settled()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        Guid before = await IngestAsync(house, Record("LK1"));
        await CheckInAsync(house, CheckIn("LK2", category: "2"), CheckInState.Exempt);
        await CheckInAsync(house, CheckIn("LK3").Set(Xml0.TEN_DICH_VU, "Khám Nội").Set(Xml0.MA_DICH_VU, ""), CheckInState.Unmapped);

        Guid arrivedEarlier = await IngestAsync(house, Record("LK4"));
        Guid exempt = await IngestAsync(house, Record("LK2", "202607101000"));
        Guid unmapped = await IngestAsync(house, Record("LK3", "202607101000"));
        Guid none = await IngestAsync(house, Record("LK5", "202607101000"));

        Assert.DoesNotContain((await house.World.DetailAsync(before)).Findings, f => f.Rule == Missing);
        Assert.Equal(
            [(arrivedEarlier, 0), (exempt, 0), (unmapped, 1), (none, 1)],
            await Task.WhenAll(new[] { arrivedEarlier, exempt, unmapped, none }.Select(async id => (id, (await house.World.DetailAsync(id)).Findings.Count(f => f.Rule == Missing)))));
        await house.World.Get<CheckInActions>().SetAsync(house.World.Officer, new CheckInSettings(A.Facility, true, 15, 60), default);
        Assert.DoesNotContain((await house.World.DetailAsync(await IngestAsync(house, Record("LK6", "202607101000")))).Findings, f => f.Rule == Missing);
    }

    [Fact]
    public async Task A_check_in_of_an_earlier_build_compares_no_more_than_the_name()
    {
        await using CardHouse house = await CardHouse.OpenAsync(db);
        await CheckInAsync(house, CheckIn("LK1"), CheckInState.Ready);
        await using (WriteSession session = await house.World.Database.BeginAsync(default))
        {
            await session.ExecuteAsync("UPDATE check_in SET facts = NULL", null, default);
            await session.CommitAsync(default);
        }

        Guid id = await IngestAsync(house, Record("LK1").Set(Xml1.GIOI_TINH, "1").Set(Xml1.HO_TEN, "Nguyễn Thị Khác"));

        Assert.Equal("HO_TEN", Assert.Single(await FindingsAsync(house, id)).Field);
    }

    private static RecordBuilder CheckIn(string maLk, string category = "1.1") => A.CheckIn(maLk, category);

    private static RecordBuilder Record(string maLk, string arrived = "202607100800") => A.Patient(maLk, ngayRa: "202607101500")
        .Set(Xml1.NGAY_VAO, arrived).Set(Xml1.NGAY_SINH, "198504020000").Set(Xml1.GIOI_TINH, "2").Set(Xml1.MA_THE_BHYT, "DN4990100000001")
        .Set(Xml1.MA_DKBD, A.Facility).Set(Xml1.GT_THE_TU, "20260101").Set(Xml1.GT_THE_DEN, "20261231").Set(Xml1.MA_DOITUONG_KCB, "1.1");

    private static async Task CheckInAsync(CardHouse house, RecordBuilder checkIn, CheckInState expected)
    {
        CheckInTaken taken = Assert.Single(await house.World.CheckInAsync(checkIn));
        Assert.True(taken.State == expected, $"{taken.State}: {taken.Message}");
    }

    private static async Task<Guid> IngestAsync(CardHouse house, RecordBuilder record) => (await house.World.IngestAsync(A.Package(record))).Records.Single().RecordId!.Value;

    private static async Task<List<StoredFinding>> FindingsAsync(CardHouse house, Guid id) => [.. (await house.World.DetailAsync(id)).Findings.Where(f => f.Rule == Differs)];
}

public sealed class CheckInBesideRecordOnSqliteTests() : CheckInBesideRecordTests(Db.Sqlite);

public sealed class CheckInBesideRecordOnPostgresTests() : CheckInBesideRecordTests(Db.Postgres);
