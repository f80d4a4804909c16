namespace LienThong.Validation;

/// <summary>What a rule says of a row or record.</summary>
public enum Verdict : byte
{
    /// <summary>The rule holds.</summary>
    Holds,

    /// <summary>The rule is broken; a finding says where.</summary>
    Broken,

    /// <summary>Nothing to judge: the rule's case isn't given, or the field is absent and may be.</summary>
    NotApplicable,

    /// <summary>It should have been judged and could not be. No pass: counted and shown with its cause.</summary>
    NotChecked,
}

/// <summary>Why a rule could not be judged.</summary>
public enum NotCheckedCause : byte
{
    /// <summary>A value it reads is malformed or missing; the format rule of that field reports it.</summary>
    MalformedValue,

    /// <summary>The code list it needs isn't loaded for the facility and date; <see cref="NotCheckedCount.List"/> names it.</summary>
    ListNotLoaded,

    /// <summary>A part of the record it reads could not be read.</summary>
    PartUnreadable,

    /// <summary>A custom rule needed more steps than it may: the record is very large or the rule compares every line with every line.</summary>
    TooLong,
}

/// <summary>How often rules could not be judged for one cause.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="List">The list that is missing; empty for the other causes.</param>
/// <param name="Count">Rows or records for <see cref="NotCheckedCause.MalformedValue"/>, rules for the others.</param>
public sealed record NotCheckedCount(NotCheckedCause Cause, string List, int Count)
{
    /// <summary>The rule that a list which isn't there, or says nothing of the day, is told once and rejects nothing.</summary>
    public const string Rule = "CAT-GENERAL-001";
}
