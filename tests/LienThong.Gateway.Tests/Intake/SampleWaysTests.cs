using System.Text;
using LienThong.Extracts;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Intake.Folders;
using LienThong.Gateway.Intake.Pull;
using LienThong.Gateway.Intake.Tables;
using LienThong.Gateway.Tests.Intake.Pull;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Intake;

/// <summary>samples/extract through every way in: what is archived is the same, byte for byte.</summary>
public sealed class SampleWaysTests
{
    private static readonly string Samples = Repository.At("samples", "extract");

    public static TheoryData<FolderKind> Folders => [FolderKind.Visits, FolderKind.Csv, FolderKind.Workbook];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_watched_folder_brings_the_records_that_REST_brings(FolderKind kind)
    {
        await using World w = await CreateAsync();
        string folder = Directory.CreateTempSubdirectory("lienthong-drop-").FullName;
        FolderChange added = await w.Get<FolderDesk>().SaveAsync(w.Officer, null, new FolderDraft(A.Facility, "HIS", folder, kind, "", true), default);
        Assert.True(added.Done, added.Message);
        if (kind == FolderKind.Visits)
        {
            File.Copy(Path.Combine(Samples, "visits.json"), Path.Combine(folder, "luot.json"));
            await File.WriteAllTextAsync(Path.Combine(folder, "luot.json.ready"), "");
        }
        else if (kind == FolderKind.Workbook)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "mau.xlsx"), Workbook());
            await File.WriteAllTextAsync(Path.Combine(folder, "mau.xlsx.ready"), "");
        }
        else
        {
            string extract = Directory.CreateDirectory(Path.Combine(folder, "thang7")).FullName;
            foreach (string file in CsvFiles()) File.Copy(file, Path.Combine(extract, Path.GetFileName(file)));
            await File.WriteAllTextAsync(Path.Combine(folder, "thang7.ready"), "");
        }

        Assert.Equal(1, await w.Get<FolderWatch>().LookAsync(default));

        await AssertAsByRestAsync(w);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_database_that_is_read_brings_the_records_that_REST_brings()
    {
        await using World w = await CreateAsync();
        string his = Path.Combine(w.Folder, "his.db");
        var queries = new StringBuilder();
        foreach (string file in CsvFiles())
        {
            string table = Path.GetFileNameWithoutExtension(file);
            using var rows = new CsvRows(table, File.OpenRead(file), ExtractLimits.Default, null);
            var sql = new StringBuilder($"CREATE TABLE {table} ({string.Join(',', rows.Columns.Select(c => $"\"{c}\" TEXT"))});\n");
            while (rows.Read()) sql.AppendLine($"INSERT INTO {table} VALUES ({string.Join(',', Enumerable.Range(0, rows.Columns.Count).Select(i => $"'{rows[i].Replace("'", "''", StringComparison.Ordinal)}'"))});");
            Hospital.RunSqlite(his, sql.ToString());
            queries.AppendLine($"    {table}: SELECT * FROM {table} WHERE MA_LK IN (@keys) ORDER BY rowid");
        }

        PullPlanLoad plan = PullPlanLoad.Read($"""
            pull:
              name: mau
              provider: sqlite
              connection: "Data Source={his}"
              facility: "99001"
              pause: 0s
              visits:
                query: SELECT MA_LK, NGAY_VAO FROM luot_kham WHERE NGAY_VAO > @watermark OR (NGAY_VAO = @watermark AND MA_LK > @key) ORDER BY NGAY_VAO, MA_LK LIMIT @batch
                key: MA_LK
                watermark: NGAY_VAO
                watermark-type: text
              queries:
            {queries}
            """);
        Assert.Empty(plan.Errors);

        PullOutcome outcome = (await w.Get<PullDesk>().RunAsync(plan, new PullRunRequest("t"), null, default))!;

        Assert.Null(outcome.Error);
        await AssertAsByRestAsync(w);
    }

    [Fact]
    public async Task Packages_made_of_them_bring_the_records_that_REST_brings()
    {
        await using World rest = await ByRestAsync();
        await using World w = await CreateAsync();
        foreach (byte[] package in (await RecordsAsync(rest)).Values) await w.IngestAsync(package);

        Assert.Equal(await RecordsAsync(rest), await RecordsAsync(w));
    }

    private static async Task AssertAsByRestAsync(World w)
    {
        await using World rest = await ByRestAsync();
        SortedDictionary<string, byte[]> expected = await RecordsAsync(rest);
        Assert.Equal(3, expected.Count);
        Assert.Equal(expected, await RecordsAsync(w));
        await w.AssertInvariantsAsync();
    }

    private static async Task<World> ByRestAsync()
    {
        World w = await CreateAsync();
        await w.IngestVisitsAsync(await File.ReadAllTextAsync(Path.Combine(Samples, "visits.json")));
        return w;
    }

    private static async Task<World> CreateAsync()
    {
        World w = await World.CreateAsync(Db.Sqlite);
        w.Time.Advance(TimeSpan.FromDays(60));
        return w;
    }

    private static async Task<SortedDictionary<string, byte[]>> RecordsAsync(World w)
    {
        var records = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (StoredRecord row in await w.Database.QueryUnscopedAsync<StoredRecord>("SELECT ma_lk, content_ref FROM record_version WHERE is_current = 1", null, default))
            records.Add(row.MaLk!, await w.Archive.GetAsync(ArchiveRef.Parse(row.ContentRef!), default));
        return records;
    }

    private static string[] CsvFiles() => [.. Directory.GetFiles(Path.Combine(Samples, "csv"), "*.csv").Order(StringComparer.Ordinal)];

    private static byte[] Workbook() => ExcelTablesTests.Book(ExtractFiles.Tables(Path.Combine(Samples, "csv")));

    private sealed class StoredRecord
    {
        public string? MaLk { get; init; }
        public string? ContentRef { get; init; }
    }
}
