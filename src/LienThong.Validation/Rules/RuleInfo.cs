using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Where in the order of judging a rule stands; a finding of layer 1 or 2 keeps higher layers off its cell.</summary>
public enum RuleLayer : byte
{
    /// <summary>Elements, tables, required fields.</summary>
    Structure = 1,

    /// <summary>The form of a single value.</summary>
    Format = 2,

    /// <summary>Several fields or tables of one record.</summary>
    CrossField = 3,

    /// <summary>Code lists.</summary>
    Catalogue = 4,

    /// <summary>Payment conditions and plausibility.</summary>
    Business = 5,
}

/// <summary>What is known of a rule besides its predicate: data of the rule catalogue.</summary>
public sealed record RuleInfo
{
    /// <summary>Stable code; never reused.</summary>
    public required string Code { get; init; }

    /// <summary>Order of judging.</summary>
    public required RuleLayer Layer { get; init; }

    /// <summary>Table code, <c>*</c> for all tables, <c>PKG</c> for the package.</summary>
    public required string Table { get; init; }

    /// <summary>Fields concerned, in words.</summary>
    public required string Fields { get; init; }

    /// <summary>The worst severity the rule can give.</summary>
    public required Severity Severity { get; init; }

    /// <summary>First day it applies, compared with <see cref="ComparedWith"/>, inclusive.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Last day it applies, inclusive; null while in force.</summary>
    public DateOnly? EffectiveTo { get; init; }

    /// <summary>The date the period is compared with: <c>XML1.NGAY_RA</c> unless the law says otherwise.</summary>
    public required string ComparedWith { get; init; }

    /// <summary>Decision, table and line.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>Message template in Vietnamese with <c>{placeholders}</c>.</summary>
    public required string MessageVi { get; init; }

    /// <summary>Message template in English.</summary>
    public required string MessageEn { get; init; }

    /// <summary>What to do, in Vietnamese; empty for hints that ask for nothing.</summary>
    public required string Fix { get; init; }

    /// <summary>Code lists it needs, by name; empty for most.</summary>
    public required IReadOnlyList<string> NeedsLists { get; init; }

    /// <summary>How many independent sources hold the rule, and which.</summary>
    public required string Sources { get; init; }

    /// <summary>True on a day of the rule's period.</summary>
    public bool AppliesOn(DateOnly day) => day >= EffectiveFrom && (EffectiveTo is not { } to || day <= to);
}
