using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The rules of one release that apply on the days of one interval, compiled for one pass over a record.</summary>
public sealed class RuleSet
{
    private static readonly int[] Changes = FindChanges();
    private static readonly Lock Compiling = new();
    private static RuleSet[] compiled = [];

    private readonly TableChecks?[] tables = new TableChecks?[TableNames.Count];
    private readonly RowRule[][] form = new RowRule[TableNames.Count][];
    private readonly RowRule[][] rows = new RowRule[TableNames.Count][];
    private readonly RowRule[] ownForm;
    private readonly int number;

    private RuleSet(Release release, int interval)
    {
        Release = release;
        number = interval;
        From = interval == 0 ? DateOnly.MinValue : DateOnly.FromDayNumber(Changes[interval - 1]);
        To = interval == Changes.Length ? null : DateOnly.FromDayNumber(Changes[interval] - 1);
        var needing = new List<Rule>();
        var whole = new List<Rule>();
        var byRow = new List<RowRule>();
        foreach (Rule rule in RuleBook.All)
        {
            if (!rule.Info.AppliesOn(From) || release.Table(rule.At.Table)?.Find(rule.At) is null) continue;
            Specific++;
            if (rule.Info.NeedsLists.Count > 0) needing.Add(rule);
            else if (rule is RowRule row) byRow.Add(row);
            else whole.Add(rule);
        }

        Needing = InLayers(needing);
        WholeRecord = InLayers(whole);
        ownForm = [.. byRow.FindAll(static r => r.OwnsForm)];
        for (int t = 0; t < TableNames.Count; t++)
        {
            var table = (TableId)t;
            form[t] = [.. byRow.FindAll(r => r.At.Table == table && r.Info.Layer <= RuleLayer.Format)];
            rows[t] = InLayers(byRow.FindAll(r => r.At.Table == table && r.Info.Layer > RuleLayer.Format));
        }
    }

    /// <summary>The release.</summary>
    public Release Release { get; }

    /// <summary>First day of the interval.</summary>
    public DateOnly From { get; }

    /// <summary>Last day of the interval; null when nothing ends it.</summary>
    public DateOnly? To { get; }

    /// <summary>Specific rules in the set; the generic checks of every field come on top.</summary>
    public int Specific { get; }

    /// <summary>Rules over the whole record, lower layers first.</summary>
    internal Rule[] WholeRecord { get; }

    /// <summary>Rules that need a code list.</summary>
    internal Rule[] Needing { get; }

    /// <summary>The rules of a release on a day; compiled once per release and interval, then shared.</summary>
    public static RuleSet For(Release release, DateOnly day)
    {
        int interval = 0;
        while (interval < Changes.Length && Changes[interval] <= day.DayNumber) interval++;
        return Find(release, interval) ?? Add(release, interval);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Release.DecisionNumber} · {Specific} quy tắc riêng · từ {From:dd/MM/yyyy}" + (To is { } to ? $" đến {to:dd/MM/yyyy}" : "");

    /// <summary>The generic checks of a table, compiled when the first record has it; null when the release doesn't know the table.</summary>
    internal TableChecks? Checks(TableId table) => tables[(int)table] ?? Compile(table);

    /// <summary>Rules of layer 1 and 2 over the rows of a table.</summary>
    internal RowRule[] Form(TableId table) => form[(int)table];

    /// <summary>Rules of layer 3 and higher over the rows of a table.</summary>
    internal RowRule[] Rows(TableId table) => rows[(int)table];

    internal FieldId? SttOf(TableId table) => Checks(table)?.Stt;

    private static RuleSet? Find(Release release, int interval)
    {
        foreach (RuleSet set in Volatile.Read(ref compiled))
        {
            if (set.number == interval && ReferenceEquals(set.Release, release)) return set;
        }

        return null;
    }

    private static RuleSet Add(Release release, int interval)
    {
        lock (Compiling)
        {
            if (Find(release, interval) is { } found) return found;
            var set = new RuleSet(release, interval);
            Volatile.Write(ref compiled, [.. compiled, set]);
            return set;
        }
    }

    // Lower layers first; within a layer the order of the rule book.
    private static T[] InLayers<T>(List<T> rules)
        where T : Rule
    {
        var sorted = new List<T>(rules.Count);
        for (RuleLayer layer = RuleLayer.Structure; layer <= RuleLayer.Business; layer++)
        {
            foreach (T rule in rules)
            {
                if (rule.Info.Layer == layer) sorted.Add(rule);
            }
        }

        return [.. sorted];
    }

    private static int[] FindChanges()
    {
        var days = new List<int>();
        foreach (RuleInfo rule in RuleCatalogue.Unordered)
        {
            days.Add(rule.EffectiveFrom.DayNumber);
            if (rule.EffectiveTo is { } to) days.Add(to.DayNumber + 1);
        }

        foreach (Parameter parameter in Parameter.All)
        {
            if (parameter.From > DateOnly.MinValue) days.Add(parameter.From.DayNumber);
            if (parameter.To is { } to) days.Add(to.DayNumber + 1);
        }

        days.Sort();
        int kept = 0;
        for (int i = 0; i < days.Count; i++)
        {
            if (i == 0 || days[i] != days[i - 1]) days[kept++] = days[i];
        }

        return [.. days.GetRange(0, kept)];
    }

    private TableChecks? Compile(TableId table)
    {
        if (Release.Table(table) is not { } spec) return null;
        var checks = TableChecks.Compile(spec, From, ownForm);
        return Interlocked.CompareExchange(ref tables[(int)table], checks, null) ?? checks;
    }
}
