using LienThong.Gateway.Records;

namespace LienThong.Gateway.Deadlines;

/// <summary>When something is due, seen from today in Vietnam.</summary>
public enum DueBucket
{
    /// <summary>Its deadline has passed.</summary>
    Overdue,
    /// <summary>By 24:00 today.</summary>
    Today,
    /// <summary>Within the next seven days.</summary>
    Week,
    /// <summary>Later.</summary>
    Later,
}

/// <summary>Which open records are looked at.</summary>
/// <param name="Facility">Only this facility; null for all of the caller.</param>
/// <param name="Due">Only those due then; null for all.</param>
/// <param name="Ward">Only this ward (<c>MA_KHOA</c>, empty text for unknown); null for all.</param>
public sealed record BoardFilter(string? Facility = null, DueBucket? Due = null, string? Ward = null);

/// <summary>Open records of one ward: not yet taken by the portal, with a deadline.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="Ward">Ward (<c>MA_KHOA</c>); empty when unknown.</param>
/// <param name="Overdue">Deadline has passed.</param>
/// <param name="Today">Due by 24:00 today.</param>
/// <param name="Week">Due within the next seven days.</param>
/// <param name="Later">Due later.</param>
/// <param name="LastMonth">Ended before this month.</param>
/// <param name="ThisMonth">Ended this month.</param>
/// <param name="Waiting">Ended longer ago than the facility means to wait.</param>
/// <param name="ByHand">Stand still until a person does something: blocked, refused, held, outcome unknown.</param>
public sealed record WardCounts(string Facility, string Ward, long Overdue, long Today, long Week, long Later, long LastMonth, long ThisMonth, long Waiting, long ByHand)
{
    /// <summary>All of them.</summary>
    public long Open => Overdue + Today + Week + Later;

    internal WardCounts Plus(WardCounts o) => this with
    {
        Overdue = Overdue + o.Overdue,
        Today = Today + o.Today,
        Week = Week + o.Week,
        Later = Later + o.Later,
        LastMonth = LastMonth + o.LastMonth,
        ThisMonth = ThisMonth + o.ThisMonth,
        Waiting = Waiting + o.Waiting,
        ByHand = ByHand + o.ByHand,
    };
}

/// <summary>How far the month is from being closed.</summary>
/// <param name="Month">First day of the month to be closed.</param>
/// <param name="Closes">First moment that is too late.</param>
/// <param name="ToGo">Records of it that ended and aren't accepted.</param>
/// <param name="LookAhead">Whether it is still going on (from the 25th).</param>
public sealed record MonthFunnel(DateOnly Month, DateTimeOffset Closes, long ToGo, bool LookAhead);

/// <summary>How long receptions of a day or ward took from the end of the visit.</summary>
/// <param name="Key">The day (<c>yyyy-MM-dd</c>) or the ward.</param>
/// <param name="Records">How many.</param>
/// <param name="P50">Half of them took no longer, in minutes.</param>
/// <param name="P95">95 of 100 took no longer, in minutes. Exact below three hours, then to the hour, above a week to the day.</param>
/// <param name="Late">Received after their deadline.</param>
/// <param name="ByIncident">In time only because an incident made it later.</param>
/// <param name="Within3Hours">Received within three hours, as a draft would ask.</param>
public sealed record Timeliness(string Key, long Records, long P50, long P95, long Late, long ByIncident, long Within3Hours);

/// <summary>Receptions of the last three days whose result the portal hasn't told.</summary>
/// <param name="Within6">Younger than 6 hours.</param>
/// <param name="Within24">6–24 hours.</param>
/// <param name="Within48">24–48 hours.</param>
/// <param name="Over48">48–72 hours: longer than the portal means to take. That nothing came proves nothing.</param>
public sealed record ExpectedAnswers(long Within6, long Within24, long Within48, long Over48);

/// <summary>Everything the page of deadlines counts.</summary>
/// <param name="Now">Moment of counting.</param>
/// <param name="Total">All wards together; facility and ward are empty.</param>
/// <param name="Wards">By ward, those with most to do first.</param>
/// <param name="Month">The month to be closed; null between the 5th and the 25th.</param>
/// <param name="WarnMinutes">From how many minutes after the end a record counts as waiting; of the installation, or of the only facility.</param>
public sealed record DeadlineBoard(DateTimeOffset Now, WardCounts Total, IReadOnlyList<WardCounts> Wards, MonthFunnel? Month, int WarnMinutes);

/// <summary>An open record in the list of deadlines; no name in it.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Cause">Why it stands there; null when that says nothing.</param>
/// <param name="Ward">Ward; empty when unknown.</param>
/// <param name="NgayRa"><c>NGAY_RA</c> as in the XML.</param>
/// <param name="Deadline">First moment that is too late.</param>
/// <param name="Original">The same without incidents.</param>
/// <param name="Kind">The limit that decides; null when stored by an earlier build and not yet calculated again.</param>
public sealed record DueRecord(
    Guid Id, string Facility, string MaLk, RecordState State, string? Cause, string Ward, string NgayRa, DateTimeOffset Deadline, DateTimeOffset Original, DeadlineKind? Kind);

/// <summary>A record that couldn't be sent during an incident, as the proof pack lists it.</summary>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Ward">Ward; empty when unknown.</param>
/// <param name="NgayRa"><c>NGAY_RA</c> as in the XML.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="Original">Deadline without incidents; null when it has none.</param>
/// <param name="Deadline">Deadline with them.</param>
/// <param name="FirstAttempt">First call to the portal; null when there was none.</param>
/// <param name="ReceivedAt">First reception; null while there is none.</param>
/// <param name="TransactionCode"><c>maGiaoDich</c> of it.</param>
public sealed record ProofRecord(
    string MaLk, string Ward, string NgayRa, RecordState State, DateTimeOffset? Original, DateTimeOffset? Deadline, DateTimeOffset? FirstAttempt, DateTimeOffset? ReceivedAt,
    string? TransactionCode);
