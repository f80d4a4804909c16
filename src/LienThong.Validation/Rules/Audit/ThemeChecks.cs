using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What each kind of theme set asks of a record. Every check is linear in the acts, or sorts them once.</summary>
internal static class ThemeChecks
{
    /// <summary>Judges the sets of a theme that are in force.</summary>
    public static void Judge(RecordView record, Report report, string theme, ThemeKind kinds)
    {
        foreach (ThemeSet set in ThemeSet.Of(record, theme))
        {
            if (!set.Is(kinds, record.Day)) continue;
            var acts = new Acts(record);
            switch (set.Kind)
            {
                case ThemeKind.Excludes: Excludes(record, report, set, acts); break;
                case ThemeKind.Needs: Needs(record, report, set, acts); break;
                case ThemeKind.NeedsDisease: Diseases(report, set, acts, broken: !set.Allows(record)); break;
                case ThemeKind.DeniesDisease: Diseases(report, set, acts, broken: set.Denies(record)); break;
                case ThemeKind.MaxPer: MaxPer(record, report, set, acts); break;
                case ThemeKind.MinGap: MinGap(record, report, set, acts); break;
            }
        }
    }

    /// <summary>Days of the acts that are A, sorted.</summary>
    public static RowIndex DaysOfA(RecordView record, ThemeSet set, in Acts acts)
    {
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < acts.Count; i++)
        {
            if (set.IsA(acts.Key(i)) && acts.Day(i) is { } day) index.Add((ulong)day, i);
        }

        index.Sort();
        return index;
    }

    private static void Excludes(RecordView record, Report report, ThemeSet set, in Acts acts)
    {
        RowIndex days = DaysOfA(record, set, acts);
        if (days.Count == 0) return;
        for (int i = 0; i < acts.Count; i++)
        {
            if (acts.Line(i).Covered <= 0 || acts.Day(i) is not { } day || !set.IsB(acts.Key(i))) continue;
            bool beside = set.Unit switch { "stay" => true, "after" => (ulong)day > days.Keys[0], _ => days.Has((ulong)day) };
            if (beside) Tell(report, acts, i);
        }
    }

    private static void Needs(RecordView record, Report report, ThemeSet set, in Acts acts)
    {
        RowIndex days = record.Lines.Scratch;
        days.Clear();
        for (int i = 0; i < acts.Count; i++)
        {
            if (set.IsB(acts.Key(i)) && acts.Day(i) is { } day) days.Add((ulong)day, i);
        }

        days.Sort();
        int within = (int)(set.Limit ?? 0);
        for (int i = 0; i < acts.Count; i++)
        {
            if (set.IsA(acts.Key(i)) && acts.Day(i) is { } day && !days.HasBetween((ulong)day, (ulong)(day + within))) Tell(report, acts, i);
        }
    }

    private static void Diseases(Report report, ThemeSet set, in Acts acts, bool broken)
    {
        if (!broken) return;
        for (int i = 0; i < acts.Count; i++)
        {
            if (set.IsA(acts.Key(i))) Tell(report, acts, i);
        }
    }

    // With B codes the limit holds only in a record that has one of them.
    private static void MaxPer(RecordView record, Report report, ThemeSet set, in Acts acts)
    {
        if (set.Limit is not { } limit || (set.HasB && !HasB(set, acts))) return;
        RowIndex days = DaysOfA(record, set, acts);
        int first = 0;
        for (int i = 0; i < days.Count; i++)
        {
            if (set.Unit != "stay" && days.Keys[i] != days.Keys[first]) first = i;
            if (i - first + 1 > limit) Tell(report, acts, days.Rows[i], count: i - first + 1);
        }
    }

    private static void MinGap(RecordView record, Report report, ThemeSet set, in Acts acts)
    {
        if (set.Limit is not { } limit) return;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < acts.Count; i++)
        {
            // Code and minute share one key, so that acts of one code stand in the order of time.
            if (acts.Key(i) is var key && set.IsA(key) && acts.At(i) is { } at) index.Add((key & 0xFFFF_FFFF_0000_0000) | (uint)(at.Ticks / TimeSpan.TicksPerMinute), i);
        }

        index.Sort();
        decimal minutes = limit * (set.Unit == "day" ? 1440 : 60);
        for (int i = 1; i < index.Count; i++)
        {
            if (index.Keys[i] >> 32 == index.Keys[i - 1] >> 32 && index.Keys[i] - index.Keys[i - 1] < minutes) Tell(report, acts, index.Rows[i]);
        }
    }

    private static bool HasB(ThemeSet set, in Acts acts)
    {
        for (int i = 0; i < acts.Count; i++)
        {
            if (set.IsB(acts.Key(i))) return true;
        }

        return false;
    }

    private static void Tell(Report report, in Acts acts, int act, int count = 1) =>
        report.Broken(acts.Row(act), Breach.Of(acts.Field(act)).And("count", Show.Number(count)).And("date", acts.At(act) is { } at ? Show.Day(at.Day()) : "")
            .And("name", Show.Text(acts.Row(act)[act < acts.Drugs ? Xml2.TEN_THUOC : Xml3.TEN_DICH_VU])));
}
