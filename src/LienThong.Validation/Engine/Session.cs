using LienThong.Standard;
using LienThong.Validation.Custom;

namespace LienThong.Validation;

/// <summary>One run over one record, with buffers kept for the next record.</summary>
internal sealed class Session
{
    // A slot per thread, more or less: two that meet in one only make a session too many.
    private static readonly Session?[] Spare = new Session?[64];

    private static readonly RuleInfo NoSummary = RuleCatalogue.Get("PKG-XML1-001");
    private static readonly RuleInfo ManySummaries = RuleCatalogue.Get("PKG-XML1-002");

    private readonly RecordView view = new();
    private readonly bool[] unreadable = new bool[TableNames.Count];
    private bool anyUnreadable;
    private Scope? scope;

    public Report Report { get; } = new();

    /// <summary>A session nobody else uses.</summary>
    public static Session Rent() => Interlocked.Exchange(ref Spare[Slot], null) ?? new Session();

    /// <summary>Gives a session back when what it reported was taken.</summary>
    public static void Return(Session session) => Volatile.Write(ref Spare[Slot], session);

    public void Run(Record record, RuleSet rules, JudgeContext context, ValidatorOptions options, ListPlan plan, DateOnly day, bool needsSummary)
    {
        Report.Start(view, options.MaxFindingsPerRuleAndTable, context.IsOpen);
        view.Start(record, rules, context, context.Lists ?? options.Lists, day);
        ReadDeviations(record);
        if (needsSummary && !HasOneSummary(record)) return;
        TextDamage.Judge(record, rules, Report);
        for (int t = 0; t < TableNames.Count; t++) JudgeForm(record, rules, (TableId)t, needsSummary);
        for (int t = 0; t < TableNames.Count; t++)
        {
            if (view[(TableId)t] is not { } table) continue;
            if (view.HasSummary) rules.Checks(table.Id)?.JudgeCopies(table, view, Report);
            JudgeRows(table, rules.Rows(table.Id));
        }

        if (!view.HasSummary) return;
        foreach (Rule rule in rules.WholeRecord) JudgeRecord(rule);
        JudgeWithLists(plan);
        CustomRules custom = context.Custom ?? options.Custom;
        if (!custom.IsEmpty) JudgeCustom(custom, day);
    }

    private void JudgeCustom(CustomRules custom, DateOnly day)
    {
        Scope own = scope ??= new Scope();
        own.Record = view;
        foreach (CustomRule rule in custom.All)
        {
            if (!rule.Info.AppliesOn(day)) continue;
            Report.Current = rule;
            if (anyUnreadable && ReadsUnreadable(rule)) Report.NotReadable();
            else if (HasLists(rule, day)) rule.Judge(own, Report);
        }
    }

    private bool HasLists(CustomRule rule, DateOnly day)
    {
        bool all = true;
        foreach (ListNeed need in rule.Info.Needs)
        {
            if (view.Lists.Find(need.List) is { } list && list.Covers(day) && (list.IsComplete || !need.Complete)) continue;
            Report.IsUncovered(need.List);
            all = false;
        }

        return all;
    }

    private static int Slot => Environment.CurrentManagedThreadId & 63;

    private void ReadDeviations(Record record)
    {
        if (anyUnreadable) Array.Clear(unreadable);
        anyUnreadable = false;
        IReadOnlyList<Deviation> deviations = record.Deviations;
        if (deviations.Count == 0) return;
        DeviationFindings.Report(record, Report);
        for (int i = 0; i < deviations.Count; i++)
        {
            if (deviations[i].Table is { } table && DeviationFindings.Unreadable(deviations[i].Kind)) unreadable[(int)table] = anyUnreadable = true;
        }
    }

    private bool HasOneSummary(Record record)
    {
        if (view.HasSummary)
        {
            int count = record[TableId.Xml1]!.Count;
            if (count > 1) Report.Add(ManySummaries, TableId.Xml1, null, Breach.With("count", Show.Number(count)));
            return true;
        }

        if (!unreadable[(int)TableId.Xml1]) Report.Add(NoSummary, TableId.Xml1, null, Breach.With("count", "0"));
        return false;
    }

    private void JudgeForm(Record record, RuleSet rules, TableId id, bool inPackage)
    {
        if (record[id] is not { } table) return;
        bool own = id is TableId.Xml0 or TableId.Xml12;
        if (own == inPackage || rules.Checks(id) is not { } checks) return;
        if (table.Count == 0 && unreadable[(int)id]) return;
        RowRule[] form = rules.Form(id);
        JudgeRows(table, form);
        checks.Judge(table, view, Report);
    }

    private void JudgeRows(Table table, RowRule[] rules)
    {
        if (rules.Length == 0) return;
        for (int i = 0; i < table.Count; i++)
        {
            Row row = table[i];
            foreach (RowRule rule in rules)
            {
                Answer answer = rule.Judge(row, view);
                if (answer.Verdict is Verdict.Holds or Verdict.NotApplicable) continue;
                Report.Current = rule;
                Report.Take(answer, row);
            }
        }
    }

    private void JudgeRecord(Rule rule)
    {
        Report.Current = rule;
        if (anyUnreadable && ReadsUnreadable(rule))
        {
            Report.NotReadable();
        }
        else if (rule is RecordRule one)
        {
            Report.Take(one.Judge(view), view.Summary);
        }
        else if (rule is SweepRule sweep)
        {
            sweep.Judge(view, Report);
        }
    }

    private void JudgeWithLists(ListPlan plan)
    {
        for (int t = 0; t < TableNames.Count; t++)
        {
            if (view[(TableId)t] is { } table) JudgeRows(table, plan.Rows(table.Id));
        }

        foreach (Rule rule in plan.WholeRecord) JudgeRecord(rule);
    }

    private bool ReadsUnreadable(Rule rule)
    {
        if (unreadable[(int)rule.At.Table]) return true;
        foreach (FieldId read in rule.Reads)
        {
            if (unreadable[(int)read.Table]) return true;
        }

        return false;
    }
}
