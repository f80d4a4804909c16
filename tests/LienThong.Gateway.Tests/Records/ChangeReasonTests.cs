using LienThong.Gateway.Records;
using LienThong.Gateway.Records.Comparing;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Records;

/// <summary>Why a version takes the place of another: asked for, kept, shown, and told by the comparison of both.</summary>
public abstract class ChangeReasonTests(Db db)
{
    private static readonly CellChange Change = new("XML1", 1, "LY_DO_VV", "Đau bụng");

    [Fact]
    public async Task Code_text_and_reference_stay_with_the_version_and_in_the_audit_log()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        ChangeReason why = new("audit", "Thiếu kết quả") { ReferenceNumber = "12/BB-BHXH", ReferenceDate = new DateOnly(2026, 7, 8) };

        Assert.IsType<ChangeResult.Done>(await w.Corrections.CorrectAsync(w.Officer, id, [Change], why, default));

        VersionView version = (await w.DetailAsync(id)).Versions[0];
        Assert.Equal(
            ("audit", "Theo kết quả giám định", "Thiếu kết quả", "12/BB-BHXH", new DateOnly(2026, 7, 8), "officer"),
            (version.ReasonCode, version.ReasonName, version.Reason, version.ReferenceNumber, version.ReferenceDate!.Value, version.Actor));
        List<string> details = await w.Database.QueryUnscopedAsync<string>("SELECT detail FROM audit_entry WHERE action = 'record.version-stored'", null, default);
        Assert.Contains(details, d => d.Contains("[audit] Thiếu kết quả (12/BB-BHXH, 2026-07-08)", StringComparison.Ordinal));
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_code_alone_is_enough_and_shows_its_name()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");

        await w.Corrections.CorrectAsync(w.Officer, id, [Change], new ChangeReason("wrong-code", ""), default);

        Assert.Equal(("wrong-code", "Sai mã"), ((await w.DetailAsync(id)).Versions[0].ReasonCode, (await w.DetailAsync(id)).Versions[0].Reason));
    }

    [Theory]
    [InlineData("no-such-code", "x", null, "Không có mã lý do")]
    [InlineData("his-changed", "x", null, "Không có mã lý do")]
    [InlineData("audit", "x", null, "cần số và ngày văn bản")]
    [InlineData("other", "x", "2026-07-11", "Ngày văn bản sai")]
    [InlineData("other", "x", "2026-07-01", "Ghi cả số văn bản")]
    public async Task A_reason_that_is_not_good_enough_changes_nothing(string code, string text, string? day, string complaint)
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        ChangeReason why = new(code, text) { ReferenceDate = day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) };

        ChangeResult.Refused refused = Assert.IsType<ChangeResult.Refused>(await w.Corrections.CorrectAsync(w.Officer, id, [Change], why, default));

        Assert.Equal("bad-reason", refused.Code);
        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
        Assert.Single((await w.DetailAsync(id)).Versions);
    }

    [Theory]
    [InlineData("Nhầm mã dịch vụ", "wrong-code")]
    [InlineData("SUA MA THE cho đúng", "card-corrected")]
    [InlineData("cost correction", "cost-correction")]
    [InlineData("payment-added", "payment-added")]
    [InlineData("Bác sĩ nhập lại chẩn đoán", null)]
    public async Task What_the_hospital_system_says_is_mapped_to_the_list_or_kept_as_text(string said, string? code)
    {
        await using World w = await World.CreateAsync(db);
        Guid id = (await w.IngestVisitsAsync(A.Visit("LK1"))).Records.Single().RecordId!.Value;
        await w.DrainAsync();

        await w.IngestVisitsAsync(A.Visit("LK1", more: $"\"reason\":\"{said}\",", reason: "Đau nửa đầu"));

        VersionView version = (await w.DetailAsync(id)).Versions[0];
        Assert.Equal((2, code), (version.Version, version.ReasonCode));
        Assert.Equal(said == code ? version.ReasonName : said, version.Reason);
    }

    [Fact]
    public async Task A_package_that_comes_changed_says_that_the_hospital_system_gave_no_reason()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");

        await w.IngestOneAsync("LK1", "Đau bụng");

        Assert.Equal("his-changed", (await w.DetailAsync(id)).Versions[0].ReasonCode);
    }

    [Fact]
    public async Task Choosing_the_version_that_waits_needs_a_reason_that_is_good_enough()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = (await w.IngestVisitsAsync(A.Visit("LK1"))).Records.Single().RecordId!.Value;
        await w.DrainAsync();
        await w.IngestVisitsAsync(A.Visit("LK1", reason: "Đau nửa đầu"));

        Assert.Equal("bad-reason", Assert.IsType<ChangeResult.Refused>(await w.Actions.ReleaseAsync(w.Officer, id, new ChangeReason("audit", "x"), default)).Code);
        ChangeReason why = new("portal-fault", "Cổng báo lỗi 124") { ReferenceNumber = "CV 5", ReferenceDate = new DateOnly(2026, 7, 9) };
        Assert.IsType<ChangeResult.Done>(await w.Actions.ReleaseAsync(w.Officer, id, why, default));

        VersionView version = (await w.DetailAsync(id)).Versions[0];
        Assert.Equal(("portal-fault", "CV 5", true), (version.ReasonCode, version.ReferenceNumber, version.IsCurrent));
    }

    [Fact]
    public async Task Stored_versions_are_compared_within_the_callers_facilities()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML1", 1, "T_BHTT", "119000")], new ChangeReason("cost-correction", ""), default);
        await w.Corrections.CorrectAsync(w.Officer, id, [Change], new ChangeReason("wrong-code", ""), default);
        RecordComparisons comparisons = w.Get<RecordComparisons>();

        VersionComparison last = (await comparisons.CompareAsync(w.Officer, id, null, null, default))!;
        VersionComparison sent = (await comparisons.CompareSentAsync(w.Officer, id, null, null, default))!;

        Assert.Equal((2, 3), (last.From.Version, last.To.Version));
        Assert.Equal("LY_DO_VV", Assert.Single(Assert.Single(Assert.Single(last.Diff.Tables).Rows).Cells).Field);
        Assert.Equal((1, 3), (sent.From.Version, sent.To.Version));
        Assert.Equal(-1000m, sent.Diff.Money.Single(m => m.Field == "T_BHTT").Difference);
        Assert.Null(await comparisons.CompareAsync(w.Officer, id, 1, 9, default));
        Assert.Null(await comparisons.CompareAsync(w.Officer with { Scope = LienThong.Gateway.Access.FacilityScope.Only("99002") }, id, null, null, default));
    }
}

public sealed class ChangeReasonOnSqliteTests() : ChangeReasonTests(Db.Sqlite);

public sealed class ChangeReasonOnPostgresTests() : ChangeReasonTests(Db.Postgres);
