using System.Text;
using System.Text.Json;
using LienThong.Cli.Tests.Support;
using LienThong.Samples;
using LienThong.Standard;

namespace LienThong.Cli.Tests;

/// <summary><c>validate</c>: the JSON contract, streaming, order, text.</summary>
public sealed class ValidateTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_good_file_gives_exactly_the_promised_members()
    {
        string file = folder.Write("a.xml", Made.Good());

        Outcome outcome = await ValidateAsync(file);

        Assert.Equal(0, outcome.Exit);
        JsonElement one = outcome.Json.GetProperty("files").EnumerateArray().Single();
        Assert.Equal(file, one.GetProperty("file").GetString());
        Assert.Empty(one.GetProperty("problems").EnumerateArray());
        JsonElement record = one.GetProperty("records").EnumerateArray().Single();
        Assert.Equal(0, record.GetProperty("index").GetInt32());
        Assert.Equal(Made.MaLk(), record.GetProperty("maLk").GetString());
        Assert.Equal("99001", record.GetProperty("maCskcb").GetString());
        Assert.Equal("QD1931", record.GetProperty("release").GetString());
        Assert.False(record.GetProperty("blocked").GetBoolean());
        JsonElement summary = outcome.Json.GetProperty("summary");
        Assert.Equal(1, summary.GetProperty("files").GetInt32());
        Assert.Equal(1, summary.GetProperty("records").GetInt32());
        Assert.Equal(0, summary.GetProperty("blocked").GetInt32());
        Assert.Equal(0, summary.GetProperty("findings").GetProperty("block").GetInt32());
    }

    [Theory]
    [InlineData("Hồ sơ tháng Ạ-ỹ đ ư.xml")]
    [InlineData("quote \" back \\ end.xml")]
    [InlineData("tab\tline\nbell\u0007.xml")]
    [InlineData("wide \u00A0 \u2028 \uFEFF \u007F 日本 😀.xml")]
    public async Task Every_character_of_a_path_survives_in_the_json(string name)
    {
        string missing = Path.Combine("nowhere", name);

        Outcome outcome = await ValidateAsync(missing);

        Assert.Equal(missing, outcome.Json.GetProperty("files").EnumerateArray().Single().GetProperty("file").GetString());
    }

    [Fact]
    public async Task A_wrong_cell_is_named_with_table_row_field_and_value()
    {
        Outcome outcome = await ValidateAsync(folder.Write("b.xml", Made.Bad()));

        Assert.Equal(1, outcome.Exit);
        JsonElement record = outcome.Json.GetProperty("files")[0].GetProperty("records")[0];
        Assert.True(record.GetProperty("blocked").GetBoolean());
        JsonElement finding = record.GetProperty("findings").EnumerateArray().First(f => f.GetProperty("value").GetString() == "một trăm");
        Assert.Equal("block", finding.GetProperty("severity").GetString());
        Assert.Equal("XML3", finding.GetProperty("table").GetString());
        Assert.Equal(2, finding.GetProperty("row").GetInt32());
        Assert.Equal("2", finding.GetProperty("stt").GetString());
        Assert.Equal("T_BHTT", finding.GetProperty("field").GetString());
        Assert.NotEmpty(finding.GetProperty("code").GetString()!);
        Assert.NotEmpty(finding.GetProperty("message").GetString()!);
        Assert.NotEmpty(finding.GetProperty("legalBasis").GetString()!);
    }

    [Fact]
    public async Task The_summary_adds_up_what_the_records_say()
    {
        folder.Write("in/1.xml", Made.Good(1));
        folder.Write("in/2.xml", Made.Bad(2));
        folder.Write("in/4.xml", WrongSum());
        folder.Write("in/3.xml", Made.MiddleBroken());

        JsonElement json = (await ValidateAsync(folder.At("in"))).Json;

        JsonElement[] records = [.. json.GetProperty("files").EnumerateArray().SelectMany(f => f.GetProperty("records").EnumerateArray())];
        JsonElement summary = json.GetProperty("summary");
        Assert.Equal(6, records.Length);
        Assert.Equal(records.Length, summary.GetProperty("records").GetInt32());
        Assert.Equal(records.Count(r => r.GetProperty("blocked").GetBoolean()), summary.GetProperty("blocked").GetInt32());
        foreach (string severity in new[] { "block", "warn", "info" })
        {
            int said = records.SelectMany(r => r.GetProperty("findings").EnumerateArray()).Count(f => f.GetProperty("severity").GetString() == severity);
            Assert.Equal(said, summary.GetProperty("findings").GetProperty(severity).GetInt32());
        }

        JsonElement[] findings = [.. records.SelectMany(r => r.GetProperty("findings").EnumerateArray())];
        foreach (JsonElement group in summary.GetProperty("auditGroups").EnumerateArray())
        {
            string? id = group.GetProperty("auditGroup").GetString();
            Assert.Equal(
                findings.Count(f => f.GetProperty("auditGroup").GetString() == id),
                group.GetProperty("findings").EnumerateObject().Sum(n => n.Value.GetInt32()));
            Assert.Equal(
                records.Count(r => r.GetProperty("findings").EnumerateArray().Any(f => f.GetProperty("auditGroup").GetString() == id)),
                group.GetProperty("records").GetInt32());
        }

        Assert.Contains(summary.GetProperty("auditGroups").EnumerateArray(), g => g.GetProperty("auditGroup").GetString() == "k");
    }

    private static byte[] WrongSum() => Made.Package(Made.Factory.Create(SampleKind.Outpatient, 3).Set(Xml1.T_TONGCHI_BH, "1"));

    [Fact]
    public async Task The_monthly_claim_asks_for_the_payment_date()
    {
        string file = folder.Write("p.xml", Made.Package(Made.Factory.Create(SampleKind.Outpatient, 3).Set(Xml1.NGAY_TTOAN, "")));

        Outcome claim = await Command.RunAsync("validate", file, "--as-of", Made.AsOf, "--purpose", "claim");
        Outcome daily = await Command.RunAsync("validate", file, "--as-of", Made.AsOf);

        Assert.Contains("X1-NGAY_TTOAN-002", claim.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("X1-NGAY_TTOAN-002", daily.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_counts_by_the_contents_of_the_automatic_audit_when_asked()
    {
        string file = folder.Write("b.xml", WrongSum());

        Outcome grouped = await Command.RunAsync("validate", file, "--as-of", Made.AsOf, "--group-by", "audit");
        Outcome plain = await Command.RunAsync("validate", file, "--as-of", Made.AsOf);
        Outcome wrong = await Command.RunAsync("validate", file, "--group-by", "weather");

        Assert.Contains("k) Sự thống nhất của số liệu", grouped.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("k) Sự thống nhất", plain.Out, StringComparison.Ordinal);
        Assert.Equal(2, wrong.Exit);
    }

    [Fact]
    public async Task A_broken_record_is_blocked_and_its_neighbours_are_not()
    {
        Outcome outcome = await ValidateAsync(folder.Write("c.xml", Made.MiddleBroken()));

        Assert.Equal(1, outcome.Exit);
        JsonElement file = outcome.Json.GetProperty("files")[0];
        JsonElement problem = file.GetProperty("problems").EnumerateArray().First(p => p.GetProperty("code").GetString() == "PKG-XML-001");
        Assert.Equal(1, problem.GetProperty("hoso").GetInt32());
        Assert.Equal("block", problem.GetProperty("severity").GetString());
        Assert.True(problem.GetProperty("line").GetInt64() >= 1);
        Assert.True(problem.GetProperty("position").GetInt64() > 1);
        Assert.Equal([false, true, false], file.GetProperty("records").EnumerateArray().Select(r => r.GetProperty("blocked").GetBoolean()));
        Assert.Equal([0, 1, 2], file.GetProperty("records").EnumerateArray().Select(r => r.GetProperty("index").GetInt32()));
    }

    public static TheoryData<string> WholeFileDamages => [.. PackageDamage.All.Where(d => d.WholeFile).Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(WholeFileDamages))]
    public async Task A_damaged_file_is_told_with_its_code_and_the_process_lives(string name)
    {
        PackageDamage damage = PackageDamage.All.Single(d => d.Name == name);

        Outcome outcome = await ValidateAsync(folder.Write("d.xml", damage.Apply(Made.Good())));

        Assert.True(outcome.Exit is 0 or 1, outcome.ToString());
        JsonElement file = outcome.Json.GetProperty("files")[0];
        IEnumerable<string?> codes = file.GetProperty("problems").EnumerateArray()
            .Concat(file.GetProperty("records").EnumerateArray().SelectMany(r => r.GetProperty("findings").EnumerateArray()))
            .Select(c => c.GetProperty("code").GetString());
        Assert.Contains(damage.Code, codes);
    }

    [Fact]
    public async Task Output_is_the_same_with_one_worker_and_with_four()
    {
        for (int i = 0; i < 12; i++) folder.Write($"many/{i:D2}.xml", i % 3 == 0 ? Made.Bad(i) : Made.Good(i));

        Outcome one = await ValidateAsync(folder.At("many"), "--workers", "1");
        Outcome four = await ValidateAsync(folder.At("many"), "--workers", "4");

        Assert.Equal(one.Out, four.Out);
        string?[] files = [.. one.Json.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("file").GetString())];
        Assert.Equal(files.Order(StringComparer.Ordinal), files);
        Assert.Equal(12, files.Length);
    }

    [Fact]
    public async Task Folders_are_walked_for_xml_only_and_below()
    {
        folder.Write("w/b.xml", Made.Good());
        folder.Write("w/a/deep.XML", Made.Good(1));
        folder.Write("w/note.txt", "không phải hồ sơ");

        JsonElement json = (await ValidateAsync(folder.At("w"))).Json;

        Assert.Equal([folder.At("w/a/deep.XML"), folder.At("w/b.xml")], json.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("file").GetString()!));
    }

    [Fact]
    public async Task A_forced_release_is_used_for_every_record()
    {
        Outcome outcome = await ValidateAsync(folder.Write("a.xml", Made.Good()), "--release", "qd3176");

        Assert.Equal("QD3176", outcome.Json.GetProperty("files")[0].GetProperty("records")[0].GetProperty("release").GetString());
    }

    [Fact]
    public async Task Before_its_discharge_a_record_lies_in_the_future()
    {
        string file = folder.Write("a.xml", Made.Good());

        Outcome before = await Command.RunAsync("validate", file, "--as-of", "2026-01-01", "--output", "json");

        Assert.Equal(1, before.Exit);
        Assert.Contains(Findings(before), f => f.GetProperty("field").GetString() is "NGAY_RA" or "NGAY_VAO");
    }

    [Fact]
    public async Task Options_may_come_from_the_environment()
    {
        string file = folder.Write("a.xml", Made.Good());

        Outcome outcome = await Command.RunAsync([("LIENTHONG_OUTPUT", "json"), ("LIENTHONG_AS_OF", Made.AsOf), ("LIENTHONG_RELEASE", "QD3176")], "validate", file);

        Assert.Equal("QD3176", outcome.Json.GetProperty("files")[0].GetProperty("records")[0].GetProperty("release").GetString());
    }

    [Fact]
    public async Task Both_ways_of_reading_the_command_line_agree()
    {
        string file = folder.Write("b.xml", Made.Bad());

        Outcome plain = await Command.RunAsync("validate", file, "--as-of", Made.AsOf, "--workers", "1", "--output", "json");
        Outcome full = await Command.RunAsync("validate", $"--as-of={Made.AsOf}", "--workers=1", "--output=json", file);

        Assert.Equal(plain.Out, full.Out);
        Assert.Equal(plain.Exit, full.Exit);
    }

    [Fact]
    public async Task Text_names_file_record_cell_remedy_and_sum()
    {
        string file = folder.Write("b.xml", Made.Bad());

        Outcome outcome = await Command.RunAsync("validate", file, "--as-of", Made.AsOf);

        Assert.Equal(1, outcome.Exit);
        Assert.Contains(file, outcome.Out, StringComparison.Ordinal);
        Assert.Contains($"Hồ sơ 1 · {Made.MaLk()}", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("CHẶN      XML3[2].T_BHTT = «một trăm»", outcome.Out, StringComparison.Ordinal);
        Assert.True(outcome.Out.IndexOf("CHẶN ", StringComparison.Ordinal) < outcome.Out.IndexOf("GỢI Ý ", StringComparison.Ordinal));
        Assert.Contains("1 tệp, 1 hồ sơ: 0 gửi được, 1 không được gửi.", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_escape_sequence_from_a_file_reaches_the_terminal()
    {
        var record = Made.Factory.Create(SampleKind.Outpatient, 0);
        record.Rows(LienThong.Standard.TableId.Xml3)[1].Set(LienThong.Standard.Xml3.T_BHTT, "1\u0085\u202E2");

        Outcome outcome = await Command.RunAsync("validate", folder.Write("e.xml", Made.Package(record)), "--as-of", Made.AsOf);

        Assert.Contains("«1\uFFFD\uFFFD2»", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(outcome.Out, c => c is '\e' or '\u0085' or '\u202E');
    }

    [Fact]
    public async Task Vietnamese_is_printed_as_utf8_whatever_the_locale()
    {
        Outcome outcome = await Command.RunAsync([("LANG", "en_US.ISO-8859-1"), ("LC_ALL", "C")], "validate", folder.Write("b.xml", Made.Bad()), "--as-of", Made.AsOf);

        Assert.Contains("không được gửi", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(outcome.Out, outcome.Out.Normalize(NormalizationForm.FormC));
    }

    [Fact]
    public async Task A_missing_file_stands_among_the_others_in_the_result()
    {
        Outcome outcome = await ValidateAsync(folder.At("none.xml"), folder.Write("a.xml", Made.Good()));

        Assert.Equal(3, outcome.Exit);
        JsonElement[] files = [.. outcome.Json.GetProperty("files").EnumerateArray()];
        Assert.Equal("IO-READ-001", files[0].GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Empty(files[0].GetProperty("records").EnumerateArray());
        Assert.Single(files[1].GetProperty("records").EnumerateArray());
        Assert.Equal(2, outcome.Json.GetProperty("summary").GetProperty("files").GetInt32());
    }

    private static Task<Outcome> ValidateAsync(params string[] rest) => Command.RunAsync(["validate", .. rest, "--as-of", Made.AsOf, "--output", "json"]);

    private static IEnumerable<JsonElement> Findings(Outcome outcome) =>
        outcome.Json.GetProperty("files").EnumerateArray().SelectMany(f => f.GetProperty("records").EnumerateArray()).SelectMany(r => r.GetProperty("findings").EnumerateArray());
}
