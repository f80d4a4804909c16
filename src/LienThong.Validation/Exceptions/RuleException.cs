namespace LienThong.Validation;

/// <summary>What an exception does with the findings it meets.</summary>
public enum ExceptionAction : byte
{
    /// <summary>Keeps the finding but takes its weight: it is stored as suppressed and counted.</summary>
    Silence,

    /// <summary>A hint at most.</summary>
    Info,

    /// <summary>A warning at most.</summary>
    Warn,

    /// <summary>One step heavier: a hint becomes a warning, a warning blocks.</summary>
    Raise,
}

/// <summary>
/// Where an exception holds, beyond its rule. A value left empty asks for nothing. <c>*</c> stands for any text, <c>?</c> for one character,
/// <c>;</c> parts alternatives; letters are compared whatever their case.
/// </summary>
public sealed record ExceptionMatch
{
    /// <summary>Nothing asked: every finding of the rule.</summary>
    public static ExceptionMatch Any { get; } = new();

    /// <summary>Table code of the finding (<c>XML3</c>).</summary>
    public string Table { get; init; } = "";

    /// <summary>Field of the finding (<c>MA_DICH_VU</c>).</summary>
    public string Field { get; init; } = "";

    /// <summary>The value the finding quotes.</summary>
    public string Value { get; init; } = "";

    /// <summary>Visit kind of the record (<c>MA_LOAI_KCB</c>).</summary>
    public string VisitKind { get; init; } = "";

    /// <summary>Department of the row or record (<c>MA_KHOA</c>).</summary>
    public string Department { get; init; } = "";

    /// <summary>Code of the drug, service, supply or disease.</summary>
    public string Item { get; init; } = "";

    /// <summary>Beginning of the card number, up to five characters (<c>TE1</c>, <c>GD479</c>).</summary>
    public string CardPrefix { get; init; } = "";

    /// <summary>How many of them ask for something.</summary>
    public int Criteria
    {
        get
        {
            int count = 0;
            foreach (string text in (ReadOnlySpan<string>)[Table, Field, Value, VisitKind, Department, Item, CardPrefix])
            {
                if (text.Length > 0) count++;
            }

            return count;
        }
    }
}

/// <summary>A facility's decision to treat a rule differently for a while.</summary>
/// <param name="Id">Stable id; stored with each finding it changes.</param>
/// <param name="Facility">Facility code; <see cref="AllFacilities"/> for all.</param>
/// <param name="Rule">Rule code, or its beginning followed by <c>*</c>.</param>
/// <param name="Match">Where it holds.</param>
/// <param name="Action">What it does.</param>
/// <param name="Start">First moment it holds (UTC).</param>
/// <param name="End">First moment it no longer holds (UTC).</param>
/// <param name="Approved">Whether a second person agreed; without that it doesn't lower a protected rule.</param>
/// <remarks>Source: rule catalogue, chapter "Exceptions".</remarks>
public sealed record RuleException(
    Guid Id, string Facility, string Rule, ExceptionMatch Match, ExceptionAction Action, DateTimeOffset Start, DateTimeOffset End, bool Approved)
{
    /// <summary>Stands for every facility.</summary>
    public const string AllFacilities = "*";

    /// <summary>Longest time an exception may hold, in months.</summary>
    public const int MostMonths = 12;

    /// <summary>Whether it names a group of rules.</summary>
    public bool IsPrefix => Rule.EndsWith('*');

    /// <summary>Whether it holds at a moment.</summary>
    public bool HoldsAt(DateTimeOffset at) => at >= Start && at < End;

    /// <summary>Whether it speaks of a rule.</summary>
    public bool Covers(string rule) =>
        IsPrefix ? rule.AsSpan().StartsWith(Rule.AsSpan(0, Rule.Length - 1), StringComparison.Ordinal) : rule == Rule;
}
