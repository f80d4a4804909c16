using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>One of the eleven contents of the automatic audit (TT 12/2026/TT-BTC, Điều 10 khoản 1); rules belong to at most one.</summary>
public sealed class AuditGroup
{
    private static AuditGroup[]? all;
    private readonly string[] rules;

    private AuditGroup(int index, DataRow row)
    {
        Index = index;
        Id = row["id"];
        Point = row["point"];
        TitleVi = row["title_vi"];
        TitleEn = row["title_en"];
        rules = row["rules"].Split(' ');
    }

    /// <summary>Rule of the catalogue that says which rules belong to which group.</summary>
    public const string Rule = "AUD-GROUP-001";

    /// <summary>All groups in the order of the circular.</summary>
    public static IReadOnlyList<AuditGroup> All => all ??= Load();

    /// <summary>Place in <see cref="All"/>, from 0.</summary>
    public int Index { get; }

    /// <summary>Name in plain letters, for programs: <c>dd</c> for point đ.</summary>
    public string Id { get; }

    /// <summary>The point of the circular as it is written: <c>đ</c>.</summary>
    public string Point { get; }

    /// <summary>Title in Vietnamese.</summary>
    public string TitleVi { get; }

    /// <summary>Title in English.</summary>
    public string TitleEn { get; }

    /// <summary>The group of a rule: the longest pattern decides; null when the rule belongs to none.</summary>
    public static AuditGroup? Of(string code)
    {
        AuditGroup? best = null;
        int longest = 0;
        foreach (AuditGroup group in All)
        {
            int length = group.Match(code);
            if (length <= longest) continue;
            longest = length;
            best = group;
        }

        return best;
    }

    // A pattern is a code, or the start of codes before a star.
    private int Match(string code)
    {
        int longest = 0;
        foreach (string rule in rules)
        {
            bool fits = rule[^1] == '*' ? code.AsSpan().StartsWith(rule.AsSpan(0, rule.Length - 1)) : code == rule;
            if (fits && rule.Length > longest) longest = rule.Length;
        }

        return longest;
    }

    private static AuditGroup[] Load()
    {
        CsvData file = CsvData.Read(typeof(RuleCatalogue).Assembly, "Data/audit_groups.csv");
        var groups = new AuditGroup[file.Count];
        for (int i = 0; i < groups.Length; i++) groups[i] = new AuditGroup(i, file[i]);
        return groups;
    }
}
