using System.Text.Json;
using LienThong.Cli.Tests.Support;

namespace LienThong.Cli.Tests;

/// <summary><c>catalog</c> and <c>validate --catalog</c>.</summary>
public sealed class CatalogTests : IDisposable
{
    private const string Header = "MA_KHOA,TEN_KHOA,TU_NGAY,DEN_NGAY,MA_CSKCB\n";
    private readonly Folder folder = new();

    private string Data => folder.At("data");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Import_diff_show_and_undo_work_on_one_list()
    {
        string first = folder.Write("01_DM.csv", Header + "K01,Khám,20260101,,99001\nK03,Nội,20260101,,99001\n");
        string second = folder.Write("01_DM_moi.csv", Header + "K01,Khám,20260101,,99001\nK03,Nội tổng hợp,20260101,,99001\n");

        Assert.Equal(0, (await Command.RunAsync("catalog", "import", first, "--data", Data, "--facility", "99001")).Exit);
        Outcome trial = await Command.RunAsync("catalog", "import", second, "--data", Data, "--facility", "99001", "--dry-run", "--output", "json");
        Outcome applied = await Command.RunAsync("catalog", "import", second, "--data", Data, "--facility", "99001");
        Outcome diff = await Command.RunAsync("catalog", "diff", "--data", Data, "--facility", "99001", "--kind", "dept_facility", "--output", "json");
        Outcome undo = await Command.RunAsync("catalog", "undo", "--data", Data, "--facility", "99001", "--kind", "dept_facility", "--reason", "nhầm");
        Outcome show = await Command.RunAsync("catalog", "show", "K03", "--data", Data, "--facility", "99001", "--kind", "dept_facility", "--day", "2026-07-01", "--output", "json");

        JsonElement list = trial.Json.GetProperty("files")[0].GetProperty("lists")[0];
        Assert.Equal((1, JsonValueKind.Null), (list.GetProperty("changed").GetInt32(), list.GetProperty("edition").ValueKind));
        Assert.Contains("phiên bản 2", applied.Out, StringComparison.Ordinal);
        JsonElement cell = diff.Json.GetProperty("changes")[0].GetProperty("cells")[0];
        Assert.Equal(("TEN_KHOA", "Nội", "Nội tổng hợp"), (cell.GetProperty("column").GetString(), cell.GetProperty("old").GetString(), cell.GetProperty("new").GetString()));
        Assert.Equal(0, undo.Exit);
        Assert.Equal("Nội", show.Json.GetProperty("entries")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Days_and_completeness_are_set_by_hand()
    {
        string file = folder.Write("01_DM.csv", Header + "K01,Khám,20260101,,99001\n");
        await Command.RunAsync("catalog", "import", file, "--data", Data, "--facility", "99001");
        string[] which = ["--data", Data, "--facility", "99001", "--kind", "dept_facility", "--reason", "thử"];

        Outcome set = await Command.RunAsync(["catalog", "set", .. which, "--covers-from", "2026-07-01", "--incomplete"]);
        Outcome both = await Command.RunAsync(["catalog", "set", .. which, "--complete", "--incomplete"]);
        Outcome nothing = await Command.RunAsync(["catalog", "set", .. which]);

        Assert.Equal(0, set.Exit);
        Assert.Contains("phiên bản 2, từ 01/07/2026, chưa đủ mã", set.Out, StringComparison.Ordinal);
        Assert.Equal((2, 2), (both.Exit, nothing.Exit));
    }

    [Fact]
    public async Task Answers_of_the_portal_are_recorded_and_rows_written_out()
    {
        string file = folder.Write("01_DM.csv", Header + "K01,Khám,20260101,,99001\nK03,Nội,20260101,20260630,99001\n");
        await Command.RunAsync("catalog", "import", file, "--data", Data, "--facility", "99001");
        string[] which = ["--data", Data, "--facility", "99001", "--kind", "dept_facility"];

        Outcome accept = await Command.RunAsync(["catalog", "accept", "K01", .. which, "--on", "2026-07-05", "--reason", "TB 7"]);
        Outcome unknown = await Command.RunAsync(["catalog", "accept", "K77", .. which, "--reason", "TB 7"]);
        Outcome vague = await Command.RunAsync(["catalog", "accept", .. which, "--reason", "TB 7"]);
        Outcome export = await Command.RunAsync(["catalog", "export", .. which, "--day", "2026-07-01", "--to", folder.At("khoa.csv")]);

        Assert.Equal((0, 1, 2, 0), (accept.Exit, unknown.Exit, vague.Exit, export.Exit));
        Assert.Contains("phiên bản 2, 1 dòng ghi Cổng chấp nhận", accept.Out, StringComparison.Ordinal);
        string[] lines = await File.ReadAllLinesAsync(folder.At("khoa.csv"));
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("K01,Khám,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",20260101,,1,20260705,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_row_is_told_with_its_place_and_is_1()
    {
        string file = folder.Write("01_DM.csv", Header + "K01,Khám,01/13/2026,,99001\nK03,Nội,20260101,,99001\n");

        Outcome outcome = await Command.RunAsync("catalog", "import", file, "--data", Data, "--facility", "99001");

        Assert.Equal(1, outcome.Exit);
        Assert.Contains("dòng 2, cột TU_NGAY «01/13/2026»", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("thêm 1", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_kind_is_2_and_a_missing_file_is_3()
    {
        Assert.Equal(2, (await Command.RunAsync("catalog", "import", "x.csv", "--data", Data, "--kind", "khong-co")).Exit);
        Assert.Equal(3, (await Command.RunAsync("catalog", "import", folder.At("khong-co.csv"), "--data", Data)).Exit);
    }

    [Fact]
    public async Task Validate_judges_by_lists_from_files_and_from_a_data_folder()
    {
        string record = folder.Write("hs.xml", Made.Good());
        string list = folder.Write("dm/01_DM.csv", Header + "K99,Khoa khác,20200101,,99001\n");
        await Command.RunAsync("catalog", "import", list, "--data", Data, "--facility", "99001");

        Outcome without = await Command.RunAsync("validate", record, "--as-of", Made.AsOf);
        Outcome files = await Command.RunAsync("validate", record, "--as-of", Made.AsOf, "--catalog", folder.At("dm"));
        Outcome store = await Command.RunAsync("validate", record, "--as-of", Made.AsOf, "--data", Data, "--facility", "99001");

        Assert.DoesNotContain("CAT-KHOA-002", without.Out, StringComparison.Ordinal);
        Assert.Contains("CAT-KHOA-002", files.Out, StringComparison.Ordinal);
        Assert.Contains("CAT-KHOA-002", store.Out, StringComparison.Ordinal);
    }
}
