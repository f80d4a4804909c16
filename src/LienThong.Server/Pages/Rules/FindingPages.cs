using LienThong.Gateway.Access;
using LienThong.Gateway.Rules;
using LienThong.Server.Access;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Rules;

/// <summary>What is wrong with all stored records: by rule and by department.</summary>
internal static class FindingPages
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/loi", ShowAsync).RequireAuthorization(Permissions.ReadRecords);

    private static async Task<IResult> ShowAsync(
        FindingCounts counts, HttpContext http, CancellationToken ct, [FromQuery(Name = "khoa")] string? department = null, [FromQuery(Name = "quy-tac")] string? rule = null)
    {
        Caller caller = http.Caller();
        string place = (department ?? "").Trim();
        string code = (rule ?? "").Trim();
        IReadOnlyList<RuleCount> rules = await counts.ByRuleAsync(caller, place, ct);
        // Departments of a rule about a hidden table would tell where such patients are.
        bool hidden = code.Length > 0 && rules.Any(r => r.Rule == code && Sensitive.Hides(caller, r.Table, r.Field));
        return PageResults.Page<FindingPage>(http, "Lỗi",
            (nameof(FindingPage.Department), place), (nameof(FindingPage.Rule), hidden ? "" : code),
            (nameof(FindingPage.Rules), rules.Where(r => !Sensitive.Hides(caller, r.Table, r.Field)).ToArray()),
            (nameof(FindingPage.Departments), await counts.ByDepartmentAsync(caller, hidden ? "" : code, ct)));
    }
}
