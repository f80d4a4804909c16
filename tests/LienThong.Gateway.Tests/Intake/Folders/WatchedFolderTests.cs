using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Intake.Folders;
using LienThong.Gateway.Intake.Mapping;
using LienThong.Gateway.Intake.Visits;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Intake.Folders;

public abstract class WatchedFolderTests(Db db)
{
    [Fact]
    public async Task A_file_is_taken_once_nobody_writes_it_any_more()
    {
        await using Drop d = await Drop.CreateAsync(db, FolderKind.Packages);
        byte[] package = A.Many(3);
        await File.WriteAllBytesAsync(d.At("goi.xml"), package[..1000]);
        await d.LookAsync(2);
        await using (FileStream rest = new(d.At("goi.xml"), FileMode.Append))
            await rest.WriteAsync(package.AsMemory(1000));

        Assert.Equal(0, await d.LookAsync(2));
        Assert.Equal(1, await d.LookAsync(1));

        Assert.Equal(["goi.xml", "goi.xml.report.json", "goi.xml.report.txt"], d.Names("done"));
        Assert.Equal(package, await File.ReadAllBytesAsync(d.At("done/goi.xml")));
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllBytesAsync(d.At("done/goi.xml.report.json")));
        Assert.Equal(("Complete", 3), (report.RootElement.GetProperty("outcome").GetString(), report.RootElement.GetProperty("stored").GetInt32()));
        Assert.Contains("Đã nhận đủ", await File.ReadAllTextAsync(d.At("done/goi.xml.report.txt")), StringComparison.Ordinal);
        Assert.Empty(d.Names("processing"));
        await d.World.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Unfinished_hidden_linked_and_foreign_files_stay_where_they_are()
    {
        await using Drop d = await Drop.CreateAsync(db, FolderKind.Packages);
        string outside = Path.Combine(d.World.Folder, "outside.xml");
        await File.WriteAllBytesAsync(outside, A.Many(1));
        foreach (string name in (string[])["a.xml.part", "b.xml.tmp", ".c.xml", "~$d.xml", "e.pdf"])
            await File.WriteAllBytesAsync(d.At(name), A.Many(1));
        File.CreateSymbolicLink(d.At("link.xml"), outside);

        Assert.Equal(0, await d.LookAsync(5));

        File.Move(d.At("a.xml.part"), d.At("a.xml"));
        Assert.Equal(1, await d.LookAsync(3));
    }

    [Fact]
    public async Task A_ready_mark_beside_it_makes_a_file_ready_at_once()
    {
        await using Drop d = await Drop.CreateAsync(db, FolderKind.Visits);
        await File.WriteAllTextAsync(d.At("luot.json"), A.Visit("LK1"));
        await File.WriteAllTextAsync(d.At("luot.json.ready"), "");

        Assert.Equal(1, await d.LookAsync(1));

        Assert.False(File.Exists(d.At("luot.json.ready")));
        Assert.True(File.Exists(d.At("done/luot.json")));
    }

    [Fact]
    public async Task Good_visits_go_through_and_the_report_beside_the_file_names_line_column_and_remedy_of_the_others()
    {
        await using Drop d = await Drop.CreateAsync(db, FolderKind.Visits);
        await File.WriteAllTextAsync(d.At("luot.ndjson"), A.Visit("LK1") + "\n" + A.Visit("LK2", "\"NGAY_MIEN_CCT\":\"hôm qua\",") + "\n" + A.Visit("LK3", facility: "99002"));

        await d.LookAsync(3);

        string text = await File.ReadAllTextAsync(d.At("failed/luot.ndjson.report.txt"));
        Assert.Contains("LK2: dòng ", text, StringComparison.Ordinal);
        Assert.Contains("cột NGAY_MIEN_CCT", text, StringComparison.Ordinal);
        Assert.Contains("LK3: ", text, StringComparison.Ordinal);
        FolderFile file = Assert.Single(await d.Desk.FilesAsync(d.World.Officer, d.Id, 10, default));
        Assert.Equal((IntakeOutcome.Partial, "Done"), (file.Outcome!.Value, file.State));
        Assert.Equal(1, (await d.World.Get<Ledgers>().FindAsync(d.World.Officer, file.FileId, default))!.Stored);
    }

    [Fact]
    public async Task The_same_content_again_is_only_reported_and_names_that_clash_get_a_number()
    {
        await using Drop d = await Drop.CreateAsync(db, FolderKind.Visits);
        foreach (string content in (string[])[A.Visit("LK1"), A.Visit("LK1"), A.Visit("LK2")])
        {
            await File.WriteAllTextAsync(d.At("luot.json"), content);
            await d.LookAsync(3);
            d.World.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["luot-2.json", "luot-3.json", "luot.json"], d.Names("done").Where(n => !n.Contains(".report.", StringComparison.Ordinal)));
        Assert.Contains("đã nhận trước đó", await File.ReadAllTextAsync(d.At("done/luot-2.json.report.txt")), StringComparison.Ordinal);
        Assert.Equal([IntakeOutcome.Complete, IntakeOutcome.Duplicate, IntakeOutcome.Complete], (await d.Desk.FilesAsync(d.World.Officer, d.Id, 10, default)).Select(f => f.Outcome!.Value));
    }

    [Theory]
    [InlineData("folder.renamed")]
    [InlineData("intake.before-commit")]
    [InlineData("intake.after-commit")]
    [InlineData("folder.decided")]
    [InlineData("folder.reported")]
    [InlineData("folder.moved")]
    public async Task A_crash_at_any_moment_is_gone_on_from(string point)
    {
        await using Drop d = await Drop.CreateAsync(db, FolderKind.Visits);
        await File.WriteAllTextAsync(d.At("luot.json"), A.Visit("LK1") + A.Visit("LK2"));
        bool struck = false;
        d.World.Faults.On = p =>
        {
            if (p == point && !struck)
            {
                struck = true;
                throw new PowerCut();
            }
        };
        await Assert.ThrowsAsync<PowerCut>(() => d.LookAsync(3));
        await d.World.RestartAsync();
        d.World.Time.Advance(TimeSpan.FromMinutes(2));

        await d.LookAsync(1);

        Assert.Equal(["luot.json", "luot.json.report.json", "luot.json.report.txt"], d.Names("done"));
        Assert.Empty(d.Names("processing"));
        Assert.Contains("tìm thấy 2, lưu 2", await File.ReadAllTextAsync(d.At("done/luot.json.report.txt")), StringComparison.Ordinal);
        Assert.Equal("Done", Assert.Single(await d.Desk.FilesAsync(d.World.Officer, d.Id, 10, default)).State);
        Assert.Equal(2, (await d.World.Queries.CountAsync(d.World.Officer, default)).Values.Sum());
        await d.World.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Several_nodes_share_a_folder_without_taking_a_file_twice()
    {
        await using Drop d = await Drop.CreateAsync(db, FolderKind.Visits);
        for (int i = 0; i < 20; i++)
            await File.WriteAllTextAsync(d.At($"luot{i:D2}.json"), A.Visit($"LK{i:D2}"));
        FolderWatch other = d.World.AnotherWatch();
        for (int i = 0; i < 2; i++)
            await Task.WhenAll(d.LookAsync(1), other.LookAsync(default));

        int[] taken = await Task.WhenAll(Task.Run(() => d.LookAsync(1)), Task.Run(() => other.LookAsync(default)));

        Assert.Equal(20, taken.Sum());
        Assert.Equal(60, d.Names("done").Count);
        Assert.Equal(20, (await d.Desk.FilesAsync(d.World.Officer, d.Id, 100, default)).Count(f => f is { State: "Done", Outcome: IntakeOutcome.Complete }));
    }

    [Fact]
    public async Task A_sub_folder_of_CSV_files_is_one_extract_read_by_the_folders_mapping_and_its_values_are_traced_to_line_and_column()
    {
        await using Drop d = await Drop.CreateAsync(db, FolderKind.Csv);
        const string Mapping = """
            model: lienthong-visit/1
            key: "MaLuot"
            sources:
              "luot.csv":
                visit:
                  MA_LOAI_KCB: { constant: "01" }
                  MA_DOITUONG_KCB: { constant: "1" }
                  NGAY_VAO: "Vào"
                  NGAY_RA: "Ra"
                  NGAY_TTOAN: "Trả tiền"
                  LY_DO_VV: "Lý do"
                patient:
                  MA_BN: "Bệnh nhân"
                  HO_TEN: "Họ tên"
            """;
        Assert.True((await d.World.Get<MappingDesk>().SaveAsync(d.World.Officer, A.Facility, "his", Mapping, "bản đầu", default)).Done);
        Assert.True((await d.Desk.SaveAsync(d.World.Officer, d.Id, new FolderDraft(A.Facility, "HIS", d.Folder, FolderKind.Csv, "his", true), default)).Done);
        Directory.CreateDirectory(d.At("ngay-1"));
        await File.WriteAllTextAsync(d.At("ngay-1/luot.csv"), """
            MaLuot,Vào,Ra,Trả tiền,Lý do,Bệnh nhân,Họ tên
            CSV1,202607030800,202607031500,202607031505,Đau đầu,BN1,Nguyễn Thị Thử
            CSV2,hôm qua,202607031500,202607031505,Đau đầu,BN2,Trần Văn Thử
            """);

        Assert.Equal(1, await d.LookAsync(3));

        string report = await File.ReadAllTextAsync(d.At("failed/ngay-1.report.txt"));
        Assert.Contains("CSV2: luot.csv, dòng 3, cột Vào", report, StringComparison.Ordinal);
        Assert.True(File.Exists(d.At("failed/ngay-1/luot.csv")));
        FolderFile file = Assert.Single(await d.Desk.FilesAsync(d.World.Officer, d.Id, 10, default));
        IntakeReport ledger = (await d.World.Get<Ledgers>().FindAsync(d.World.Officer, file.FileId, default))!;
        Assert.Equal((2, 1, 1), (ledger.Found, ledger.Built, ledger.Stored));
        TracedRecord traced = (await d.World.Get<RecordTraces>().FindAsync(d.World.Officer, ledger.Records.Single(r => r.MaLk == "CSV1").RecordId!.Value, new TraceFilter("XML1", 1, "LY_DO_VV"), default))!;
        TracedSource source = Assert.Single(Assert.Single(traced.Cells).Sources);
        Assert.Equal(("luot.csv", 2L, "Lý do", "Đau đầu"), (source.File, source.Line, source.Column, source.Value));
    }

    [Fact]
    public async Task A_file_over_the_limit_goes_to_failed_with_its_reason()
    {
        await using Drop d = await Drop.CreateAsync(db, FolderKind.Packages, new IntakeOptions { MaxFileBytes = 100 });
        await File.WriteAllBytesAsync(d.At("to.xml"), A.Many(2));

        await d.LookAsync(3);

        Assert.Contains("lớn hơn", await File.ReadAllTextAsync(d.At("failed/to.xml.report.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_away_is_told_and_tried_less_and_less_often_until_it_is_back()
    {
        await using Drop d = await Drop.CreateAsync(db, FolderKind.Packages);
        Directory.Move(d.Folder, d.Folder + "-away");

        await d.LookAsync(1);

        WatchedFolder failing = Assert.Single(await d.Desk.ListAsync(d.World.Officer, default));
        Assert.Contains("Không thấy thư mục", failing.Failure, StringComparison.Ordinal);
        Assert.Equal(1, await d.World.Get<WatchedFolderStore>().CountFailingAsync(default));
        Assert.False(Directory.Exists(d.Folder));
        Directory.Move(d.Folder + "-away", d.Folder);
        await d.LookAsync(1);
        Assert.NotNull((await d.Desk.ListAsync(d.World.Officer, default))[0].Failure);
        d.World.Time.Advance(TimeSpan.FromMinutes(6));
        await d.LookAsync(1);
        Assert.Null((await d.Desk.ListAsync(d.World.Officer, default))[0].Failure);
    }

    [Fact]
    public async Task Settings_are_refused_where_they_would_do_harm_and_told_to_the_audit()
    {
        await using Drop d = await Drop.CreateAsync(db, FolderKind.Packages);
        Caller own = d.World.Officer with { Scope = FacilityScope.Only(A.Facility) };
        async Task<FolderChange> SaveAsync(Caller by, string path, string facility = A.Facility) =>
            await d.Desk.SaveAsync(by, null, new FolderDraft(facility, "HIS", path, FolderKind.Packages, "", true), default);

        Assert.False((await SaveAsync(own, "relative")).Done);
        Assert.False((await SaveAsync(own, Path.GetPathRoot(d.Folder)!)).Done);
        Assert.False((await SaveAsync(own, Path.Combine(d.World.Folder, "archive"))).Done);
        Assert.False((await SaveAsync(own, d.Folder)).Done);
        Assert.False((await SaveAsync(own, Path.Combine(d.Folder, "done"))).Done);
        Assert.False((await SaveAsync(own, d.Folder + "-khac", "99002")).Done);
        Assert.False((await SaveAsync(own with { Permissions = new HashSet<string> { Permissions.Ingest } }, d.Folder + "-khac")).Done);
        FolderChange test = await d.Desk.TestAsync(own, d.Id, default);
        Assert.True(test.Done, test.Message);
        Assert.True((await d.Desk.RemoveAsync(own, d.Id, default)).Done);
        Assert.Equal(["folder.added", "folder.removed"], await d.World.Database.QueryUnscopedAsync<string>(
            "SELECT action FROM audit_entry WHERE action LIKE 'folder.%' ORDER BY sequence", null, default));
    }

    private sealed class PowerCut : Exception;

    /// <summary>A world with one watched folder.</summary>
    private sealed class Drop(World world, string folder) : IAsyncDisposable
    {
        public World World => world;
        public string Folder => folder;
        public Guid Id { get; private set; }
        public FolderDesk Desk => world.Get<FolderDesk>();

        public static async Task<Drop> CreateAsync(Db db, FolderKind kind, IntakeOptions? limits = null)
        {
            World world = await World.CreateAsync(db, intake: limits);
            Drop drop = new(world, Directory.CreateTempSubdirectory("lienthong-drop-").FullName);
            FolderChange added = await drop.Desk.SaveAsync(world.Officer, null, new FolderDraft(A.Facility, "HIS", drop.Folder, kind, "", true), default);
            Assert.True(added.Done, added.Message);
            drop.Id = added.Id!.Value;
            return drop;
        }

        public string At(string name) => Path.Combine(folder, name);

        public IReadOnlyList<string> Names(string place) => [.. Directory.EnumerateFileSystemEntries(At(place)).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

        public async Task<int> LookAsync(int times)
        {
            int taken = 0;
            for (int i = 0; i < times; i++)
                taken += await world.Get<FolderWatch>().LookAsync(default);
            return taken;
        }

        public async ValueTask DisposeAsync()
        {
            await world.DisposeAsync();
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}

public sealed class WatchedFolderOnSqliteTests() : WatchedFolderTests(Db.Sqlite);

public sealed class WatchedFolderOnPostgresTests() : WatchedFolderTests(Db.Postgres);
