using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What one person was given and has paid, over all records.</summary>
internal static class PersonHistoryRules
{
    public static readonly HistoryRule[] All =
    [
        // The same service at the same minute, billed twice.
        new("REC-DUP-001", Xml3.MA_DICH_VU, static c =>
        {
            foreach (Act act in c.Own.Acts)
            {
                if (!act.IsPaid || act.Done is not { } done || act.Group is 13 or 14 or 15 or 16) continue;
                foreach (RecordFacts other in c.SamePerson)
                {
                    if (!Array.Exists(other.Acts, a => a.IsPaid && a.Code == act.Code && a.Done == done)) continue;
                    c.Broken(other, act.Code, Breach.With("other", other.MaLk).And("time", EpisodeRules.Moment(done)), act);
                    break;
                }
            }
        }),

        // Only the later of two acts is too early.
        new("AUD-H-001", Xml3.MA_DICH_VU, static c =>
        {
            CodeList intervals = c.Lists.Find(HistoryCodeLists.Intervals)!;
            foreach (Act act in c.Own.Acts)
            {
                if (act.Began is not { } began || Hours(intervals, act.Code, c.Day) is not { } least) continue;
                foreach (RecordFacts other in c.SamePerson)
                {
                    if (Last(other, act.Code, began) is not { } before || (began - before).TotalHours >= (double)least) continue;
                    c.Broken(other, act.Code, Breach.With("gap", Show.Number((int)(began - before).TotalHours) + " giờ").And("limit", Show.Money(least) + " giờ")
                        .And("TEN_DICH_VU", act.Code).And("other", other.MaLk), act);
                    break;
                }
            }
        }),

        // What the facility itself has stored is the least the person has paid; a look-up may know more.
        new("REC-BENEFIT-005", Xml1.T_BNCCT, static c =>
        {
            RecordFacts own = c.Own;
            if (own.Copaid <= 0 || own.IsWaived || own.FiveYears is not { } five || own.Discharged is not { } left || five > left) return;
            decimal paid = own.Copaid;
            foreach (RecordFacts other in c.SamePerson)
            {
                if (other.Discharged is { } day && day.Year == left.Year && day <= left) paid += other.Copaid;
            }

            paid = Math.Max(paid, c.History.Card(own)?.CopaidThisYear ?? 0);
            if (DatedAmount.BaseSalary.On(c.Day) is { } salary && paid > 6 * salary)
                c.Broken(null, Show.Money(own.Copaid), Breach.With("sum", Show.Money(paid)).And("limit", Show.Money(6 * salary)));
        }),
    ];

    private static decimal? Hours(CodeList intervals, string code, DateOnly day)
    {
        foreach (CodeRow row in intervals.Rows(System.Text.Encoding.UTF8.GetBytes(code), day))
        {
            if (row.Number(1) is { IsPresent: true, Value: > 0 } hours) return hours.Value;
        }

        return null;
    }

    private static DateTime? Last(RecordFacts other, string code, DateTime began)
    {
        DateTime? last = null;
        foreach (Act act in other.Acts)
        {
            if (act.Code == code && act.Began is { } at && at <= began && !(last > at)) last = at;
        }

        return last;
    }
}
