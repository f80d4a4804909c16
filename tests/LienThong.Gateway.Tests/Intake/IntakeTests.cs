using System.Text;
using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Intake;

public abstract class IntakeTests(Db db)
{
    [Fact]
    public async Task Ledger_adds_up_and_every_record_is_stored_with_its_verdict()
    {
        await using World w = await World.CreateAsync(db);

        IntakeReport report = await w.IngestAsync(A.Package(A.Patient("LK1"), A.Patient("LK2", "BLOCK"), A.Patient("LK3", "WARN")));

        Assert.Equal(IntakeOutcome.Complete, report.Outcome);
        Assert.Equal((3, 3, 3, 0, 0, 1), (report.Declared, report.Found, report.Stored, report.Duplicates, report.Refused, report.Blocked));
        Assert.Equal([RecordState.Ready, RecordState.Invalid, RecordState.Ready], report.Records.Select(r => r.State!.Value));
        RecordDetail blocked = await w.DetailAsync(report.Records[1].RecordId!.Value);
        StoredFinding finding = Assert.Single(blocked.Findings);
        Assert.Equal(("TEST-001", "XML1", 1, "LY_DO_VV", "BLOCK"), (finding.Rule, finding.Table, finding.Row, finding.Field, finding.Value));
        Assert.Equal((150000.125m, 120000m), (blocked.Current.TotalCost, blocked.Current.FundPays));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Same_file_again_stores_nothing_and_names_the_records()
    {
        await using World w = await World.CreateAsync(db);
        IntakeReport first = await w.IngestAsync(A.Many(3));

        IntakeReport second = await w.IngestAsync(A.Many(3), "khac.xml");

        Assert.Equal(IntakeOutcome.Duplicate, second.Outcome);
        Assert.Equal(0, second.Stored);
        Assert.Equal(first.Records.Select(r => r.RecordId), second.Records.Select(r => r.RecordId));
    }

    [Fact]
    public async Task Same_record_in_another_file_makes_no_version()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");

        IntakeReport report = await w.IngestAsync(A.Package(A.Patient("LK2"), A.Patient("LK1")));

        Assert.Equal([IntakeVerdict.New, IntakeVerdict.Same], report.Records.Select(r => r.Verdict));
        Assert.Single((await w.DetailAsync(id)).Versions);
    }

    [Fact]
    public async Task Changed_record_supersedes_the_version_before_it()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await w.DrainAsync();

        IntakeReport report = await w.IngestAsync(A.Package(A.Patient("LK1", "Sốt cao")));

        Assert.Equal(IntakeVerdict.NewVersion, report.Records.Single().Verdict);
        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal([(2, RecordState.Ready), (1, RecordState.Superseded)], detail.Versions.Select(v => (v.Version, v.State)));
        Assert.Equal("HIS gửi lại hồ sơ đã thay đổi", detail.Versions[0].Reason);
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        Assert.Equal(2, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Record_that_comes_twice_in_one_file_ends_as_its_last_version()
    {
        await using World w = await World.CreateAsync(db);

        IntakeReport report = await w.IngestAsync(A.Package(A.Patient("LK1", "một"), A.Patient("LK1", "hai"), A.Patient("LK1", "hai")));

        Assert.Equal([IntakeVerdict.New, IntakeVerdict.NewVersion, IntakeVerdict.Same], report.Records.Select(r => r.Verdict));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Version_without_the_officers_correction_waits_for_a_person()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "sai");
        Assert.IsType<ChangeResult.Done>(await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML1", 1, "LY_DO_VV", "đúng")], "cost correction", default));

        IntakeRecord conflict = (await w.IngestAsync(A.Package(A.Patient("LK1", "sai").Set(Standard.Xml1.HO_TEN, "Trần Văn Khác")))).Records.Single();

        Assert.Equal((IntakeVerdict.Waiting, RecordState.Held), (conflict.Verdict, conflict.State));
        Assert.Contains("XML1[1].LY_DO_VV", conflict.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await w.DetailAsync(id)).Current.Version);
        await w.AssertInvariantsAsync();

        ChangeResult.Done chosen = Assert.IsType<ChangeResult.Done>(await w.Actions.ReleaseAsync(w.Officer, id, null, default));

        Assert.Equal((3, RecordState.Ready), (chosen.Version, chosen.State));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Officer_may_keep_the_correction_against_the_HIS()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "sai");
        await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML1", 1, "LY_DO_VV", "đúng")], "sửa", default);
        await w.IngestAsync(A.Package(A.Patient("LK1", "sai").Set(Standard.Xml1.HO_TEN, "Trần Văn Khác")));

        Assert.IsType<ChangeResult.Done>(await w.Actions.KeepCorrectionAsync(w.Officer, id, default));

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal(2, detail.Current.Version);
        Assert.Equal(RecordState.Superseded, detail.Versions.Single(v => v.Version == 3).State);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Version_with_the_correction_takes_its_place_at_once()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1", "sai");
        await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML1", 1, "LY_DO_VV", "đúng")], "sửa", default);

        IntakeReport report = await w.IngestAsync(A.Package(A.Patient("LK1", "đúng").Set(Standard.Xml1.HO_TEN, "Trần Văn Khác")));

        Assert.Equal(IntakeVerdict.NewVersion, report.Records.Single().Verdict);
        Assert.Equal(3, (await w.DetailAsync(id)).Current.Version);
    }

    [Fact]
    public async Task File_that_breaks_off_delivers_its_good_records_and_can_come_again()
    {
        await using World w = await World.CreateAsync(db);
        byte[] whole = A.Many(120);

        IntakeReport torn = await w.IngestAsync(whole[..(whole.Length * 2 / 3)]);

        Assert.NotEqual(IntakeOutcome.Complete, torn.Outcome);
        Assert.InRange(torn.Stored, 60, 90);
        Assert.NotEmpty(torn.Problems);
        IntakeReport again = await w.IngestAsync(whole);
        Assert.Equal(120, again.Stored + again.Duplicates);
        Assert.True(again.Duplicates >= 60);
        await w.AssertInvariantsAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("không phải XML")]
    [InlineData("<GIAMDINHHS></GIAMDINHHS>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><GIAMDINHHS>&a;</GIAMDINHHS>")]
    public async Task Hostile_or_empty_file_is_refused_with_a_reason(string text)
    {
        await using World w = await World.CreateAsync(db);

        IntakeReport report = await w.IngestAsync(Encoding.UTF8.GetBytes(text));

        Assert.Equal(IntakeOutcome.Refused, report.Outcome);
        Assert.Equal(0, report.Found);
        Assert.Empty((await w.Queries.ListAsync(w.Officer, new RecordFilter(), new PageRequest(), default)).Items);
    }

    [Fact]
    public async Task Records_of_a_facility_out_of_scope_are_refused_and_its_neighbours_stored()
    {
        await using World w = await World.CreateAsync(db);
        await w.AddFacilityAsync("99002");
        Caller narrow = w.Officer with { Scope = FacilityScope.Only("99002") };
        byte[] mixed = A.Package(A.Patient("LK1"), A.Patient("LK2").Set(Standard.Xml1.MA_CSKCB, "99002"), A.Patient("LK3").Set(Standard.Xml1.MA_CSKCB, "77777"));

        IntakeReport report = await w.IngestAsync(mixed, by: narrow);

        Assert.Equal([IntakeVerdict.Refused, IntakeVerdict.New, IntakeVerdict.Refused], report.Records.Select(r => r.Verdict));
        Assert.Equal(IntakeOutcome.Partial, report.Outcome);
    }

    [Fact]
    public async Task File_larger_than_allowed_is_refused()
    {
        await using World w = await World.CreateAsync(db);
        using MemoryStream stream = new(A.Many(20));

        IntakeReport report = await w.Intake.IngestAsync(stream, "to.xml", w.Officer, new IntakeOptions { MaxFileBytes = 1000 }, default);

        Assert.Equal(IntakeOutcome.Refused, report.Outcome);
        Assert.Equal("INTAKE-SIZE", Assert.Single(report.Problems).Code);
    }

    [Fact]
    public async Task Many_small_files_are_taken_in_groups_with_a_report_each()
    {
        await using World w = await World.CreateAsync(db);
        List<IntakeSource> sources = [.. Enumerable.Range(0, 130).Select(i => Source($"f{i}.xml", A.Package(A.Patient($"LK{i % 120:D4}"))))];
        sources.Insert(60, Source("hong.xml", "hỏng"u8.ToArray()));

        List<IntakeReport> reports = [];
        await foreach (IntakeReport report in w.Intake.IngestManyAsync(sources, w.Officer, null, default))
            reports.Add(report);

        Assert.Equal(sources.Select(s => s.FileName), reports.Select(r => r.FileName));
        Assert.Equal(120, reports.Sum(r => r.Stored));
        Assert.Equal(10, reports.Count(r => r.Outcome == IntakeOutcome.Duplicate));
        Assert.Equal("hong.xml", Assert.Single(reports, r => r.Outcome == IntakeOutcome.Refused).FileName);
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Files_handed_in_at_the_same_time_are_each_told_their_own_ledger()
    {
        await using World w = await World.CreateAsync(db);
        byte[][] files = [.. Enumerable.Range(0, 40).Select(i => i == 7 ? "không phải XML"u8.ToArray() : A.Package(A.Patient(i == 31 ? "LK30" : $"LK{i:D2}")))];

        IntakeReport[] reports = await Task.WhenAll(files.Select((f, i) => w.IngestAsync(f, $"{i}.xml", Caller.System(i % 2 == 0 ? "chẵn" : "lẻ"))));

        // Whichever of the two equal files is looked at first is stored; the other one is told where.
        Assert.Single(reports, r => r.Outcome == IntakeOutcome.Duplicate);
        Assert.Equal(reports[30].FileId, reports[31].FileId);
        for (int i = 0; i < files.Length; i++)
        {
            string stored = (await w.Get<Ledgers>().FindAsync(w.Officer, reports[i].FileId!.Value, default))!.FileName;
            Assert.Contains(stored, i is 30 or 31 ? ["30.xml", "31.xml"] : new[] { $"{i}.xml" });
            Assert.Equal(i == 7 ? [] : [i == 31 ? "LK30" : $"LK{i:D2}"], reports[i].Records.Select(r => r.MaLk));
        }
        Assert.Equal(IntakeOutcome.Refused, reports[7].Outcome);
        Assert.Equal(38, reports.Sum(r => r.Stored));
        List<(string MaLk, string Actor)> versions = await w.Database.QueryUnscopedAsync<(string, string)>("SELECT ma_lk, actor FROM record_version WHERE ma_lk <> 'LK30'", null, default);
        Assert.Equal(37, versions.Count);
        Assert.All(versions, v => Assert.Equal(int.Parse(v.MaLk[2..], null) % 2 == 0 ? "chẵn" : "lẻ", v.Actor));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task What_breaks_while_one_file_is_judged_is_not_its_neighbours_failure()
    {
        IntakeGathering gathering = new(
            (group, _) => group.Exists(f => f.Name == "hỏng.xml") ? throw new InvalidOperationException("hỏng") : Task.FromResult<IReadOnlyList<IntakeReport>>(group.ConvertAll(f => IntakeService.TooLarge(f.Name, 1))),
            new IntakeOptions());

        Task<IntakeReport>[] all = [.. Enumerable.Range(0, 9).Select(i => gathering.IngestAsync(i == 4 ? "hỏng.xml" : $"{i}.xml", [], Caller.System(), default))];

        await Assert.ThrowsAsync<InvalidOperationException>(() => all[4]);
        for (int i = 0; i < all.Length; i++)
            Assert.True(i == 4 || (await all[i]).FileName == $"{i}.xml");
    }

    [Theory]
    [InlineData("intake.archived")]
    [InlineData("intake.before-commit")]
    [InlineData("intake.after-commit")]
    public async Task Crash_during_intake_loses_nothing_that_was_told_and_the_file_can_come_again(string point)
    {
        await using World w = await World.CreateAsync(db);
        byte[] package = A.Many(260);
        Assert.True(package.Length > new IntakeOptions().SmallFileBytes, "Small files are stored in one transaction.");
        int passes = 0;
        w.Faults.On = p =>
        {
            if (p == point && ++passes == 2)
                throw new IOException("mất điện");
        };
        await Assert.ThrowsAsync<IOException>(() => w.IngestAsync(package));
        await w.RestartAsync();

        IntakeReport again = await w.IngestAsync(package);

        Assert.Equal(IntakeOutcome.Complete, again.Outcome);
        Assert.Equal(260, again.Stored + again.Duplicates);
        Assert.Equal(260, (await w.Queries.CountAsync(w.Officer, default)).Values.Sum());
        await w.AssertInvariantsAsync();
    }

    private static IntakeSource Source(string name, byte[] bytes) => new(name, () => new MemoryStream(bytes), bytes.Length);
}

public sealed class IntakeOnSqliteTests() : IntakeTests(Db.Sqlite);

public sealed class IntakeOnPostgresTests() : IntakeTests(Db.Postgres);
