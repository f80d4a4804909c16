using System.Collections.Immutable;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Every rule this version judges, with its metadata.</summary>
public static class RuleCatalogue
{
    private static readonly Dictionary<string, RuleInfo> ByCode = Load();

    /// <summary>All rules, ordered by code.</summary>
    public static ImmutableArray<RuleInfo> All => Sorted.All;

    /// <summary>All rules, in no order.</summary>
    internal static Dictionary<string, RuleInfo>.ValueCollection Unordered => ByCode.Values;

    /// <summary>A rule by its code; null when this version doesn't judge it.</summary>
    public static RuleInfo? Find(string code) => ByCode.GetValueOrDefault(code);

    internal static RuleInfo Get(string code) =>
        Find(code) ?? throw new InvalidOperationException($"Rule {code} has no row in Data/rules.");

    private static Dictionary<string, RuleInfo> Load()
    {
        var rules = new Dictionary<string, RuleInfo>(1024, StringComparer.Ordinal);
        foreach (CsvData file in CsvData.ReadAll(typeof(RuleCatalogue).Assembly, "Data/rules/"))
        {
            for (int i = 0; i < file.Count; i++)
            {
                var rule = new RuleInfo(file[i]);
                rules.Add(rule.Code, rule);
            }
        }

        return rules;
    }

    internal static Severity Weight(string text) => text switch
    {
        "block" => Severity.Block,
        "warn" => Severity.Warn,
        "info" => Severity.Info,
        _ => throw new FormatException($"Unknown severity {text}."),
    };

    // Sorted only for those who want to see all of them: judging looks rules up by code.
    private static class Sorted
    {
        public static readonly ImmutableArray<RuleInfo> All = [.. ByCode.Values.OrderBy(r => r.Code, StringComparer.Ordinal)];
    }
}
