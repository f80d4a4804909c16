using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// The codes under which the generic checks report. A check that a table has a row of its own for uses that row's code
/// (<c>X3-REQUIRED-001</c>, <c>X6-ENUM-001</c>, <c>X13-SAME-001</c>); the checks of form, which share one row per table, use their family's code.
/// </summary>
internal static class Families
{
    public static readonly RuleInfo MaxLength = RuleCatalogue.Get("FAM-MAXLEN");
    public static readonly RuleInfo Type = RuleCatalogue.Get("FAM-TYPE");
    public static readonly RuleInfo Date8 = RuleCatalogue.Get("FAM-DATE8");
    public static readonly RuleInfo DateTime12 = RuleCatalogue.Get("FAM-DATETIME12");
    public static readonly RuleInfo Decimals = RuleCatalogue.Get("FAM-DECIMALS");
    public static readonly RuleInfo List = RuleCatalogue.Get("FAM-LIST");
    public static readonly RuleInfo Trim = RuleCatalogue.Get("FAM-TRIM");
    public static readonly RuleInfo NonNegative = RuleCatalogue.Get("FAM-NONNEG");
    public static readonly RuleInfo Stt = RuleCatalogue.Get("FAM-STT");
    public static readonly RuleInfo MaLk = RuleCatalogue.Get("FAM-MALK");
    public static readonly RuleInfo UnknownField = RuleCatalogue.Get("PKG-FIELD-001");
    public static readonly RuleInfo MissingField = RuleCatalogue.Get("PKG-FIELD-002");
    public static readonly RuleInfo FieldOrder = RuleCatalogue.Get("PKG-FIELD-003");
    public static readonly RuleInfo DuplicateField = RuleCatalogue.Get("PKG-FIELD-004");
    public static readonly RuleInfo EmptyTable = RuleCatalogue.Get("PKG-EMPTY-001");

    public static RuleInfo Required(TableId table) => Of(table, "REQUIRED");

    public static RuleInfo Enum(TableId table) => Of(table, "ENUM");

    public static RuleInfo Same(TableId table) => Of(table, "SAME");

    /// <summary>True when higher layers may still read the value: blanks around it are taken off for them.</summary>
    public static bool KeepsValue(RuleInfo info) => ReferenceEquals(info, Trim) || info.Code == "PKG-ENC-002" || ReferenceEquals(info, List) || ReferenceEquals(info, Stt);

    /// <summary>
    /// Where the form of a table's fields is written: <c>X3-FORMAT-001</c> is the parameter of the families of form for XML3. The families
    /// themselves cite all tables at once.
    /// </summary>
    public static string BasisOf(RuleInfo info, TableId table)
    {
        bool form = ReferenceEquals(info, MaxLength) || ReferenceEquals(info, Type) || ReferenceEquals(info, Date8) || ReferenceEquals(info, DateTime12);
        return (form ? RuleCatalogue.Find($"X{(int)table}-FORMAT-001") : null)?.LegalBasis ?? info.LegalBasis;
    }

    private static RuleInfo Of(TableId table, string family) =>
        RuleCatalogue.Find($"X{(int)table}-{family}-001")
        ?? RuleCatalogue.Get(family == "SAME" ? "FAM-SAME_AS_XML1" : "FAM-" + family);
}
