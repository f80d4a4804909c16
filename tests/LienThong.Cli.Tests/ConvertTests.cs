using System.Buffers;
using System.Text;
using System.Text.Json;
using LienThong.Cli.Tests.Support;
using LienThong.Samples;
using LienThong.Standard;
using Record = LienThong.Standard.Record;

namespace LienThong.Cli.Tests;

/// <summary><c>convert</c>: packages between releases, with a report of every value that isn't simply the same.</summary>
public sealed class ConvertTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_package_of_QD4750_becomes_one_of_QD3176_with_its_report_beside()
    {
        string input = folder.Write("in/a.xml", Package("QD4750", 3));

        Outcome outcome = await Command.RunAsync("convert", input, "--to", "QD3176", "--out", folder.At("out"));

        Assert.True(outcome.Exit is 0 or 1, outcome.ToString());
        List<string> keys = Read(folder.At("out/a.xml"), out PackageReader reader);
        Assert.Equal(3, reader.Header.DeclaredCount);
        Assert.Empty(reader.Problems);
        Assert.Equal(Enumerable.Range(0, 3).Select(MaLk), keys);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(folder.At("out/a.report.json")));
        JsonElement change = report.RootElement.GetProperty("records")[0].GetProperty("changes").EnumerateArray().First(c => c.GetProperty("field").GetString() == "MA_NGHE_NGHIEP");
        Assert.Equal("recoded", change.GetProperty("kind").GetString());
        Assert.Equal(2, change.GetProperty("new").GetString()!.Length);
        Assert.Equal(outcome.Exit == 1, report.RootElement.GetProperty("summary").GetProperty("missing").GetInt64() > 0);
        Assert.Contains("ĐỔI CÁCH GHI", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_target_a_record_gets_the_release_of_its_day_and_a_canonical_package_stays_byte_for_byte()
    {
        byte[] package = Made.Good();
        string input = folder.Write("in/a.xml", package);

        Outcome outcome = await Command.RunAsync("convert", input, "--out", folder.At("out"));

        Assert.Equal(0, outcome.Exit);
        Assert.Equal(package, await File.ReadAllBytesAsync(folder.At("out/a.xml")));
        Assert.Contains("giữ nguyên 1931/QĐ-BYT", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_habit_of_vendors_gives_the_package_that_the_plain_form_gives()
    {
        byte[] plain = Package("QD4750", 1);
        folder.Write("in/plain.xml", plain);
        foreach (PackageHabit habit in PackageHabit.All) folder.Write($"in/{habit.Name}.xml", habit.Apply(plain));

        Outcome outcome = await Command.RunAsync("convert", folder.At("in"), "--from", "QD4750", "--to", "QD3176", "--out", folder.At("out"), "--output", "json");

        byte[] expected = await File.ReadAllBytesAsync(folder.At("out/plain.xml"));
        foreach (PackageHabit habit in PackageHabit.All.Where(h => h.Name != "several-records"))
        {
            byte[] found = await File.ReadAllBytesAsync(folder.At($"out/{habit.Name}.xml"));
            Assert.True(expected.SequenceEqual(found), habit.Name);
        }

        Assert.Equal(2, Read(folder.At("out/several-records.xml"), out _).Count);
        JsonElement unknown = outcome.Json.GetProperty("files").EnumerateArray().Single(f => f.GetProperty("file").GetString()!.EndsWith("unknown-fields.xml", StringComparison.Ordinal));
        Assert.Contains(unknown.GetProperty("records")[0].GetProperty("changes").EnumerateArray(), c => c.GetProperty("kind").GetString() == "dropped" && c.GetProperty("field").GetString() == "GHI_CHU_HIS");
    }

    [Fact]
    public async Task A_broken_record_is_left_out_and_told_and_its_neighbours_are_written()
    {
        string input = folder.Write("in/a.xml", Made.MiddleBroken());

        Outcome outcome = await Command.RunAsync("convert", input, "--to", "QD3176", "--out", folder.At("out"));

        Assert.Equal(1, outcome.Exit);
        List<string> keys = Read(folder.At("out/a.xml"), out PackageReader reader);
        Assert.Equal(2, keys.Count);
        Assert.Equal(2, reader.Header.DeclaredCount);
        Assert.Matches("Hồ sơ 2 .*không chuyển: ", outcome.Out);
        Assert.Contains("PKG-XML-001", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_damaged_is_told_and_what_is_written_can_be_read()
    {
        byte[] package = Package("QD4750", 3);
        foreach (PackageDamage damage in PackageDamage.All) folder.Write($"in/{damage.Name}.xml", damage.Apply(package, 1));

        Outcome outcome = await Command.RunAsync("convert", folder.At("in"), "--from", "QD4750", "--to", "QD3176", "--out", folder.At("out"), "--output", "json");

        Assert.Equal(1, outcome.Exit);
        Assert.Empty(outcome.Error);
        foreach (JsonElement file in outcome.Json.GetProperty("files").EnumerateArray())
        {
            JsonElement summary = file.GetProperty("summary");
            int converted = summary.GetProperty("converted").GetInt32();
            Assert.Equal(file.GetProperty("records").GetArrayLength(), summary.GetProperty("found").GetInt32());
            if (file.GetProperty("output").GetString() is not { } output) continue;
            Assert.Equal(converted, Read(output, out PackageReader reader).Count);
            // What stands in the head is taken over as it is.
            Assert.All(reader.Problems, p => Assert.True(p.Code is "PKG-MACSKCB-001" or "PKG-NGAYLAP-001", p.Message));
        }
    }

    [Fact]
    public async Task Files_that_are_no_packages_are_told_and_the_rest_goes_on()
    {
        folder.Write("in/1.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>");
        folder.Write("in/2.xml", "");
        folder.Write("in/3.xml", Made.Good());

        Outcome outcome = await Command.RunAsync("convert", folder.At("in"), folder.At("none.xml"), "--out", folder.At("out"));

        Assert.Equal(3, outcome.Exit);
        Assert.False(File.Exists(folder.At("out/1.xml")));
        Assert.True(File.Exists(folder.At("out/3.xml")));
        Assert.Contains("PKG-XML-002", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("IO-READ-001", outcome.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.At("out"), "*.part*"));
    }

    [Fact]
    public async Task Nothing_that_is_there_is_overwritten_and_the_input_least()
    {
        byte[] package = Package("QD4750", 1);
        string input = folder.Write("in/a.xml", package);
        folder.Write("other/a.xml", package);

        Outcome same = await Command.RunAsync("convert", input, "--to", "QD3176", "--out", folder.At("in"));
        Outcome twice = await Command.RunAsync("convert", input, folder.At("other/a.xml"), "--to", "QD3176", "--out", folder.At("out"));

        Assert.Equal(2, same.Exit);
        Assert.Equal(2, twice.Exit);
        Assert.Equal(package, await File.ReadAllBytesAsync(input));
        Assert.False(File.Exists(folder.At("out/a.xml")));
    }

    [Fact]
    public async Task A_signature_is_left_out_and_told()
    {
        byte[] signed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Made.Good()).Replace("<CHUKYDONVI></CHUKYDONVI>", "<CHUKYDONVI><Signature/></CHUKYDONVI>", StringComparison.Ordinal));
        string input = folder.Write("in/a.xml", signed);

        Outcome outcome = await Command.RunAsync("convert", input, "--out", folder.At("out"), "--output", "json");

        Assert.True(outcome.Json.GetProperty("files")[0].GetProperty("signatureDropped").GetBoolean());
        Assert.DoesNotContain("Signature", await File.ReadAllTextAsync(folder.At("out/a.xml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_folder_it_only_reports_and_wrong_usage_is_explained()
    {
        string input = folder.Write("in/a.xml", Package("QD4750", 1));

        Outcome report = await Command.RunAsync("convert", input, "--to", "QD3176", "--output", "json");
        Outcome back = await Command.RunAsync("convert", input, "--to", "QD4210");
        Outcome unknown = await Command.RunAsync("convert", input, "--to", "QD9999");

        Assert.True(report.Json.GetProperty("summary").GetProperty("recoded").GetInt64() > 0);
        Assert.Equal(JsonValueKind.Null, report.Json.GetProperty("files")[0].GetProperty("output").ValueKind);
        Assert.Equal(1, back.Exit);
        Assert.Contains("không chuyển ngược", back.Out, StringComparison.Ordinal);
        Assert.Equal(2, unknown.Exit);
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_check_in_is_converted_as_a_check_in()
    {
        var factory = new SampleFactory(new SampleOptions { From = new DateOnly(2024, 8, 1), To = new DateOnly(2024, 9, 1) });
        using Record checkIn = factory.CheckIn(factory.Create(SampleKind.Outpatient, 0)).Build();
        var buffer = new ArrayBufferWriter<byte>();
        DocumentWriter.WriteCheckIn(buffer, Releases.Get("QD4750"), checkIn);
        string input = folder.Write("in/checkin.xml", buffer.WrittenSpan.ToArray());

        Outcome outcome = await Command.RunAsync("convert", input, "--to", "QD3176", "--out", folder.At("out"));

        Assert.Equal(0, outcome.Exit);
        Assert.Equal(buffer.WrittenSpan.ToArray(), await File.ReadAllBytesAsync(folder.At("out/checkin.xml")));
    }

    private static SampleFactory Factory { get; } = new(new SampleOptions { From = new DateOnly(2024, 8, 1), To = new DateOnly(2024, 9, 1) });

    private static string MaLk(int index) => Factory.Create(SampleKind.Outpatient, index).Rows(TableId.Xml1)[0][Xml1.MA_LK]!;

    private static byte[] Package(string release, int records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new PackageWriter(buffer, PackageHeader.For("99001", new DateOnly(2024, 10, 1), records));
        for (int i = 0; i < records; i++)
        {
            using Record record = Factory.Create(SampleKind.Outpatient, i).Build();
            writer.Add(record, Releases.Get(release));
        }

        writer.End();
        return buffer.WrittenSpan.ToArray();
    }

    private static List<string> Read(string path, out PackageReader reader)
    {
        var all = new List<string>();
        reader = new PackageReader(new MemoryStream(File.ReadAllBytes(path)));
        while (reader.Read(out Record? record)) all.Add(record.Summary!.Value[Xml1.MA_LK].Text);
        return all;
    }
}
