using System.Text;

namespace LienThong.Validation;

/// <summary>What findings of one cause have in common.</summary>
public enum CauseKind : byte
{
    /// <summary>The rule and field alone.</summary>
    Rule,

    /// <summary>The field comes empty or not at all.</summary>
    Missing,

    /// <summary>Values of one shape (<c>9999-99-99</c>): the source writes the field in another form.</summary>
    Form,

    /// <summary>One and the same wrong value: the source maps something wrongly.</summary>
    Value,

    /// <summary>One code: a drug, service, supply or disease.</summary>
    Code,

    /// <summary>One member of staff.</summary>
    Staff,

    /// <summary>One department.</summary>
    Department,
}

/// <summary>Who can mend a cause.</summary>
public enum CauseKeeper : byte
{
    /// <summary>Whoever maintains the hospital system.</summary>
    HisVendor,

    /// <summary>Whoever keeps the catalogues of the facility.</summary>
    CatalogueKeeper,

    /// <summary>The department that recorded it.</summary>
    Department,

    /// <summary>The doctor who ordered it.</summary>
    Doctor,

    /// <summary>The insurance office, which signs and sends.</summary>
    InsuranceOffice,
}

/// <summary>The cause a finding is put under. Findings with the same rule, table, field, kind and key have one cause.</summary>
/// <param name="Kind">What they share.</param>
/// <param name="Key">The shared value, shape, code or department; empty for <see cref="CauseKind.Rule"/> and <see cref="CauseKind.Missing"/>.</param>
/// <param name="Keeper">Who can mend it.</param>
public readonly record struct FindingCause(CauseKind Kind, string Key, CauseKeeper Keeper)
{
    private const int LongestKey = 100;
    private const int ShortValue = 3;

    /// <summary>The cause of a finding. The same finding always has the same cause.</summary>
    public static FindingCause Of(in FindingFacts finding)
    {
        RuleInfo? rule = RuleCatalogue.Find(finding.Rule);
        RuleLayer layer = rule?.Layer ?? RuleLayer.Business;
        if (finding.Rule.StartsWith("PKG-SEND-", StringComparison.Ordinal) || finding.Rule.StartsWith("PKG-SIGN-", StringComparison.Ordinal))
            return new FindingCause(CauseKind.Rule, "", CauseKeeper.InsuranceOffice);
        if (layer == RuleLayer.Catalogue) return OfCatalogue(finding);
        if (layer <= RuleLayer.Format) return OfForm(finding, layer);
        if (rule is not null && layer == RuleLayer.CrossField && RuleProtections.IsMoney(rule)) return new FindingCause(CauseKind.Rule, "", CauseKeeper.HisVendor);
        CauseKeeper keeper = layer == RuleLayer.Business ? CauseKeeper.Doctor : CauseKeeper.Department;
        // A finding of XML1 carries the main disease, which is its cause only where diseases are judged.
        bool itemCounts = finding.Table != "XML1" || finding.Field.StartsWith("MA_BENH", StringComparison.Ordinal);
        if (finding.Item.Length > 0 && itemCounts) return new FindingCause(CauseKind.Code, Cut(finding.Item), keeper);
        return finding.Department.Length > 0
            ? new FindingCause(CauseKind.Department, Cut(finding.Department), CauseKeeper.Department)
            : new FindingCause(CauseKind.Rule, "", keeper);
    }

    /// <summary>
    /// The shape of a value: runs of digits become <c>9</c> with their length, runs of letters <c>A</c>, the rest stays.
    /// </summary>
    /// <example><c>2026-01-05</c> → <c>9{4}-9{2}-9{2}</c>.</example>
    public static string Shape(ReadOnlySpan<char> value)
    {
        StringBuilder shape = new();
        value = value.Trim();
        for (int i = 0; i < value.Length && shape.Length < LongestKey;)
        {
            char kind = ClassOf(value[i]);
            int from = i;
            while (i < value.Length && ClassOf(value[i]) == kind) i++;
            shape.Append(kind);
            if (i - from > 1) shape.Append('{').Append(kind == 'A' ? "n" : Show.Number(i - from)).Append('}');
        }

        return shape.ToString();
    }

    private static FindingCause OfCatalogue(in FindingFacts f)
    {
        if (IsStaff(f.Field)) return new FindingCause(CauseKind.Staff, Cut(f.Value.Trim()), CauseKeeper.CatalogueKeeper);
        string code = f.Value.Trim() is { Length: > 0 } value ? value : f.Item;
        return new FindingCause(code.Length > 0 ? CauseKind.Code : CauseKind.Rule, Cut(code), CauseKeeper.CatalogueKeeper);
    }

    private static FindingCause OfForm(in FindingFacts f, RuleLayer layer)
    {
        string value = f.Value.Trim();
        // A document in another form than it should be isn't missing.
        bool isForm = f.Field.Length == 0 && f.Rule.StartsWith("PKG-", StringComparison.Ordinal);
        if (value.Length == 0) return new FindingCause(isForm ? CauseKind.Rule : CauseKind.Missing, "", CauseKeeper.HisVendor);
        // A short value is a code, and a wrong one a wrong mapping; longer ones are written in a wrong form.
        bool closed = value.Length <= ShortValue || layer == RuleLayer.Structure || f.Rule == "FAM-ENUM" || f.Rule.Contains("-ENUM-", StringComparison.Ordinal);
        return new FindingCause(closed ? CauseKind.Value : CauseKind.Form, closed ? Cut(value) : Shape(value), CauseKeeper.HisVendor);
    }

    private static bool IsStaff(string field) =>
        field is "NGUOI_THUC_HIEN" || field.StartsWith("MA_BAC_SI", StringComparison.Ordinal) || field.StartsWith("MA_BS", StringComparison.Ordinal)
        || field.StartsWith("MA_TTDV", StringComparison.Ordinal);

    private static char ClassOf(char c) => char.IsAsciiDigit(c) ? '9' : char.IsLetter(c) ? 'A' : c;

    private static string Cut(string text) => text.Length <= LongestKey ? text : text[..LongestKey];
}
