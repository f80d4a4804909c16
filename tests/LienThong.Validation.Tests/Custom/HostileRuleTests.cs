using System.Diagnostics;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LienThong.Standard;
using LienThong.Validation.Custom;

namespace LienThong.Validation.Tests.Custom;

/// <summary>Rule files and records made to do harm: nothing throws, nothing hangs, nothing grows without bound.</summary>
public sealed class HostileRuleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] Words =
    [
        "and", "or", "not", "in", "like", "between", "where", "(", ")", "[", "]", ",", ".", "=", "!=", "<", ">=", "+", "-", "*", "/", "??", "1", "2.5", "\"A\"", "'",
        "2026-01-01", "SO_LUONG", "NGAY_YL", "MA_KHOA", "MA_BENH", "XML1.NGAY_RA", "XML3.T_BHTT", "XML3", "sum", "count", "exists", "min", "filled", "days", "age", "left",
        "icd10", "rieng", "true", "\n", " ", "ễ", "\"", "{", "#", ":",
    ];

    [Fact]
    public void Any_jumble_of_words_is_read_or_refused_with_a_place() =>
        Check.One(Properties.Times(3000), Prop.ForAll(Arb.From(Gen.ListOf(Gen.Elements(Words))), words =>
        {
            string text = string.Join(' ', words);
            Expr? expr = ExpressionParser.Read(text, out ExpressionError? error);
            Assert.Equal(expr is null, error is not null);
            if (error is not null) Assert.InRange(error.At, 0, text.Length);
        }));

    [Fact]
    public void Whatever_compiles_can_be_judged() =>
        Check.One(Properties.Times(300), Prop.ForAll(Arb.From(Conditions(4)), condition =>
        {
            CustomRuleLoad load = CustomRuleFile.Load(Rules.File(condition), "thu.yaml");
            if (load.File is null) return;
            RecordBuilder record = A.CleanOutpatient();
            record.Rows(TableId.Xml3)[0].Set(Xml3.SO_LUONG, "").Set(Xml3.NGAY_YL, "sai").Set(Xml3.T_BHTT, "9999999999999999999999999999");
            using Record built = record.Build();
            Validator.Create(new ValidatorOptions { Custom = new CustomRules([load.File]) }).Judge(built, A.Context);
        }));

    [Fact]
    public void Any_bytes_are_a_file_or_mistakes() =>
        Check.One(Properties.Times(500), Prop.ForAll(Arb.From(Gen.ListOf(Gen.Elements(Words))), words =>
        {
            CustomRuleLoad load = CustomRuleFile.Load("rules:\n  - " + string.Join(' ', words), "thu.yaml");
            Assert.True(load.File is not null || load.Errors.Count > 0);
            Assert.All(load.Errors, e => Assert.True(e.Line >= 1 && e.Column >= 1));
        }));

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("not ", "")]
    [InlineData("-", "")]
    [InlineData("abs(", ")")]
    [InlineData("exists(XML3 where ", ")")]
    [InlineData("1 + ", "")]
    [InlineData("(1 = ", ")")]
    public void Deep_nesting_is_refused_or_read_in_no_time(string opens, string closes)
    {
        var time = Stopwatch.StartNew();
        foreach (int depth in (int[])[20, 25, 1000, 100_000])
        {
            ExpressionParser.Read(new StringBuilder().Insert(0, opens, depth) + "1 = x" + new StringBuilder().Insert(0, closes, depth), out _);
            CustomRuleFile.Load(Rules.File(new StringBuilder().Insert(0, opens, depth) + "1 = 1" + new StringBuilder().Insert(0, closes, depth)), "thu.yaml");
        }

        Assert.True(time.Elapsed < Patience, time.Elapsed.ToString());
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Deep_yaml_is_refused_in_no_time(string opens)
    {
        var time = Stopwatch.StartNew();

        CustomRuleLoad load = CustomRuleFile.Load("rules: " + new StringBuilder().Insert(0, opens, 200_000 / opens.Length), "thu.yaml");

        Assert.NotEmpty(load.Errors);
        Assert.True(time.Elapsed < Patience, time.Elapsed.ToString());
    }

    [Fact]
    public void References_that_would_multiply_are_refused()
    {
        CustomRuleLoad load = CustomRuleFile.Load("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nrules: *c", "thu.yaml");

        Assert.Contains(load.Errors, e => e.Message.Contains("tham chiếu", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_that_double_and_double_are_refused()
    {
        var lets = new StringBuilder("    let:\n      a0: SO_LUONG\n");
        for (int i = 1; i < 60; i++) lets.Append(CultureInfo.InvariantCulture, $"      a{i}: a{i - 1} + a{i - 1}\n");

        CustomRuleLoad load = CustomRuleFile.Load(Rules.File("a59 > 1", more: lets.ToString()), "thu.yaml");

        Assert.Contains(load.Errors, e => e.Message.Contains("phức tạp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_that_compares_every_line_with_every_line_stops_and_says_so()
    {
        RecordBuilder record = A.CleanInpatient();
        for (int i = 0; i < 20_000; i++) record.AddRow(TableId.Xml3).Set(Xml3.MA_DICH_VU, "S" + i.ToString(CultureInfo.InvariantCulture)).Set(Xml3.SO_LUONG, "1");
        string file = Rules.File("not exists(XML3 where exists(XML2 where XML2.MA_DICH_VU = XML3.MA_DICH_VU) and count(XML2 where XML2.MA_KHOA = MA_KHOA) > 99)");
        var time = Stopwatch.StartNew();

        Judgement judgement = Rules.Judge(file, record).Judgement;

        Assert.Contains(judgement.NotChecked, c => c is { Cause: NotCheckedCause.TooLong, Count: 1 });
        Assert.True(time.Elapsed < Patience, time.Elapsed.ToString());
    }

    [Fact]
    public void A_pattern_of_many_stars_over_a_long_text_stops_and_says_so()
    {
        string pattern = string.Concat(Enumerable.Repeat("*aaaaaaab", 11));
        RecordBuilder record = A.CleanOutpatient().Set(Xml1.LY_DO_VV, new string('a', 2_000_000));
        var time = Stopwatch.StartNew();

        Judgement judgement = Rules.Judge(Rules.File($"LY_DO_VV not like \"{pattern}\"", table: "XML1", field: "LY_DO_VV"), record).Judgement;

        Assert.Contains(judgement.NotChecked, c => c.Cause == NotCheckedCause.TooLong);
        Assert.True(time.Elapsed < Patience, time.Elapsed.ToString());
    }

    [Fact]
    public void Judging_a_clean_record_by_custom_rules_allocates_little()
    {
        CustomRuleFile file = Rules.Compile(Rules.File("sum(XML3.T_BHTT where XML3.MA_KHOA = MA_KHOA) < 99999999 and MA_DICH_VU not in rieng or SO_LUONG <= 5 and MA_BENH not like \"Z*\""));
        Validator validator = Validator.Create(new ValidatorOptions { Custom = new CustomRules([file]) });
        using Record record = CleanRecordTests.Build("outpatient").Set(Xml1.MAHUYEN_CU_TRU, "001").Build();
        for (int i = 0; i < 50; i++) validator.Judge(record, A.Context);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) validator.Judge(record, A.Context);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;

        Assert.True(each < 8192, $"{each} bytes per record");
    }

    private static Gen<string> Conditions(int depth)
    {
        Gen<string> numbers = Gen.Elements("SO_LUONG", "T_BHTT", "1", "0", "sum(XML3.T_BHTT)", "count(XML2)", "days(XML1.NGAY_VAO, NGAY_YL)", "T_BHTT / SO_LUONG", "T_BHTT * T_BHTT", "age()", "-T_BHTT", "(T_NGUONKHAC ?? 3)");
        Gen<string> leaf = Gen.OneOf(
            from a in numbers from sign in Gen.Elements("=", "<", ">=", "!=") from b in numbers select $"{a} {sign} {b}",
            Gen.Elements("MA_KHOA in [\"K02\"]", "MA_BENH like \"*E*\"", "every(MA_BENH in rieng)", "filled(NGAY_KQ)", "NGAY_YL > 2026-01-01", "exists(XML4 where XML4.MA_DICH_VU = MA_DICH_VU)"));
        if (depth == 0) return leaf;
        Gen<string> deeper = Conditions(depth - 1);
        return Gen.OneOf(leaf, from a in deeper from b in deeper from word in Gen.Elements("and", "or") select $"({a} {word} not {b})");
    }
}
