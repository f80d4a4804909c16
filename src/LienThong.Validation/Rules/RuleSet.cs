using System.Collections.Concurrent;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The rules of one release that apply on the days of one interval, compiled for one pass over a record.</summary>
public sealed class RuleSet
{
    private static readonly int[] Changes = FindChanges();
    private static readonly ConcurrentDictionary<Release, RuleSet?[]> Compiled = new();

    private readonly TableChecks?[] tables = new TableChecks?[TableNames.Count];
    private readonly RowRule[][] form = new RowRule[TableNames.Count][];
    private readonly RowRule[][] rows = new RowRule[TableNames.Count][];

    private RuleSet(Release release, int interval)
    {
        Release = release;
        From = interval == 0 ? DateOnly.MinValue : DateOnly.FromDayNumber(Changes[interval - 1]);
        To = interval == Changes.Length ? null : DateOnly.FromDayNumber(Changes[interval] - 1);
        Rule[] applying = [.. RuleBook.All.Where(r => r.Info.AppliesOn(From) && release.Table(r.At.Table)?.Find(r.At) is not null)];
        Specific = applying.Length;
        Needing = [.. applying.Where(r => r.Info.NeedsLists.Count > 0)];
        Rule[] free = [.. applying.Where(r => r.Info.NeedsLists.Count == 0)];
        RowRule[] byRow = [.. free.OfType<RowRule>()];
        RowRule[] ownForm = [.. byRow.Where(r => r.OwnsForm)];
        foreach (TableSpec table in release.Tables) tables[(int)table.Id] = TableChecks.Compile(table, From, ownForm);
        for (int t = 0; t < TableNames.Count; t++)
        {
            form[t] = [.. byRow.Where(r => r.At.Table == (TableId)t && r.Info.Layer <= RuleLayer.Format)];
            rows[t] = [.. byRow.Where(r => r.At.Table == (TableId)t && r.Info.Layer > RuleLayer.Format).OrderBy(r => r.Info.Layer)];
        }

        WholeRecord = [.. free.Where(r => r is not RowRule).OrderBy(r => r.Info.Layer)];
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
        RuleSet?[] sets = Compiled.GetOrAdd(release, static _ => new RuleSet?[Changes.Length + 1]);
        return Volatile.Read(ref sets[interval]) ?? Interlocked.CompareExchange(ref sets[interval], new RuleSet(release, interval), null) ?? sets[interval]!;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Release.DecisionNumber} · {Specific} quy tắc riêng · từ {From:dd/MM/yyyy}" + (To is { } to ? $" đến {to:dd/MM/yyyy}" : "");

    internal TableChecks? Checks(TableId table) => tables[(int)table];

    /// <summary>Rules of layer 1 and 2 over the rows of a table.</summary>
    internal RowRule[] Form(TableId table) => form[(int)table];

    /// <summary>Rules of layer 3 and higher over the rows of a table.</summary>
    internal RowRule[] Rows(TableId table) => rows[(int)table];

    internal FieldId? SttOf(TableId table) => tables[(int)table]?.Stt;

    private static int[] FindChanges()
    {
        var days = new List<int>();
        foreach (RuleInfo rule in RuleCatalogue.All)
        {
            days.Add(rule.EffectiveFrom.DayNumber);
            if (rule.EffectiveTo is { } to) days.Add(to.DayNumber + 1);
        }

        foreach (DateOnly start in BuiltInLists.Starts) days.Add(start.DayNumber);
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
}
