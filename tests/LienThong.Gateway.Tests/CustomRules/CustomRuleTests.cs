using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.CustomRules;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.CustomRules;

public sealed class CustomRuleTests
{
    private const string Good = """
        rules:
          - code: TUY-KHAM-01
            table: XML1
            field: MA_LOAI_KCB
            severity: warn
            require: MA_LOAI_KCB != "01"
            message: "Loại hình {value}."
        """;

    [Theory]
    [InlineData(Db.Sqlite)]
    [InlineData(Db.Postgres)]
    public async Task A_file_is_kept_in_versions_and_judges_only_while_it_is_on(Db db)
    {
        await using World w = await World.CreateAsync(db);
        CustomRuleDesk desk = w.Get<CustomRuleDesk>();
        LoadedCustomRules loaded = w.Get<LoadedCustomRules>();

        Assert.Equal(1, (await desk.SaveAsync(w.Officer, A.Facility, "kham", Good, "thử", default)).Version);
        Assert.True(loaded.Of(A.Facility).IsEmpty);
        Assert.True((await desk.SwitchAsync(w.Officer, A.Facility, "kham", true, "dùng", default)).Done);
        Assert.False(loaded.Of(A.Facility).IsEmpty);
        Assert.True(loaded.Of("99999").IsEmpty);
        Assert.Equal(2, (await desk.SaveAsync(w.Officer, A.Facility, "kham", Good.Replace("01\"", "02\"", StringComparison.Ordinal), "đổi", default)).Version);
        Assert.False(loaded.Of(A.Facility).IsEmpty);
        Assert.False((await desk.SwitchAsync(w.Officer, A.Facility, "kham", true, "lần nữa", default)).Done);
        Assert.True((await desk.SwitchAsync(w.Officer, A.Facility, "kham", false, "thôi", default)).Done);
        Assert.True(loaded.Of(A.Facility).IsEmpty);

        CustomRuleView view = Assert.Single(await desk.ListAsync(w.Officer, default));
        Assert.Equal((2, false, 1, "officer"), (view.Version, view.Active, view.Rules, view.ChangedBy));
        Assert.Equal([2, 1], (await desk.VersionsAsync(w.Officer, A.Facility, "kham", default)).Select(v => v.Version));
        IReadOnlyList<AuditEntry> audit = await w.Get<AuditLog>().ListAsync(w.Officer, null, null, 50, default);
        Assert.Equal(
            ["custom-rules.switched-off", "custom-rules.saved", "custom-rules.switched-on", "custom-rules.saved"],
            audit.Where(a => a.Action.StartsWith("custom-rules", StringComparison.Ordinal)).Select(a => a.Action));
    }

    [Fact]
    public async Task Mistakes_missing_reasons_and_strangers_are_refused_and_nothing_is_stored()
    {
        await using World w = await World.CreateAsync(Db.Sqlite);
        CustomRuleDesk desk = w.Get<CustomRuleDesk>();
        Caller stranger = w.Officer with { Scope = FacilityScope.Only("99999") };
        Caller reader = w.Officer with { Permissions = new HashSet<string> { Permissions.ReadCatalogues } };

        Assert.Equal(4, Assert.Single((await desk.SaveAsync(w.Officer, A.Facility, "kham", Good.Replace("MA_LOAI_KCB\n", "MA_LOAI\n", StringComparison.Ordinal), "thử", default)).Errors).Line);
        Assert.False((await desk.SaveAsync(w.Officer, A.Facility, "kham", Good, " ", default)).Done);
        Assert.False((await desk.SaveAsync(w.Officer, A.Facility, "Khám bệnh", Good, "thử", default)).Done);
        Assert.False((await desk.SaveAsync(stranger, A.Facility, "kham", Good, "thử", default)).Done);
        Assert.False((await desk.SaveAsync(reader, A.Facility, "kham", Good, "thử", default)).Done);
        Assert.False((await desk.SaveAsync(w.Officer, "99998", "kham", Good, "thử", default)).Done);

        Assert.Empty(await desk.ListAsync(w.Officer, default));
    }
}
