using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML1: treatment days (<c>SO_NGAY_DTRI</c>). A statistical count; the payable bed days are another thing.</summary>
internal static class TreatmentDayRules
{
    private const int FourHours = 240;

    public static readonly Rule[] All =
    [
        new RowRule("X1-SO_NGAY_DTRI-001", Xml1.SO_NGAY_DTRI, static (row, record) =>
            record.IsVisit(1, 7, 9) ? Is(row, 0) : Answer.NotApplicable, Xml1.MA_LOAI_KCB),

        new RowRule("X1-SO_NGAY_DTRI-002", Xml1.SO_NGAY_DTRI, static (row, record) =>
            !record.IsVisit(2, 3, 4, 6) ? Answer.NotApplicable : HasStay(record) ? Is(row, FromArrival(record)) : Answer.Malformed,
            Xml1.MA_LOAI_KCB, Xml1.NGAY_VAO, Xml1.NGAY_RA),

        new RowRule("X1-SO_NGAY_DTRI-003", Xml1.SO_NGAY_DTRI, static (row, record) =>
            !record.IsVisit(5) || !HasStay(record) || !Days(row).IsPresent ? Answer.NotApplicable
            : Math.Abs(Days(row).Value - FromArrival(record)) <= 1 ? Answer.Holds : Breach.Expect(Show.Number(FromArrival(record))),
            Xml1.MA_LOAI_KCB, Xml1.NGAY_VAO, Xml1.NGAY_RA),

        new RecordRule("X1-SO_NGAY_DTRI-004", Xml1.SO_NGAY_DTRI, static record =>
            record.IsVisit(8) ? Is(record.Summary, ServiceDays(record, countExaminations: false)) : Answer.NotApplicable,
            Xml1.MA_LOAI_KCB, Xml3.NGAY_TH_YL, Xml3.NGAY_YL),

        new RowRule("X1-SO_NGAY_DTRI-005", Xml1.SO_NGAY_DTRI, static (row, _) =>
            row[Xml1.SO_NGAY_DTRI].IsEmpty ? Answer.NotApplicable : Days(row) is { IsPresent: true, Value: <= 999 })
        {
            OwnsForm = true,
        },

        // Out − in + 1; a booked admission counts from the ward; under four hours counts 0.
        new RowRule("X1-SO_NGAY_DTRI-006", Xml1.SO_NGAY_DTRI, static (row, record) => IsInpatientCount(row, record),
            Xml1.MA_LOAI_KCB, Xml1.NGAY_VAO, Xml1.NGAY_RA, Xml1.NGAY_VAO_NOI_TRU),

        // An examination counts out − in + 1 too; 0 is the habit of QĐ 4750.
        new RecordRule("X1-SO_NGAY_DTRI-007", Xml1.SO_NGAY_DTRI, static record => IsExaminationCount(record),
            Xml1.MA_LOAI_KCB, Xml1.NGAY_VAO, Xml1.NGAY_RA, Xml2.LIEU_DUNG),

        // No treatment day at all doesn't fit these kinds of visit. Where a rule above has told of the count, it is left at that.
        new SweepRule("AUD-QUALITY-002", Xml1.SO_NGAY_DTRI, static (record, report) =>
        {
            if (Days(record.Summary) is not { IsPresent: true, Value: 0 } || report.HasFinding(Xml1.SO_NGAY_DTRI, 1)) return;
            bool odd = record.VisitKind switch
            {
                5 => true,
                2 or 8 => ServiceDays(record, countExaminations: true) > 0,
                3 or 4 or 6 => HasStay(record) && (record.Discharged.Value - record.Arrived.Value).TotalMinutes > FourHours,
                _ => false,
            };
            if (odd) report.Broken(record.Summary);
        }, Xml1.MA_LOAI_KCB, Xml1.NGAY_VAO, Xml1.NGAY_RA, Xml3.NGAY_TH_YL, Xml3.NGAY_YL),

        // Outpatient courses count the days with a service.
        new RecordRule("X1-SO_NGAY_DTRI-008", Xml1.SO_NGAY_DTRI, static record => IsCourseCount(record),
            Xml1.MA_LOAI_KCB, Xml3.NGAY_TH_YL, Xml3.NGAY_YL),
    ];

    private static Read<int> Days(Row row) => row[Xml1.SO_NGAY_DTRI].Integer();

    private static bool HasStay(RecordView record) => record.Arrived.IsPresent && record.Discharged.IsPresent;

    private static int FromArrival(RecordView record) => record.Arrived.Value.DaysThrough(record.Discharged.Value);

    private static Answer Is(Row row, int? expected)
    {
        Read<int> days = Days(row);
        if (expected is not { } count) return Answer.NotApplicable;
        if (!days.IsPresent) return Answer.Malformed;
        return days.Value == count ? Answer.Holds : Breach.Expect(Show.Number(count));
    }

    private static Answer IsInpatientCount(Row row, RecordView record)
    {
        if (record.IsVisit(9)) return Is(row, 0);
        if (!record.IsVisit(3, 4, 6)) return Answer.NotApplicable;
        if (!HasStay(record) || !record.StayFrom.IsPresent || !Days(row).IsPresent) return Answer.Malformed;
        int fromWard = record.StayFrom.Value.DaysThrough(record.Discharged.Value);
        return Days(row).Value == fromWard ? Answer.Holds : Is(row, FromArrival(record));
    }

    private static Answer IsExaminationCount(RecordView record)
    {
        if (!record.IsVisit(1, 5, 7)) return Answer.NotApplicable;
        Read<int> days = Days(record.Summary);
        if (!days.IsPresent || !HasStay(record)) return Answer.Malformed;
        if (record.IsVisit(5, 7)) return IsMedicineCount(record, days.Value);
        int expected = FromArrival(record);
        if (days.Value == expected) return Answer.Holds;
        Breach breach = Breach.Expect(Show.Number(expected));
        return days.Value == 0 ? breach.Weighing(Severity.Info) : breach;
    }

    private static Answer IsMedicineCount(RecordView record, int days)
    {
        if (LongestMedicine(record) is not { } longest) return Answer.NotApplicable;
        return days == longest ? Answer.Holds : Breach.As(Severity.Info).Expecting(Show.Number(longest));
    }

    private static Answer IsCourseCount(RecordView record)
    {
        if (!record.IsVisit(2, 8)) return Answer.NotApplicable;
        int? expected = ServiceDays(record, countExaminations: true);
        Answer answer = Is(record.Summary, expected);
        if (answer.Verdict != Verdict.Broken || !HasStay(record)) return answer;
        return Days(record.Summary).Value == FromArrival(record) ? answer.Breach!.Weighing(Severity.Info) : answer;
    }

    // Doses read «amount * times * days [...]»: the last factor before the bracket is the days.
    private static int? LongestMedicine(RecordView record)
    {
        if (record[TableId.Xml2] is not { } drugs) return null;
        int? longest = null;
        for (int i = 0; i < drugs.Count; i++)
        {
            ReadOnlySpan<byte> dose = drugs[i][Xml2.LIEU_DUNG].Trimmed;
            int bracket = dose.IndexOf((byte)'[');
            if (bracket >= 0) dose = dose[..bracket];
            int star = dose.LastIndexOf((byte)'*');
            if (star < 0) continue;
            ReadOnlySpan<byte> days = Blank.Trim(dose[(star + 1)..]);
            int end = days.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (Typed.Integer(end < 0 ? days : days[..end]) is { IsPresent: true } count && (longest is null || count.Value > longest)) longest = count.Value;
        }

        return longest;
    }

    // Days seen are marked in a bit set from the first day of the year before arrival; services outside it don't belong to the visit.
    private static int? ServiceDays(RecordView record, bool countExaminations)
    {
        if (record[TableId.Xml3] is not { } services) return null;
        Span<ulong> seen = stackalloc ulong[32];
        seen.Clear();
        int first = record.Arrived.IsPresent ? record.Arrived.Value.Day().DayNumber - 366 : 0;
        int count = 0;
        bool any = false;
        for (int i = 0; i < services.Count; i++)
        {
            Row row = services[i];
            int group = row.Group();
            if (group is 10 or 11 or 12 or 14 or 15 or 16 || (group == 13 && !countExaminations)) continue;
            Read<DateOnly> day = row[Xml3.NGAY_TH_YL].Day();
            if (day.IsAbsent) day = row[Xml3.NGAY_YL].Day();
            if (!day.IsPresent) continue;
            any = true;
            int at = day.Value.DayNumber - first;
            if ((uint)at >= 32 * 64 || (seen[at >> 6] & (1UL << (at & 63))) != 0) continue;
            seen[at >> 6] |= 1UL << (at & 63);
            count++;
        }

        return any ? count : null;
    }
}
