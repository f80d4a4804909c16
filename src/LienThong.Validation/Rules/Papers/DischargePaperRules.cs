using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML7: the discharge paper.</summary>
internal static class DischargePaperRules
{
    public static readonly Rule[] All =
    [
        // Signed on the day of discharge.
        new RowRule("X7-NGAY_CT-001", Xml7.NGAY_CT, static (row, record) =>
        {
            Read<DateOnly> signed = row[Xml7.NGAY_CT].Date8();
            if (!signed.IsPresent || !record.Discharged.IsPresent) return Reading.Missing(signed, record.Discharged);
            DateOnly left = record.Discharged.Value.Day();
            if (signed.Value == left) return Answer.Holds;
            return Breach.As(signed.Value > left ? Severity.Info : Severity.Warn).Expecting(Show.Day(left));
        }, Xml1.NGAY_RA),

        // An ended pregnancy has cause, time and age.
        new RowRule("X7-DINH_CHI-001", Xml7.MA_DINH_CHI_THAI, static (row, _) =>
            row[Xml7.MA_DINH_CHI_THAI].Is("1"u8)
                ? AllFilled(row, [Xml7.NGUYENNHAN_DINHCHI, Xml7.THOIGIAN_DINHCHI, Xml7.TUOI_THAI]) : Answer.NotApplicable),

        WeeksOfPregnancy("X7-DINH_CHI-002", Xml7.TUOI_THAI),
        WeeksOfPregnancy("X7-DINH_CHI-002", Xml11.TUOI_THAI),

        new RowRule("X7-DINH_CHI-003", Xml7.MA_DINH_CHI_THAI, static (row, record) =>
            row[Xml7.MA_DINH_CHI_THAI].Is("1"u8) && !record.Summary[Xml1.GIOI_TINH].IsEmpty ? record.Summary[Xml1.GIOI_TINH].Is("2"u8) : Answer.NotApplicable,
            Xml1.GIOI_TINH),

        new RowRule("X7-DINH_CHI-004", Xml7.THOIGIAN_DINHCHI, static (row, record) =>
            row[Xml7.THOIGIAN_DINHCHI].DateTime12().NotAfter(record.Discharged), Xml1.NGAY_RA),

        // Leave after discharge: all three or none.
        new RowRule("X7-NGHI-001", Xml7.SO_NGAY_NGHI, static (row, _) =>
            row[Xml7.SO_NGAY_NGHI].IsEmpty && row[Xml7.NGOAITRU_TUNGAY].IsEmpty && row[Xml7.NGOAITRU_DENNGAY].IsEmpty
                ? Answer.NotApplicable : AllFilled(row, [Xml7.SO_NGAY_NGHI, Xml7.NGOAITRU_TUNGAY, Xml7.NGOAITRU_DENNGAY])),

        new RowRule("X7-NGHI-002", Xml7.SO_NGAY_NGHI, static (row, record) =>
        {
            Read<DateOnly> from = row[Xml7.NGOAITRU_TUNGAY].Date8();
            Read<DateOnly> to = row[Xml7.NGOAITRU_DENNGAY].Date8();
            Read<int> days = row[Xml7.SO_NGAY_NGHI].Integer();
            if (!from.IsPresent || !to.IsPresent || !days.IsPresent) return Reading.Missing(from, to);
            int expected = to.Value.DayNumber - from.Value.DayNumber + 1;
            if (expected < 1) return Breach.Of(Xml7.NGOAITRU_TUNGAY).Saying("XML7: nghỉ từ ngày {NGOAITRU_TUNGAY} sau đến ngày {NGOAITRU_DENNGAY}. Sửa từ ngày hoặc đến ngày.");
            if (days.Value != expected) return Breach.Expect(Show.Number(expected));
            return !record.Discharged.IsPresent || from.Value >= record.Discharged.Value.Day()
                ? Answer.Holds : Breach.Of(Xml7.NGOAITRU_TUNGAY).Saying("XML7: nghỉ từ ngày {NGOAITRU_TUNGAY}, trước ngày ra viện {NGAY_RA}. Ghi ngày bắt đầu nghỉ từ ngày ra viện trở đi.");
        }, Xml7.NGOAITRU_TUNGAY, Xml7.NGOAITRU_DENNGAY, Xml1.NGAY_RA),

        // At most 30 days at once; 180 for tuberculosis, 50 after a late end of pregnancy.
        new RowRule("X7-NGHI-003", Xml7.SO_NGAY_NGHI, static (row, record) =>
            row[Xml7.SO_NGAY_NGHI].Integer() is { IsPresent: true } days
                ? days.Value <= SickLeaveRules.LongestLeave(record, row[Xml7.MA_DINH_CHI_THAI], row[Xml7.TUOI_THAI]) : Answer.NotApplicable,
            Xml1.MA_BENH_CHINH),

        ChildCard("X7-MA_THE_TAM-001", Xml7.MA_THE_TAM),
        ChildCard("X7-MA_THE_TAM-001", Xml8.MA_THE_TAM),
        ChildCard("X7-MA_THE_TAM-001", Xml11.MA_THE_TAM),

        new RowRule("X7-CHA_ME-001", Xml7.HO_TEN_CHA, static (row, record) =>
            record.Born.IsPresent && record.Discharged.IsPresent && record.Born.Value.YearsOn(record.Discharged.Value.Day()) < 16
                ? !row[Xml7.HO_TEN_CHA].IsEmpty || !row[Xml7.HO_TEN_ME].IsEmpty : Answer.NotApplicable, Xml1.NGAY_SINH, Xml1.NGAY_RA),

        new RecordRule("X7-RV-001", Xml1.MA_LOAI_RV, static record => record[TableId.Xml7] is null ? Answer.NotApplicable : !record.Summary[Xml1.MA_LOAI_RV].Is("3"u8)),
    ];

    private static RowRule WeeksOfPregnancy(string code, FieldId field) => new(code, field, (row, _) =>
        row[field].IsEmpty ? Answer.NotApplicable : row[field].Integer() is { IsPresent: true, Value: >= 1 and <= 42 })
    {
        OwnsForm = true,
    };

    private static RowRule ChildCard(string code, FieldId field) => Text(code, field, "^TE1[0-9]{12}$");
}
