using LienThong.Cli.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LienThong.Cli.Tests;

/// <summary><c>pull</c> from a hospital's database in a SQLite file.</summary>
public sealed class PullTests : IDisposable
{
    private const string Plan = """
        pull:
          name: his
          provider: sqlite
          connection: "Data Source=HIS"
          facility: "99001"
          visits:
            query: SELECT MA_LK, moc FROM luot_kham WHERE moc > @watermark OR (moc = @watermark AND MA_LK > @key) ORDER BY moc, MA_LK LIMIT @batch
            key: MA_LK
            watermark: moc
            watermark-type: number
          queries:
            luot_kham: SELECT MA_LK, MA_CSKCB, MA_LOAI_KCB, MA_DOITUONG_KCB, NGAY_VAO, NGAY_RA, NGAY_TTOAN, MA_BN, HO_TEN, NGAY_SINH, GIOI_TINH FROM luot_kham WHERE MA_LK IN (@keys)
            kham_benh: SELECT MA_LK, '02.1896' AS MA_DICH_VU, 'Khám Nội' AS TEN_DICH_VU, 50600 AS DON_GIA_BV, NGAY_VAO AS NGAY_YL FROM luot_kham WHERE MA_LK IN (@keys)
        """;

    private readonly Folder folder = new();

    public PullTests()
    {
        Run("""
            CREATE TABLE luot_kham (MA_LK, MA_CSKCB, MA_LOAI_KCB, MA_DOITUONG_KCB, NGAY_VAO, NGAY_RA, NGAY_TTOAN, MA_BN, HO_TEN, NGAY_SINH, GIOI_TINH, moc INTEGER);
            INSERT INTO luot_kham VALUES
              ('LK1', '99001', '01', '9', '2026-07-03 08:00', '2026-07-03 10:00', '2026-07-03 10:05', 'BN1', 'Trần Thử', '1980-02-03', '1', 1),
              ('LK2', '99001', '01', '9', '2026-07-03 08:00', '2026-07-03 10:00', '2026-07-03 10:05', 'BN2', 'Lê Thử', '1980-02-03', '2', 2),
              ('LK3', '99001', '01', '9', 'hôm qua', '2026-07-03 10:00', '2026-07-03 10:05', 'BN3', 'Ngô Thử', '1980-02-03', '2', 3);
            """);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_dry_run_tells_what_would_be_taken_and_keeps_nothing()
    {
        Outcome text = await Command.RunAsync("pull", File(), "--dry-run");
        Outcome from = await Command.RunAsync("pull", File(), "--dry-run", "--from", "2", "--output", "json");

        Assert.Equal(1, text.Exit);
        Assert.Contains("lấy  LK1", text.Out, StringComparison.Ordinal);
        Assert.Contains("luot_kham dòng 3, cột NGAY_VAO", text.Out, StringComparison.Ordinal);
        Assert.Contains("sẽ lấy 2 lượt khám, 1 có lỗi", text.Out, StringComparison.Ordinal);
        Assert.Equal(2, from.Json.GetProperty("visits").GetInt32());
        Assert.Equal(["LK2", "LK3"], from.Json.GetProperty("taken").EnumerateArray().Select(t => t.GetProperty("key").GetString()));
        Assert.Equal(["his.db", "his.yaml"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Visits_are_stored_once_and_refused_ones_again_when_mended()
    {
        Outcome first = await Command.RunAsync("pull", File(), "--data", folder.At("data"), "--once", "--output", "json");
        Run("UPDATE luot_kham SET NGAY_VAO = '2026-07-03 08:00', moc = 4 WHERE MA_LK = 'LK3'");
        Outcome second = await Command.RunAsync("pull", File(), "--data", folder.At("data"), "--once", "--output", "json");
        Outcome status = await Command.RunAsync("status", "--data", folder.At("data"), "--output", "json");

        Assert.Equal((1, 2, 1), (first.Exit, Number(first, "stored"), Number(first, "refused")));
        Assert.Contains("NGAY_VAO", first.Json.GetProperty("refusals")[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 1, 0), (second.Exit, Number(second, "stored"), Number(second, "refused")));
        Assert.Equal("4", second.Json.GetProperty("watermark").GetString());
        Assert.Equal(["LK1", "LK2", "LK3"], status.Json.GetProperty("records").EnumerateArray().Select(r => r.GetProperty("maLk").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Mistakes_and_sources_that_are_down_have_their_exit_codes()
    {
        Outcome mistake = await Command.RunAsync("pull", folder.Write("sai.yaml", Plan.Replace("watermark: moc", "watermar: moc", StringComparison.Ordinal)), "--dry-run");
        Outcome down = await Command.RunAsync("pull", folder.Write("mat.yaml", Plan.Replace("HIS", "/khong/co.db", StringComparison.Ordinal)), "--dry-run");

        Assert.Equal(1, mistake.Exit);
        Assert.Contains("dòng 9, cột", mistake.Error, StringComparison.Ordinal);
        Assert.Equal(3, down.Exit);
        Assert.Contains("Không có tệp SQLite", down.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await Command.RunAsync("pull", folder.At("khong-co.yaml"), "--dry-run")).Exit);
        Assert.Equal(2, (await Command.RunAsync("pull", File(), "--once")).Exit);
    }

    private static int Number(Outcome outcome, string name) => outcome.Json.GetProperty(name).GetInt32();

    private string File() => folder.Write("his.yaml", Plan.Replace("HIS", folder.At("his.db"), StringComparison.Ordinal));

    private void Run(string sql)
    {
        using SqliteConnection connection = new($"Data Source={folder.At("his.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
