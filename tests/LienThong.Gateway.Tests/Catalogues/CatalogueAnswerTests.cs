using System.Text;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Tests.Support;
using LienThong.Validation;

namespace LienThong.Gateway.Tests.Catalogues;

/// <summary>What the portal said of rows, and rows written out; the clock stands at 10 July 2026.</summary>
public abstract class CatalogueAnswerTests(Db db)
{
    private static readonly ListDefinition Drugs = ListDefinitions.Find("drug_facility")!;
    private static readonly DateOnly Today = new(2026, 7, 10);

    [Fact]
    public async Task Refused_code_counts_as_absent_until_the_edition_is_taken_back()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, ListFiles.Drug("40.1"), ListFiles.Drug("40.2"));

        CatalogueRestored set = await Acceptor(w).SetAsync(w.Officer, "99001", Drugs, new CatalogueAcceptance { Codes = ["40.2"], Accepted = false, On = Today }, 1, "TB 12", default);

        Assert.Equal((2, 1, 2, ""), (set.Edition!.Edition, set.Edition.Changed, set.Edition.RowCount, set.Message));
        Assert.Equal((true, false), (Codes(w).Contains("40.1"u8, Today), Codes(w).Contains("40.2"u8, Today)));
        CatalogueChange change = Assert.Single((await Desk(w).DiffAsync(w.Officer, "99001", Drugs, 1, 2, 10, default))!);
        Assert.Equal([new CatalogueCellChange("CHAP_NHAN", "", "0 2026-07-10")], change.Cells);
        Assert.Equal("catalogue.accepted", Assert.Single(await w.Get<AuditLog>().ListAsync(w.Officer, null, "drug_facility#2", 10, default)).Action);
        await Desk(w).RestoreAsync(w.Officer, "99001", Drugs, null, 2, "nhầm", default);
        Assert.True(Codes(w).Contains("40.2"u8, Today));
    }

    [Fact]
    public async Task Only_rows_without_an_answer_that_are_valid_on_the_day_can_be_meant()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, ListFiles.Drug("40.1"), ListFiles.Drug("40.2"), ListFiles.Drug("40.3", to: "20260630"));
        await Acceptor(w).SetAsync(w.Officer, "99001", Drugs, new CatalogueAcceptance { Codes = ["40.1"], Accepted = false }, null, "TB 1", default);

        CatalogueRestored set = await Acceptor(w).SetAsync(
            w.Officer, "99001", Drugs, new CatalogueAcceptance { OnlyUnknown = true, ValidOn = Today, Accepted = true, On = Today }, null, "TB 2", default);

        Assert.Equal((3, 1), (set.Edition!.Edition, set.Edition.Changed));
        Assert.Equal((false, true, null), (Accepted(w, "40.1"), Accepted(w, "40.2"), Accepted(w, "40.3")));
    }

    [Fact]
    public async Task Unknown_code_no_change_or_an_overtaken_view_changes_nothing()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, ListFiles.Drug("40.1"));
        async Task<string> WhyAsync(CatalogueAcceptance acceptance, int? seen = null) =>
            (await Acceptor(w).SetAsync(w.Officer, "99001", Drugs, acceptance, seen, "TB", default)).Message;

        Assert.Contains("40.9", await WhyAsync(new CatalogueAcceptance { Codes = ["40.1", "40.9"], Accepted = true }), StringComparison.Ordinal);
        Assert.NotEmpty(await WhyAsync(new CatalogueAcceptance { Accepted = null }));
        Assert.NotEmpty(await WhyAsync(new CatalogueAcceptance { Accepted = null, On = Today }));
        Assert.NotEmpty(await WhyAsync(new CatalogueAcceptance { Accepted = true }, seen: 7));
        Assert.NotEmpty((await Acceptor(w).SetAsync(w.Officer, "99002", Drugs, new CatalogueAcceptance { Accepted = true }, null, "TB", default)).Message);
        Assert.Single(await Desk(w).HistoryAsync(w.Officer, "99001", Drugs, default));
    }

    [Fact]
    public async Task What_is_written_out_can_be_imported_again_without_a_change()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, ListFiles.Drug("40.1"), ListFiles.Drug("40.2", to: "20260630"));
        await Acceptor(w).SetAsync(w.Officer, "99001", Drugs, new CatalogueAcceptance { Codes = ["40.1"], Accepted = true, On = Today }, null, "TB", default);

        string all = await ExportAsync(w, null, null);
        CatalogueOutcome again = await ImportTextAsync(w, all);

        Assert.Equal((false, 2), (again.HasChanges, again.Unchanged));
        Assert.Equal(2, (await ExportAsync(w, null, Today)).TrimEnd().Split('\n').Length);
        Assert.DoesNotContain("20260710", await ExportAsync(w, 1, null), StringComparison.Ordinal);
        Assert.Null(await w.Get<CatalogueExport>().FindAsync(w.Officer, "99001", Drugs, 9, default));
    }

    [Fact]
    public async Task Old_row_among_new_ones_does_not_make_the_list_speak_of_its_years()
    {
        await using World w = await World.CreateAsync(db);
        await ImportAsync(w, ListFiles.Drug("40.1", from: "20090101"), ListFiles.Drug("40.2"), ListFiles.Drug("40.3"), ListFiles.Drug("40.4"));

        Assert.Equal(new DateOnly(2026, 1, 1), Assert.Single(await Desk(w).ListAsync(w.Officer, default)).CoversFrom);
        Assert.False(w.Get<LoadedLists>().Of("99001").Find("drug_facility")!.Covers(new DateOnly(2012, 1, 1)));
    }

    private static CatalogueDesk Desk(World w) => w.Get<CatalogueDesk>();

    private static CatalogueAcceptor Acceptor(World w) => w.Get<CatalogueAcceptor>();

    private static CodeList Codes(World w) => w.Get<LoadedLists>().Of("99001").Find("drug_facility")!;

    private static bool? Accepted(World w, string code) => Assert.Single(Desk(w).LookUp(w.Officer, "99001", Drugs, code, Today)!.Entries).Accepted;

    private static async Task<string> ExportAsync(World w, int? edition, DateOnly? day)
    {
        int found = (await w.Get<CatalogueExport>().FindAsync(w.Officer, "99001", Drugs, edition, default))!.Value;
        using MemoryStream output = new();
        await w.Get<CatalogueExport>().WriteAsync(w.Officer, "99001", Drugs, found, day, output, default);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static Task<CatalogueOutcome> ImportAsync(World w, params string[] rows) => ImportTextAsync(w, ListFiles.Drugs(rows));

    private static async Task<CatalogueOutcome> ImportTextAsync(World w, string csv)
    {
        CatalogueImport import = w.Get<CatalogueImport>();
        string kept = (await import.KeepAsync(ListFiles.Text(csv), default))!;
        CatalogueImportResult result = await import.ApplyAsync(
            w.Officer, kept, new CatalogueRequest { FileName = "03_DM_thuoc.csv", Facility = "99001", Reason = "thử" }, null, null, default);
        Assert.Equal("", result.Refusal);
        return Assert.Single(result.Lists);
    }
}

public sealed class CatalogueAnswersOnSqliteTests() : CatalogueAnswerTests(Db.Sqlite);

public sealed class CatalogueAnswersOnPostgresTests() : CatalogueAnswerTests(Db.Postgres);
