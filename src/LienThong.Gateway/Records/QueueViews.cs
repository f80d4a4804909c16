namespace LienThong.Gateway.Records;

/// <summary>A version that waits to be signed or sent.</summary>
/// <param name="RecordId">Our id of the record.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Version">The version.</param>
/// <param name="State">Its state.</param>
/// <param name="Deadline">First moment that is too late for the portal; null when unknown.</param>
/// <param name="Work">What is to be done, tries so far and why the last one failed.</param>
public sealed record QueueItem(Guid RecordId, string Facility, string MaLk, int Version, RecordState State, DateTimeOffset? Deadline, WorkView Work);

/// <summary>How many items wait, by what is to be done with them.</summary>
/// <param name="Sign">To be signed.</param>
/// <param name="Send">To be sent.</param>
/// <param name="Dead">Set aside for a person.</param>
public sealed record QueueCounts(long Sign, long Send, long Dead);
