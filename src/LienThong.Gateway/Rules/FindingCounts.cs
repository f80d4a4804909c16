using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Rules;

/// <summary>Findings of a rule among current versions; those that exceptions silence don't count.</summary>
/// <param name="Rule">Rule code.</param>
/// <param name="Table">Table of one of them.</param>
/// <param name="Field">Field of one of them; empty when none is meant.</param>
/// <param name="Records">Records that have it.</param>
/// <param name="Findings">Findings.</param>
/// <param name="Blocks">Those that block.</param>
/// <param name="AtRisk">VND at risk of these findings.</param>
public sealed record RuleCount(string Rule, string Table, string Field, long Records, long Findings, long Blocks, decimal AtRisk);

/// <summary>Findings in a department.</summary>
/// <param name="Department"><c>MA_KHOA</c>; empty when unknown.</param>
/// <param name="Records">Records.</param>
/// <param name="Findings">Findings.</param>
/// <param name="Blocks">Those that block.</param>
/// <param name="AtRisk">VND at risk of these findings; a record with several causes counts in each.</param>
public sealed record DepartmentCount(string Department, long Records, long Findings, long Blocks, decimal AtRisk);

/// <summary>What is wrong with stored records, by rule and by department.</summary>
public sealed class FindingCounts(CauseQueries queries)
{
    /// <summary>By rule, most money first; only in a department when one is named.</summary>
    public Task<IReadOnlyList<RuleCount>> ByRuleAsync(Caller caller, string department, CancellationToken ct) => queries.CountByRuleAsync(caller, department, ct);

    /// <summary>By department, most money first; only of a rule when one is named.</summary>
    public Task<IReadOnlyList<DepartmentCount>> ByDepartmentAsync(Caller caller, string rule, CancellationToken ct) => queries.CountByDepartmentAsync(caller, rule, ct);
}
