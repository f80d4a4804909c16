using System.Text.Json;
using LienThong.Cli.Tests.Support;
using LienThong.Signing;

namespace LienThong.Cli.Tests;

/// <summary><c>folders</c></summary>
public sealed class FoldersTests : IDisposable
{
    private readonly Folder folder = new();
    private readonly string data, watched;

    public FoldersTests()
    {
        data = folder.At("data");
        watched = Directory.CreateDirectory(folder.At("his")).FullName;
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_folder_is_added_listed_tried_and_removed()
    {
        await AddFacilityAsync();
        Outcome added = await AddAsync("--output", "json");
        Assert.True(added.Exit == 0, added.ToString());
        JsonElement one = Assert.Single(added.Json.GetProperty("folders").EnumerateArray());
        string id = one.GetProperty("id").GetString()!;
        Assert.Equal(("99001", "Từ HIS", watched, "packages", true), (
            one.GetProperty("facility").GetString(), one.GetProperty("name").GetString(), one.GetProperty("path").GetString(), one.GetProperty("kind").GetString(),
            one.GetProperty("active").GetBoolean()));

        Outcome listed = await Command.RunAsync("folders", "list", "--data", data);
        Assert.Contains(id, listed.Out, StringComparison.Ordinal);
        Assert.Contains("đang theo dõi", listed.Out, StringComparison.Ordinal);
        Assert.EndsWith("1 thư mục.", listed.Out.TrimEnd(), StringComparison.Ordinal);
        Outcome tried = await Command.RunAsync("folders", "test", id, "--data", data);
        Assert.True(tried.Exit == 0, tried.ToString());

        Assert.Equal(0, (await Command.RunAsync("folders", "remove", id, "--data", data)).Exit);
        Assert.Empty((await Command.RunAsync("folders", "list", "--data", data, "--output", "json")).Json.GetProperty("folders").EnumerateArray());
        Assert.True(Directory.Exists(watched));
    }

    [Fact]
    public async Task What_can_t_be_watched_is_refused_with_its_reason()
    {
        await AddFacilityAsync();

        Outcome kind = await Command.RunAsync("folders", "add", "--data", data, "--facility", "99001", "--name", "x", "--path", watched, "--kind", "pdf");
        Outcome id = await Command.RunAsync("folders", "remove", "không-phải-mã", "--data", data);
        Outcome relative = await Command.RunAsync("folders", "add", "--data", data, "--facility", "99001", "--name", "x", "--path", "his", "--kind", "packages");

        Assert.Equal((2, 2, 2), (kind.Exit, id.Exit, relative.Exit));
        Assert.Contains("packages, visits, csv hoặc workbook", kind.Error, StringComparison.Ordinal);
        Assert.Contains("không-phải-mã", id.Error, StringComparison.Ordinal);
    }

    private Task<Outcome> AddAsync(params string[] more) =>
        Command.RunAsync((string[])["folders", "add", "--data", data, "--facility", "99001", "--name", "Từ HIS", "--path", watched, "--kind", "packages", .. more]);

    // A key brings its facility with it.
    private async Task AddFacilityAsync()
    {
        DemoKeys keys = DemoKeys.Create("99001", DateTimeOffset.UtcNow);
        Outcome added = await Command.RunAsync(
            "keys", "add", "--data", data, "--facility", "99001", "--pfx", folder.Write("key.pfx", keys.Pfx), "--password-file", folder.Write("password.txt", keys.Password + "\n"));
        Assert.True(added.Exit == 0, added.ToString());
    }
}
