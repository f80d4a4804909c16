using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What exceptions look at in a finding.</summary>
/// <param name="Rule">Rule code.</param>
/// <param name="Severity">Weight the rule gave it.</param>
/// <param name="Table">Table code.</param>
/// <param name="Field">Field; empty when none is meant.</param>
/// <param name="Value">Text as received.</param>
/// <param name="Department"><c>MA_KHOA</c>; empty when unknown.</param>
/// <param name="Item">Code of the drug, service, supply or disease; empty when there is none.</param>
/// <param name="VisitKind"><c>MA_LOAI_KCB</c> of the record.</param>
/// <param name="CardPrefix">First five characters of the card number.</param>
public readonly record struct FindingFacts(
    string Rule, Severity Severity, string Table, string Field, string Value, string Department, string Item, string VisitKind, string CardPrefix);

/// <summary>What becomes of a finding.</summary>
/// <param name="Exception">The exception that decided.</param>
/// <param name="Severity">Its weight now.</param>
/// <param name="Suppressed">Whether it no longer counts.</param>
public readonly record struct ExceptionDecision(RuleException Exception, Severity Severity, bool Suppressed);

/// <summary>
/// The exceptions of one facility, in the order of their right of way: a match before a whole facility before all facilities, more conditions
/// before fewer, a longer code before a shorter, <see cref="ExceptionAction.Raise"/> before the rest, the later start, then the id.
/// Immutable and thread-safe.
/// </summary>
public sealed class ExceptionSet
{
    private readonly Dictionary<string, Entry[]> byRule;
    private readonly Entry[] groups;

    private ExceptionSet(Dictionary<string, Entry[]> byRule, Entry[] groups) => (this.byRule, this.groups) = (byRule, groups);

    /// <summary>No exception: nothing is looked at.</summary>
    public static ExceptionSet None { get; } = new([], []);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => byRule.Count == 0 && groups.Length == 0;

    /// <summary>Puts exceptions in order. Those of another facility must have been left out.</summary>
    public static ExceptionSet Of(IEnumerable<RuleException> exceptions)
    {
        Entry[] all = [.. exceptions.Select(e => new Entry(e))];
        if (all.Length == 0) return None;
        Entry[] prefixes = Ordered(all.Where(e => e.Exception.IsPrefix));
        // A rule with exceptions of its own meets the groups in the same list; any other rule looks at the groups alone.
        Dictionary<string, Entry[]> exact = all.Where(e => !e.Exception.IsPrefix).GroupBy(e => e.Exception.Rule, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Ordered([.. g, .. prefixes.Where(p => p.Exception.Covers(g.Key))]), StringComparer.Ordinal);
        return new ExceptionSet(exact, prefixes);
    }

    /// <summary>What the exceptions that hold at a moment make of a finding; null when it stays as it is.</summary>
    public ExceptionDecision? Decide(in FindingFacts finding, DateTimeOffset at)
    {
        Entry[] candidates = byRule.GetValueOrDefault(finding.Rule, groups);
        if (candidates.Length == 0) return null;
        RuleProtection protection = RuleProtections.Of(finding.Rule);
        if (protection == RuleProtection.Never) return null;
        foreach (Entry entry in candidates)
        {
            if (entry.Exception.HoldsAt(at) && entry.Matches(finding) && !Withheld(entry.Exception, protection)) return Apply(entry.Exception, finding.Severity, protection);
        }

        return null;
    }

    private static bool Withheld(RuleException exception, RuleProtection protection) =>
        protection == RuleProtection.WarnOnly && !exception.Approved && exception.Action != ExceptionAction.Raise;

    private static ExceptionDecision? Apply(RuleException exception, Severity severity, RuleProtection protection)
    {
        if (exception.Action == ExceptionAction.Silence && protection == RuleProtection.None) return new ExceptionDecision(exception, severity, true);
        Severity wanted = exception.Action switch
        {
            ExceptionAction.Raise => severity == Severity.Block ? Severity.Block : severity + 1,
            ExceptionAction.Warn => Severity.Warn,
            _ => protection == RuleProtection.None ? Severity.Info : Severity.Warn,
        };
        bool changes = exception.Action == ExceptionAction.Raise ? wanted > severity : wanted < severity;
        return changes ? new ExceptionDecision(exception, wanted, false) : null;
    }

    private static Entry[] Ordered(IEnumerable<Entry> entries) =>
    [
        .. entries.OrderByDescending(e => e.Exception.Match.Criteria > 0).ThenByDescending(e => e.Exception.Facility != RuleException.AllFacilities)
            .ThenByDescending(e => e.Exception.Match.Criteria).ThenByDescending(e => e.Exception.IsPrefix ? e.Exception.Rule.Length - 1 : int.MaxValue)
            .ThenByDescending(e => e.Exception.Action == ExceptionAction.Raise).ThenByDescending(e => e.Exception.Start).ThenBy(e => e.Exception.Id),
    ];

    private sealed class Entry(RuleException exception)
    {
        private readonly TextPattern table = new(exception.Match.Table);
        private readonly TextPattern field = new(exception.Match.Field);
        private readonly TextPattern value = new(exception.Match.Value);
        private readonly TextPattern visitKind = new(exception.Match.VisitKind);
        private readonly TextPattern department = new(exception.Match.Department);
        private readonly TextPattern item = new(exception.Match.Item);
        private readonly TextPattern card = new(exception.Match.CardPrefix, prefix: true);

        public RuleException Exception => exception;

        public bool Matches(in FindingFacts f) =>
            exception.Covers(f.Rule) && table.Matches(f.Table) && field.Matches(f.Field) && visitKind.Matches(f.VisitKind)
            && department.Matches(f.Department) && item.Matches(f.Item) && card.Matches(f.CardPrefix) && value.Matches(f.Value);
    }
}
