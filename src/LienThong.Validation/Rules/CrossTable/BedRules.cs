using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML3: beds (cost groups 14, 15, 16) against the stay. TT 35/2016/TT-BYT, article 4c.</summary>
internal static class BedRules
{
    private const int FourHours = 240;
    private const int OneDay = 1440;

    public static readonly Rule[] All =
    [
        // Payable bed days: nights, one more for those who were referred or didn't get better.
        new SweepRule("REC-BED-001", Xml3.SO_LUONG, static (record, report) => AreWithinStay(record, report),
            Xml3.MA_NHOM, Xml3.PHAM_VI, Xml1.NGAY_VAO, Xml1.NGAY_VAO_NOI_TRU, Xml1.NGAY_RA, Xml1.MA_LOAI_RV, Xml1.KET_QUA_DTRI),

        // Under four hours no bed is paid.
        BedRow("REC-BED-002", Xml3.THANH_TIEN_BH, static (in CostLine line, RecordView record) =>
            StayMinutes(record) is not { } minutes ? Answer.Malformed
            : minutes >= FourHours ? Answer.NotApplicable
            : line.Has(Amounts.Covered) ? line.Covered <= 0 : Answer.Malformed, Xml1.NGAY_VAO, Xml1.NGAY_RA),

        BedRow("REC-BED-003", Xml3.MA_NHOM, static (in CostLine line, RecordView record) =>
            record.IsVisit(1, 2, 5, 7, 8) && line.Group is 14 or 15 ? Answer.Broken : Answer.NotApplicable, Xml1.MA_LOAI_KCB),

        // A patient lies in one bed at a time.
        new SweepRule("REC-BED-004", Xml3.NGAY_YL, static (record, report) => DoNotOverlap(record, report), Xml3.MA_NHOM, Xml3.SO_LUONG, Xml3.NGAY_KQ),

        // The bed begins with the stay. Before arrival and after discharge X3-NGAY_YL-001 and X3-NGAY_KQ-003 speak.
        BedRow("REC-BED-006", Xml3.NGAY_YL, static (in CostLine line, RecordView record) =>
            !line.Ordered.IsPresent || !record.StayFrom.IsPresent || !record.Arrived.IsPresent ? Reading.Missing(line.Ordered, record.StayFrom)
            : line.Ordered.Value >= record.StayFrom.Value || line.Ordered.Value < record.Arrived.Value, Xml1.NGAY_VAO_NOI_TRU, Xml1.NGAY_VAO),

        // No more days than the row's own time in bed.
        BedRow("REC-BED-007", Xml3.SO_LUONG, static (in CostLine line, RecordView _) =>
            !line.Has(Amounts.Quantity) ? Answer.Malformed
            : line.Group == 14 ? line.Quantity <= 1
            : line.Ordered.IsPresent && line.Finished.IsPresent ? line.Quantity <= Math.Max(1, line.Ordered.Value.DaysThrough(line.Finished.Value))
            : Reading.Missing(line.Ordered, line.Finished), Xml3.MA_NHOM, Xml3.NGAY_YL, Xml3.NGAY_KQ),

        new SweepRule("REC-BED-008", Xml3.MA_NHOM, static (record, report) =>
        {
            if (!record.IsVisit(3) || TableRules.IsForHealthBook(record)) return;
            if (StayMinutes(record) is not { } minutes) report.NotChecked();
            else if (minutes >= FourHours && !record.HasService(15, 16)) report.BrokenTable(TableId.Xml3, null);
        }, Xml1.MA_LOAI_KCB, Xml1.NGAY_RA),
    ];

    private delegate Answer BedPredicate(in CostLine line, RecordView record);

    private static RowRule BedRow(string code, FieldId at, BedPredicate judge, params FieldId[] reads) => new(code, at, (row, record) =>
    {
        ref readonly CostLine line = ref record.Lines.Of(row);
        return line.IsBed ? judge(line, record) : Answer.NotApplicable;
    }, reads);

    private static int? StayMinutes(RecordView record) =>
        record is { StayFrom.IsPresent: true, Discharged.IsPresent: true } ? (int)(record.Discharged.Value - record.StayFrom.Value).TotalMinutes : null;

    private static void AreWithinStay(RecordView record, Report report)
    {
        if (record.IsVisit(1, 2, 5, 7, 8) || record[TableId.Xml3] is not { } table) return;
        decimal days = 0;
        int last = -1;
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] is not { Group: 15 or 16, Scope: 1 }) continue;
            if (!lines[i].Has(Amounts.Quantity))
            {
                report.NotChecked();
                return;
            }

            days += lines[i].Quantity;
            last = i;
        }

        if (last < 0) return;
        if (StayMinutes(record) is not { } minutes)
        {
            report.NotChecked();
            return;
        }

        // Under four hours REC-BED-002 speaks for each row.
        if (minutes < FourHours) return;
        int most = Payable(record, minutes);
        if (days > most + 0.01m) report.Broken(table[last], Breach.Expect(most).And("q", Show.Money(days)).And("max", Show.Number(most)));
    }

    private static int Payable(RecordView record, int minutes)
    {
        if (minutes <= OneDay) return 1;
        int nights = record.StayFrom.Value.DaysThrough(record.Discharged.Value) - 1;
        Value leaving = record.Summary[Xml1.MA_LOAI_RV];
        Value result = record.Summary[Xml1.KET_QUA_DTRI];
        bool onAgain = leaving.IsOneOf("2 5"u8) || result.IsOneOf("5 6"u8) || (leaving.Is("4"u8) && result.IsOneOf("3 4"u8));
        return onAgain ? nights + 1 : Math.Max(1, nights);
    }

    private static void DoNotOverlap(RecordView record, Report report)
    {
        if (record[TableId.Xml3] is not { } table) return;
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] is { IsBed: true, Ordered.IsPresent: true, Finished.IsPresent: true, Scope: 1 }) index.Add((ulong)lines[i].Ordered.Value.Ticks, i);
        }

        index.Sort();
        int open = -1;
        foreach (int i in index.Rows)
        {
            ref readonly CostLine line = ref lines[i];
            if (open >= 0 && line.Ordered.Value < lines[open].Finished.Value && PerDay(lines[open]) + PerDay(line) > 1.01m)
                report.Broken(table[i], Breach.With("date", Show.Day(line.Ordered.Value.Day())).And("q", Show.Money(PerDay(lines[open]) + PerDay(line))));
            if (open < 0 || line.Finished.Value > lines[open].Finished.Value) open = i;
        }
    }

    private static decimal PerDay(in CostLine line) =>
        Math.Round(Math.Min(1, line.Quantity / Math.Max(1, line.Ordered.Value.DaysThrough(line.Finished.Value) - 1)), 2);
}
