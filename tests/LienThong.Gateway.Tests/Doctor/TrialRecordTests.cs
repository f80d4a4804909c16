using LienThong.Gateway.Doctor;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Standard;
using LienThong.Validation;
using Record = LienThong.Standard.Record;

namespace LienThong.Gateway.Tests.Doctor;

/// <summary>The invented record that a check sends.</summary>
public sealed class TrialRecordTests
{
    [Theory]
    [InlineData("2025-03-04")]
    [InlineData("2026-01-01")]
    [InlineData("2026-07-10")]
    [InlineData("2026-12-31")]
    public void Nothing_blocks_it_whatever_the_day(string day)
    {
        DateTimeOffset now = DateTimeOffset.Parse(day + "T09:00:00+07:00", System.Globalization.CultureInfo.InvariantCulture);
        (Record record, Release release, string maLk) = TrialRecord.Make("79999", now);
        using Record owned = record;

        Judged judged = new RuleJudge(Validator.Create(new ValidatorOptions())).Judge(record, now, "79999");

        Assert.Empty(judged.Findings.All.Where(f => f.Severity == Severity.Block).Select(f => $"{f.Rule} {f.Table}.{f.Field} {f.Message}"));
        Assert.Equal(release.Id, judged.Release.Id);
        Assert.Equal(maLk, record.Summary!.Value[Xml1.MA_LK].Text);
    }
}
