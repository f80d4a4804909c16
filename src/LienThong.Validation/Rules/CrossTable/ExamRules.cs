using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML3: examinations (cost group 13) of one visit.</summary>
internal static class ExamRules
{
    private const int MostPerDay = 64;

    private static readonly DatedAmount First = DatedAmount.Get("exam.1");
    private static readonly DatedAmount Second = DatedAmount.Get("exam.2");
    private static readonly DatedAmount Fifth = DatedAmount.Get("exam.5");
    private static readonly DatedAmount Sixth = DatedAmount.Get("exam.6");
    private static readonly DayCheck FallingRates = RatesFall;
    private static readonly DayCheck TwiceTheDearest = CostTwiceAtMost;

    public static readonly Rule[] All =
    [
        // The first examination of a day is paid in full, the next three at 30, then at 10, then not at all.
        new SweepRule("REC-EXAM-001", Xml3.TYLE_TT_DV, static (record, report) => EachDay(record, report, FallingRates), Xml3.MA_NHOM, Xml3.NGAY_YL),

        // All examinations of a day cost at most twice the dearest.
        new SweepRule("REC-EXAM-002", Xml3.THANH_TIEN_BH, static (record, report) => EachDay(record, report, TwiceTheDearest), Xml3.MA_NHOM, Xml3.DON_GIA_BH, Xml3.NGAY_YL),

        // Before a stay there is one examination; on the ward there is none.
        new SweepRule("REC-EXAM-003", Xml3.THANH_TIEN_BH, static (record, report) => PrecedeTheWard(record, report), Xml3.MA_NHOM, Xml3.NGAY_YL, Xml1.MA_LOAI_KCB),

        // One speciality is paid once a visit.
        new SweepRule("REC-EXAM-004", Xml3.MA_DICH_VU, static (record, report) => FindRepeats(record, report), Xml3.MA_NHOM, Xml3.MA_KHOA, Xml3.THANH_TIEN_BH),

        // One doctor examines in one speciality.
        new SweepRule("REC-EXAM-005", Xml3.MA_BAC_SI, static (record, report) => FindSameDoctor(record, report), Xml3.MA_NHOM, Xml3.MA_KHOA),
    ];

    /// <summary>What the n-th examination of a day is paid at, in percent; n from 0. The days are data (<c>Data/amounts.csv</c>).</summary>
    internal static decimal RateOf(int n, DateOnly day) => (n switch { 0 => First, <= 3 => Second, 4 => Fifth, _ => Sixth }).On(day) ?? 100;

    private delegate void DayCheck(Table table, ReadOnlySpan<CostLine> lines, ReadOnlySpan<int> exams, Report report);

    private static void EachDay(RecordView record, Report report, DayCheck check)
    {
        if (record[TableId.Xml3] is not { } table) return;
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] is { Group: 13, Scope: not 2, Ordered.IsPresent: true }) index.Add((ulong)lines[i].Ordered.Value.Ticks, i);
        }

        if (index.Count < 2) return;
        index.Sort();
        int start = 0;
        for (int i = 1; i <= index.Count; i++)
        {
            if (i < index.Count && index.Keys[i] / TimeSpan.TicksPerDay == index.Keys[start] / TimeSpan.TicksPerDay) continue;
            if (i - start > 1) check(table, lines, index.Rows[start..Math.Min(i, start + MostPerDay)], report);
            start = i;
        }
    }

    private static void RatesFall(Table table, ReadOnlySpan<CostLine> lines, ReadOnlySpan<int> exams, Report report)
    {
        Span<int> order = stackalloc int[MostPerDay];
        for (int i = 0; i < exams.Length; i++)
        {
            int at = i;
            while (at > 0 && lines[order[at - 1]].ServiceRate < lines[exams[i]].ServiceRate)
            {
                order[at] = order[at - 1];
                at--;
            }

            order[at] = exams[i];
        }

        for (int n = 0; n < exams.Length; n++)
        {
            ref readonly CostLine line = ref lines[order[n]];
            decimal expected = RateOf(n, line.Ordered.Value.Day());
            if (!line.Has(Amounts.ServiceRate)) report.NotChecked();
            else if (line.ServiceRate > expected) report.Broken(table[order[n]], Breach.Expect(expected).And("n", Show.Number(n + 1)));
        }
    }

    private static void CostTwiceAtMost(Table table, ReadOnlySpan<CostLine> lines, ReadOnlySpan<int> exams, Report report)
    {
        decimal sum = 0;
        decimal highest = 0;
        foreach (int exam in exams)
        {
            if (!lines[exam].Has(Amounts.Covered | Amounts.Payable))
            {
                report.NotChecked();
                return;
            }

            sum += lines[exam].Covered;
            highest = Math.Max(highest, lines[exam].Payable);
        }

        if (sum > (2 * highest) + 1) report.Broken(table[exams[^1]], Breach.With("s", Show.Money(sum)).And("limit", Show.Money(2 * highest)));
    }

    private static void PrecedeTheWard(RecordView record, Report report)
    {
        if (!record.IsVisit(3, 4, 9) || record[TableId.Xml3] is not { } table) return;
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        bool onWard = !record.Summary[Xml1.NGAY_VAO_NOI_TRU].IsEmpty && record is { StayFrom.IsPresent: true, Arrived.IsPresent: true }
            && record.StayFrom.Value >= record.Arrived.Value;
        int paid = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            ref readonly CostLine line = ref lines[i];
            if (line.Group != 13 || line.Covered <= 0) continue;
            bool second = ++paid > 1;
            bool late = onWard && line.Ordered.IsPresent && line.Ordered.Value > record.StayFrom.Value;
            if (second || late) report.Broken(table[i], Breach.Of(late ? Xml3.NGAY_YL : Xml3.THANH_TIEN_BH));
        }
    }

    private static void FindRepeats(RecordView record, Report report)
    {
        if (record[TableId.Xml3] is not { } table) return;
        RowIndex index = PaidExams(record, table, Xml3.MA_DICH_VU);
        for (int i = 1; i < index.Count; i++)
        {
            if (index.Keys[i] == index.Keys[i - 1]) report.Broken(table[index.Rows[i]], new Breach().BesideCell(table[index.Rows[i - 1]], Xml3.MA_DICH_VU));
        }

        index = PaidExams(record, table, Xml3.MA_KHOA);
        for (int i = 1; i < index.Count; i++)
        {
            Row row = table[index.Rows[i]];
            if (index.Keys[i] == index.Keys[i - 1] && !row[Xml3.MA_DICH_VU].Is(table[index.Rows[i - 1]][Xml3.MA_DICH_VU])) report.Broken(row, Breach.Of(Xml3.MA_KHOA).BesideCell(table[index.Rows[i - 1]], Xml3.MA_KHOA));
        }
    }

    private static void FindSameDoctor(RecordView record, Report report)
    {
        if (record[TableId.Xml3] is not { } table) return;
        RowIndex index = PaidExams(record, table, Xml3.MA_BAC_SI);
        for (int i = 1; i < index.Count; i++)
        {
            Row row = table[index.Rows[i]];
            Row other = table[index.Rows[i - 1]];
            if (index.Keys[i] == index.Keys[i - 1] && !row[Xml3.MA_KHOA].Is(other[Xml3.MA_KHOA])) report.Broken(row, new Breach().BesideCell(other, Xml3.MA_KHOA));
        }
    }

    // Examinations that insurance pays, side by side when the first item of the field is the same.
    private static RowIndex PaidExams(RecordView record, Table table, FieldId field)
    {
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Group != 13 || lines[i].Covered <= 0) continue;
            ListItems items = table[i][field].Items();
            if (items.MoveNext() && !items.Current.IsEmpty) index.Add(RowIndex.Key(items.Current), i);
        }

        index.Sort();
        return index;
    }
}
