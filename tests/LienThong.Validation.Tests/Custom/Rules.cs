using LienThong.Standard;
using LienThong.Validation.Custom;

namespace LienThong.Validation.Tests.Custom;

/// <summary>Short ways to write and judge a custom rule.</summary>
internal static class Rules
{
    public const string Code = "TUY-THU-01";

    /// <summary>A file with one rule over XML3 unless another table is given.</summary>
    public static string File(string require, string when = "", string table = "XML3", string field = "SO_LUONG", string more = "") =>
        $"""
        name: Thử
        lists:
          rieng: ["K02.1910", "J18.9"]
        rules:
          - code: {Code}
            table: {table}
            field: {field}
            severity: warn
            {(when.Length == 0 ? "note: luôn xét" : "when: " + when)}
            require: >
              {require}
            message: "Dòng {"{stt}"}: sai."
        {more}
        """;

    public static CustomRuleFile Compile(string yaml)
    {
        CustomRuleLoad load = CustomRuleFile.Load(yaml, "thu.yaml");
        Assert.True(load.File is not null, string.Join('\n', load.Errors));
        return load.File;
    }

    /// <summary>Findings of the custom rules of a file, and the whole judgement.</summary>
    public static (IReadOnlyList<Finding> Own, Judgement Judgement) Judge(string yaml, RecordBuilder? record = null)
    {
        Validator validator = Validator.Create(new ValidatorOptions { Custom = new CustomRules([Compile(yaml)]) });
        using Record built = (record ?? A.CleanOutpatient()).Build();
        Judgement judgement = validator.Judge(built, A.Context);
        return ([.. judgement.Findings.Where(f => f.Rule.StartsWith("TUY-", StringComparison.Ordinal))], judgement);
    }

    /// <summary>Whether a condition over XML1 of the clean outpatient holds: true, false, or null when it can't be told.</summary>
    public static bool? Holds(string condition, RecordBuilder? record = null)
    {
        bool broken = Judge(File(condition, table: "XML1", field: "MA_LK"), record).Own.Count > 0;
        bool negated = Judge(File($"not ({condition})", table: "XML1", field: "MA_LK"), record).Own.Count > 0;
        return (broken, negated) switch
        {
            (false, true) => true,
            (true, false) => false,
            _ => null,
        };
    }
}
