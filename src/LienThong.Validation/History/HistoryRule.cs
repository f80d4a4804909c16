using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Judges the facts of a record beside those of others, and reports what is broken itself.</summary>
internal delegate void HistorySweep(HistoryCase facts);

/// <summary>A rule over several records. It is judged when the record is stored, or checked beside the stored ones; never in a file alone.</summary>
internal sealed class HistoryRule(string code, FieldId at, HistorySweep judge) : Rule(RuleCatalogue.Get(code), at, [])
{
    public HistorySweep Judge { get; } = judge;
}

/// <summary>One record being judged beside the others.</summary>
internal sealed class HistoryCase(RecordFacts own, IRecordHistory history, CodeLists lists, DateOnly day)
{
    private readonly List<RecordFacts> partners = [];
    private List<RecordFacts>? samePerson;

    public RecordFacts Own => own;

    public IRecordHistory History => history;

    public CodeLists Lists => lists;

    /// <summary>The day that decides rules and lists.</summary>
    public DateOnly Day => day;

    public HistoryRule Rule { get; set; } = null!;

    public List<Finding> Findings { get; } = [];

    /// <summary>Other records that a finding is about: judged again, they may get or lose theirs.</summary>
    public IReadOnlyList<RecordFacts> Partners => partners;

    /// <summary>Other records of the same person, each once.</summary>
    public List<RecordFacts> SamePerson => samePerson ??= FindPerson();

    /// <summary>Other records with a key, of this facility, always in the same order: judged again, a record gets the same findings.</summary>
    public List<RecordFacts> With(HistoryKey key)
    {
        var found = new List<RecordFacts>();
        foreach (RecordFacts other in history.With(key))
        {
            if (other.Facility == own.Facility && other.MaLk != own.MaLk) found.Add(other);
        }

        found.Sort(static (a, b) => string.CompareOrdinal(a.MaLk, b.MaLk));
        return found;
    }

    /// <summary>The rule is broken together with another record.</summary>
    public void Broken(RecordFacts? partner, string value, Breach? breach = null, Act? act = null, int row = 1)
    {
        if (partner is not null && !partners.Contains(partner)) partners.Add(partner);
        RuleInfo info = Rule.Info;
        FieldId at = breach?.Field ?? Rule.At;
        var cell = new Cell(at.Table.Code(), act?.Row ?? row, at.Name);
        Severity severity = breach?.Severity is { } milder && milder < info.Severity ? milder : info.Severity;
        Findings.Add(new Finding(
            info.Code, severity, cell, act?.Stt ?? "", value, Fill(breach?.Message ?? info.MessageVi, value, breach, act, cell), Fill(info.Fix, value, breach, act, cell),
            info.LegalBasis, breach?.Expected)
        {
            Department = act?.Department ?? "",
            Doctor = act is null ? "" : act.Hands.Length > 0 ? act.Hands : act.Doctor,
            Item = act?.Code ?? own.Disease,
            AtRisk = severity == Severity.Warn && act is not null ? act.Fund : null,
        });
    }

    /// <summary>The rule is broken at a line that claims something.</summary>
    public void Broken(Claim line, Breach breach)
    {
        RuleInfo info = Rule.Info;
        var cell = new Cell(line.Table.Code(), line.Row, (breach.Field ?? Rule.At).Name);
        string value = Show.Money(line.Quantity);
        breach.And("stt", line.Stt.Length > 0 ? line.Stt : Show.Number(line.Row));
        Findings.Add(new Finding(
            info.Code, info.Severity, cell, line.Stt, value, Fill(info.MessageVi, value, breach, null, cell), Fill(info.Fix, value, breach, null, cell), info.LegalBasis, null)
        {
            Department = line.Department,
            Doctor = line.Doctor,
            Item = line.Code,
            AtRisk = line.Fund,
        });
    }

    private List<RecordFacts> FindPerson()
    {
        var found = new List<RecordFacts>();
        foreach (HistoryKey key in HistoryKey.PersonsOf(own))
        {
            foreach (RecordFacts other in With(key))
            {
                if (!found.Contains(other) && other.IsSamePerson(own)) found.Add(other);
            }
        }

        found.Sort(static (a, b) => Nullable.Compare(a.Arrived, b.Arrived) is not 0 and var order ? order : string.CompareOrdinal(a.MaLk, b.MaLk));
        return found;
    }

    private string Fill(string template, string value, Breach? breach, Act? act, Cell cell)
    {
        var text = new StringBuilder(template.Length + 32);
        int at = 0;
        for (int open; (open = template.IndexOf('{', at)) >= 0;)
        {
            int close = template.IndexOf('}', open);
            string name = template[(open + 1)..close];
            text.Append(template, at, open - at).Append(breach?.Find(name) ?? name switch
            {
                "value" => value,
                "expected" => breach?.Expected ?? "",
                "stt" => act is null ? "" : act.Stt.Length > 0 ? act.Stt : Show.Number(act.Row),
                "field" => cell.Field ?? "",
                "table" => cell.Table,
                "MA_LK" => own.MaLk,
                _ => "",
            });
            at = close + 1;
        }

        return text.Append(template, at, template.Length - at).ToString();
    }
}

/// <summary>What the rules over several records say of one.</summary>
/// <param name="Findings">Broken rules.</param>
/// <param name="Partners">Other records the findings are about.</param>
public sealed record HistoryJudgement(IReadOnlyList<Finding> Findings, IReadOnlyList<RecordFacts> Partners);

/// <summary>Judges the rules over several records.</summary>
public static class HistoryJudge
{
    private const int MostPartners = 200;

    /// <summary>Judges a record's facts beside the others. Rules that need more than the history answers for are left out, as 'not checked' says already.</summary>
    /// <param name="facts">The record.</param>
    /// <param name="history">The others.</param>
    /// <param name="lists">Code lists of the facility.</param>
    /// <param name="otherwise">The day that decides when the record has no discharge.</param>
    public static HistoryJudgement Judge(RecordFacts facts, IRecordHistory history, CodeLists lists, DateOnly otherwise)
    {
        DateOnly day = facts.Discharged is { } left ? DateOnly.FromDateTime(left) : otherwise;
        var one = new HistoryCase(facts, history, lists, day);
        foreach (HistoryRule rule in HistoryRules.All)
        {
            if (!rule.Info.AppliesOn(day) || !HasLists(rule, history, lists, day)) continue;
            one.Rule = rule;
            rule.Judge(one);
        }

        return new HistoryJudgement(one.Findings, one.Partners.Count <= MostPartners ? one.Partners : [.. one.Partners.Take(MostPartners)]);
    }

    /// <summary>The codes of which the sum over all records has to be known, with the least quantity bought of each: while less is claimed, nothing more is asked.</summary>
    /// <param name="facts">The record.</param>
    /// <param name="lists">Code lists of its facility.</param>
    /// <param name="codes">Takes them; a code that is there keeps the lesser quantity.</param>
    public static void AskClaims(RecordFacts facts, CodeLists lists, Dictionary<string, decimal> codes) => ProcurementRules.Ask(facts, lists, codes);

    private static bool HasLists(HistoryRule rule, IRecordHistory history, CodeLists lists, DateOnly day)
    {
        foreach (ListNeed need in rule.Info.Needs)
        {
            if (history.Answers(need.List)) continue;
            if (lists.Find(need.List) is not { } list || !list.Covers(day)) return false;
        }

        return true;
    }
}
