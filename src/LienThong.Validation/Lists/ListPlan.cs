using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// Which rules can be judged with the lists of a facility on the days of one interval, and which lists are missing for the rest.
/// Worked out once and kept by <see cref="CodeLists"/>.
/// </summary>
internal sealed class ListPlan
{
    private readonly RuleSet rules;
    private readonly RowRule[][] rows = new RowRule[TableNames.Count][];
    private DateOnly from = DateOnly.MinValue;
    private DateOnly to = DateOnly.MaxValue;

    public ListPlan(RuleSet rules, CodeLists lists, DateOnly day)
    {
        this.rules = rules;
        var whole = new List<Rule>();
        var byRow = new List<RowRule>();
        var missing = new List<string>();
        foreach (Rule rule in rules.Needing)
        {
            if (!HasLists(rule, lists, day, missing)) continue;
            if (rule is RowRule row) byRow.Add(row);
            else whole.Add(rule);
        }

        WholeRecord = [.. whole];
        for (int t = 0; t < rows.Length; t++) rows[t] = [.. byRow.FindAll(r => (int)r.At.Table == t)];
        Missing = Count(missing);
    }

    /// <summary>Rules over the whole record whose lists are there.</summary>
    public Rule[] WholeRecord { get; }

    /// <summary>What can't be judged, by list.</summary>
    public NotCheckedCount[] Missing { get; }

    /// <summary>The same when the rules over several records are judged elsewhere.</summary>
    public NotCheckedCount[] MissingBesidesHistory => field ??= Array.FindAll(Missing, static m => m.List is not (HistoryLists.Submissions or HistoryLists.Cards or HistoryLists.CheckIns));

    /// <summary>Rules over the rows of a table whose lists are there.</summary>
    public RowRule[] Rows(TableId table) => rows[(int)table];

    public bool IsFor(RuleSet wanted, DateOnly day) => ReferenceEquals(rules, wanted) && day >= from && day <= to;

    private bool HasLists(Rule rule, CodeLists lists, DateOnly day, List<string> missing)
    {
        bool all = true;
        foreach (ListNeed need in rule.Info.Needs)
        {
            CodeList? list = lists.Find(need.List);
            if (list is not null) Narrow(list, day);
            if (list is not null && list.Covers(day) && (list.IsComplete || !need.Complete)) continue;
            missing.Add(need.List);
            all = false;
        }

        return all;
    }

    // The plan holds as long as the same lists cover the day.
    private void Narrow(CodeList list, DateOnly day)
    {
        if (list.CoversFrom > day) to = Earlier(to, list.CoversFrom.AddDays(-1));
        else if (list.CoversFrom > from) from = list.CoversFrom;
        if (list.CoversTo >= day) to = Earlier(to, list.CoversTo);
        else if (list.CoversTo >= from) from = list.CoversTo.AddDays(1);
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    // A handful of names: a sorted dictionary would cost a cold start fifty methods compiled at run time.
    private static NotCheckedCount[] Count(List<string> missing)
    {
        missing.Sort(StringComparer.Ordinal);
        var counts = new List<NotCheckedCount>();
        for (int first = 0, next; first < missing.Count; first = next)
        {
            next = first + 1;
            while (next < missing.Count && missing[next] == missing[first]) next++;
            counts.Add(new NotCheckedCount(NotCheckedCause.ListNotLoaded, missing[first], next - first));
        }

        return [.. counts];
    }
}
