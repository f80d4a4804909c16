using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Visits;

/// <summary>Tells of every value of a stored record where in the hospital system's extract it came from.</summary>
public sealed class RecordTraces
{
    private readonly RecordQueries records;
    private readonly VisitStore visits;
    private readonly IArchive archive;

    internal RecordTraces(RecordQueries records, VisitStore visits, IArchive archive) => (this.records, this.visits, this.archive) = (records, visits, archive);

    /// <summary>Whether a version, or one before it, was built from a visit.</summary>
    public async Task<bool> ExistsAsync(Caller caller, Guid id, int version, CancellationToken ct) => await visits.SourceAsync(caller, id, version, ct) is not null;

    /// <summary>Traces the cells of a record's current version by building its visit again.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The record.</param>
    /// <param name="filter">Which cells; null for all.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>Null when the record is unknown, out of scope, or came as a package.</returns>
    public async Task<TracedRecord?> FindAsync(Caller caller, Guid id, TraceFilter? filter, CancellationToken ct)
    {
        if (await records.FindAsync(caller, id, ct) is not { } detail || await visits.SourceAsync(caller, id, detail.Current.Version, ct) is not { } source)
            return null;
        using OpenRecord? open = await records.OpenAsync(caller, id, detail.Current.Version, ct);
        if (open is null)
            return null;
        Visit visit = VisitBytes.Read(await archive.GetAsync(ArchiveRef.Parse(source.VisitRef), ct));
        BuiltVisit built = VisitBuilder.Build(visit, BuildOptions.Default with { Traced = true });
        using Record? again = built.Record;
        CorrectionView[] corrections = [.. detail.Versions.Where(v => v.IsCurrent).SelectMany(v => v.Corrections)];
        Release release = Releases.Find(detail.Current.Release) ?? Releases.Newest;
        List<TracedCell> cells = [];
        foreach (TableSpec spec in release.Tables)
        {
            if (open.Record[spec.Id] is not { } table || (filter?.Table is { } wanted && wanted != spec.Id.Code()))
                continue;
            for (int i = 0; i < table.Count; i++)
            {
                if (filter?.Row is { } row && row != i + 1)
                    continue;
                foreach (FieldSpec field in spec.Fields)
                {
                    if ((filter?.Field is { } name && name != field.Name) || (table[i][field.Id].IsEmpty && filter?.Field is null && Of(again, field.Id, i).Length == 0))
                        continue;
                    CorrectionView? correction = corrections.LastOrDefault(c => c.Table == spec.Id.Code() && c.Row == i + 1 && c.Field == field.Name);
                    cells.Add(Cell(spec.Id, i + 1, field, table[i][field.Id].Text, again, built.Trace?.Of(spec.Id, i + 1, field.Id), visit, correction));
                }
            }
        }
        return new TracedRecord(id, detail.Current.Version, source.Version, source.SourceName, built.Record is not null, built.Problems, cells);
    }

    private static TracedCell Cell(
        TableId table, int row, FieldSpec field, string value, Record? again, Origin? origin, Visit visit, CorrectionView? correction)
    {
        string? rebuilt = again is null ? null : Of(again, field.Id, row - 1);
        TraceDifference difference = correction is not null ? TraceDifference.Corrected
            : rebuilt is null || rebuilt == value ? TraceDifference.None : TraceDifference.BuiltOtherwise;
        IReadOnlyList<TracedSource> sources = origin is null ? [] : [.. origin.Sources.Select(s => Source(s, visit))];
        return new TracedCell(table.Code(), row, field.Name, field.LabelVi, value, rebuilt, origin?.Kind, origin?.How ?? "", sources, difference, correction);
    }

    private static TracedSource Source(SourceCell cell, Visit visit)
    {
        SectionSpec section = VisitModel.Of(cell.Field.Section);
        VisitFieldSpec field = cell.Field.Spec;
        string column = visit.Columns.TryGetValue(section.Id, out IReadOnlyDictionary<string, string>? columns) && columns.TryGetValue(field.Name, out string? header) ? header : field.Name;
        return new TracedSource(section.Name, cell.Number, field.Name, field.LabelVi, cell.Row.Place.File ?? "", cell.Row.Place.Line, column, cell.Value)
        {
            Table = field.Standard is { } standard ? standard.Id.Table.Code() : section.Table?.Code() ?? "",
        };
    }

    private static string Of(Record? record, FieldId field, int row) =>
        record?[field.Table] is { } table && row < table.Count ? table[row][field].Text : "";
}

/// <summary>Which cells to trace.</summary>
/// <param name="Table">Only this table (<c>XML3</c>); null for all.</param>
/// <param name="Row">Only this row, from 1; null for all.</param>
/// <param name="Field">Only this field; null for all.</param>
public sealed record TraceFilter(string? Table, int? Row, string? Field);

/// <summary>Why a stored value isn't what the visit gives when it is built today.</summary>
public enum TraceDifference
{
    /// <summary>It is.</summary>
    None,
    /// <summary>An officer corrected it.</summary>
    Corrected,
    /// <summary>Building has changed since it was stored.</summary>
    BuiltOtherwise,
}

/// <summary>A record with the origin of its values.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Version">Current version, whose values are traced.</param>
/// <param name="SourceVersion">Version that was built from the visit; an earlier one when the current one is a correction.</param>
/// <param name="SourceName">Name under which the visit came.</param>
/// <param name="Rebuilt">The visit could be built again; otherwise origins are unknown and <paramref name="Problems"/> says why.</param>
/// <param name="Problems">What building the visit told.</param>
/// <param name="Cells">The cells that hold something.</param>
public sealed record TracedRecord(
    Guid Id, int Version, int SourceVersion, string SourceName, bool Rebuilt, IReadOnlyList<ExtractProblem> Problems, IReadOnlyList<TracedCell> Cells);

/// <summary>A cell and where its value came from.</summary>
/// <param name="Table">Table code (<c>XML3</c>).</param>
/// <param name="Row">Row, from 1.</param>
/// <param name="Field">Field name.</param>
/// <param name="Label">Vietnamese label.</param>
/// <param name="Value">Stored text.</param>
/// <param name="RebuiltValue">What building the visit today gives; null when it can't be built.</param>
/// <param name="Kind">How it came about; null for keys, row numbers and empty cells.</param>
/// <param name="How">How it was worked out, in Vietnamese; empty for copies.</param>
/// <param name="Sources">The fields of the visit it was made from.</param>
/// <param name="Difference">Why the stored text differs.</param>
/// <param name="Correction">The correction; null without.</param>
public sealed record TracedCell(
    string Table, int Row, string Field, string Label, string Value, string? RebuiltValue, OriginKind? Kind, string How, IReadOnlyList<TracedSource> Sources,
    TraceDifference Difference, CorrectionView? Correction);

/// <summary>A field of the extract.</summary>
/// <param name="Section">Section of the model, e.g. <c>drugs</c>.</param>
/// <param name="Row">Row in the section, from 1.</param>
/// <param name="Field">Field of the model.</param>
/// <param name="Label">Vietnamese label.</param>
/// <param name="File">File, sheet or query; empty when the visit came as one document.</param>
/// <param name="Line">Line or row in it, from 1; 0 when unknown.</param>
/// <param name="Column">Column header.</param>
/// <param name="Value">The value, in the form of the model.</param>
public sealed record TracedSource(string Section, int Row, string Field, string Label, string File, long Line, string Column, string Value)
{
    /// <summary>Table of the standard the field is named after; empty when there is none.</summary>
    public string Table { get; init; } = "";
}
