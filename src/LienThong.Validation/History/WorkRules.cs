using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>People, machines and beds are with one patient at a time; certificates have their own number.</summary>
internal static class WorkRules
{
    private const int MostExams = 65;
    private const int MostFacilities = 2;
    private const int HandoverMinutes = 60;

    public static readonly HistoryRule[] All =
    [
        // Surgery and procedures last until their result; of examinations and images only the first minute is certain, as results are waited for and read later.
        new("AUD-G-001", Xml3.NGUOI_THUC_HIEN, static c => Meet(c, static act => act.Hands, static (hands, act) => HistoryKey.AtWork(hands, act.Began!.Value), Hold, Gentle)),

        // Rows above the limit are paid at half the fee: told once a day, at the first of them.
        new("AUD-G-002", Xml3.MA_BAC_SI, static c =>
        {
            foreach (Act act in c.Own.Acts)
            {
                if (act.Group != 13 || act.Hands.Length == 0 || act.Began is not { } began) continue;
                (int before, int all) = (0, 1);
                foreach (RecordFacts other in c.With(HistoryKey.AtWork(act.Hands, began)))
                {
                    foreach (Act exam in other.Acts)
                    {
                        if (exam.Group != 13 || exam.Hands != act.Hands || exam.Began is not { } at || at.Date != began.Date) continue;
                        all++;
                        if (at < began || (at == began && string.CompareOrdinal(other.MaLk, c.Own.MaLk) < 0)) before++;
                    }
                }

                if (before == MostExams)
                    c.Broken(null, act.Hands, Breach.With("date", Day(began)).And("count", Show.Number(all)), act);
            }
        }),

        new("AUD-G-003", Xml3.NGUOI_THUC_HIEN, static c =>
        {
            List<string> told = [];
            foreach (Act act in c.Own.Acts)
            {
                if (act.Hands.Length == 0 || act.Began is not { } began || told.Contains(act.Hands)) continue;
                told.Add(act.Hands);
                int facilities = 1 + c.History.OtherFacilities(HistoryKey.AtWork(act.Hands, began), c.Own.Facility);
                if (facilities > MostFacilities) c.Broken(null, act.Hands, Breach.With("count", Show.Number(facilities)).And("date", Day(began)), act);
            }
        }),

        new("AUD-H-002", Xml3.MA_MAY, static c =>
        {
            CodeList capacity = c.Lists.Find(HistoryCodeLists.Capacity)!;
            Meet(c, static act => act.Group is 2 or 3 ? act.Machine : "", (machine, act) => HistoryKey.OnMachine(c.Own.Facility, machine, act.Began!.Value),
                act => (act.Began, act.Began?.AddMinutes(Minutes(capacity, act.Machine, c.Day))), static _ => false);
        }),

        new("REC-BED-005", Xml3.MA_GIUONG, static c =>
        {
            foreach (Act act in c.Own.Acts)
            {
                if (!HistoryKey.IsBed(act) || act.Ordered is not { } from || act.Finished is not { } to) continue;
                foreach (RecordFacts other in c.With(HistoryKey.InBed(c.Own.Facility, act, from)))
                {
                    if (other.IsSamePerson(c.Own) || !Array.Exists(other.Acts, a => IsIn(a, act, from, to))) continue;
                    c.Broken(other, act.Bed, Breach.With("MA_GIUONG", act.Bed).And("MA_KHOA", act.Department).And("other", other.MaLk), act);
                    break;
                }
            }
        }),

        new("X11-SERI-001", Xml11.SO_SERI, static c =>
        {
            foreach (Serial serial in c.Own.Serials)
            {
                foreach (RecordFacts other in c.With(HistoryKey.OfSerial(c.Own.Facility, serial.Number)))
                {
                    if (!Array.Exists(other.Serials, s => s.Number == serial.Number)) continue;
                    c.Broken(other, serial.Number, Breach.Of(serial.Table == TableId.Xml10 ? Xml10.SO_SERI : Xml11.SO_SERI), row: serial.Row);
                    break;
                }
            }
        }),
    ];

    private static bool IsIn(Act other, Act own, DateTime from, DateTime to) =>
        HistoryKey.IsBed(other) && other.Bed == own.Bed && other.Department == own.Department
        && (Earlier(other.Finished, to) - Later(other.Ordered, from))?.TotalMinutes > HandoverMinutes;

    // Two acts of one hand or machine at different patients that share at least a minute.
    private static void Meet(
        HistoryCase c, Func<Act, string> who, Func<string, Act, HistoryKey> key, Func<Act, (DateTime? From, DateTime? To)> hold, Func<Act, bool> gentle)
    {
        foreach (Act act in c.Own.Acts)
        {
            string own = who(act);
            if (own.Length == 0 || act.Began is null || hold(act) is not ({ } from, { } to)) continue;
            foreach (RecordFacts other in c.With(key(own, act)))
            {
                if (other.IsSamePerson(c.Own)) continue;
                Act? met = Array.Find(other.Acts, a => who(a) == own && hold(a) is ({ } start, { } end) && start < to && from < end);
                if (met is null) continue;
                Breach breach = Breach.With("MA_LK1", c.Own.MaLk).And("MA_LK2", other.MaLk);
                c.Broken(other, own, gentle(act) || gentle(met) ? breach.Weighing(Severity.Info) : breach, act);
                break;
            }
        }
    }

    private static (DateTime? From, DateTime? To) Hold(Act act)
    {
        DateTime? minute = act.Began?.AddMinutes(1);
        return (act.Began, act.Group is 8 or 18 && act.Finished > minute && act.Finished < act.Began?.AddDays(1) ? act.Finished : minute);
    }

    // One therapist looks after several patients under machines or in a group (chapters 08 and 17 of the technique list).
    private static bool Gentle(Act act) => act.Group == 18 && (act.Code.StartsWith("08.", StringComparison.Ordinal) || act.Code.StartsWith("17.", StringComparison.Ordinal));

    private static int Minutes(CodeList capacity, string machine, DateOnly day)
    {
        foreach (CodeRow row in capacity.Rows(System.Text.Encoding.UTF8.GetBytes(machine), day))
        {
            if (row.Number(1) is { IsPresent: true, Value: > 0 and < 1440 } minutes) return (int)minutes.Value;
        }

        return 1;
    }

    private static DateTime? Earlier(DateTime? a, DateTime b) => a < b ? a : b;

    private static DateTime? Later(DateTime? a, DateTime b) => a is null ? null : a > b ? a : b;

    private static string Day(DateTime moment) => moment.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
