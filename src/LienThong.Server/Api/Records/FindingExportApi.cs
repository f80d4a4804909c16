using System.ComponentModel;
using System.IO.Pipelines;
using LienThong.Gateway;
using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Records;
using LienThong.Gateway.Reports.Findings;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;

namespace LienThong.Server.Api.Records;

/// <summary>The findings of all records of a list in one file.</summary>
internal static class FindingExportApi
{
    /// <summary>Address, as the list page links to it.</summary>
    public const string Path = "/api/v1/records/findings/export";

    private const int PassFrom = 64 * 1024;

    public static void Map(RouteGroupBuilder records) => records.MapGet("/findings/export", ExportAsync)
        .RequireAuthorization(Permissions.ReadRecords).Produces<IEnumerable<RecordFindingsBody>>().Fails(400)
        .WithSummary("All findings of the records that a list with this filter shows: JSON, CSV, Excel or SARIF");

    private static async Task<IResult> ExportAsync(
        [AsParameters] RecordQuery query, FindingExport export, RecordQueries records, AuditLog audit, HttpContext http, CancellationToken ct,
        [Description("json (default), csv, xlsx or sarif.")] string? format = null,
        [Description("What the first sheet of xlsx groups by: rule (default), department, doctor, table or audit.")] string? groupBy = null)
    {
        (RecordFilter filter, _) = query.Read(out Dictionary<string, string[]> errors);
        if (format is not (null or "json" or "csv" or "xlsx" or "sarif"))
            errors["format"] = ["Chỉ nhận json, csv, xlsx hoặc sarif."];
        FindingGrouping? by = groupBy is null ? FindingGrouping.Rule : FindingGroups.Parse(groupBy);
        if (by is null or FindingGrouping.File)
            errors["groupBy"] = ["Chỉ nhận rule, department, doctor, table hoặc audit."];
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        Caller caller = http.Caller();
        foreach (string facility in RecordReading.FacilitiesOf(caller, filter))
            await audit.NoteAsync(caller, facility, "records.exported", "records", format ?? "json", ct);
        IAsyncEnumerable<RecordFindings> found = ShownAsync(export.ReadAsync(caller, filter, ct), caller, audit, ct);
        return format switch
        {
            "csv" => File(http, "loi.csv", CsvFindings.ContentType, output => CsvAsync(found, output, ct)),
            "sarif" => File(http, "loi.sarif", SarifFindings.ContentType, output => SarifAsync(found, output, ct)),
            "xlsx" => await ExcelAsync(found, by!.Value, records, caller, ct),
            _ => TypedResults.Ok(Bodies(found)),
        };
    }

    // What the caller may not see is taken out, and a look at HIV data is noted, as for single records.
    private static async IAsyncEnumerable<RecordFindings> ShownAsync(
        IAsyncEnumerable<RecordFindings> found, Caller caller, AuditLog audit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (RecordFindings one in found.WithCancellation(ct))
        {
            if (caller.May(Permissions.ReadSensitive) && one.Findings.Any(f => Sensitive.Holds(f.Table, f.Field)))
                await audit.NoteReadAsync(caller, one.Record.Facility, "record.sensitive-read", one.Record.Id.ToString(), "export", ct);
            yield return one with { Findings = [.. one.Findings.Select(f => Sensitive.Shown(caller, f))] };
        }
    }

    private static async IAsyncEnumerable<RecordFindingsBody> Bodies(IAsyncEnumerable<RecordFindings> found)
    {
        await foreach (RecordFindings one in found)
            yield return new RecordFindingsBody(one.Record.Id, one.Record.Facility, one.Record.MaLk, one.Record.Version, one.Record.Release, [.. one.Findings.Select(FindingBody.Of)]);
    }

    private static IResult File(HttpContext http, string name, string type, Func<PipeWriter, Task> write)
    {
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}";
        return TypedResults.Stream(_ => write(http.Response.BodyWriter), type);
    }

    private static async Task CsvAsync(IAsyncEnumerable<RecordFindings> found, PipeWriter output, CancellationToken ct)
    {
        CsvFindings.WriteHeader(output);
        await foreach (RecordFindings one in found)
        {
            FindingSource source = one.Source;
            foreach (StoredFinding finding in one.Findings)
                CsvFindings.Write(output, FindingLine.Of(source, finding));
            await PassAsync(output, ct);
        }
        await output.FlushAsync(ct);
    }

    private static async Task SarifAsync(IAsyncEnumerable<RecordFindings> found, PipeWriter output, CancellationToken ct)
    {
        using SarifFindings sarif = new(output);
        await foreach (RecordFindings one in found)
        {
            FindingSource source = one.Source;
            foreach (StoredFinding finding in one.Findings)
                sarif.Write(FindingLine.Of(source, finding));
            await PassAsync(output, ct);
        }
        sarif.Finish();
        await output.FlushAsync(ct);
    }

    private static async Task PassAsync(PipeWriter output, CancellationToken ct)
    {
        if (output.UnflushedBytes >= PassFrom)
            await output.FlushAsync(ct);
    }

    // A workbook is packed at its end, so it waits in a temporary file, which vanishes when it has been sent.
    private static async Task<IResult> ExcelAsync(IAsyncEnumerable<RecordFindings> found, FindingGrouping by, RecordQueries records, Caller caller, CancellationToken ct)
    {
        using ExcelFindings workbook = new(by);
        await foreach (RecordFindings one in found)
        {
            FindingSource source = one.Source;
            using OpenRecord? open = one.Findings.Any(f => f.Row is not null) ? await records.OpenAsync(caller, one.Record.Id, one.Record.Version, ct) : null;
            workbook.Add([.. one.Findings.Select(f => FindingLine.Of(source, f))], open?.Record);
        }
        Stream file = TemporaryFile.Create();
        workbook.Save(file);
        file.Position = 0;
        return TypedResults.Stream(file, ExcelFindings.ContentType, "loi.xlsx");
    }
}

/// <summary>A record with its findings.</summary>
/// <param name="Id">Our id.</param>
/// <param name="MaCskcb">Facility.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Version">The version judged.</param>
/// <param name="Release">Release of the standard.</param>
/// <param name="Findings">What is wrong with it.</param>
public sealed record RecordFindingsBody(Guid Id, string MaCskcb, string MaLk, int Version, string Release, IReadOnlyList<FindingBody> Findings);
