using LienThong.Gateway.Rules;
using LienThong.Standard;
using LienThong.Validation;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Rules;

/// <summary>A rule with its figures.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Figures">How it does.</param>
public sealed record RuleLine(RuleInfo Rule, RuleFigures Figures);

/// <summary>Filter and page of the rule list, as written in the address.</summary>
public sealed record RuleQuery
{
    private const int PageRows = 50;

    /// <summary>Part of code, text, field or legal basis.</summary>
    [FromQuery(Name = "tim")]
    public string? Text { get; init; }

    /// <summary>Severity: <c>Block</c>, <c>Warn</c>, <c>Info</c>.</summary>
    [FromQuery(Name = "muc")]
    public string? Severity { get; init; }

    /// <summary>Beginning of the code up to the first hyphen (<c>X1</c>, <c>FAM</c>).</summary>
    [FromQuery(Name = "nhom")]
    public string? Group { get; init; }

    /// <summary><c>hits</c>, <c>off</c>, <c>review</c>; all otherwise.</summary>
    [FromQuery(Name = "chi")]
    public string? Only { get; init; }

    /// <summary>Page, from 1.</summary>
    [FromQuery(Name = "trang")]
    public string? PageText { get; init; }

    /// <summary>Groups of codes, in their order.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. RuleCatalogue.All.Select(r => GroupOf(r.Code)).Distinct(StringComparer.Ordinal).OrderBy(g => g.Length).ThenBy(g => g, StringComparer.Ordinal)];

    /// <summary>Group of a rule.</summary>
    public static string GroupOf(string code) => code.IndexOf('-', StringComparison.Ordinal) is var at and > 0 ? code[..at] : code;

    /// <summary>The rules asked for, noisy ones first: by share of false alarms, then hits, then code.</summary>
    public (IReadOnlyList<RuleLine> Rows, int Page, int Pages, int Count) Read(IReadOnlyDictionary<string, RuleFigures> figures)
    {
        RuleLine[] found =
        [
            .. RuleCatalogue.All.Select(r => new RuleLine(r, figures.GetValueOrDefault(r.Code) ?? RuleFigures.None(r.Code))).Where(Fits)
                .OrderByDescending(l => l.Figures.ProposesReview).ThenByDescending(l => l.Figures.FalseAlarms ?? -1).ThenByDescending(l => l.Figures.Findings)
                .ThenBy(l => l.Rule.Code, StringComparer.Ordinal),
        ];
        int pages = Math.Max(1, (found.Length + PageRows - 1) / PageRows);
        int page = Math.Clamp(int.TryParse(PageText, System.Globalization.CultureInfo.InvariantCulture, out int wanted) ? wanted : 1, 1, pages);
        return ([.. found.Skip((page - 1) * PageRows).Take(PageRows)], page, pages, found.Length);
    }

    /// <summary>Address of a page with this filter.</summary>
    public string Url(int page)
    {
        QueryBuilder query = [];
        foreach ((string name, string? value) in new[] { ("tim", Text), ("muc", Severity), ("nhom", Group), ("chi", Only) })
        {
            if (!string.IsNullOrWhiteSpace(value))
                query.Add(name, value);
        }
        query.Add("trang", page.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return "/quy-tac" + query.ToQueryString();
    }

    private bool Fits(RuleLine l)
    {
        bool severity = !Enum.TryParse(Severity, out Severity wanted) || l.Rule.Severity == wanted;
        bool group = string.IsNullOrEmpty(Group) || GroupOf(l.Rule.Code) == Group;
        bool only = Only switch
        {
            "hits" => l.Figures.Findings > 0,
            "off" => l.Figures.IsOff,
            "review" => l.Figures.ProposesReview,
            _ => true,
        };
        return severity && group && only && Says(l.Rule);
    }

    private bool Says(RuleInfo rule)
    {
        if (string.IsNullOrWhiteSpace(Text))
            return true;
        string wanted = Gateway.Records.SearchText.Fold(Text);
        return new[] { rule.Code, rule.MessageVi, rule.Fields, rule.LegalBasis }.Any(t => Gateway.Records.SearchText.Fold(t).Contains(wanted, StringComparison.Ordinal));
    }
}
