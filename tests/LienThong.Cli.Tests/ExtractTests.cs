using System.Text.Json;
using LienThong.Cli.Tests.Support;

namespace LienThong.Cli.Tests;

/// <summary><c>mapping</c> and <c>convert</c> on extracts of a hospital system.</summary>
public sealed class ExtractTests : IDisposable
{
    private static readonly string Sample = Repository.At("samples", "extract");
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-extract-").FullName;

    [Fact]
    public async Task An_extract_becomes_packages_the_same_by_every_way()
    {
        Outcome csv = await Command.RunAsync("convert", Path.Combine(Sample, "csv"), "--out", Path.Combine(folder, "a"), "--output", "json");
        Outcome his = await Command.RunAsync("convert", Path.Combine(Sample, "his"), "--mapping", Path.Combine(Sample, "his", "mapping.yaml"), "--out", Path.Combine(folder, "b"), "--output", "json");
        Outcome json = await Command.RunAsync("convert", Path.Combine(Sample, "visits.json"), "--out", Path.Combine(folder, "c"));
        Outcome again = await Command.RunAsync("convert", Path.Combine(Sample, "visits.json"), "--out", Path.Combine(folder, "c"));

        Assert.True(csv.Exit == 0 && his.Exit == 0 && json.Exit == 0, $"{csv}\n{his}\n{json}");
        Assert.Equal((3, 3, 0, 0), (csv.Json.GetProperty("found").GetInt32(), csv.Json.GetProperty("built").GetInt32(), csv.Json.GetProperty("blocked").GetInt32(), csv.Json.GetProperty("refused").GetInt32()));
        string[] names = [.. Directory.GetFiles(Path.Combine(folder, "a")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        Assert.Equal(3, names.Length);
        foreach (string name in names)
        {
            byte[] expected = await File.ReadAllBytesAsync(Path.Combine(folder, "a", name));
            Assert.Equal(expected, await File.ReadAllBytesAsync(Path.Combine(folder, "b", name)));
            Assert.Equal(expected, await File.ReadAllBytesAsync(Path.Combine(folder, "c", name)));
        }

        Assert.Equal(2, again.Exit);
    }

    [Fact]
    public async Task Check_names_file_line_and_column_and_shows_the_first_record()
    {
        string data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(Sample, "csv"))) File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
        await File.AppendAllTextAsync(Path.Combine(data, "kham_benh.csv"), "LA-LUNG\r\n");

        Outcome check = await Command.RunAsync("mapping", "check", "--on", data, "--output", "json");

        Assert.Equal(1, check.Exit);
        JsonElement problem = Assert.Single(check.Json.GetProperty("problems").EnumerateArray());
        Assert.Equal(("EXT-ORPHAN", "kham_benh.csv"), (problem.GetProperty("code").GetString(), problem.GetProperty("file").GetString()));
        Assert.NotEmpty(check.Json.GetProperty("preview").GetProperty("rows").EnumerateArray());
    }

    [Fact]
    public async Task Suggest_writes_a_mapping_that_check_takes()
    {
        string file = Path.Combine(folder, "m.yaml");

        Outcome suggest = await Command.RunAsync("mapping", "suggest", Path.Combine(Sample, "csv"), "--out", file);
        Outcome check = await Command.RunAsync("mapping", "check", file, "--on", Path.Combine(Sample, "csv"));
        await File.WriteAllTextAsync(file, "model: x\n");
        Outcome wrong = await Command.RunAsync("mapping", "check", file, "--on", Path.Combine(Sample, "csv"));

        Assert.True(suggest.Exit == 0 && check.Exit == 0, $"{suggest}\n{check}");
        Assert.Contains("Hồ sơ đầu tiên", check.Out, StringComparison.Ordinal);
        Assert.Equal(2, wrong.Exit);
        Assert.Contains("(1,", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_records_go_into_one_package_when_asked()
    {
        string template = Path.Combine(folder, "mau.xlsx");

        Outcome single = await Command.RunAsync("convert", Path.Combine(Sample, "csv"), "--single", "--out", Path.Combine(folder, "one"));
        Outcome judged = await Command.RunAsync("validate", Path.Combine(folder, "one"), "--output", "json");
        Outcome written = await Command.RunAsync("mapping", "template", "--out", template);
        Outcome empty = await Command.RunAsync("mapping", "check", "--on", template);

        Assert.True(single.Exit == 0 && judged.Exit == 0 && written.Exit == 0 && empty.Exit == 0, $"{single}\n{judged}\n{written}\n{empty}");
        Assert.Contains("<SOLUONGHOSO>3</SOLUONGHOSO>", await File.ReadAllTextAsync(Path.Combine(folder, "one", "ho-so.xml")), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
