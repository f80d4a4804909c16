using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Tests.Support;
using LienThong.Validation;

namespace LienThong.Gateway.Tests.Catalogues;

/// <summary>Import, history, undo and look-up; the clock stands at 10 July 2026.</summary>
public abstract class CatalogueTests(Db db)
{
    private static readonly ListDefinition Drugs = ListDefinitions.Find("drug_facility")!;
    private static readonly DateOnly Today = new(2026, 7, 10);

    [Fact]
    public async Task Preview_stores_nothing_and_applying_makes_the_first_edition()
    {
        await using World w = await World.CreateAsync(db);
        string csv = ListFiles.Drugs(ListFiles.Drug("40.1"), ListFiles.Drug("40.2"));

        CatalogueImportResult seen = await Import(w).PreviewAsync(w.Officer, ListFiles.Text(csv), Request(), null, default);
        Assert.Empty(await Desk(w).ListAsync(w.Officer, default));
        CatalogueOutcome done = await ImportAsync(w, csv);

        Assert.Equal((2, 0, 0), (seen.Lists[0].Added, seen.Lists[0].Changed, seen.Lists[0].Closed));
        Assert.Equal((1, 2), (done.Edition, done.Added));
        CatalogueEdition edition = Assert.Single(await Desk(w).ListAsync(w.Officer, default));
        Assert.Equal(("99001", "drug_facility", 1, 2, new DateOnly(2026, 1, 1)), (edition.Facility, edition.List, edition.Edition, edition.RowCount, edition.CoversFrom!.Value));
    }

    [Fact]
    public async Task Second_file_closes_changes_adds_and_leaves_what_is_equal()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1"), ListFiles.Drug("40.2"), ListFiles.Drug("40.3"), ListFiles.Drug("40.4")));

        CatalogueOutcome done = await ImportAsync(w, ListFiles.Drugs(
            ListFiles.Drug("40.1"), ListFiles.Drug("40.2", to: "20260630"), ListFiles.Drug("40.3").Replace("Paramau 40.3", "Tên mới", StringComparison.Ordinal), ListFiles.Drug("40.5")));

        Assert.Equal((1, 1, 2, 1, 1, 2), (done.Added, done.Changed, done.Closed, done.Absent, done.Unchanged, done.Edition));
        Assert.Contains(done.Changes, c => c is { Kind: CatalogueChangeKind.Changed, Code: "40.3" } && c.Cells.Contains(new CatalogueCellChange("TEN_THUOC", "Paramau 40.3", "Tên mới")));
        Assert.Contains(done.Changes, c => c is { Kind: CatalogueChangeKind.Closed, Code: "40.4", Line: null } && c.To == Today.AddDays(-1));
        Assert.Equal(done.Changes.Select(c => (c.Kind, c.Code)).Order(), (await Desk(w).DiffAsync(w.Officer, "99001", Drugs, 1, 2, 100, default))!.Select(c => (c.Kind, c.Code)).Order());
    }

    [Fact]
    public async Task Same_file_again_makes_no_edition()
    {
        await using World w = await World.CreateAsync(db);
        string csv = ListFiles.Drugs(ListFiles.Drug("40.1"));
        await ImportAsync(w, csv);

        CatalogueOutcome again = await ImportAsync(w, csv);

        Assert.Equal((null, 1, false), (again.Edition, again.Unchanged, again.HasChanges));
        Assert.Single(await Desk(w).HistoryAsync(w.Officer, "99001", Drugs, default));
    }

    [Fact]
    public async Task Undo_brings_the_previous_rows_back_and_keeps_the_history()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1"), ListFiles.Drug("40.2")));
        await ImportAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1", price: "455", from: "20260701"), ListFiles.Drug("40.1", to: "20260630"), ListFiles.Drug("40.9")));

        CatalogueRestored undone = await Desk(w).RestoreAsync(w.Officer, "99001", Drugs, null, 2, "nhập nhầm", default);

        Assert.Equal((3, 1), (undone.Edition!.Edition, undone.Edition.Restores));
        Assert.Empty((await Desk(w).DiffAsync(w.Officer, "99001", Drugs, 1, 3, 10, default))!);
        Assert.Equal([3, 2, 1], (await Desk(w).HistoryAsync(w.Officer, "99001", Drugs, default)).Select(e => e.Edition));
        Assert.NotEmpty((await Desk(w).DiffAsync(w.Officer, "99001", Drugs, 1, 2, 10, default))!);
        Assert.False(Codes(w).Contains("40.9"u8, Today));
        Assert.True(Codes(w).Contains("40.2"u8, Today));
        IReadOnlyList<AuditEntry> log = await w.Get<AuditLog>().ListAsync(w.Officer, null, "drug_facility#3", 10, default);
        Assert.Equal("catalogue.restored", Assert.Single(log).Action);
    }

    [Fact]
    public async Task Days_and_completeness_set_by_hand_decide_what_is_judged_until_the_next_import()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1")));

        CatalogueRestored set = await Desk(w).SetAsync(
            w.Officer, "99001", Drugs, new CatalogueSetting(false, true, new DateOnly(2026, 8, 1), null), "mới có từ tháng 8", default);
        CatalogueRestored reversed = await Desk(w).SetAsync(
            w.Officer, "99001", Drugs, new CatalogueSetting(null, true, new DateOnly(2026, 8, 1), new DateOnly(2026, 7, 1)), "nhầm", default);

        Assert.Equal((2, false, 0), (set.Edition!.Edition, set.Edition.IsComplete, set.Edition.Changed));
        CodeList list = w.Get<LoadedLists>().Of("99001").Find("drug_facility")!;
        Assert.Equal((false, false, true), (list.IsComplete, list.Covers(new DateOnly(2026, 7, 31)), list.Covers(new DateOnly(2026, 8, 1))));
        Assert.True(list.Contains("40.1"u8, new DateOnly(2026, 8, 1)));
        Assert.Null(reversed.Edition);
        Assert.Empty((await Desk(w).DiffAsync(w.Officer, "99001", Drugs, 1, 2, 10, default))!);
        await ImportAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1"), ListFiles.Drug("40.2")));
        Assert.True(w.Get<LoadedLists>().Of("99001").Find("drug_facility")!.IsComplete);
    }

    [Fact]
    public async Task First_import_taken_back_leaves_no_list_to_judge_by()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1")));
        Assert.NotNull(w.Get<LoadedLists>().Of("99001").Find("drug_facility"));

        await Desk(w).RestoreAsync(w.Officer, "99001", Drugs, null, null, "sai cơ sở", default);

        Assert.Null(w.Get<LoadedLists>().Of("99001").Find("drug_facility"));
    }

    [Fact]
    public async Task Lookup_answers_for_the_day_and_the_facility()
    {
        await using World w = await World.CreateAsync(db);
        await w.AddFacilityAsync("99002");
        await ImportAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1", to: "20260630"), ListFiles.Drug("40.1", price: "455", from: "20260701")));

        CatalogueLookup june = Desk(w).LookUp(w.Officer, "99001", Drugs, "40.1", new DateOnly(2026, 6, 30))!;

        Assert.Equal(["480", "455"], june.Entries.Select(e => e.Cells["DON_GIA"]));
        Assert.Equal([true, false], june.Entries.Select(e => e.InForce));
        Assert.False(Desk(w).LookUp(w.Officer, "99001", Drugs, "40.1", new DateOnly(2025, 6, 30))!.Covers);
        Assert.Null(Desk(w).LookUp(w.Officer, "99002", Drugs, "40.1", Today));
    }

    [Fact]
    public async Task File_without_days_counts_from_the_day_given()
    {
        await using World w = await World.CreateAsync(db);
        ListDefinition icd = ListDefinitions.Find("icd10")!;
        await ImportAsync(w, "MÃ BỆNH,TÊN BỆNH\nA00,Tả\nA01,Thương hàn\nQ87.11,Cũ\n", new CatalogueRequest { FileName = "icd10.csv" });

        await ImportAsync(w, "MÃ BỆNH,TÊN BỆNH\nA00,Bệnh tả\nA01,Thương hàn\n", new CatalogueRequest { FileName = "icd10.csv", From = new DateOnly(2026, 7, 1) });

        CatalogueLookup cholera = Desk(w).LookUp(w.Officer, "", icd, "A00", new DateOnly(2026, 6, 30))!;
        Assert.Equal([("Tả", true), ("Bệnh tả", false)], cholera.Entries.Select(e => (e.Name, e.InForce)));
        Assert.False(Desk(w).LookUp(w.Officer, "", icd, "Q87.11", new DateOnly(2026, 7, 1))!.Entries.Single().InForce);
        Assert.True(Desk(w).LookUp(w.Officer, "", icd, "q87.11", new DateOnly(2026, 6, 30))!.Entries.Single().InForce);
    }

    [Fact]
    public async Task Older_decision_says_nothing_about_the_rows_of_the_newer_one()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, "code,name,marker,valid_from,valid_to\nA00,Mới,,2026-07-01,\n", new CatalogueRequest { FileName = "icd10.csv" });

        CatalogueOutcome older = await ImportAsync(w, "code,name,marker,valid_from,valid_to\nA00,Cũ,,2020-10-28,2026-06-30\n", new CatalogueRequest { FileName = "icd10.csv" });

        Assert.Equal((1, 0), (older.Added, older.Closed));
    }

    [Fact]
    public async Task Row_the_portal_refused_is_as_good_as_absent()
    {
        await using World w = await World.CreateAsync(db);
        string csv = ListFiles.DrugHeader + ",CHAP_NHAN,NGAY_CHAP_NHAN\n" + ListFiles.Drug("40.1") + ",0,20260705\n" + ListFiles.Drug("40.2") + ",1,20260705\n";

        await ImportAsync(w, csv);

        Assert.False(Codes(w).Contains("40.1"u8, Today));
        Assert.True(Codes(w).Contains("40.2"u8, Today));
        Assert.False(Assert.Single(Desk(w).LookUp(w.Officer, "99001", Drugs, "40.1", Today)!.Entries).Accepted);
    }

    [Fact]
    public async Task One_wrong_row_refuses_the_whole_file_when_asked_to()
    {
        await using World w = await World.CreateAsync(db);
        string csv = ListFiles.Drugs(ListFiles.Drug("40.1"), ListFiles.Drug("40.2", price: "x"));

        CatalogueImportResult refused = await ApplyAsync(w, csv, Request() with { AllOrNothing = true });
        CatalogueImportResult taken = await ApplyAsync(w, csv, Request());

        Assert.False(refused.Applied);
        Assert.Contains("1 dòng sai", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal((true, 1, 1), (taken.Applied, taken.Lists[0].Added, taken.Refused));
    }

    [Fact]
    public async Task Closing_much_of_a_list_needs_a_word_and_a_supplement_closes_nothing()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, ListFiles.Drugs([.. Enumerable.Range(0, 60).Select(i => ListFiles.Drug($"40.{i}"))]));
        string few = ListFiles.Drugs(ListFiles.Drug("40.1"), ListFiles.Drug("41.1"));

        CatalogueImportResult refused = await ApplyAsync(w, few, Request());
        CatalogueImportResult supplement = await ApplyAsync(w, few, Request() with { Whole = false });
        CatalogueImportResult confirmed = await ApplyAsync(w, few, Request() with { Confirmed = true });

        Assert.Contains("59 trên 60", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal((true, 1, 0), (supplement.Applied, supplement.Lists[0].Added, supplement.Lists[0].Closed));
        Assert.Equal((true, 59), (confirmed.Applied, confirmed.Lists[0].Closed));
    }

    [Fact]
    public async Task Preview_overtaken_by_somebody_else_is_not_applied()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1")));
        string kept = (await Import(w).KeepAsync(ListFiles.Text(ListFiles.Drugs(ListFiles.Drug("40.1"), ListFiles.Drug("40.2"))), default))!;
        CatalogueImportResult seen = await Import(w).PreviewAsync(w.Officer, kept, Request(), default);
        await ImportAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1"), ListFiles.Drug("40.3")));

        CatalogueImportResult result = await Import(w).ApplyAsync(
            w.Officer, kept, Request(), seen.Lists.ToDictionary(l => l.List, l => l.BaseEdition), null, default);

        Assert.False(result.Applied);
        Assert.Contains("người khác", result.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edition_of_another_node_is_seen_within_a_second()
    {
        await using World w = await World.CreateAsync(db);
        LoadedLists other = new(w.Database, w.Get<Gateway.Storage.CatalogueStore>());
        Assert.Null(other.Of("99001").Find("drug_facility"));
        await ImportAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1")));

        w.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(other.Of("99001").Find("drug_facility")!.Contains("40.1"u8, Today));
    }

    [Fact]
    public async Task Nobody_reaches_the_lists_of_another_facility()
    {
        await using World w = await World.CreateAsync(db);
        await w.AddFacilityAsync("99002");
        await ImportAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1")));
        Caller other = w.Officer with { Scope = FacilityScope.Only("99002") };

        Assert.Empty(await Desk(w).ListAsync(other, default));
        Assert.Empty(await Desk(w).HistoryAsync(other, "99001", Drugs, default));
        Assert.Null(Desk(w).LookUp(other, "99001", Drugs, "40.1", Today));
        Assert.Null((await Desk(w).RestoreAsync(other, "99001", Drugs, null, null, "thử", default)).Edition);
        Assert.False((await ApplyAsync(w, ListFiles.Drugs(ListFiles.Drug("40.1")), Request(), other)).Applied);
        Caller reader = w.Officer with { Permissions = new HashSet<string> { Permissions.ReadCatalogues } };
        Assert.False((await ApplyAsync(w, ListFiles.Drugs(ListFiles.Drug("40.2")), Request(), reader)).Applied);
    }

    [Fact]
    public async Task Hundred_thousand_rows_go_in_and_come_out()
    {
        await using World w = await World.CreateAsync(db);
        string csv = "code,name,marker\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"M{i:D6},Bệnh bịa số {i},\n"));

        CatalogueOutcome done = await ImportAsync(w, csv, new CatalogueRequest { FileName = "icd10.csv" });

        Assert.Equal(100_000, done.Added);
        CodeList list = w.Get<LoadedLists>().Of("99001").Find("icd10")!;
        Assert.Equal(100_000, list.Count);
        Assert.True(list.Contains("M099999"u8, Today));
    }

    private static CatalogueImport Import(World w) => w.Get<CatalogueImport>();

    private static CatalogueDesk Desk(World w) => w.Get<CatalogueDesk>();

    private static CodeList Codes(World w) => w.Get<LoadedLists>().Of("99001").Find("drug_facility")!;

    private static CatalogueRequest Request() => new() { FileName = "03_DM_thuoc.csv", Facility = "99001", Reason = "thử" };

    private static async Task<CatalogueOutcome> ImportAsync(World w, string csv, CatalogueRequest? request = null)
    {
        CatalogueImportResult result = await ApplyAsync(w, csv, request ?? Request());
        Assert.Equal("", result.Refusal);
        return Assert.Single(result.Lists);
    }

    private static async Task<CatalogueImportResult> ApplyAsync(World w, string csv, CatalogueRequest request, Caller? by = null)
    {
        string kept = (await Import(w).KeepAsync(ListFiles.Text(csv), default))!;
        return await Import(w).ApplyAsync(by ?? w.Officer, kept, request, null, null, default);
    }
}

public sealed class CataloguesOnSqliteTests() : CatalogueTests(Db.Sqlite);

public sealed class CataloguesOnPostgresTests() : CatalogueTests(Db.Postgres);
