using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Rules of the audit themes (CV 266 and the price circulars); what exactly they concern stands in <see cref="AuditLists.Themes"/>.</summary>
internal static class ThemeRules
{
    public static readonly Rule[] All =
    [
        // Dialysis includes its anticoagulant, and for outpatients the bed.
        new SweepRule("AUD-K-005", Xml3.MA_DICH_VU, static (record, report) =>
        {
            ThemeChecks.Judge(record, report, "dialysis", ThemeKind.Excludes);
            FindBedsBesideDialysis(record, report);
        }, Xml2.MA_THUOC, Xml3.NGAY_YL, Xml3.MA_NHOM),

        // Ventilation includes oxygen.
        new SweepRule("AUD-K-006", Xml2.MA_THUOC, static (record, report) => FindOxygenBesideVentilation(record, report), Xml2.NGAY_YL, Xml3.MA_DICH_VU),

        // A contrast scan uses a contrast drug.
        new SweepRule("AUD-K-009", Xml3.MA_DICH_VU, static (record, report) => NeedContrastDrug(record, report), Xml2.MA_THUOC, Xml3.NGAY_YL),

        Theme("AUD-K-010", "biopsy", ThemeKind.Needs),
        Theme("AUD-K-011", "hp-test", ThemeKind.Excludes),
        Theme("AUD-K-012", "obstetrics", ThemeKind.MaxPer | ThemeKind.Excludes),
        Theme("AUD-K-013", "rehabilitation", ThemeKind.MaxPer | ThemeKind.DeniesDisease),
        Theme("AUD-K-014", "conditional-tests", ThemeKind.NeedsDisease | ThemeKind.MinGap),
        Theme("AUD-K-015", "phaco", ThemeKind.Excludes),

        new SweepRule("AUD-K-016", Xml2.MA_THUOC, static (record, report) =>
            ThemeChecks.Judge(record, report, "drugs", ThemeKind.NeedsDisease), Xml1.MA_BENH_CHINH, Xml1.MA_BENH_KT),

        // Who comes for what was ordered before pays no examination.
        new SweepRule("AUD-K-018", Xml3.THANH_TIEN_BH, static (record, report) => FindExamsOfCyclicVisits(record, report), Xml3.MA_NHOM, Xml3.MA_DICH_VU),
    ];

    private static SweepRule Theme(string code, string theme, ThemeKind kinds) => new(code, Xml3.MA_DICH_VU,
        (record, report) => ThemeChecks.Judge(record, report, theme, kinds), Xml3.NGAY_YL, Xml1.MA_BENH_CHINH);

    private static void FindBedsBesideDialysis(RecordView record, Report report)
    {
        if (!record.IsVisit(1, 2, 5, 8)) return;
        foreach (ThemeSet set in ThemeSet.Of(record, "dialysis"))
        {
            if (!set.Is(ThemeKind.Excludes, record.Day)) continue;
            var acts = new Acts(record);
            RowIndex days = ThemeChecks.DaysOfA(record, set, acts);
            for (int i = acts.Drugs; i < acts.Count && days.Count > 0; i++)
            {
                ref readonly CostLine line = ref acts.Line(i);
                if (line.IsBed && line.Covered > 0 && acts.Day(i) is { } day && days.Has((ulong)day)) report.Broken(acts.Row(i));
            }
        }
    }

    // The days of a ventilation are marked one by one, at most a year each: ventilations may overlap.
    private static void FindOxygenBesideVentilation(RecordView record, Report report)
    {
        const int Longest = 366;
        foreach (ThemeSet set in ThemeSet.Of(record, "ventilation"))
        {
            if (!set.Is(ThemeKind.Excludes, record.Day)) continue;
            var acts = new Acts(record);
            RowIndex days = record.Lines.Scratch;
            days.Clear();
            for (int i = acts.Drugs; i < acts.Count; i++)
            {
                if (!set.IsA(acts.Key(i)) || acts.Day(i) is not { } first) continue;
                int last = acts.Line(i).Finished is { IsPresent: true } end ? end.Value.Day().DayNumber : first;
                for (int day = first; day <= last && day < first + Longest; day++) days.Add((ulong)day, i);
            }

            if (days.Count == 0) continue;
            days.Sort();
            for (int i = 0; i < acts.Drugs; i++)
            {
                ref readonly CostLine line = ref acts.Line(i);
                if (line.Covered > 0 && line.Ordered.IsPresent && days.Has((ulong)line.Ordered.Value.Day().DayNumber) && acts.Code(i).SequenceEqual("40.17"u8)) report.Broken(acts.Row(i));
            }
        }
    }

    private static void NeedContrastDrug(RecordView record, Report report)
    {
        if (record.Lists.Find(AuditLists.ContrastDrugs) is not { } contrast) return;
        foreach (ThemeSet set in ThemeSet.Of(record, "contrast-ct"))
        {
            if (!set.Is(ThemeKind.Needs, record.Day)) continue;
            var acts = new Acts(record);
            RowIndex days = record.Lines.Scratch;
            days.Clear();
            for (int i = 0; i < acts.Drugs; i++)
            {
                if (!contrast.Contains(acts.Code(i), record.Day)) continue;
                if (acts.Line(i).Ordered is { IsPresent: true } ordered) days.Add((ulong)ordered.Value.Day().DayNumber, i);
                if (acts.Line(i).Done is { IsPresent: true } done) days.Add((ulong)done.Value.Day().DayNumber, i);
            }

            days.Sort();
            for (int i = acts.Drugs; i < acts.Count; i++)
            {
                if (set.IsA(acts.Key(i)) && acts.Day(i) is { } day && !days.Has((ulong)day)) report.Broken(acts.Row(i));
            }
        }
    }

    private static void FindExamsOfCyclicVisits(RecordView record, Report report)
    {
        foreach (ThemeSet set in ThemeSet.Of(record, "cyclic"))
        {
            if (!set.Is((ThemeKind)byte.MaxValue, record.Day)) continue;
            var acts = new Acts(record);
            bool any = false;
            bool only = true;
            for (int i = acts.Drugs; i < acts.Count && only; i++)
            {
                if (acts.Line(i).Group is not (1 or 2 or 3 or 8 or 9 or 18)) continue;
                any = true;
                only = set.IsA(acts.Key(i));
            }

            for (int i = acts.Drugs; i < acts.Count && any && only; i++)
            {
                if (acts.Line(i) is { Group: 13, Covered: > 0 }) report.Broken(acts.Row(i));
            }
        }
    }
}
