using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>What is to be done with the file of a list.</summary>
public sealed record CatalogueRequest
{
    /// <summary>Name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>Facility of the forms 01/DM–06/DM in the file; empty when it holds national lists only.</summary>
    public string Facility { get; init; } = "";

    /// <summary>The list it is; null to find out from its headers and names.</summary>
    public ListDefinition? List { get; init; }

    /// <summary>
    /// Day from which it counts: first day of rows that don't tell theirs, and the day after the last of rows it no longer has. Null: rows of a
    /// first import always were valid, others count from today.
    /// </summary>
    public DateOnly? From { get; init; }

    /// <summary>Day on which the portal took the rows; null when they say so themselves or nobody knows.</summary>
    public DateOnly? AcceptedOn { get; init; }

    /// <summary>Whether the file is the whole list: then rows it no longer has end. Otherwise it only adds and changes.</summary>
    public bool Whole { get; init; } = true;

    /// <summary>Whether the list holds every code of its kind. If not, no rule objects to a code for being absent.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>Whether one wrong row refuses the whole file.</summary>
    public bool AllOrNothing { get; init; }

    /// <summary>Whether somebody saw that a large part of the list will end and wants it so.</summary>
    public bool Confirmed { get; init; }

    /// <summary>Why, for history and audit log.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>A cell that changes.</summary>
/// <param name="Column">Name of the column; <c>TU_NGAY</c>, <c>DEN_NGAY</c> and <c>CHAP_NHAN</c> for validity and acceptance.</param>
/// <param name="Old">Text before; empty for none.</param>
/// <param name="New">Text after; empty for none.</param>
public sealed record CatalogueCellChange(string Column, string Old, string New);

/// <summary>What happens to one row.</summary>
/// <param name="Kind">Added, changed or closed.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">What it is called; empty when the list has no names.</param>
/// <param name="Line">Line in the file; null when the file doesn't have it.</param>
/// <param name="From">First day it is valid afterwards.</param>
/// <param name="To">Last day it is valid afterwards.</param>
/// <param name="Cells">Cells that change; empty for added rows.</param>
public sealed record CatalogueChange(
    CatalogueChangeKind Kind, string Code, string Name, int? Line, DateOnly? From, DateOnly? To, IReadOnlyList<CatalogueCellChange> Cells);

/// <summary>What an import does, or did, to one list.</summary>
/// <param name="List">Name of the list.</param>
/// <param name="Title">Title in Vietnamese.</param>
/// <param name="Facility">Facility it belongs to; empty for a national list.</param>
/// <param name="Sheet">Sheet it comes from; empty for CSV.</param>
/// <param name="BaseEdition">Edition it was compared with; 0 for none.</param>
/// <param name="Edition">Edition made; null when nothing was applied.</param>
/// <param name="Added">Rows added.</param>
/// <param name="Changed">Rows changed.</param>
/// <param name="Closed">Rows that end.</param>
/// <param name="Absent">How many of them end only because the file doesn't have them.</param>
/// <param name="Unchanged">Rows that stay.</param>
/// <param name="Refused">Wrong rows, which don't go in.</param>
/// <param name="RowCount">Rows the list holds afterwards, ended ones included.</param>
/// <param name="NeedsConfirmation">Whether so many rows end that somebody must confirm it.</param>
/// <param name="Changes">The first changes.</param>
public sealed record CatalogueOutcome(
    string List, string Title, string Facility, string Sheet, int BaseEdition, int? Edition, int Added, int Changed, int Closed, int Absent, int Unchanged,
    int Refused, int RowCount, bool NeedsConfirmation, IReadOnlyList<CatalogueChange> Changes)
{
    /// <summary>Whether anything changes.</summary>
    public bool HasChanges => Added + Changed + Closed > 0;
}

/// <summary>What became of a file.</summary>
/// <param name="FileName">Name of the file.</param>
/// <param name="Sha256">Hash of its bytes.</param>
/// <param name="ContentRef">Where its bytes are kept; empty for a trial.</param>
/// <param name="Applied">Whether editions were made.</param>
/// <param name="Refusal">Why nothing was applied, in Vietnamese; empty when it was or nobody asked for it.</param>
/// <param name="Lists">The lists found in it.</param>
/// <param name="Problems">What was wrong with file and rows: the first ones.</param>
/// <param name="MoreProblems">Problems beyond those.</param>
public sealed record CatalogueImportResult(
    string FileName, string Sha256, string ContentRef, bool Applied, string Refusal, IReadOnlyList<CatalogueOutcome> Lists,
    IReadOnlyList<CatalogueProblem> Problems, int MoreProblems)
{
    /// <summary>Rows that don't go in.</summary>
    public int Refused => Lists.Sum(l => l.Refused);
}
