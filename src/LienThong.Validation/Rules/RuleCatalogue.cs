using System.Collections.Immutable;
using System.Globalization;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Every rule this version judges, with its metadata.</summary>
public static class RuleCatalogue
{
    private static readonly Dictionary<string, RuleInfo> ByCode = Load();

    /// <summary>All rules, ordered by code.</summary>
    public static ImmutableArray<RuleInfo> All { get; } = [.. ByCode.Values.OrderBy(r => r.Code, StringComparer.Ordinal)];

    /// <summary>A rule by its code; null when this version doesn't judge it.</summary>
    public static RuleInfo? Find(string code) => ByCode.GetValueOrDefault(code);

    internal static RuleInfo Get(string code) =>
        Find(code) ?? throw new InvalidOperationException($"Rule {code} has no row in Data/rules.");

    private static Dictionary<string, RuleInfo> Load()
    {
        var rules = new Dictionary<string, RuleInfo>(StringComparer.Ordinal);
        foreach (CsvRow row in CsvData.ReadAll("Data/rules/"))
        {
            rules.Add(row["code"], new RuleInfo
            {
                Code = row["code"],
                Layer = (RuleLayer)int.Parse(row["layer"], CultureInfo.InvariantCulture),
                Table = row["table"],
                Fields = row["fields"],
                Severity = Weight(row["severity"]),
                EffectiveFrom = Day(row["effective_from"]),
                EffectiveTo = row["effective_to"].Length == 0 ? null : Day(row["effective_to"]),
                ComparedWith = row["compared_with"],
                LegalBasis = row["legal_basis"],
                MessageVi = row["message_vi"],
                MessageEn = row["message_en"],
                Fix = row["fix_vi"].Length > 0 ? row["fix_vi"] : UsualFix(row["fields"], row["severity"]),
                NeedsLists = row["needs_list"].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Sources = row["sources"],
            });
        }

        return rules;
    }

    // Hints ask for nothing; the rest is mended where the data come from.
    private static string UsualFix(string fields, string severity) =>
        severity == "info" ? ""
        : fields.Length <= 80 && fields.AsSpan().IndexOfAnyInRange('a', 'z') < 0 && !fields.Contains('*', StringComparison.Ordinal)
            ? $"Kiểm tra {fields.Replace(';', ',')} ở phần mềm nguồn rồi xuất lại."
            : "Kiểm tra lại ở phần mềm nguồn rồi xuất lại.";

    internal static Severity Weight(string text) => text switch
    {
        "block" => Severity.Block,
        "warn" => Severity.Warn,
        "info" => Severity.Info,
        _ => throw new FormatException($"Unknown severity {text}."),
    };

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
