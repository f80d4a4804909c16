using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>People, machines and beds are with one patient at a time; certificates have their own number.</summary>
internal static class WorkRules
{
    internal const int MostExams = 65;
    private const int MostFacilities = 2;
    private const int HandoverMinutes = 60;

    public static readonly HistoryRule[] All =
    [
        // Surgery and procedures last until their result; of examinations and images only the first minute is certain, as results are waited for and read later.
        new("AUD-G-001", Xml3.NGUOI_THUC_HIEN, static c => Meet(c, static act => act.Hands, static (hands, act) => HistoryKey.AtWork(hands, act.Began!.Value), Hold, Gentle)),

        // Rows above the limit are paid at half the fee.
        new("AUD-G-002", Xml3.MA_BAC_SI, static c =>
        {
            foreach (Act act in c.Own.Acts)
            {
                if (act.Group != 13 || act.Hands.Length == 0 || act.Began is not { } began) continue;
                int all = FirstAbove(c, HistoryKey.AtWork(act.Hands, began), began, MostExams, a => a.Group == 13 && a.Hands == act.Hands);
                if (all > 0) c.Broken(null, act.Hands, Breach.With("date", Day(began)).And("count", Show.Number(all)), act);
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
                act => MachineCapacity.Of(capacity, act.Machine, c.Day) is { } machine ? (act.Began, act.Began?.AddMinutes(machine.Minutes)) : (null, null), static _ => false);
            foreach (Act act in c.Own.Acts)
            {
                if (act.Group is not (2 or 3) || act.Began is not { } began || MachineCapacity.Of(capacity, act.Machine, c.Day) is not { MostActs: < int.MaxValue } machine) continue;
                int all = FirstAbove(c, HistoryKey.OnMachine(c.Own.Facility, act.Machine, began), began, machine.MostActs, a => a.Group is 2 or 3 && a.Machine == act.Machine);
                if (all > 0) c.Broken(null, act.Machine, TooMany.And("date", Day(began)).And("count", Show.Number(all)).And("limit", Show.Number(machine.MostActs)), act);
            }
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

    // Told once a day, at the first act above the limit: how many acts there were; 0 at every other act.
    private static int FirstAbove(HistoryCase c, HistoryKey key, DateTime began, int most, Predicate<Act> counts)
    {
        (int before, int all) = (0, 0);
        foreach (RecordFacts record in c.With(key).Append(c.Own))
        {
            int order = string.CompareOrdinal(record.MaLk, c.Own.MaLk);
            foreach (Act act in record.Acts)
            {
                if (!counts(act) || act.Began is not { } at || at.Date != began.Date) continue;
                all++;
                if (at < began || (at == began && order < 0)) before++;
            }
        }

        return before == most ? all : 0;
    }

    private static Breach TooMany => new Breach().Saying("Máy {value} ghi nhận {count} lượt ngày {date}, vượt công suất {limit} lượt.");

    internal static DateTime? Until(Act act) => Hold(act).To;

    private static (DateTime? From, DateTime? To) Hold(Act act)
    {
        DateTime? minute = act.Began?.AddMinutes(1);
        return (act.Began, act.Group is 8 or 18 && act.Finished > minute && act.Finished < act.Began?.AddDays(1) ? act.Finished : minute);
    }

    // One therapist looks after several patients under machines or in a group (chapters 08 and 17 of the technique list).
    private static bool Gentle(Act act) => act.Group == 18 && (act.Code.StartsWith("08.", StringComparison.Ordinal) || act.Code.StartsWith("17.", StringComparison.Ordinal));

    private static DateTime? Earlier(DateTime? a, DateTime b) => a < b ? a : b;

    private static DateTime? Later(DateTime? a, DateTime b) => a is null ? null : a > b ? a : b;

    private static string Day(DateTime moment) => moment.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
