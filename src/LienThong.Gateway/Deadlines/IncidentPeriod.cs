using LienThong.Standard;

namespace LienThong.Gateway.Deadlines;

/// <summary>How an incident makes deadlines later.</summary>
public enum IncidentEffect
{
    /// <summary>Not at all.</summary>
    None,
    /// <summary>By its own length (TT 12/2026/TT-BTC, Điều 2 khoản 4).</summary>
    Lengthen,
    /// <summary>A deadline inside it moves to 24:00 of the day of repair (TT 48/2017/TT-BYT, Điều 8: send once repaired; the hour is our reading).</summary>
    UntilRepaired,
}

/// <summary>A span in which sending was impossible.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end; of one that is still open, until when it is taken to last.</param>
/// <param name="Effect">How it makes deadlines later.</param>
public sealed record IncidentPeriod(DateTimeOffset From, DateTimeOffset To, IncidentEffect Effect)
{
    /// <summary>The first moment that is too late, with what incidents add; never earlier than without them.</summary>
    /// <param name="start">When the clock began to run: what was over before adds nothing.</param>
    /// <param name="closes">The deadline without incidents.</param>
    /// <param name="incidents">Incidents of the facility by their start.</param>
    public static DateTimeOffset Extend(DateTimeOffset start, DateTimeOffset closes, IEnumerable<IncidentPeriod> incidents)
    {
        DateTimeOffset lengthened = closes, counted = start;
        List<IncidentPeriod>? repairs = null;
        foreach (IncidentPeriod incident in incidents)
        {
            if (incident.Effect == IncidentEffect.UntilRepaired)
                (repairs ??= []).Add(incident);
            if (incident.Effect != IncidentEffect.Lengthen)
                continue;
            // Two at the same time count once.
            DateTimeOffset from = incident.From > counted ? incident.From : counted;
            if (incident.To <= from || from >= lengthened)
                continue;
            lengthened += incident.To - from;
            counted = incident.To;
        }
        DateTimeOffset latest = lengthened;
        foreach (IncidentPeriod repair in repairs ?? [])
        {
            if (repair.From >= lengthened || repair.To < closes || repair.To <= start)
                continue;
            DateTimeOffset evening = DutyDue.EndOf(repair.To.VietnamDay());
            latest = evening > latest ? evening : latest;
        }
        return latest;
    }
}
