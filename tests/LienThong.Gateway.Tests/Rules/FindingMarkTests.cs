using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rules;
using LienThong.Gateway.Tests.Support;
using LienThong.Standard;

namespace LienThong.Gateway.Tests.Rules;

public abstract class FindingMarkTests(Db db)
{
    [Fact]
    public async Task Mark_stays_with_the_content_in_a_new_version_and_changes_no_weight()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "BLOCK");
        RecordDetail detail = await w.DetailAsync(id);
        string fingerprint = FingerprintOf(detail);
        FindingMarks marks = w.Get<FindingMarks>();

        Assert.IsType<RuleResult.Done>(await marks.MarkAsync(w.Officer, detail, fingerprint, MarkVerdict.NotAnError, "bệnh nhân đúng là vậy", default));
        await w.IngestAsync(A.Package(A.Patient("LK1", "BLOCK", name: "Tên Khác")));

        RecordDetail again = await w.DetailAsync(id);
        Assert.Equal((2, RecordState.Invalid), (again.Current.Version, again.Current.State));
        IReadOnlyDictionary<string, FindingMark> standing = await marks.OfRecordAsync(w.Officer, A.Facility, "LK1", default);
        Assert.Equal(MarkVerdict.NotAnError, standing[FingerprintOf(again)].Verdict);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Other_value_is_another_finding()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "BLOCK");
        string first = FingerprintOf(await w.DetailAsync(id));

        await w.IngestAsync(A.Package(A.Patient("LK1", "BLOCK khác")));

        Assert.NotEqual(first, FingerprintOf(await w.DetailAsync(id)));
    }

    [Fact]
    public async Task Second_word_replaces_the_first_and_can_be_taken_back()
    {
        await using World w = await World.CreateAsync(db);
        RecordDetail detail = await w.DetailAsync(await w.IngestOneAsync("LK1", "BLOCK"));
        string fingerprint = FingerprintOf(detail);
        FindingMarks marks = w.Get<FindingMarks>();
        await marks.MarkAsync(w.Officer, detail, fingerprint, MarkVerdict.NotAnError, "nhầm", default);

        Guid second = Assert.IsType<RuleResult.Done>(await marks.MarkAsync(w.Officer, detail, fingerprint, MarkVerdict.Confirmed, "", default)).Id;
        Assert.Equal(MarkVerdict.Confirmed, Assert.Single(await marks.OfRuleAsync(w.Officer, "TEST-001", 10, default)).Verdict);
        Assert.IsType<RuleResult.Done>(await marks.WithdrawAsync(w.Officer, second, default));

        Assert.Empty(await marks.OfRuleAsync(w.Officer, "TEST-001", 10, default));
        Assert.IsType<RuleResult.NotFound>(await marks.WithdrawAsync(w.Officer, second, default));
    }

    [Fact]
    public async Task Not_an_error_takes_a_reason_and_a_permission_and_a_finding_that_is_there()
    {
        await using World w = await World.CreateAsync(db);
        RecordDetail detail = await w.DetailAsync(await w.IngestOneAsync("LK1", "BLOCK"));
        FindingMarks marks = w.Get<FindingMarks>();

        Assert.IsType<RuleResult.Refused>(await marks.MarkAsync(w.Officer, detail, FingerprintOf(detail), MarkVerdict.NotAnError, " ", default));
        Assert.IsType<RuleResult.NotFound>(await marks.MarkAsync(w.Officer, detail, "khác", MarkVerdict.Confirmed, "", default));
        Assert.IsType<RuleResult.Forbidden>(await marks.MarkAsync(
            w.Officer with { Permissions = Roles.Table[Roles.Auditor] }, detail, FingerprintOf(detail), MarkVerdict.Confirmed, "", default));
    }

    private static string FingerprintOf(RecordDetail detail) =>
        FindingMarks.FingerprintOf(detail.Current.Facility, detail.Current.MaLk, Assert.Single(detail.Findings, f => f.Severity == Severity.Block));
}

public sealed class FindingMarkOnSqliteTests() : FindingMarkTests(Db.Sqlite);

public sealed class FindingMarkOnPostgresTests() : FindingMarkTests(Db.Postgres);
