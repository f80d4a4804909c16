using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML10: certificates of rest for the pregnancy.</summary>
internal static class MaternityRules
{
    public static readonly Rule[] All =
    [
        // Days counted inclusively; without the last day is accepted as a hint.
        new RowRule("X10-SO_NGAY-001", Xml10.SO_NGAY, static (row, _) =>
        {
            Read<DateOnly> from = row[Xml10.TU_NGAY].Date8();
            Read<DateOnly> to = row[Xml10.DEN_NGAY].Date8();
            Read<int> days = row[Xml10.SO_NGAY].Integer();
            if (!from.IsPresent || !to.IsPresent || !days.IsPresent) return Reading.Missing(from, to);
            int between = to.Value.DayNumber - from.Value.DayNumber;
            if (between < 0) return Breach.Of(Xml10.TU_NGAY).Saying("XML10: nghỉ từ ngày {TU_NGAY} sau đến ngày {DEN_NGAY}. Sửa từ ngày hoặc đến ngày.");
            if (days.Value == between + 1) return Answer.Holds;
            Breach breach = Breach.Expect(Show.Number(between + 1));
            return days.Value == between ? breach.Weighing(Severity.Info) : breach;
        }, Xml10.TU_NGAY, Xml10.DEN_NGAY),

        new RowRule("X10-SO_NGAY-002", Xml10.SO_NGAY, static (row, _) =>
            row[Xml10.SO_NGAY].Integer() is { IsPresent: true } days ? days.Value <= 180 : Answer.NotApplicable),

        // The rest starts on the day of the examination.
        new RowRule("X10-TU_NGAY-001", Xml10.TU_NGAY, static (row, record) =>
            row[Xml10.TU_NGAY].Date8() is { IsPresent: true } from && record.Arrived.IsPresent && record.Discharged.IsPresent
                ? from.Value >= record.Arrived.Value.Day() && from.Value <= record.Discharged.Value.Day()
                : Answer.Missing(row[Xml10.TU_NGAY].Date8()), Xml1.NGAY_VAO, Xml1.NGAY_RA),

        new RecordRule("X10-GIOI_TINH-001", Xml1.GIOI_TINH, static record =>
            record[TableId.Xml10] is null || record.Summary[Xml1.GIOI_TINH].IsEmpty ? Answer.NotApplicable : record.Summary[Xml1.GIOI_TINH].Is("2"u8)),

        new RowRule("X10-CHAN_DOAN-001", Xml10.CHAN_DOAN_RV, static (row, _) =>
            row[Xml10.CHAN_DOAN_RV].IsEmpty ? Answer.NotApplicable : Folded.Contains(row[Xml10.CHAN_DOAN_RV], "duong thai")),

        new RowRule("X10-NGAY_CT-001", Xml10.NGAY_CT, static (row, record) =>
            row[Xml10.NGAY_CT].Date8() is { IsPresent: true } signed && record.Arrived.IsPresent
                ? signed.Value >= record.Arrived.Value.Day() && signed.Value <= record.ProcessTime.Day()
                : Answer.Missing(row[Xml10.NGAY_CT].Date8()), Xml1.NGAY_VAO),
    ];
}
