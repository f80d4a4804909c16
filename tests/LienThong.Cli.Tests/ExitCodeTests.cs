using LienThong.Cli.Tests.Support;

namespace LienThong.Cli.Tests;

/// <summary>0 fine, 1 blocks or unreadable, 2 usage, 3 I/O; 2 beats 3 beats 1 beats 0.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Unreadable_is_1_even_without_a_record()
    {
        Assert.Equal(1, (await Command.RunAsync("validate", folder.Write("x.xml", "đây không phải XML"))).Exit);
    }

    [Fact]
    public async Task A_missing_file_beats_a_blocked_record()
    {
        Assert.Equal(3, (await Command.RunAsync("validate", folder.Write("b.xml", Made.Bad()), folder.At("none.xml"))).Exit);
    }

    [Fact]
    public async Task Wrong_usage_beats_a_missing_file()
    {
        Assert.Equal(2, (await Command.RunAsync("validate", folder.At("none.xml"), "--output", "xml")).Exit);
    }

    [Fact]
    public async Task A_folder_without_packages_is_not_fine()
    {
        Directory.CreateDirectory(folder.At("empty"));

        Outcome outcome = await Command.RunAsync("validate", folder.At("empty"));

        Assert.Equal(3, outcome.Exit);
        Assert.Contains("không có tệp .xml nào", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("validate")]
    [InlineData("no-such-verb")]
    [InlineData("validate", "a.xml", "--as-of", "2026-02-30")]
    [InlineData("validate", "a.xml", "--as-of")]
    [InlineData("validate", "a.xml", "--workers", "0")]
    [InlineData("validate", "a.xml", "--release", "QD1")]
    [InlineData("validate", "a.xml", "--no-such-option", "1")]
    [InlineData("sign", "in.xml", "out.xml", "--pfx", "k.pfx")]
    [InlineData("verify")]
    [InlineData("verify", "a.xml", "--at", "hôm qua")]
    [InlineData("send", "a.xml")]
    [InlineData("send", "a.xml", "--data", "d", "--portal", "không phải url")]
    [InlineData("status")]
    [InlineData("serve")]
    [InlineData("serve", "--data", "d", "--urls", "nowhere")]
    [InlineData("rules")]
    [InlineData("simulator", "--account", "thiếu dấu hai chấm")]
    [InlineData("samples", "generate", "d", "--files", "0")]
    public async Task Wrong_usage_is_2_with_one_vietnamese_sentence_and_a_way_to_help(params string[] arguments)
    {
        Outcome outcome = await Command.RunAsync(arguments);

        Assert.True(outcome.Exit == 2, outcome.ToString());
        Assert.StartsWith("lienthong: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--help", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Required", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Out);
    }

    [Theory]
    [InlineData]
    [InlineData("demo")]
    [InlineData("serve")]
    [InlineData("validate")]
    [InlineData("inspect")]
    [InlineData("sign")]
    [InlineData("verify")]
    [InlineData("send")]
    [InlineData("status")]
    [InlineData("rules", "list")]
    [InlineData("samples", "generate")]
    [InlineData("migrate")]
    [InlineData("simulator")]
    public async Task Help_is_vietnamese_and_fine(params string[] verb)
    {
        Outcome outcome = await Command.RunAsync([.. verb, "--help"]);

        Assert.Equal(0, outcome.Exit);
        Assert.Contains($"Cách dùng:  {string.Join(' ', ["lienthong", .. verb])}", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("Mã kết thúc", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_3()
    {
        await using Running first = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0");

        Assert.Equal(3, (await Command.RunAsync("simulator", "--urls", first.Address.ToString())).Exit);
    }

    [Fact]
    public async Task Status_of_a_folder_that_holds_no_data_is_3_and_creates_nothing()
    {
        Outcome outcome = await Command.RunAsync("status", "--data", folder.At("nowhere"));

        Assert.Equal(3, outcome.Exit);
        Assert.False(Directory.Exists(folder.At("nowhere")));
    }
}
