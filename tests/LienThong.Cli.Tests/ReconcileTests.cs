using System.Text.Json;
using LienThong.Cli.Tests.Support;

namespace LienThong.Cli.Tests;

/// <summary><c>reconcile</c>.</summary>
public sealed class ReconcileTests : IDisposable
{
    private readonly Folder folder = new();

    private string Data => folder.At("data");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task List_is_shown_first_and_compared_when_applied()
    {
        await FacilityAsync();
        string list = folder.Write("ds.csv", "DANH SÁCH\nMã liên kết;Ngày ra\nX1;03/07/2026\nX2;hôm qua\n");

        Outcome preview = await Command.RunAsync("reconcile", list, "--data", Data, "--facility", "99001", "--output", "json");
        Outcome applied = await Command.RunAsync("reconcile", list, "--data", Data, "--facility", "99001", "--apply", "--output", "json");
        Outcome text = await Command.RunAsync("reconcile", list, "--data", Data, "--facility", "99001", "--apply");

        Assert.Equal(("Previewed", 1, 1), (preview.Json.GetProperty("state").GetString(), preview.Json.GetProperty("expected").GetProperty("notOurs").GetInt32(), preview.Exit));
        Assert.Equal(("Done", 1), (applied.Json.GetProperty("state").GetString(), applied.Json.GetProperty("refused").GetInt32()));
        JsonElement difference = Assert.Single(applied.Json.GetProperty("differences").EnumerateArray());
        Assert.Equal(("NotOurs", "X1", 3), (difference.GetProperty("kind").GetString(), difference.GetProperty("maLk").GetString(), difference.GetProperty("line").GetInt32()));
        Assert.Equal(("NGAY_RA", "hôm qua"), (applied.Json.GetProperty("problems")[0].GetProperty("column").GetString(), applied.Json.GetProperty("problems")[0].GetProperty("value").GetString()));
        Assert.Contains("đã áp dụng trước đây", text.Out, StringComparison.Ordinal);
        Assert.Contains("Ta không có", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_use_and_what_is_no_list_are_told()
    {
        await FacilityAsync();
        string other = folder.Write("khac.csv", "a,b\n1,2\n");

        Outcome none = await Command.RunAsync("reconcile", other, "--data", Data, "--facility", "99001", "--apply");
        Outcome kind = await Command.RunAsync("reconcile", other, "--data", Data, "--facility", "99001", "--kind", "khac");
        Outcome missing = await Command.RunAsync("reconcile", folder.At("khong-co.csv"), "--data", Data, "--facility", "99001");
        Outcome facility = await Command.RunAsync("reconcile", other, "--data", Data, "--facility", "99009");

        Assert.Equal((1, 2, 3, 1), (none.Exit, kind.Exit, missing.Exit, facility.Exit));
        Assert.Contains("Không nhận ra danh sách", none.Out + none.Error, StringComparison.Ordinal);
        Assert.Contains("99009", facility.Out + facility.Error, StringComparison.Ordinal);
    }

    // Importing a list of its own is the shortest way to a facility.
    private async Task FacilityAsync() => Assert.Equal(0, (await Command.RunAsync(
        "catalog", "import", folder.Write("01_DM.csv", "MA_KHOA,TEN_KHOA,TU_NGAY,DEN_NGAY,MA_CSKCB\nK01,Khám,20260101,,99001\n"), "--data", Data, "--facility", "99001")).Exit);
}
