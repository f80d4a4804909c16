using LienThong.Gateway.Access;

namespace LienThong.Gateway.Intake.Folders;

/// <summary>What is dropped into a watched folder.</summary>
public enum FolderKind
{
    /// <summary>Packages of the standard (<c>.xml</c>).</summary>
    Packages,
    /// <summary>Visits as JSON (<c>.json</c>, <c>.ndjson</c>, <c>.jsonl</c>).</summary>
    Visits,
    /// <summary>Extracts as sub-folders of CSV files, one file per section.</summary>
    Csv,
    /// <summary>Extracts as workbooks (<c>.xlsx</c>).</summary>
    Workbook,
}

/// <summary>A folder into which a hospital system drops files.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility whose records it brings; others' are refused.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Path">Full path as the server sees it.</param>
/// <param name="Kind">What is dropped into it.</param>
/// <param name="Mapping">Name of the facility's mapping for CSV and workbooks; empty for the model's own names.</param>
/// <param name="Active">Whether it is watched.</param>
/// <param name="ChangedBy">Who changed these settings last.</param>
/// <param name="ChangedAt">When.</param>
/// <param name="LookedAt">When it was last seen to be reachable; null before the first time. Kept to a minute.</param>
/// <param name="FailingSince">Since when it can't be reached; null when it can.</param>
/// <param name="Failure">Why it can't be reached, in Vietnamese; null when it can.</param>
public sealed record WatchedFolder(
    Guid Id, string Facility, string Name, string Path, FolderKind Kind, string Mapping, bool Active, string ChangedBy, DateTimeOffset ChangedAt,
    DateTimeOffset? LookedAt, DateTimeOffset? FailingSince, string? Failure);

/// <summary>Settings of a folder as a person gives them.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Path">Full path as the server sees it.</param>
/// <param name="Kind">What is dropped into it.</param>
/// <param name="Mapping">Name of a mapping; empty for none.</param>
/// <param name="Active">Whether it is watched.</param>
public sealed record FolderDraft(string Facility, string Name, string Path, FolderKind Kind, string Mapping, bool Active);

/// <summary>Something that was taken out of a folder.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="FileId">Our id of the file, by which its ledger is found.</param>
/// <param name="State"><c>Taken</c> while it is worked on, then <c>Done</c>.</param>
/// <param name="Outcome">How much was taken; null while it is worked on.</param>
/// <param name="Message">Short account in Vietnamese.</param>
/// <param name="Target">Where it lies now, relative to the folder; null while it is worked on.</param>
/// <param name="TakenAt">When it was claimed.</param>
public sealed record FolderFile(string FileName, Guid FileId, string State, IntakeOutcome? Outcome, string? Message, string? Target, DateTimeOffset TakenAt);

/// <summary>Whether a change of folder settings was made.</summary>
/// <param name="Done">Made.</param>
/// <param name="Message">What to tell the person, in Vietnamese.</param>
/// <param name="Id">The folder; null when nothing was made.</param>
public sealed record FolderChange(bool Done, string Message, Guid? Id);

/// <summary>How folders are watched.</summary>
public sealed record FolderOptions
{
    /// <summary>Time between two looks. Default 5 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>In how many looks one after the other a file has to be unchanged before it is taken. Default 3. A <c>NAME.ready</c> beside it makes it ready at once.</summary>
    public int StableLooks { get; init; } = 3;

    /// <summary>Longest time between two tries of a folder that can't be reached. Default 5 min.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Folders under which watched ones must lie; empty for anywhere outside the product's own data.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];
}

/// <summary>How what is dropped into folders of one kind is taken in.</summary>
public interface IFolderFormat
{
    /// <summary>The kind.</summary>
    FolderKind Kind { get; }

    /// <summary>Whether sub-folders are taken rather than files.</summary>
    bool TakesFolders { get; }

    /// <summary>Whether something of this name is taken; what isn't stays where it is.</summary>
    bool Takes(string name);

    /// <summary>Takes it in. What can't be read is told in the ledger; an exception means that it may be tried again.</summary>
    Task<IntakeReport> TakeAsync(FolderItem item, CancellationToken ct);
}

/// <summary>Something claimed in a folder.</summary>
/// <param name="Path">Where it lies while it is worked on.</param>
/// <param name="Name">Name it was dropped under.</param>
/// <param name="FileId">Our id for it, the same after a crash.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Caller">On whose behalf: the folder's, for its facility only.</param>
public sealed record FolderItem(string Path, string Name, Guid FileId, WatchedFolder Folder, Caller Caller);
