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
public sealed class RuleInfo
{
    private static readonly ListNeed[] NoNeeds = [];
    private readonly DataRow row;
    private bool grouped;

    // Only what judging needs is read here; the words are read when a finding or a person asks for them.
    internal RuleInfo(DataRow row)
    {
        this.row = row;
        Code = row["code"];
        Layer = (RuleLayer)(row["layer"][0] - '0');
        Severity = RuleCatalogue.Weight(row["severity"]);
        EffectiveFrom = CsvData.Day(row["effective_from"]);
        EffectiveTo = row["effective_to"] is { Length: > 0 } to ? CsvData.Day(to) : null;
        Needs = row["needs_list"] is { Length: > 0 } lists ? ReadNeeds(lists) : NoNeeds;
    }

    /// <summary>A rule that doesn't stand in the catalogue: one written by a facility.</summary>
    internal RuleInfo(string code, string table, Severity severity, DateOnly from, DateOnly? to, ListNeed[] needs)
    {
        Code = code;
        Table = table;
        Layer = RuleLayer.Business;
        Severity = severity;
        EffectiveFrom = from;
        EffectiveTo = to;
        ComparedWith = "XML1.NGAY_RA";
        MessageEn = "";
        Needs = needs;
    }

    /// <summary>Stable code; never reused.</summary>
    public string Code { get; }

    /// <summary>Order of judging.</summary>
    public RuleLayer Layer { get; }

    /// <summary>Table code, <c>*</c> for all tables, <c>PKG</c> for the package.</summary>
    public string Table { get => field ??= row["table"]; internal init; }

    /// <summary>Fields concerned, in words.</summary>
    public string Fields { get => field ??= row["fields"]; internal init; }

    /// <summary>The worst severity the rule can give.</summary>
    public Severity Severity { get; }

    /// <summary>First day it applies, compared with <see cref="ComparedWith"/>, inclusive.</summary>
    public DateOnly EffectiveFrom { get; }

    /// <summary>Last day it applies, inclusive; null while in force.</summary>
    public DateOnly? EffectiveTo { get; }

    /// <summary>The date the period is compared with: <c>XML1.NGAY_RA</c> unless the law says otherwise.</summary>
    public string ComparedWith { get => field ??= row["compared_with"]; internal init; }

    /// <summary>Decision, table and line.</summary>
    public string LegalBasis { get => field ??= row["legal_basis"]; internal init; }

    /// <summary>Message template in Vietnamese with <c>{placeholders}</c>.</summary>
    public string MessageVi { get => field ??= row["message_vi"]; internal init; }

    /// <summary>Message template in English.</summary>
    public string MessageEn { get => field ??= row["message_en"]; internal init; }

    /// <summary>What to do, in Vietnamese; empty for hints that ask for nothing.</summary>
    public string Fix { get => field ??= row["fix_vi"] is { Length: > 0 } own ? own : UsualFix(); internal init; }

    /// <summary>Code lists it needs, by name; empty for most.</summary>
    public IReadOnlyList<string> NeedsLists => field ??= Names();

    /// <summary>The same, with whether a list known only in part will do.</summary>
    internal ListNeed[] Needs { get; }

    /// <summary>How many independent sources hold the rule, and which.</summary>
    public string Sources { get => field ??= row["sources"]; internal init; }

    /// <summary>The content of the automatic audit it belongs to; null for rules outside it.</summary>
    public AuditGroup? AuditGroup
    {
        get
        {
            if (grouped) return field;
            field = AuditGroup.Of(Code);
            grouped = true;
            return field;
        }
    }

    /// <summary>True on a day of the rule's period.</summary>
    public bool AppliesOn(DateOnly day) => day >= EffectiveFrom && (EffectiveTo is not { } to || day <= to);

    // «icd10; fuel!»: of fuel every code must be known.
    private static ListNeed[] ReadNeeds(string text)
    {
        string[] parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var needs = new ListNeed[parts.Length];
        for (int i = 0; i < parts.Length; i++) needs[i] = new ListNeed(parts[i].TrimEnd('!'), parts[i].EndsWith('!'));
        return needs;
    }

    private string[] Names()
    {
        string[] names = new string[Needs.Length];
        for (int i = 0; i < names.Length; i++) names[i] = Needs[i].List;
        return names;
    }

    // Hints ask for nothing; the rest is mended where the data come from.
    private string UsualFix() =>
        Severity == Severity.Info ? ""
        : Fields.Length <= 80 && Fields.AsSpan().IndexOfAnyInRange('a', 'z') < 0 && !Fields.Contains('*', StringComparison.Ordinal)
            ? $"Kiểm tra {Fields.Replace(';', ',')} ở phần mềm nguồn rồi xuất lại."
            : "Kiểm tra lại ở phần mềm nguồn rồi xuất lại.";
}

/// <summary>A code list that a rule needs.</summary>
/// <param name="List">Its name.</param>
/// <param name="Complete">The rule objects to codes that aren't in the list, so a list known only in part won't do.</param>
internal readonly record struct ListNeed(string List, bool Complete);
