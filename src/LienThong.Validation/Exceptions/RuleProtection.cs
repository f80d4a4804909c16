using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>How far exceptions may go with a rule.</summary>
public enum RuleProtection : byte
{
    /// <summary>Anything.</summary>
    None,

    /// <summary>No lower than a warning, and only with a second person's approval.</summary>
    WarnOnly,

    /// <summary>Nothing: the rule stays as it is.</summary>
    Never,
}

/// <summary>Which rules are protected.</summary>
/// <remarks>Source: rule catalogue, chapter "Exceptions": blocks of layers 1 and 2, money rules that the portal itself checks, signatures.</remarks>
public static class RuleProtections
{
    private static readonly string[] MoneyFields = ["T_", "THANH_TIEN", "DON_GIA", "MUC_HUONG", "TYLE_TT", "TONGTIEN"];

    /// <summary>Protection of a rule; a code this version doesn't know (a facility's own rule) is free.</summary>
    public static RuleProtection Of(string code)
    {
        if (code.StartsWith("PKG-SIGN-", StringComparison.Ordinal)) return RuleProtection.Never;
        if (RuleCatalogue.Find(code) is not { } rule) return RuleProtection.None;
        bool form = rule.Layer <= RuleLayer.Format && rule.Severity == Severity.Block;
        return form || (IsMoney(rule) && rule.Sources.Contains("portal-", StringComparison.Ordinal)) ? RuleProtection.WarnOnly : RuleProtection.None;
    }

    /// <summary>Whether the rule is about amounts, prices or shares.</summary>
    public static bool IsMoney(RuleInfo rule)
    {
        foreach (Range part in rule.Fields.AsSpan().SplitAny(" ,;."))
        {
            ReadOnlySpan<char> field = rule.Fields.AsSpan(part);
            foreach (string money in MoneyFields)
            {
                if (field.StartsWith(money, StringComparison.Ordinal)) return true;
            }
        }

        return false;
    }
}
