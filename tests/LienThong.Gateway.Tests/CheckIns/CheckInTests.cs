using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using LienThong.Signing;
using LienThong.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.CheckIns;

/// <summary>From the first cost of a visit to the portal's receipt, and what keeps a check-in from being sent.</summary>
public abstract class CheckInTests(Db db)
{
    private static readonly SendOutcome Down = new SendOutcome.NotSent("không kết nối được", null, NeedsPerson: false);

    [Fact]
    public async Task A_visit_that_goes_on_makes_its_check_in_which_is_signed_and_sent_once()
    {
        await using World w = await World.CreateAsync(db);
        string open = A.Visit("LK1", ngayRa: "", ngayTtoan: "");

        IntakeReport report = await w.IngestVisitsAsync(open);
        DeliverySummary summary = await w.DeliverAsync();

        Assert.Equal((IntakeOutcome.Complete, IntakeVerdict.CheckIn), (report.Outcome, report.Records.Single().Verdict));
        Assert.Equal((1, 1), (summary.Signed, summary.Sent));
        byte[] sent = Assert.Single(w.Portal.Received).Document;
        Assert.True(SignatureVerifier.Verify(sent, new VerificationPolicy { At = w.Time.GetUtcNow(), Trust = [System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(World.Keys.CertificatePem)] }).Valid);
        string text = System.Text.Encoding.UTF8.GetString(sent);
        Assert.Contains("<CHI_TIEU_TRANG_THAI_KCB>", text, StringComparison.Ordinal);
        Assert.Contains("<MA_DICH_VU>02.1896</MA_DICH_VU>", text, StringComparison.Ordinal);
        CheckInView view = await w.TheCheckInAsync();
        Assert.Equal((CheckInGroup.Sent, CheckInKind.FirstCost, false), (view.Group, view.Kind, view.Open));
        Assert.StartsWith("HSKCB_LK1", view.TransactionCode, StringComparison.Ordinal);
        Assert.Equal(sent, await w.Deliveries.DocumentAsync(w.Officer, view.DeliveryId!.Value, default));

        await w.IngestVisitsAsync(open.Replace("Đau đầu", "Sốt", StringComparison.Ordinal));
        await w.DeliverAsync();
        Assert.Single(w.Portal.Received);
        Assert.Equal(IntakeVerdict.New, (await w.IngestVisitsAsync(A.Visit("LK1"))).Records.Single().Verdict);
        await w.DrainAsync();
        Assert.Equal(2, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_visit_in_treatment_makes_both_check_ins_and_the_first_cost_goes_first()
    {
        await using World w = await World.CreateAsync(db);
        string open = A.Visit("LK1", "\"NGAY_VAO_NOI_TRU\":\"202607030900\",\"LY_DO_VNT\":\"Sốt\",", ngayRa: "", ngayTtoan: "")
            .Replace("\"exams\":[", """
                "exams":[{"MA_DICH_VU":"02.1897","TEN_DICH_VU":"Khám Nhi","DON_GIA_BV":50600,"DON_GIA_BH":50600,"MA_KHOA":"K01","MA_BAC_SI":"000123/HP-CCHN","NGAY_YL":"202607030930","NGAY_TH_YL":"202607030931","NGAY_KQ":"202607030940"},
                """, StringComparison.Ordinal);

        await w.IngestVisitsAsync(open);
        await w.DeliverAsync();

        Assert.Equal(2, w.Portal.Received.Count);
        Assert.False(w.Portal.SameRecordTwiceAtOnce);
        string[] sent = [.. w.Portal.Received.Select(r => System.Text.Encoding.UTF8.GetString(r.Document))];
        Assert.Contains("<NGAY_VAO_NOI_TRU></NGAY_VAO_NOI_TRU>", sent[0], StringComparison.Ordinal);
        Assert.Contains("<NGAY_VAO_NOI_TRU>202607030900</NGAY_VAO_NOI_TRU>", sent[1], StringComparison.Ordinal);
        Assert.Contains("02.1897", sent[1], StringComparison.Ordinal);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_check_in_file_in_a_folder_of_packages_is_taken_as_one()
    {
        await using World w = await World.CreateAsync(db);

        IntakeReport report = await w.IngestAsync(A.CheckInXml(A.CheckIn("LK1"), A.CheckIn("LK2", category: "2")), "checkin.xml");
        await w.DeliverAsync();

        Assert.Equal((IntakeOutcome.Complete, A.Facility), (report.Outcome, report.Facility));
        Assert.Equal([IntakeVerdict.CheckIn, IntakeVerdict.CheckIn], report.Records.Select(r => r.Verdict));
        Assert.Contains("Cấp cứu", report.Records[1].Message, StringComparison.Ordinal);
        Assert.Equal("LK1", Assert.Single(w.Portal.Received).MaLk);
        await w.AssertInvariantsAsync();
    }

    [Theory]
    [InlineData("2", "DN4990100000001", false)]
    [InlineData("1.1", "", false)]
    [InlineData("1.1", "DN4990100000001", true)]
    public async Task What_the_law_exempts_is_noted_and_never_sent(string category, string card, bool sampleOnly)
    {
        await using World w = await World.CreateAsync(db);
        Assert.True((await w.Get<CheckInActions>().SetAsync(w.Officer, new CheckInSettings(A.Facility, sampleOnly, 15, 60), default)).Done);

        CheckInTaken taken = Assert.Single(await w.CheckInAsync(A.CheckIn("LK1", category, card)));
        await w.DeliverAsync();

        Assert.Equal(CheckInState.Exempt, taken.State);
        Assert.NotEqual("", taken.Message);
        Assert.Empty(w.Portal.Received);
        Assert.Equal(1, (await w.CheckInQueries.CountAsync(w.Officer, default)).Exempt);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_blocked_one_waits_with_its_findings_until_it_is_handed_in_mended()
    {
        await using World w = await World.CreateAsync(db);
        w.Judge.BlocksEverything = true;
        CheckInTaken blocked = Assert.Single(await w.CheckInAsync(A.CheckIn("LK1")));
        await w.DeliverAsync();
        Assert.Equal((CheckInState.Blocked, 1), (blocked.State, blocked.Findings.Count));
        Assert.Equal(CheckInGroup.Blocked, (await w.TheCheckInAsync()).Group);
        Assert.Single((await w.CheckInQueries.FindAsync(w.Officer, blocked.Id!.Value, default))!.Findings);
        w.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(new CheckInAges(A.Facility, 1, 1, 0), Assert.Single(await w.CheckInQueries.AgesAsync(w.Officer, default)));
        w.Time.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal(new CheckInAges(A.Facility, 1, 0, 1), Assert.Single(await w.CheckInQueries.AgesAsync(w.Officer, default)));

        w.Judge.BlocksEverything = false;
        CheckInTaken mended = Assert.Single(await w.CheckInAsync(A.CheckIn("LK1", name: "Nguyễn Thị Đúng")));
        await w.DeliverAsync();

        Assert.Equal((CheckInState.Ready, blocked.Id), (mended.State, mended.Id));
        Assert.Single(w.Portal.Received);
        Assert.Empty(await w.CheckInQueries.AgesAsync(w.Officer, default));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task An_item_without_a_common_code_waits_as_not_mapped()
    {
        await using World w = await World.CreateAsync(db);

        CheckInTaken taken = Assert.Single(await w.CheckInAsync(A.CheckIn("LK1", code: "")));
        await w.DeliverAsync();

        Assert.Equal(CheckInState.Unmapped, taken.State);
        Assert.Contains("Khám Nội", taken.Message, StringComparison.Ordinal);
        Assert.Empty(w.Portal.Received);
        Assert.Equal(CheckInGroup.Blocked, (await w.TheCheckInAsync()).Group);
        await w.CheckInAsync(A.CheckIn("LK1"));
        await w.DeliverAsync();
        Assert.Single(w.Portal.Received);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task The_rules_of_check_ins_judge_it()
    {
        await using World w = await World.CreateAsync(db, configure: s => s.AddSingleton<IRecordJudge>(new RuleJudge(Validator.Create())));

        CheckInTaken broken = Assert.Single(await w.CheckInAsync(A.CheckIn("LK1").Set(LienThong.Standard.Xml0.HO_TEN, "")));
        CheckInTaken whole = Assert.Single(await w.CheckInAsync(A.CheckIn("LK2")));

        Assert.Equal(CheckInState.Blocked, broken.State);
        Assert.Contains(broken.Findings, f => f is { Rule: "X0-REQUIRED-001", Field: "HO_TEN" });
        Assert.Equal(CheckInState.Ready, whole.State);
    }

    [Fact]
    public async Task One_that_came_too_late_is_closed_as_overtaken_and_counted()
    {
        await using World w = await World.CreateAsync(db);
        w.Portal.Script.Enqueue(Down);
        await w.CheckInAsync(A.CheckIn("LK1"));
        await w.DeliverAsync();
        w.Judge.BlocksEverything = true;
        await w.CheckInAsync(A.CheckIn("LK2"));
        w.Judge.BlocksEverything = false;
        await w.IngestAsync(A.Package(A.Patient("LK1"), A.Patient("LK2"), A.Patient("LK3")));
        await w.DrainAsync();
        Assert.Equal(3, w.Portal.Received.Count);

        w.Time.Advance(TimeSpan.FromMinutes(2));
        await w.DeliverAsync();
        CheckInTaken after = Assert.Single(await w.CheckInAsync(A.CheckIn("LK3")));
        await w.DeliverAsync();

        Assert.Equal(CheckInState.Overtaken, after.State);
        Assert.Equal(3, w.Portal.Received.Count);
        IReadOnlyList<CheckInView> all = (await w.CheckInQueries.ListAsync(w.Officer, CheckInGroup.Overtaken, null, new PageRequest(), default)).Items;
        Assert.Equal(["LK1", "LK2", "LK3"], all.Select(c => c.MaLk).Order());
        Assert.Equal(new CheckInCounts(0, 0, 3, 0), await w.CheckInQueries.CountAsync(w.Officer, default));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task One_the_portal_refused_is_replaced_by_the_mended_one()
    {
        await using World w = await World.CreateAsync(db);
        w.Portal.Script.Enqueue(FakePortal.Rejection());
        await w.CheckInAsync(A.CheckIn("LK1"));
        await w.DeliverAsync();
        CheckInView refused = await w.TheCheckInAsync();
        Assert.Equal((CheckInGroup.Blocked, DeliveryState.Rejected, true), (refused.Group, refused.DeliveryState, refused.Open));
        Assert.Contains("123", refused.Cause, StringComparison.Ordinal);

        await w.CheckInAsync(A.CheckIn("LK1", name: "Nguyễn Thị Đúng"));
        await w.DeliverAsync();

        Assert.Equal(CheckInGroup.Sent, (await w.TheCheckInAsync()).Group);
        Assert.Equal([DeliveryState.Accepted, DeliveryState.Superseded], (await w.Deliveries.OfCheckInAsync(w.Officer, refused.Id, default)).Select(d => d.Delivery.State));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task People_close_one_with_a_reason_and_only_in_their_facility()
    {
        await using World w = await World.CreateAsync(db);
        w.Judge.BlocksEverything = true;
        Guid id = (await w.CheckInAsync(A.CheckIn("LK1")))[0].Id!.Value;
        CheckInActions actions = w.Get<CheckInActions>();

        Assert.Equal("not-found", (await actions.CloseAsync(w.Officer with { Scope = LienThong.Gateway.Access.FacilityScope.Only("99002") }, id, "thử", default)).Code);
        Assert.Equal("reason-required", (await actions.CloseAsync(w.Officer, id, " ", default)).Code);
        Assert.True((await actions.CloseAsync(w.Officer, id, "Người bệnh bỏ về", default)).Done);

        Assert.Equal(CheckInGroup.Closed, (await w.TheCheckInAsync()).Group);
        Assert.Equal("wrong-state", (await actions.CloseAsync(w.Officer, id, "lần nữa", default)).Code);
        await w.AssertInvariantsAsync();
    }
}

public sealed class CheckInOnSqliteTests() : CheckInTests(Db.Sqlite);

public sealed class CheckInOnPostgresTests() : CheckInTests(Db.Postgres);
