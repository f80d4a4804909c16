using LienThong.Validation.Custom;

namespace LienThong.Validation;

/// <summary>Settings of a <see cref="Validator"/>; read once when it is created.</summary>
public sealed record ValidatorOptions
{
    /// <summary>Most findings kept per rule and table; one more finding tells how many were left out. From 1, default 200.</summary>
    public int MaxFindingsPerRuleAndTable { get; init; } = 200;

    /// <summary>Code lists for records whose <see cref="JudgeContext.Lists"/> names none. Default: only those built in.</summary>
    public CodeLists Lists { get; init; } = CodeLists.None;

    /// <summary>Rules for records whose <see cref="JudgeContext.Custom"/> names none. Default: none.</summary>
    public CustomRules Custom { get; init; } = CustomRules.None;
}
