using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Tests.Support;
using LienThong.Standard;
using LienThong.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.History;

/// <summary>Records judged beside those that are stored: found at intake, in one group, and lost again when the cause goes.</summary>
public abstract class BesideOthersTests(Db db)
{
    private const string Overlap = "REC-MA_LK-002";

    [Fact]
    public async Task Overlapping_stay_is_found_and_its_neighbour_is_judged_again_soon()
    {
        await using World w = await WorldAsync();
        Guid first = await IngestAsync(w, Stay("LK1", "202607030800", "202607031500"));
        Assert.False(await HasAsync(w, first, Overlap));

        Guid second = await IngestAsync(w, Stay("LK2", "202607031400", "202607031600"));

        Assert.True(await HasAsync(w, second, Overlap));
        Assert.False(await HasAsync(w, first, Overlap));
        Assert.Equal(1, await w.Get<Rejudge>().SettleAsync(default));
        Assert.True(await HasAsync(w, first, Overlap));
        Assert.Equal(0, await w.Get<Rejudge>().SettleAsync(default));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Records_of_one_group_see_each_other()
    {
        await using World w = await WorldAsync();

        IntakeReport report = await w.IngestAsync(A.Package(
            [.. Enumerable.Range(0, 40).Select(i => A.Patient($"LK{i:000}")), Stay("LK900", "202607030800", "202607031500"), Stay("LK901", "202607031400", "202607031600")]));

        Assert.Equal((true, true), (await HasAsync(w, report.Records[40].RecordId!.Value, Overlap), await HasAsync(w, report.Records[41].RecordId!.Value, Overlap)));
        Assert.False(await HasAsync(w, report.Records[0].RecordId!.Value, Overlap));
        Assert.Equal(0, await w.Get<Rejudge>().SettleAsync(default));
    }

    [Fact]
    public async Task Finding_goes_from_both_when_the_HIS_mends_one()
    {
        await using World w = await WorldAsync();
        Guid first = await IngestAsync(w, Stay("LK1", "202607030800", "202607031500"));
        Guid second = await IngestAsync(w, Stay("LK2", "202607031400", "202607031600"));
        await w.Get<Rejudge>().SettleAsync(default);

        await IngestAsync(w, Stay("LK2", "202607031500", "202607031600"));
        await w.Get<Rejudge>().SettleAsync(default);

        Assert.Equal((false, false), (await HasAsync(w, first, Overlap), await HasAsync(w, second, Overlap)));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Correction_by_an_officer_is_judged_beside_the_others()
    {
        await using World w = await WorldAsync();
        Guid first = await IngestAsync(w, Stay("LK1", "202607030800", "202607031500"));
        Guid second = await IngestAsync(w, Stay("LK2", "202607031400", "202607031600"));
        await w.Get<Rejudge>().SettleAsync(default);

        await w.Corrections.CorrectAsync(w.Officer, second, [new CellChange("XML1", 1, "NGAY_VAO", "202607031500")], "giờ vào", default);
        await w.Get<Rejudge>().SettleAsync(default);

        Assert.Equal((false, false), (await HasAsync(w, first, Overlap), await HasAsync(w, second, Overlap)));
    }

    [Fact]
    public async Task Another_patient_under_a_known_MA_LK_is_blocked_and_the_same_record_again_is_not()
    {
        await using World w = await WorldAsync();
        Guid id = await IngestAsync(w, Stay("LK1", "202607030800", "202607031500"));

        await IngestAsync(w, Stay("LK1", "202607030800", "202607031600"));
        Assert.False(await HasAsync(w, id, "REC-MA_LK-001"));
        await IngestAsync(w, Stay("LK1", "202607030800", "202607031600").Set(Xml1.MA_BN, "BN77").Set(Xml1.SO_CCCD, "001099000077"));

        Assert.Contains((await w.DetailAsync(id)).Findings, f => f is { Rule: "REC-MA_LK-001", Severity: Severity.Block });
        Assert.Equal(RecordState.Invalid, await w.StateAsync(id));
    }

    [Fact]
    public async Task Persons_of_another_facility_are_never_seen()
    {
        await using World w = await WorldAsync();
        await w.AddFacilityAsync("99002");
        await IngestAsync(w, Stay("LK1", "202607030800", "202607031500"));

        IntakeReport other = await w.IngestAsync(A.PackageOf("99002", Stay("LK2", "202607031400", "202607031600").Set(Xml1.MA_CSKCB, "99002")));

        Assert.False(await HasAsync(w, other.Records[0].RecordId!.Value, Overlap));
        Assert.Equal(0, await w.Get<Rejudge>().SettleAsync(default));
    }

    [Fact]
    public async Task Judging_again_keeps_what_others_cause_and_fills_in_facts_that_are_missing()
    {
        await using World w = await WorldAsync();
        Guid first = await IngestAsync(w, Stay("LK1", "202607030800", "202607031500"));
        Guid second = await IngestAsync(w, Stay("LK2", "202607031400", "202607031600"));
        await w.Get<Rejudge>().SettleAsync(default);
        await w.Actions.RevalidateAsync(w.Officer, first, default);
        Assert.True(await HasAsync(w, first, Overlap));
        await using (LienThong.Gateway.Storage.WriteSession session = await w.Database.BeginAsync(default))
        {
            await session.ExecuteAsync("DELETE FROM record_facts", null, default);
            await session.ExecuteAsync("DELETE FROM history_key", null, default);
            await session.CommitAsync(default);
        }

        // The first run puts the facts back, the second sees those of records judged later.
        await RunAsync(w);
        await RunAsync(w);

        Assert.Equal((true, true), (await HasAsync(w, first, Overlap), await HasAsync(w, second, Overlap)));
    }

    [Fact]
    public async Task Day_of_a_doctor_is_counted_over_everything_stored_although_only_busy_times_are_asked_for()
    {
        await using World w = await WorldAsync();
        await w.IngestAsync(A.Package([.. Enumerable.Range(0, 40).Select(Exam)]));
        Guid last = (await w.IngestAsync(A.Package([.. Enumerable.Range(40, 26).Select(Exam)]))).Records[^1].RecordId!.Value;
        Guid free = (await w.IngestAsync(A.Package(Exam(90).Set(Xml1.MA_BN, "BN90")))).Records[0].RecordId!.Value;

        Assert.Contains((await w.DetailAsync(last)).Findings, f => f.Rule == "AUD-G-002" && f.Message.Contains("66", StringComparison.Ordinal));
        Assert.False(await HasAsync(w, free, "AUD-G-002"));
        Assert.False(await HasAsync(w, free, "AUD-G-001"));
    }

    [Fact]
    public async Task Doctor_of_three_facilities_on_one_day_is_told_and_of_two_is_not()
    {
        await using World w = await WorldAsync();
        string[] facilities = ["99002", "99003"];
        foreach (string facility in facilities)
            await w.AddFacilityAsync(facility);
        await w.IngestAsync(A.PackageOf(facilities[0], Exam(0).Set(Xml1.MA_CSKCB, facilities[0])));
        Guid second = (await w.IngestAsync(A.Package(Exam(1)))).Records[0].RecordId!.Value;
        Guid third = (await w.IngestAsync(A.PackageOf(facilities[1], Exam(2).Set(Xml1.MA_CSKCB, facilities[1])))).Records[0].RecordId!.Value;

        Assert.Equal((false, true), (await HasAsync(w, second, "AUD-G-003"), await HasAsync(w, third, "AUD-G-003")));
    }

    [Fact]
    public async Task One_pair_of_hands_at_two_patients_is_found_by_its_minutes()
    {
        await using World w = await WorldAsync();
        await IngestAsync(w, Exam(5));

        Guid same = await IngestAsync(w, Exam(5).Set(Xml1.MA_LK, "LK900").Set(Xml1.MA_BN, "BN900"));
        Guid later = await IngestAsync(w, Exam(6));

        Assert.Equal((true, false), (await HasAsync(w, same, "AUD-G-001"), await HasAsync(w, later, "AUD-G-001")));
    }

    [Fact]
    public async Task Files_taken_in_at_once_miss_nothing_they_have_in_common()
    {
        await using World w = await WorldAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => IngestAsync(w, Stay($"LK{i}", "202607030800", $"2026070315{i:00}")))));
        await w.Get<Rejudge>().SettleAsync(default);

        foreach (RecordListItem record in (await w.Queries.ListAsync(w.Officer, new RecordFilter(), new PageRequest(50), default)).Items)
            Assert.Equal(7, (await w.DetailAsync(record.Id)).Findings.Count(f => f.Rule == Overlap));
    }

    private async Task<World> WorldAsync() =>
        await World.CreateAsync(db, configure: s => s.AddSingleton<IRecordJudge>(new RuleJudge(Validator.Create())));

    private static RecordBuilder Stay(string maLk, string from, string to) =>
        A.Patient(maLk, ngayRa: to).Set(Xml1.MA_BN, "BN1").Set(Xml1.NGAY_VAO, from).Set(Xml1.SO_CCCD, "001099000011");

    private static RecordBuilder Exam(int minute)
    {
        RecordBuilder record = A.Patient($"LK{minute:000}");
        string moment = $"20260703{8 + (minute / 60):00}{minute % 60:00}";
        record.Rows(TableId.Xml3)[0].Set(Xml3.MA_NHOM, "13").Set(Xml3.MA_DICH_VU, "02.1896").Set(Xml3.MA_BAC_SI, "000001/AA-CCHN")
            .Set(Xml3.NGAY_YL, moment).Set(Xml3.NGAY_TH_YL, moment);
        return record;
    }

    private static async Task<Guid> IngestAsync(World w, RecordBuilder record) => (await w.IngestAsync(A.Package(record))).Records.Single().RecordId!.Value;

    private static async Task<bool> HasAsync(World w, Guid id, string rule) => (await w.DetailAsync(id)).Findings.Any(f => f.Rule == rule);

    private static async Task RunAsync(World w)
    {
        RejudgeProgress run = await w.Get<Rejudge>().StartAsync(w.Officer, new RejudgeSelection { IncludeSent = true }, default);
        await w.Get<Rejudge>().RunAsync(w.Officer, run.Id, null, default);
    }
}

public sealed class BesideOthersOnSqliteTests() : BesideOthersTests(Db.Sqlite);

public sealed class BesideOthersOnPostgresTests() : BesideOthersTests(Db.Postgres);
