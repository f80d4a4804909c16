using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Hours, licence, staff, contracts and referral papers as the facility has registered them.</summary>
internal static class FacilityAuditRules
{
    private const int PaperDays = 10;

    public static readonly Rule[] All =
    [
        // Outpatients who are no emergency come in the registered hours.
        new RowRule("AUD-E-001", Xml3.NGAY_TH_YL, static (row, record) =>
        {
            if (!record.IsVisit(1, 2, 5, 8) || record.Summary[Xml1.MA_DOITUONG_KCB].Is("2"u8)) return Answer.NotApplicable;
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (line.Group is not (1 or 2 or 3 or 13 or 18) || !line.Done.IsPresent) return Answer.NotApplicable;
            return ServiceFitRules.FirstOf(record, AuditLists.WorkingHours, row[Xml3.MA_KHOA].Trimmed) is { } hours ? IsOpen(hours, line.Done.Value) : Answer.NotApplicable;
        }, Xml3.MA_KHOA, Xml3.MA_NHOM, Xml1.MA_LOAI_KCB, Xml1.MA_DOITUONG_KCB),

        // A technique stands in the licence by its code or by the seven characters of the technique.
        new RowRule("AUD-E-002", Xml3.MA_DICH_VU, static (row, record) =>
        {
            if (record.Lists.Find(AuditLists.Licence) is not { } licence || record.Lines.Of(row).Group is not (1 or 2 or 3 or 8 or 18)) return Answer.NotApplicable;
            ReadOnlySpan<byte> code = ResultRules.Bare(row[Xml3.MA_DICH_VU].Trimmed);
            return code.IsEmpty ? Answer.NotApplicable : licence.Contains(code, record.Day) || (code.Length > 7 && licence.Contains(code[..7], record.Day));
        }, Xml3.MA_NHOM),

        // Nurses of grade IV assist; they don't treat alone.
        new RowRule("AUD-G-004", Xml3.NGUOI_THUC_HIEN, static (row, record) =>
        {
            if (record.Lines.Of(row).Group is not (8 or 18)) return Answer.NotApplicable;
            ReadOnlySpan<byte> person = row[Xml3.NGUOI_THUC_HIEN].Trimmed;
            if (person.IsEmpty || person.IndexOf((byte)';') >= 0 || ServiceFitRules.FirstOf(record, FacilityLists.Staff, person) is not { } staff) return Answer.NotApplicable;
            return !staff[FacilityLists.Staff.At("CHUCDANH_NN")].SequenceEqual("3"u8) || !IsGradeFour(staff.Text(FacilityLists.Staff.At("VI_TRI")));
        }, Xml3.MA_NHOM),

        Present(Xml3.MA_BAC_SI, Xml3.NGAY_YL),
        Present(Xml3.NGUOI_THUC_HIEN, Xml3.NGAY_TH_YL),
        Present(Xml2.MA_BAC_SI, Xml2.NGAY_YL),

        Contracted(Xml2.MA_THUOC, Xml2.TT_THAU, Xml2.NGAY_YL),
        Contracted(Xml3.MA_VAT_TU, Xml3.TT_THAU, Xml3.NGAY_YL),

        new RowRule("AUD-REFERRAL-001", Xml1.GIAY_CHUYEN_TUYEN, static (row, record) => IsStillGood(row, record), Xml1.MA_NOI_DI, Xml1.NGAY_VAO, Xml1.MA_BENH_CHINH),
    ];

    // Days 2 to 8 (Sunday); hours as 0700-1130.
    private static bool IsOpen(CodeRow hours, DateTime at)
    {
        ReadOnlySpan<byte> day = [(byte)(at.DayOfWeek == DayOfWeek.Sunday ? '8' : '1' + (int)at.DayOfWeek)];
        if (!hours[1].IsEmpty && !Reading.HasItem(hours[1], day)) return false;
        int minute = (at.Hour * 100) + at.Minute;
        ReadOnlySpan<byte> rest = hours[2];
        if (rest.IsEmpty) return true;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)';');
            ReadOnlySpan<byte> span = Blank.Trim(end < 0 ? rest : rest[..end]);
            if (span.Length == 9 && Typed.Integer(span[..4]) is { IsPresent: true } from && Typed.Integer(span[5..]) is { IsPresent: true } to && minute >= from.Value && minute <= to.Value) return true;
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return false;
    }

    private static bool IsGradeFour(string position) => Folded.Of(position) is var words && (words.EndsWith("hang iv", StringComparison.Ordinal) || words.Contains("hang iv ", StringComparison.Ordinal));

    private static RowRule Present(FieldId person, FieldId moment) => new("AUD-G-005", person, (row, record) =>
    {
        if (record.Lists.Find(AuditLists.Absences) is not { } absences || !row[moment].Day().IsPresent) return Answer.NotApplicable;
        DateOnly day = row[moment].Day().Value;
        foreach (ReadOnlySpan<byte> item in row[person].Items())
        {
            if (!item.IsEmpty && absences.Contains(item, day)) return Breach.OfPart(item).And("date", Show.Day(day));
        }

        return Answer.Holds;
    }, moment);

    private static RowRule Contracted(FieldId code, FieldId tender, FieldId ordered) => new("AUD-M-002", ordered, (row, record) =>
    {
        if (record.Lists.Find(AuditLists.Procurement) is not { } contracts || row[code].IsEmpty || !row[ordered].Day().IsPresent) return Answer.NotApplicable;
        bool known = false;
        foreach (CodeRow contract in contracts.History(row[code].Trimmed))
        {
            if (!contract[1].IsEmpty && !row[tender].Is(contract[1])) continue;
            Read<DateOnly> start = Typed.Date8(contract[2]);
            if (!start.IsPresent || start.Value <= row[ordered].Day().Value) return Answer.Holds;
            known = true;
        }

        return known ? Answer.Broken : Answer.NotApplicable;
    }, code, tender);

    // Ten working days; holidays aren't known here, so up to ten more weekdays are only a hint. A year for listed diseases.
    private static Answer IsStillGood(Row row, RecordView record)
    {
        if (record.Lists.Find(AuditLists.Referrals) is not { } papers || record.Lists.Find(AuditLists.YearlyReferrals) is not { } yearly || !record.Arrived.IsPresent) return Answer.NotApplicable;
        DateOnly arrival = record.Arrived.Value.Day();
        foreach (CodeRow paper in papers.History(row[Xml1.GIAY_CHUYEN_TUYEN].Trimmed))
        {
            if (!paper[1].IsEmpty && !row[Xml1.MA_NOI_DI].Is(paper[1])) continue;
            if (Typed.Date8(paper[2]) is not { IsPresent: true } signed) continue;
            bool year = yearly.Contains(row[Xml1.MA_BENH_CHINH].Trimmed, record.Day) || (row[Xml1.MA_BENH_CHINH].Trimmed is { Length: > 3 } code && yearly.Contains(code[..3], record.Day));
            int weekdays = Weekdays(signed.Value, arrival);
            if (year ? arrival <= signed.Value.AddYears(1) : weekdays <= PaperDays) return Answer.Holds;
            return (year || weekdays > 2 * PaperDays ? new Breach() : Breach.As(Severity.Info)).And("date", Show.Day(signed.Value));
        }

        return Answer.NotApplicable;
    }

    private static int Weekdays(DateOnly from, DateOnly to)
    {
        int days = Math.Clamp(to.DayNumber - from.DayNumber, 0, 1000);
        int count = 0;
        for (int i = 1; i <= days; i++)
        {
            if (from.AddDays(i).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) count++;
        }

        return count;
    }
}
