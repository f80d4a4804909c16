using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Tests.Catalogues;
using LienThong.Gateway.Tests.Support;
using LienThong.Standard;
using LienThong.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.History;

/// <summary>AUD-M-001: what all records claim of a drug against what its contract bought, 10 of them from 1 July on.</summary>
public abstract class ClaimedQuantityTests(Db db)
{
    private const string Rule = "AUD-M-001";

    [Fact]
    public async Task Line_beyond_the_contract_is_told_and_those_before_it_are_not_also_when_judged_again()
    {
        await using World w = await WorldAsync();
        Guid first = await IngestAsync(w, Drug("LK1", "6", "202607010900"));
        Guid second = await IngestAsync(w, Drug("LK2", "4", "202607010901"));
        Guid before = await IngestAsync(w, Drug("LK3", "9", "202606301200"));

        Guid third = await IngestAsync(w, Drug("LK4", "0.001", "202607020900"));
        await RunAsync(w);

        Assert.Equal((false, false, false, true), (await HasAsync(w, first), await HasAsync(w, second), await HasAsync(w, before), await HasAsync(w, third)));
        Assert.Contains((await w.DetailAsync(third)).Findings, f => f is { Rule: Rule, Table: "XML2", Row: 1, Field: "SO_LUONG" } && f.Message.Contains("10.001", StringComparison.Ordinal));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Records_of_one_file_are_counted_together()
    {
        await using World w = await WorldAsync();

        IntakeReport report = await w.IngestAsync(A.Package(Drug("LK1", "6", "202607010900"), Drug("LK2", "6", "202607020900")));

        Assert.Equal((false, true), (await HasAsync(w, report.Records[0].RecordId!.Value), await HasAsync(w, report.Records[1].RecordId!.Value)));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Replaced_version_counts_no_longer()
    {
        await using World w = await WorldAsync();
        Guid first = await IngestAsync(w, Drug("LK1", "9", "202607010900"));
        Guid second = await IngestAsync(w, Drug("LK2", "2", "202607020900"));
        Assert.Equal((false, true), (await HasAsync(w, first), await HasAsync(w, second)));

        await IngestAsync(w, Drug("LK1", "8", "202607010900"));
        await RunAsync(w);
        Assert.False(await HasAsync(w, second));
        await w.Corrections.CorrectAsync(w.Officer, second, [new CellChange("XML2", 1, "SO_LUONG", "3")], "đếm lại", default);

        Assert.True(await HasAsync(w, second));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Another_tender_and_another_facility_are_counted_apart()
    {
        await using World w = await WorldAsync();
        await w.AddFacilityAsync("99002");
        await IngestAsync(w, Drug("LK1", "10", "202607010900"));
        RecordBuilder elsewhere = Drug("LK2", "10", "202607010900").Set(Xml1.MA_CSKCB, "99002");

        Guid other = (await w.IngestAsync(A.PackageOf("99002", elsewhere))).Records[0].RecordId!.Value;
        Guid tender = await IngestAsync(w, Drug("LK3", "10", "202607020900", "13/QĐ;G1;N1;2026"));

        Assert.Equal((false, false), (await HasAsync(w, other), await HasAsync(w, tender)));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Judging_again_counts_records_stored_before_there_were_sums()
    {
        await using World w = await WorldAsync();
        await IngestAsync(w, Drug("LK1", "9", "202607010900"));
        await using (LienThong.Gateway.Storage.WriteSession session = await w.Database.BeginAsync(default))
        {
            foreach (string table in (string[])["version_claim", "claimed_total", "claimed_day"])
                await session.ExecuteAsync("DELETE FROM " + table, null, default);
            await session.CommitAsync(default);
        }

        await RunAsync(w);
        Guid second = await IngestAsync(w, Drug("LK2", "2", "202607020900"));

        Assert.True(await HasAsync(w, second));
        await w.AssertInvariantsAsync();
    }

    private async Task<World> WorldAsync()
    {
        World w = await World.CreateAsync(db, configure: s => s.AddSingleton<IRecordJudge>(p => new RuleJudge(Validator.Create(), p.GetRequiredService<LoadedLists>())));
        CatalogueImport import = w.Get<CatalogueImport>();
        string kept = (await import.KeepAsync(ListFiles.Text("code,TT_THAU,start,quantity\n40.1,12/QĐ;G1;N1;2026,20260701,10\n"), default))!;
        CatalogueImportResult done = await import.ApplyAsync(
            w.Officer, kept, new CatalogueRequest { FileName = "procurement.csv", Facility = "99001", Reason = "thử" }, null, null, default);
        Assert.Equal("", done.Refusal);
        w.Get<LoadedLists>().Expire();
        return w;
    }

    private static RecordBuilder Drug(string maLk, string amount, string ordered, string tender = "12/QĐ;G1;N1;2026")
    {
        RecordBuilder record = A.Patient(maLk);
        record.AddRow(TableId.Xml2).Set(Xml2.MA_LK, maLk).Set(Xml2.STT, "1").Set(Xml2.MA_NHOM, "4").Set(Xml2.MA_THUOC, "40.1").Set(Xml2.TT_THAU, tender)
            .Set(Xml2.SO_LUONG, amount).Set(Xml2.THANH_TIEN_BH, "1000").Set(Xml2.T_BHTT, "800").Set(Xml2.NGAY_YL, ordered);
        return record;
    }

    private static async Task<Guid> IngestAsync(World w, RecordBuilder record) => (await w.IngestAsync(A.Package(record))).Records.Single().RecordId!.Value;

    private static async Task<bool> HasAsync(World w, Guid id) => (await w.DetailAsync(id)).Findings.Any(f => f.Rule == Rule);

    private static async Task RunAsync(World w)
    {
        RejudgeProgress run = await w.Get<Rejudge>().StartAsync(w.Officer, new RejudgeSelection { IncludeSent = true }, default);
        await w.Get<Rejudge>().RunAsync(w.Officer, run.Id, null, default);
    }
}

public sealed class ClaimedQuantityOnSqliteTests() : ClaimedQuantityTests(Db.Sqlite);

public sealed class ClaimedQuantityOnPostgresTests() : ClaimedQuantityTests(Db.Postgres);
