using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>One <c>MA_LK</c> is one episode, and one person is in one episode at a time.</summary>
internal static class EpisodeRules
{
    private const int ReadmissionDays = 7;
    private const int AppointmentWorkingDays = 10;

    public static readonly HistoryRule[] All =
    [
        // A later version with another patient isn't a replacement. With another day of arrival only, or for the same person, it may be a mended mistake.
        new("REC-MA_LK-001", Xml1.MA_LK, static c =>
        {
            foreach (RecordFacts earlier in c.History.Earlier(c.Own))
            {
                bool other = earlier.MaBn != c.Own.MaBn;
                if (!other && earlier.Arrived?.Date == c.Own.Arrived?.Date) continue;
                bool stranger = other && (c.Own.Cccd.Length == 0 || c.Own.Cccd != earlier.Cccd) && !c.Own.SharesCard(earlier);
                c.Broken(null, c.Own.MaLk, Breach.As(stranger ? Severity.Block : Severity.Warn).And("other", earlier.MaBn));
                return;
            }
        }),

        // Long courses (05, 07, 08) overlap later visits by nature; a course of treatment (02) may.
        new("REC-MA_LK-002", Xml1.NGAY_VAO, static c =>
        {
            if (!c.Own.IsPaid || IsCourse(c.Own)) return;
            foreach (RecordFacts other in c.SamePerson)
            {
                if (!other.IsPaid || IsCourse(other) || !Overlap(c.Own, other)) continue;
                Breach breach = Breach.With("MA_LK1", c.Own.MaLk).And("MA_LK2", other.MaLk);
                c.Broken(other, Moment(c.Own.Arrived), c.Own.VisitKind == 2 || other.VisitKind == 2 ? breach.Weighing(Severity.Info) : breach);
            }
        }),

        new("REC-MA_LK-003", Xml1.NGAY_VAO, static c =>
        {
            if (c.Own.VisitKind != 1 || c.Own.DiseaseGroup.Length == 0) return;
            foreach (RecordFacts other in c.SamePerson)
            {
                if (other.VisitKind == 1 && other.Arrived?.Date == c.Own.Arrived?.Date && other.DiseaseGroup == c.Own.DiseaseGroup)
                    c.Broken(other, Moment(c.Own.Arrived), Breach.With("other", other.MaLk));
            }
        }),

        new("AUD-I-003", Xml1.NGAY_VAO, static c =>
        {
            if (!c.Own.IsStay || c.Own.Arrived is not { } arrived || c.Own.DiseaseGroup.Length == 0) return;
            foreach (RecordFacts other in c.SamePerson)
            {
                if (!other.IsStay || other.Discharged is not { } left || left > arrived || other.DiseaseGroup != c.Own.DiseaseGroup) continue;
                int days = (arrived.Date - left.Date).Days;
                if (days <= ReadmissionDays) c.Broken(other, Moment(arrived), Breach.With("days", Show.Number(days)).And("other", other.MaLk));
            }
        }),

        // The letter that brought the patient here is the last one written before.
        new("AUD-APPOINT-001", Xml1.NGAY_VAO, static c =>
        {
            if (c.Own.Category != "1.5" || c.Own.Arrived is not { } arrived) return;
            RecordFacts? letter = c.SamePerson.FindLast(o => o.Appointments.Length > 0 && o.Arrived < arrived);
            if (letter is null || Array.Exists(letter.Appointments, day => WorkingDays(day, arrived.Date) <= AppointmentWorkingDays)) return;
            c.Broken(letter, Moment(arrived), Breach.With("NGAY_VAO", Moment(arrived)).And("NGAY_HEN_KL", Show.Day(DateOnly.FromDateTime(letter.Appointments[0]))));
        }),

        // Category 8 takes an earlier claim back: there must be one.
        new("X1-MA_DOITUONG_KCB-011", Xml1.MA_DOITUONG_KCB, static c =>
        {
            if (c.Own.Category != "8") return;
            c.Broken(null, "8", c.History.WasAccepted(c.Own)
                ? null : new Breach().Saying("Mã 8 là thu hồi đề nghị thanh toán, nhưng chưa có hồ sơ nào cùng MA_LK {MA_LK} được Cổng tiếp nhận."));
        }),
    ];

    private static bool IsCourse(RecordFacts facts) => facts.VisitKind is 5 or 7 or 8;

    private static bool Overlap(RecordFacts a, RecordFacts b) => a.Arrived < b.Discharged && b.Arrived < a.Discharged;

    // Weekdays between two days; holidays aren't known here, which matters little for a hint.
    private static int WorkingDays(DateTime a, DateTime b)
    {
        if (a > b) (a, b) = (b, a);
        if ((b - a).Days > 60) return int.MaxValue;
        int days = 0;
        for (DateTime day = a.AddDays(1); day <= b; day = day.AddDays(1))
        {
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) days++;
        }

        return days;
    }

    internal static string Moment(DateTime? moment) => moment?.ToString("yyyyMMddHHmm", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
