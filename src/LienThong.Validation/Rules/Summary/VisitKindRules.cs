using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML1: kind of visit (<c>MA_LOAI_KCB</c>) and departments.</summary>
internal static class VisitKindRules
{
    private const int FourHours = 240;

    public static readonly Rule[] All =
    [
        Text("X1-MA_LOAI_KCB-001", Xml1.MA_LOAI_KCB, "^0[1-9]$"),
        Text("X1-MA_LOAI_KCB-002", Xml1.MA_LOAI_KCB, "^(0[1-9]|1[0-6])$"),

        // Inpatient care of less than four hours is kind 09.
        new RowRule("X1-MA_LOAI_KCB-003", Xml1.MA_LOAI_KCB, static (_, record) =>
            !record.IsVisit(3) ? Answer.NotApplicable : Stay(record) is not { } minutes ? Answer.Malformed
            : minutes >= FourHours ? Answer.Holds : Breach.With("minutes", Show.Number(minutes)), Xml1.NGAY_VAO, Xml1.NGAY_VAO_NOI_TRU, Xml1.NGAY_RA),

        new RowRule("X1-MA_LOAI_KCB-004", Xml1.MA_LOAI_KCB, static (_, record) =>
            !record.IsVisit(9) ? Answer.NotApplicable : Stay(record) is not { } minutes ? Answer.Malformed
            : minutes < FourHours ? Answer.Holds : Breach.With("minutes", Show.Number(minutes)), Xml1.NGAY_VAO, Xml1.NGAY_VAO_NOI_TRU, Xml1.NGAY_RA),

        // 05 hands out medicine without services; with a service it is 08.
        new RecordRule("X1-MA_LOAI_KCB-005", Xml1.MA_LOAI_KCB, static record =>
            record.IsVisit(5) ? !record.HasService(1, 2, 3, 8, 9, 18) : Answer.NotApplicable, Xml3.MA_NHOM),

        // 07 only hands out medicine.
        new RecordRule("X1-MA_LOAI_KCB-006", Xml1.MA_LOAI_KCB, static record =>
            record.IsVisit(7) ? !record.HasService(1, 2, 3, 8, 13, 14, 15, 16, 18) : Answer.NotApplicable, Xml3.MA_NHOM),

        new RowRule("X1-MA_LOAI_KCB-007", Xml1.MA_LOAI_KCB, static (_, record) =>
            record.IsVisit(1) && record.Arrived.IsPresent && record.Discharged.IsPresent
                ? (record.Discharged.Value - record.Arrived.Value).TotalMinutes <= 1440 : Answer.NotApplicable, Xml1.NGAY_VAO, Xml1.NGAY_RA),

        new RowRule("X1-MA_LOAI_KCB-008", Xml1.MA_LOAI_KCB, static (_, record) =>
            !record.IsVisit(2) || !record.Arrived.IsPresent || !record.Discharged.IsPresent ? Answer.NotApplicable
            : record.Arrived.Value.DaysThrough(record.Discharged.Value) is var days && days <= 30 ? Answer.Holds
            : Breach.With("days", Show.Number(days)), Xml1.NGAY_VAO, Xml1.NGAY_RA),

        new RowRule("X1-MA_LOAI_KCB-009", Xml1.MA_LOAI_KCB, static (row, record) =>
            record.IsVisit(12, 14, 15, 16) ? row[Xml1.T_BHTT].Decimal() is not { IsPresent: true, Value: > 0 } : Answer.NotApplicable, Xml1.T_BHTT),

        // Day care that starts and ends on one day lasts at least four hours.
        new RowRule("X1-MA_LOAI_KCB-010", Xml1.MA_LOAI_KCB, static (_, record) =>
            record.IsVisit(4) && record.Arrived.IsPresent && record.Discharged.IsPresent && record.Arrived.Value.Day() == record.Discharged.Value.Day()
                ? (record.Discharged.Value - record.Arrived.Value).TotalMinutes >= FourHours : Answer.NotApplicable, Xml1.NGAY_VAO, Xml1.NGAY_RA),

        Items("X1-MA_KHOA-001", Xml1.MA_KHOA, "^K[0-9]{2}([0-9]{2})*(\\.[0-9]{1,2})?(\\.D[0-9]{2})?$"),

        // A department that charges a bed is one of those that treated.
        new RecordRule("X1-MA_KHOA-002", Xml1.MA_KHOA, static record =>
            record.IsVisit(3, 4, 6) ? BedInDepartment(record) : Answer.NotApplicable, Xml3.MA_KHOA, Xml3.MA_NHOM),
    ];

    private static int? Stay(RecordView record) =>
        record.StayFrom.IsPresent && record.Discharged.IsPresent ? (int)(record.Discharged.Value - record.StayFrom.Value).TotalMinutes : null;

    private static Answer BedInDepartment(RecordView record)
    {
        if (record[TableId.Xml3] is not { } services) return Answer.NotApplicable;
        bool beds = false;
        for (int i = 0; i < services.Count; i++)
        {
            Row row = services[i];
            if (row.Group() is not (14 or 15 or 16)) continue;
            beds = true;
            if (record.Summary[Xml1.MA_KHOA].HasItem(row[Xml3.MA_KHOA].Trimmed)) return Answer.Holds;
        }

        return beds ? Answer.Broken : Answer.NotApplicable;
    }
}
