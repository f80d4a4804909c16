using LienThong.Validation;

namespace LienThong.Gateway.Rules;

/// <summary>Where an exception stands.</summary>
public enum ExceptionState
{
    /// <summary>Waits for a second person.</summary>
    Proposed,

    /// <summary>A second person said no.</summary>
    Refused,

    /// <summary>Agreed, not begun.</summary>
    Coming,

    /// <summary>Holds now.</summary>
    Active,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>A person ended it early.</summary>
    Ended,
}

/// <summary>What a person asks for.</summary>
public sealed record ExceptionDraft
{
    /// <summary>Facility code; <c>*</c> for all (only for who sees all).</summary>
    public required string Facility { get; init; }

    /// <summary>Rule code, or its beginning and <c>*</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>Where it holds.</summary>
    public ExceptionMatch Match { get; init; } = ExceptionMatch.Any;

    /// <summary>What it does.</summary>
    public required ExceptionAction Action { get; init; }

    /// <summary>Why; required.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What proves it (letter, decision, record number); may be empty.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>First day; null for now.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, Vietnam; at most 12 months after the first.</summary>
    public required DateOnly To { get; init; }
}

/// <summary>An exception with its history and what it changes.</summary>
/// <param name="Exception">The exception.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why.</param>
/// <param name="Evidence">What proves it.</param>
/// <param name="Author">Who asked for it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="NeedsApproval">Whether it takes a second person.</param>
/// <param name="DecidedBy">Who agreed or refused; null while nobody did.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="EndedBy">Who ended it early; null when nobody did.</param>
/// <param name="EndReason">Why it was ended, or refused.</param>
/// <param name="Applied">Whether all stored findings show it (or no longer show it).</param>
/// <param name="Records">Records it changes now.</param>
/// <param name="Findings">Findings it changes now.</param>
/// <param name="AtRisk">VND at risk of those findings.</param>
/// <param name="ReturnedRecords">Records whose findings came back when it stopped; null while it holds.</param>
/// <param name="ReturnedFindings">Findings that came back.</param>
public sealed record ExceptionView(
    RuleException Exception, ExceptionState State, string Reason, string Evidence, string Author, DateTimeOffset CreatedAt, bool NeedsApproval,
    string? DecidedBy, DateTimeOffset? DecidedAt, string? EndedBy, string? EndReason, bool Applied, long Records, long Findings, decimal AtRisk,
    long? ReturnedRecords, long? ReturnedFindings);

/// <summary>What became of a request about rules. Refusals are values: they are expected in daily work.</summary>
public abstract record RuleResult
{
    private RuleResult()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Id">What it concerns.</param>
    public sealed record Done(Guid Id) : RuleResult;

    /// <summary>Unknown, or outside the caller's facilities.</summary>
    public sealed record NotFound : RuleResult;

    /// <summary>The caller lacks the permission.</summary>
    /// <param name="Permission">The permission it takes.</param>
    public sealed record Forbidden(string Permission) : RuleResult;

    /// <summary>Not possible as things stand.</summary>
    /// <param name="Code">Stable code for programs.</param>
    /// <param name="Message">What to tell the person, in Vietnamese.</param>
    public sealed record Refused(string Code, string Message) : RuleResult;
}
