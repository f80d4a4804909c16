using LienThong.Standard;
using LienThong.Validation.Custom;

namespace LienThong.Validation.Tests.Custom;

/// <summary>Rule files: what a good one gives, and where the mistakes of a bad one are shown.</summary>
public sealed class RuleFileTests
{
    private const string Good = """
        name: Quy tắc của khoa Nội
        lists:
          xet_nghiem: ["23.0075.1494"]
        rules:
          - code: TUY-NOI-01
            table: XML3
            field: SO_LUONG
            severity: warn
            from: 2026-01-01
            to: 2026-12-31
            legal: Quy chế nội bộ 12/QC
            let:
              tong: sum(XML3.SO_LUONG where XML3.MA_DICH_VU = MA_DICH_VU)
            when: MA_DICH_VU in xet_nghiem and MA_DICH_VU in icd9cm = false
            require: tong <= 1
            expected: 2 - 1
            message: "Dòng {stt}: {MA_DICH_VU} làm {tong} lần."
            fix: Bỏ dòng {stt}.
        """;

    private static string Fixed => Good.Replace(" and MA_DICH_VU in icd9cm = false", "", StringComparison.Ordinal);

    [Fact]
    public void A_broken_rule_gives_a_finding_with_all_its_words()
    {
        RecordBuilder record = A.CleanOutpatient();
        record.Rows(TableId.Xml3)[1].Set(Xml3.SO_LUONG, "2");

        Finding finding = Assert.Single(Rules.Judge(Fixed, record).Own);

        Assert.Equal(("TUY-NOI-01", "XML3[2].SO_LUONG", "2"), (finding.Rule, finding.At.ToString(), finding.Value));
        Assert.Equal(("Dòng 2: 23.0075.1494 làm 2 lần.", "Bỏ dòng 2.", "Quy chế nội bộ 12/QC", "1"), (finding.Message, finding.Fix, finding.LegalBasis, finding.Expected));
        Assert.Equal((Severity.Warn, "23.0075.1494", "K02"), (finding.Severity, finding.Item, finding.Department));
        Assert.Contains(finding.Related, r => r.At.Field == "MA_DICH_VU");
    }

    [Theory]
    [InlineData("from: 2026-01-01", "from: 2026-08-16")]
    [InlineData("to: 2026-12-31", "to: 2026-08-14")]
    public void Outside_its_dates_a_rule_is_silent(string was, string now)
    {
        RecordBuilder record = A.CleanOutpatient();
        record.Rows(TableId.Xml3)[1].Set(Xml3.SO_LUONG, "2");

        Assert.Empty(Rules.Judge(Fixed.Replace(was, now, StringComparison.Ordinal), record).Own);
    }

    [Theory]
    [InlineData("field: SO_LUONG", "field: SO_LUON", 7, 12, "SO_LUONG")]
    [InlineData("table: XML3", "table: XML33", 6, 12, "XML33")]
    [InlineData("severity: warn", "severity: high", 8, 15, "block")]
    [InlineData("code: TUY-NOI-01", "code: X3-NOI-01", 5, 11, "TUY-")]
    [InlineData("from: 2026-01-01", "from: 01/01/2026", 9, 11, "2026-07-01")]
    [InlineData("to: 2026-12-31", "to: 2025-12-31", 10, 9, "trước")]
    [InlineData("legal: Quy", "lega: Quy", 11, 5, "legal")]
    [InlineData("require: tong <= 1", "require: tong <= \"1\"", 15, 22, "bỏ ngoặc kép")]
    [InlineData("require: tong <= 1", "require: tong <= ", 15, 21, "hết biểu thức")]
    [InlineData("require: tong <= 1", "require: tong + 1", 15, 14, "đúng/sai")]
    [InlineData("require: tong <= 1", "require: >\n      tong <=\n      2 and SO_LUON > 1", 17, 13, "SO_LUONG")]
    [InlineData("require: tong <= 1", "require: tong <= 1 1", 15, 24, "phép toán")]
    [InlineData("require: tong <= 1", "require: (tong <= 1", 15, 24, "«)»")]
    [InlineData("require: tong <= 1", "require: tongg <= 1", 15, 14, "tong")]
    [InlineData("require: tong <= 1", "require: XML4.GIA_TRI = \"1\"", 15, 14, "nhiều dòng")]
    [InlineData("require: tong <= 1", "require: MA_NHOM = 13", 15, 24, "ngoặc kép")]
    [InlineData("require: tong <= 1", "require: weekdai(NGAY_YL) = 8", 15, 14, "weekday")]
    [InlineData("require: tong <= 1", "require: days(NGAY_YL) = 8", 15, 14, "2 giá trị")]
    [InlineData("require: tong <= 1", "require: MA_DICH_VU in icd11", 15, 28, "icd10")]
    [InlineData("require: tong <= 1", "require: NGAY_YL > 2026-02-30", 15, 25, "ngày có thật")]
    [InlineData("require: tong <= 1", "require: 'MA_NHOM = ''13'", 15, 29, "đóng chữ")]
    [InlineData("require: tong <= 1", "require: sum(T_BHTT) > 1", 15, 18, "ghi rõ bảng")]
    [InlineData("{tong} lần", "{tongg} lần", 17, 44, "tongg")]
    [InlineData("    require: tong <= 1\n", "", 5, 5, "require")]
    [InlineData("  - code", "  - &a code", 5, 5, "tham chiếu")]
    [InlineData("name: Quy", "name: [Quy", 1, 7, "YAML")]
    public void A_mistake_is_shown_at_its_place(string was, string now, int line, int column, string says)
    {
        string text = Fixed.Replace("\r", "", StringComparison.Ordinal);
        Assert.Contains(was, text, StringComparison.Ordinal);

        CustomRuleLoad load = CustomRuleFile.Load(text.Replace(was, now, StringComparison.Ordinal), "thu.yaml");

        Assert.Null(load.File);
        Assert.True(load.Errors.Any(e => e.Line == line && e.Column == column && e.Message.Contains(says, StringComparison.Ordinal)), string.Join('\n', load.Errors));
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        CustomRuleLoad load = CustomRuleFile.Load(Good.Replace("SO_LUONG\n", "SO_LUON\n", StringComparison.Ordinal).Replace("warn", "high", StringComparison.Ordinal), "thu.yaml");

        Assert.Equal([7, 8, 14], load.Errors.Select(e => e.Line));
    }

    [Fact]
    public void A_rule_may_not_weigh_more_than_allowed()
    {
        string block = Fixed.Replace("severity: warn", "severity: block", StringComparison.Ordinal);

        Assert.NotNull(CustomRuleFile.Load(block, "thu.yaml").File);
        Assert.Contains("warn", Assert.Single(CustomRuleFile.Load(block, "thu.yaml", Severity.Warn).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_code_twice_is_a_mistake()
    {
        string twice = Fixed + Environment.NewLine + Fixed[Fixed.IndexOf("  - code", StringComparison.Ordinal)..];

        Assert.Contains("trùng", Assert.Single(CustomRuleFile.Load(twice, "thu.yaml").Errors).Message, StringComparison.Ordinal);
    }
}
