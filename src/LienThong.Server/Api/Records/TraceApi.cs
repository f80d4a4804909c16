using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Intake.Visits;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;
using LienThong.Server.Api.Intake;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Records;

/// <summary>Where the values of a record came from.</summary>
internal static class TraceApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/records/{id:guid}/trace", FindAsync)
        .RequireAuthorization(Permissions.ReadRecords).WithTags("Records").Produces<TraceBody>().Fails(400, 404)
        .WithSummary("Where the values of a record came from in the hospital system's extract")
        .WithDescription("All cells that hold something, or those of a table, a row or a field: ?table=XML2&row=3&field=T_BHTT. Records that came as packages have no trace.");

    private static async Task<IResult> FindAsync(
        Guid id, RecordTraces traces, RecordQueries records, AuditLog audit, HttpContext http, CancellationToken ct,
        string? table = null, [FromQuery] int? row = null, string? field = null)
    {
        Caller caller = http.Caller();
        if (await records.FindAsync(caller, id, ct) is not { } record)
            return ApiResults.NoSuchRecord();
        if (await traces.FindAsync(caller, id, new TraceFilter(table, row, field), ct) is not { } traced)
            return ApiResults.Problem(404, "no-trace", "Không có nguồn", "Hồ sơ này đến bằng gói XML, không lập từ lượt khám của HIS.");
        TracedRecord shown = TraceView.Shown(caller, traced);
        await audit.NoteReadAsync(caller, record.Current.Facility, "record.read", id.ToString(), "", ct);
        if (shown.Cells.Any(c => Sensitive.Holds(c.Table, c.Field)))
            await audit.NoteReadAsync(caller, record.Current.Facility, "record.sensitive-read", id.ToString(), "trace", ct);
        return TypedResults.Ok(TraceBody.Of(shown));
    }
}

/// <summary>A trace as a caller may see it.</summary>
internal static class TraceView
{
    /// <summary>Leaves out cells and sources that the caller may not see.</summary>
    public static TracedRecord Shown(Caller caller, TracedRecord traced) => traced with
    {
        Cells =
        [
            .. traced.Cells.Where(c => !Sensitive.Hides(caller, c.Table, c.Field))
                .Select(c => c with { Sources = [.. c.Sources.Where(s => !Sensitive.Hides(caller, s.Table, s.Field))] }),
        ],
    };
}

/// <summary>The origin of a record's values.</summary>
/// <param name="Id">Our id of the record.</param>
/// <param name="Version">Current version, whose values these are.</param>
/// <param name="SourceVersion">Version that was built from the visit.</param>
/// <param name="SourceName">Name under which the visit came.</param>
/// <param name="Rebuilt">Whether the visit could be built again; otherwise only the stored values are told.</param>
/// <param name="Cells">The cells.</param>
public sealed record TraceBody(Guid Id, int Version, int SourceVersion, string SourceName, bool Rebuilt, IReadOnlyList<TracedCellBody> Cells)
{
    internal static TraceBody Of(TracedRecord t) => new(t.Id, t.Version, t.SourceVersion, t.SourceName, t.Rebuilt, [.. t.Cells.Select(TracedCellBody.Of)]);

    /// <summary>What building the visit told.</summary>
    public IReadOnlyList<VisitProblemBody> Problems { get; init; } = [];
}

/// <summary>A value and its origin.</summary>
/// <param name="Table">Table code (<c>XML3</c>).</param>
/// <param name="Row">Row, from 1.</param>
/// <param name="Field">Field.</param>
/// <param name="Value">Stored text.</param>
/// <param name="RebuiltValue">What building the visit today gives; null when it can't be built.</param>
/// <param name="Kind"><c>Copied</c>, <c>Computed</c> or <c>Default</c>; null for keys and numbers of rows.</param>
/// <param name="How">How it was worked out, in Vietnamese.</param>
/// <param name="Difference"><c>None</c>, <c>Corrected</c> by an officer, or <c>BuiltOtherwise</c> since it was stored.</param>
/// <param name="Sources">Fields of the extract with file, line, column and value.</param>
public sealed record TracedCellBody(
    string Table, int Row, string Field, string Value, string? RebuiltValue, OriginKind? Kind, string How, TraceDifference Difference,
    IReadOnlyList<TracedSourceBody> Sources)
{
    internal static TracedCellBody Of(TracedCell c) => new(
        c.Table, c.Row, c.Field, c.Value, c.RebuiltValue, c.Kind, c.How, c.Difference, [.. c.Sources.Select(TracedSourceBody.Of)]);
}

/// <summary>A field of the extract.</summary>
/// <param name="Section">Section of the model, e.g. <c>drugs</c>.</param>
/// <param name="Row">Row in the section, from 1.</param>
/// <param name="Field">Field of the model.</param>
/// <param name="File">File, sheet or query; empty when the visit came as one document.</param>
/// <param name="Line">Line or row; null when unknown.</param>
/// <param name="Column">Column header.</param>
/// <param name="Value">The value.</param>
public sealed record TracedSourceBody(string Section, int Row, string Field, string File, long? Line, string Column, string Value)
{
    internal static TracedSourceBody Of(TracedSource s) => new(s.Section, s.Row, s.Field, s.File, s.Line > 0 ? s.Line : null, s.Column, s.Value);
}
