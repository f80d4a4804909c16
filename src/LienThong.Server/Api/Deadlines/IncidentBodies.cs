using LienThong.Gateway.Deadlines;

namespace LienThong.Server.Api.Deadlines;

/// <summary>An incident.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Kind"><c>his</c>, <c>network</c>, <c>power</c>, <c>portal-announced</c>, <c>portal-unannounced</c>, <c>force-majeure</c>, <c>signing-device</c>, <c>account</c> or <c>ours</c>.</param>
/// <param name="State"><c>Proposed</c>, <c>Open</c>, <c>Closed</c> or <c>Withdrawn</c>.</param>
/// <param name="Effect">What it does to deadlines: <c>None</c>, <c>Lengthen</c> or <c>UntilRepaired</c>.</param>
/// <param name="StartedAt">Its start.</param>
/// <param name="EndedAt">Its end; null while it goes on.</param>
/// <param name="AssumedUntil">Until when it is taken to last while it goes on.</param>
/// <param name="Description">What happened.</param>
/// <param name="NoticedBy">Who noticed it.</param>
/// <param name="Told">Who was told, and how.</param>
/// <param name="ToldAt">When.</param>
/// <param name="Evidence">Evidence in words.</param>
/// <param name="RecoveredAt">When the product saw the portal answer again.</param>
/// <param name="FromProduct">Whether the product proposed it.</param>
/// <param name="OpenedBy">Who wrote it down or confirmed it.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="ClosedBy">Who closed or withdrew it.</param>
/// <param name="ClosedAt">When.</param>
/// <param name="Files">Files kept as evidence; only when one incident is asked for.</param>
public sealed record IncidentBody(
    Guid Id, string Facility, string Kind, IncidentState State, IncidentEffect Effect, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? AssumedUntil,
    string Description, string NoticedBy, string Told, DateTimeOffset? ToldAt, string Evidence, DateTimeOffset? RecoveredAt, bool FromProduct, string OpenedBy,
    DateTimeOffset OpenedAt, string? ClosedBy, DateTimeOffset? ClosedAt, IReadOnlyList<IncidentFileBody> Files)
{
    internal static IncidentBody Of(Incident i) => new(
        i.Id, i.Facility, IncidentRule.Of(i.Kind).Word, i.State, i.Effect, i.StartedAt, i.EndedAt, i.AssumedUntil, i.Description, i.NoticedBy, i.Told, i.ToldAt, i.Evidence,
        i.RecoveredAt, i.FromProduct, i.OpenedBy, i.OpenedAt, i.ClosedBy, i.ClosedAt, [.. i.Files.Select(f => new IncidentFileBody(f.Id, f.Name, f.Bytes, f.AddedBy, f.AddedAt))]);
}

/// <summary>A file kept as evidence.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="AddedBy">Who added it.</param>
/// <param name="AddedAt">When.</param>
public sealed record IncidentFileBody(Guid Id, string Name, long Bytes, string AddedBy, DateTimeOffset AddedAt);

/// <summary>An incident to write down or change.</summary>
/// <param name="Facility">Facility code; can't be changed later.</param>
/// <param name="Kind">As in the answer.</param>
/// <param name="StartedAt">Its start.</param>
/// <param name="EndedAt">Its end; null while it goes on.</param>
/// <param name="Description">What happened, 1–2000 characters.</param>
/// <param name="NoticedBy">Who noticed it; empty for the one who writes.</param>
/// <param name="Told">Who was told, and how.</param>
/// <param name="ToldAt">When.</param>
/// <param name="Evidence">Evidence in words.</param>
public sealed record IncidentRequest(
    string? Facility, string? Kind, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Description, string? NoticedBy, string? Told, DateTimeOffset? ToldAt, string? Evidence)
{
    internal IncidentDraft? Draft() => IncidentRule.Find(Kind) is { } rule
        ? new IncidentDraft(Facility ?? "", rule.Kind, StartedAt, EndedAt, Description ?? "", NoticedBy ?? "", Told ?? "", ToldAt, Evidence ?? "") : null;
}

/// <summary>The end of an incident.</summary>
/// <param name="EndedAt">When it was over.</param>
public sealed record IncidentEnd(DateTimeOffset EndedAt);

/// <summary>Why an incident wasn't one.</summary>
/// <param name="Reason">1–300 characters.</param>
public sealed record IncidentReason(string? Reason);

/// <summary>What was tried at once.</summary>
/// <param name="Items">Records that were waiting for their next try.</param>
public sealed record SendNowBody(int Items);
