namespace LienThong.Gateway.Deadlines;

/// <summary>What went wrong (processes.md §8).</summary>
public enum IncidentKind
{
    /// <summary>The hospital's own system.</summary>
    His,
    /// <summary>The line.</summary>
    Network,
    /// <summary>Power.</summary>
    Power,
    /// <summary>Maintenance the portal announced.</summary>
    PortalAnnounced,
    /// <summary>The portal, without announcement.</summary>
    PortalUnannounced,
    /// <summary>Fire, flood and the like.</summary>
    ForceMajeure,
    /// <summary>Token, PIN, signing service.</summary>
    SigningDevice,
    /// <summary>The portal account.</summary>
    Account,
    /// <summary>This program.</summary>
    Ours,
}

/// <summary>How an incident stands.</summary>
public enum IncidentState
{
    /// <summary>The product saw it; no person has confirmed it. Changes no deadline.</summary>
    Proposed,
    /// <summary>Going on.</summary>
    Open,
    /// <summary>Over.</summary>
    Closed,
    /// <summary>It wasn't one. Changes no deadline.</summary>
    Withdrawn,
}

/// <summary>What an incident of a kind does to deadlines, as <c>incident_kinds.csv</c> states it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Word">The kind as API and command line write it: <c>portal-unannounced</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="ValidFrom">First day of incidents that have the effect.</param>
/// <param name="Effect">What it does to deadlines.</param>
/// <param name="Confidence"><c>G</c> as a handbook cites the text, <c>I</c> own reading.</param>
/// <param name="Basis">Where it is written.</param>
public sealed record IncidentRule(IncidentKind Kind, string Word, string Name, DateOnly ValidFrom, IncidentEffect Effect, string Confidence, string Basis)
{
    /// <summary>One per kind.</summary>
    public static IReadOnlyList<IncidentRule> All { get; } = DatedData.Read("incident_kinds.csv", c => new IncidentRule(
        DatedData.Word<IncidentKind>(c("kind")), c("kind"), c("name"), DatedData.Day(c("valid_from"))!.Value, DatedData.Word<IncidentEffect>(c("effect")), c("confidence"), c("basis")));

    /// <summary>The line of a kind.</summary>
    public static IncidentRule Of(IncidentKind kind) => All.First(r => r.Kind == kind);

    /// <summary>The kind that a word names; null for another word.</summary>
    public static IncidentRule? Find(string? word) => All.FirstOrDefault(r => r.Word == word);

    /// <summary>What an incident that began then does.</summary>
    public IncidentEffect EffectOn(DateTimeOffset start) => Standard.VietnamTime.VietnamDay(start) >= ValidFrom ? Effect : IncidentEffect.None;
}

/// <summary>An incident of a facility.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="State">How it stands.</param>
/// <param name="StartedAt">Its start.</param>
/// <param name="EndedAt">Its end; null while it goes on.</param>
/// <param name="AssumedUntil">Until when it is taken to last while it goes on; null otherwise.</param>
/// <param name="Description">What happened.</param>
/// <param name="NoticedBy">Who noticed it.</param>
/// <param name="Told">Who was told, and how; empty when nobody yet.</param>
/// <param name="ToldAt">When they were told.</param>
/// <param name="Evidence">Evidence in words.</param>
/// <param name="RecoveredAt">When the product saw the portal answer again; null otherwise.</param>
/// <param name="FromProduct">Whether the product proposed it.</param>
/// <param name="OpenedBy">Who wrote it down or confirmed it.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="ClosedBy">Who closed or withdrew it.</param>
/// <param name="ClosedAt">When.</param>
public sealed record Incident(
    Guid Id, string Facility, IncidentKind Kind, IncidentState State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? AssumedUntil, string Description,
    string NoticedBy, string Told, DateTimeOffset? ToldAt, string Evidence, DateTimeOffset? RecoveredAt, bool FromProduct, string OpenedBy, DateTimeOffset OpenedAt,
    string? ClosedBy, DateTimeOffset? ClosedAt)
{
    /// <summary>What it does to deadlines.</summary>
    public IncidentEffect Effect => State is IncidentState.Open or IncidentState.Closed ? IncidentRule.Of(Kind).EffectOn(StartedAt) : IncidentEffect.None;

    /// <summary>Files kept as evidence.</summary>
    public IReadOnlyList<IncidentFile> Files { get; init; } = [];
}

/// <summary>A file kept as evidence.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="AddedBy">Who added it.</param>
/// <param name="AddedAt">When.</param>
public sealed record IncidentFile(Guid Id, string Name, long Bytes, string AddedBy, DateTimeOffset AddedAt)
{
    internal string Reference { get; init; } = "";
}

/// <summary>An incident as a person describes it.</summary>
/// <param name="Facility">Facility code; can't be changed later.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="StartedAt">Its start.</param>
/// <param name="EndedAt">Its end; null while it goes on.</param>
/// <param name="Description">What happened, 1–2000 characters.</param>
/// <param name="NoticedBy">Who noticed it; empty for the one who writes.</param>
/// <param name="Told">Who was told, and how; may be empty.</param>
/// <param name="ToldAt">When; null when nobody was told yet.</param>
/// <param name="Evidence">Evidence in words; may be empty.</param>
public sealed record IncidentDraft(
    string Facility, IncidentKind Kind, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Description, string NoticedBy = "", string Told = "",
    DateTimeOffset? ToldAt = null, string Evidence = "");

/// <summary>What became of a change of an incident.</summary>
/// <param name="Done">Whether it was taken.</param>
/// <param name="Message">What to tell the person, in Vietnamese.</param>
/// <param name="Id">The incident; null when there is none.</param>
public sealed record IncidentChange(bool Done, string Message, Guid? Id = null);
