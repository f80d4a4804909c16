using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Records;

namespace LienThong.Gateway.CheckIns;

/// <summary>How a check-in stands for the people who see to it.</summary>
public enum CheckInGroup
{
    /// <summary>Waits to be signed or sent, or is being sent.</summary>
    Waiting,
    /// <summary>Needs mending: blocked, not mapped, refused, given up.</summary>
    Blocked,
    /// <summary>The portal has it.</summary>
    Sent,
    /// <summary>The record was sent first.</summary>
    Overtaken,
    /// <summary>The law asks for none.</summary>
    Exempt,
    /// <summary>Ended by a person.</summary>
    Closed,
}

/// <summary>A check-in for people.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Kind">Which moment of the visit it tells of.</param>
/// <param name="State">Where it stands before its document is on its way.</param>
/// <param name="Group">How it stands altogether.</param>
/// <param name="Name">Patient's name.</param>
/// <param name="NgayVao">Arrival, as received.</param>
/// <param name="NgayYl">First order, as received.</param>
/// <param name="Item">First item.</param>
/// <param name="Release">Release it is written in.</param>
/// <param name="Origin">Way it came.</param>
/// <param name="Cause">Why it isn't sent, in Vietnamese; null when nothing keeps it.</param>
/// <param name="Blocks">Blocking findings.</param>
/// <param name="RequestedAt">When it was handed in first; its age counts from here.</param>
/// <param name="Open">Somebody or something still has to see to it.</param>
/// <param name="DeliveryId">Its newest delivery; null before it was signed.</param>
/// <param name="DeliveryState">State of that delivery.</param>
/// <param name="Attempts">Calls made for it.</param>
/// <param name="TransactionCode">Number of the portal's receipt; null without.</param>
/// <param name="SentAt">When the portal answered; null without.</param>
public sealed record CheckInView(
    Guid Id, string Facility, string MaLk, CheckInKind Kind, CheckInState State, CheckInGroup Group, string Name, string NgayVao, string NgayYl, string Item, string Release,
    string Origin, string? Cause, int Blocks, DateTimeOffset RequestedAt, bool Open, long? DeliveryId, DeliveryState? DeliveryState, int Attempts, string? TransactionCode, DateTimeOffset? SentAt);

/// <summary>A check-in with what the rules say of it.</summary>
/// <param name="CheckIn">The check-in.</param>
/// <param name="Findings">Findings with their remedies.</param>
public sealed record CheckInDetail(CheckInView CheckIn, IReadOnlyList<StoredFinding> Findings);

/// <summary>Open check-ins of a facility by age.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="Open">All of them.</param>
/// <param name="Late">Older than the warning age and not older than the alert age.</param>
/// <param name="Alert">Older than the alert age.</param>
public sealed record CheckInAges(string Facility, long Open, long Late, long Alert);

/// <summary>Numbers of check-ins.</summary>
/// <param name="Waiting">Wait to be signed or sent.</param>
/// <param name="Blocked">Need mending.</param>
/// <param name="Overtaken">Overtaken by their record in the last 30 days.</param>
/// <param name="Exempt">Exempt in the last 30 days.</param>
public sealed record CheckInCounts(long Waiting, long Blocked, long Overtaken, long Exempt);
