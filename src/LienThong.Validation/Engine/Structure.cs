using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Elements and their order, running numbers, and the release a record seems to follow.</summary>
internal static class Structure
{
    private static readonly RuleInfo OtherRelease = RuleCatalogue.Get("PKG-REL-001");

    /// <summary>True, and reported, when XML1 holds exactly the elements of an older release: then missing ones aren't listed one by one.</summary>
    public static bool FollowsOlderRelease(Table summary, TableSpec spec, RecordView record, Report report)
    {
        if (HasElementsOf(summary, spec)) return false;
        foreach (Release release in Releases.List)
        {
            if (release.Id == record.Release.Id || release.Table(TableId.Xml1) is not { } other || !HasElementsOf(summary, other)) continue;
            report.Add(OtherRelease, summary[0], null, Breach.With("found", release.DecisionNumber).Expecting(record.Release.DecisionNumber));
            return true;
        }

        return false;
    }

    /// <summary>Reports the first element out of the official order, once per table, and elements of other releases.</summary>
    public static void JudgeOrder(Table table, TableSpec spec, Report report)
    {
        int last = 0;
        bool reported = false;
        IReadOnlyList<byte> sequence = table.FieldSequence;
        for (int i = 0; i < sequence.Count; i++)
        {
            var field = new FieldId(table.Id, sequence[i]);
            if (spec.Find(field) is not { } known)
            {
                report.Add(Families.UnknownField, table[0], field);
                continue;
            }

            if (known.Ordinal < last && !reported && !table.Record.IsBuilt)
            {
                reported = true;
                report.Add(Families.FieldOrder, table.Id, field);
            }

            last = Math.Max(last, known.Ordinal);
        }
    }

    /// <summary>Running numbers must be whole numbers from 1 and distinct; another sequence than 1..n is only a hint.</summary>
    public static void JudgeStt(Table table, FieldId stt, Report report)
    {
        if (IsPlainSequence(table, stt)) return;
        var seen = new HashSet<int>();
        bool distinct = true;
        for (int i = 0; i < table.Count; i++)
        {
            Row row = table[i];
            Read<int> number = row[stt].Integer();
            if (number.IsAbsent || (number.IsMalformed && report.IsBad(stt, row.Position))) continue;
            if (number.IsPresent && number.Value >= 1 && seen.Add(number.Value)) continue;
            distinct = false;
            report.Add(Families.Stt, row, stt);
        }

        if (distinct && seen.Count == table.Count) report.Add(Families.Stt, table[0], stt, Breach.As(Severity.Info));
    }

    private static bool IsPlainSequence(Table table, FieldId stt)
    {
        for (int i = 0; i < table.Count; i++)
        {
            Read<int> number = table[i][stt].Integer();
            if (number.IsPresent ? number.Value != i + 1 : number.IsMalformed) return false;
        }

        return true;
    }

    private static bool HasElementsOf(Table table, TableSpec spec)
    {
        IReadOnlyList<byte> sequence = table.FieldSequence;
        if (sequence.Count != spec.List.Length) return false;
        for (int i = 0; i < sequence.Count; i++)
        {
            if (spec.Find(new FieldId(table.Id, sequence[i])) is null) return false;
        }

        return true;
    }
}
