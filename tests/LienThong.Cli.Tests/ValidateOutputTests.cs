using System.IO.Compression;
using System.Text.Json;
using LienThong.Cli.Tests.Support;

namespace LienThong.Cli.Tests;

/// <summary><c>validate</c> as CSV, Excel and SARIF, and in groups.</summary>
public sealed class ValidateOutputTests : IDisposable
{
    private readonly Folder folder = new();

    public ValidateOutputTests()
    {
        folder.Write("in/1.xml", Made.Good(1));
        folder.Write("in/2.xml", Made.Bad(2));
        folder.Write("in/3.xml", Made.MiddleBroken());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Csv_holds_a_line_per_finding_and_problem_in_the_order_of_the_files()
    {
        Outcome json = await RunAsync("--output", "json");
        Outcome csv = await RunAsync("--output", "csv", "--workers", "3");

        JsonElement summary = json.Json.GetProperty("summary");
        int expected = summary.GetProperty("findings").EnumerateObject().Sum(n => n.Value.GetInt32()) + summary.GetProperty("problems").EnumerateObject().Sum(n => n.Value.GetInt32());
        string[] lines = csv.Out.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1, csv.Exit);
        Assert.Equal(expected + 1, lines.Length);
        Assert.Equal(lines[1..].Order(StringComparer.Ordinal).Select(FileOf), lines[1..].Select(FileOf));
        Assert.Contains(lines, l => l.Contains("T_BHTT,một trăm,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sarif_goes_to_the_file_asked_for()
    {
        Outcome outcome = await RunAsync("--output", "sarif", "--out", folder.At("r.sarif"));

        Assert.Equal(1, outcome.Exit);
        Assert.Equal("", outcome.Out);
        using JsonDocument sarif = JsonDocument.Parse(await File.ReadAllTextAsync(folder.At("r.sarif")));
        JsonElement results = sarif.RootElement.GetProperty("runs")[0].GetProperty("results");
        Assert.Contains(results.EnumerateArray(), r => r.GetProperty("properties").TryGetProperty("value", out JsonElement value) && value.GetString() == "một trăm");
        Assert.Single(Directory.GetFiles(folder.At(""), "r.sarif*"));
    }

    [Fact]
    public async Task Excel_has_a_sheet_for_each_table_with_findings()
    {
        Outcome outcome = await RunAsync("--output", "xlsx", "--out", folder.At("r.xlsx"), "--group-by", "department");

        Assert.Equal(1, outcome.Exit);
        using ZipArchive zip = ZipFile.OpenRead(folder.At("r.xlsx"));
        using var book = new StreamReader(zip.GetEntry("xl/workbook.xml")!.Open());
        string sheets = await book.ReadToEndAsync();
        Assert.All((string[])["Tổng hợp", "Lỗi", "XML3"], name => Assert.Contains($"\"{name}\"", sheets, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rule", "Quy tắc: FAM-TYPE")]
    [InlineData("table", "Bảng: XML3")]
    [InlineData("file", "Tệp: ")]
    [InlineData("department", "Khoa: ")]
    [InlineData("doctor", "Bác sĩ: ")]
    public async Task Groups_tell_counts_and_an_example(string by, string heading)
    {
        Outcome outcome = await RunAsync("--group-by", by);

        Assert.Equal(1, outcome.Exit);
        Assert.Contains(heading, outcome.Out, StringComparison.Ordinal);
        Assert.Contains("Ví dụ: ", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("3 tệp, ", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--output", "xlsx")]
    [InlineData("--output", "pdf")]
    [InlineData("--output", "csv", "--group-by", "rule")]
    [InlineData("--group-by", "7")]
    public async Task What_cannot_be_done_is_refused_as_usage(params string[] options) => Assert.Equal(2, (await RunAsync(options)).Exit);

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told_and_leaves_nothing()
    {
        Outcome outcome = await RunAsync("--output", "csv", "--out", folder.At("nowhere/r.csv"));

        Assert.Equal(3, outcome.Exit);
        Assert.False(Directory.Exists(folder.At("nowhere")));
    }

    private Task<Outcome> RunAsync(params string[] options) => Command.RunAsync(["validate", folder.At("in"), "--as-of", Made.AsOf, .. options]);

    private static string FileOf(string line) => line[..line.IndexOf(',', StringComparison.Ordinal)];
}
