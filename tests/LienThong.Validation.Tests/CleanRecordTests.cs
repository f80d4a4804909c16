using LienThong.Standard;

namespace LienThong.Validation.Tests;

public sealed class CleanRecordTests
{
    internal static readonly string[] Names = ["outpatient", "inpatient", "birth", "sickleave", "referral", "programme"];

    public static TheoryData<string> Records => [.. Names];

    [Theory]
    [MemberData(nameof(Records))]
    public void Clean_records_have_nothing_to_mend(string name)
    {
        Judgement judgement = A.Judge(Build(name));

        Assert.Equal("QD1931", judgement.Release.Id);
        Assert.Empty(judgement.Findings.Where(f => f.Severity > Severity.Info).Select(f => f.ToString()));
        Assert.DoesNotContain(judgement.NotChecked, n => n.Cause != NotCheckedCause.ListNotLoaded);
    }

    [Fact]
    public void Clean_check_in_has_nothing_to_mend()
    {
        using Record record = A.CleanCheckIn().Build();

        Judgement judgement = Validator.Create().JudgeCheckIn(record, A.Context);

        Assert.Empty(judgement.Findings.Select(f => f.ToString()));
    }

    internal static RecordBuilder Build(string name) => name switch
    {
        "outpatient" => A.CleanOutpatient(),
        "inpatient" => A.CleanInpatient(),
        "birth" => A.CleanBirth(),
        "sickleave" => A.CleanSickLeave(),
        "referral" => A.CleanReferral(),
        _ => A.CleanProgramme(),
    };
}
