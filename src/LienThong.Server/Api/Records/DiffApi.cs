using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Records;
using LienThong.Gateway.Records.Comparing;
using LienThong.Server.Access;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Records;

/// <summary>What differs between two versions of a record, and the list of reasons for a new one.</summary>
internal static class DiffApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/records/{id:guid}/diff", FindAsync).RequireAuthorization(Permissions.ReadRecords).WithTags("Records")
            .Produces<DiffBody>().Fails(400, 404)
            .WithSummary("What differs between two versions, money totals first")
            .WithDescription("Without `from` and `to`: the version that waits for a person against the current one, else the current one against the one before. "
                + "Rows are matched by their codes and times, so that an inserted row isn't told as a change of every row behind it; rows that only got another number are counted, not listed.");
        api.MapGet("/change-reasons", () => TypedResults.Ok(ChangeReasons.All)).RequireAuthorization(Permissions.ReadRecords).WithTags("Records")
            .Produces<IReadOnlyList<ReasonEntry>>().Fails().WithSummary("Reasons a new version of a record can have");
    }

    private static async Task<IResult> FindAsync(
        Guid id, RecordComparisons comparisons, AuditLog audit, HttpContext http, CancellationToken ct,
        [FromQuery] string? from = null, [FromQuery] string? to = null)
    {
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        (int? earlier, int? later) = (Number("from", from, errors), Number("to", to, errors));
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        Caller caller = http.Caller();
        if (await comparisons.CompareAsync(caller, id, earlier, later, ct) is not { } found)
            return ApiResults.Problem(404, "no-such-version", "Không tìm thấy", "Hồ sơ hoặc phiên bản không có, hoặc không thuộc cơ sở của bạn.");
        RecordDiff shown = await DiffView.ShownAsync(caller, found, audit, ct);
        return TypedResults.Ok(DiffBody.Of(found, shown));
    }

    private static int? Number(string name, string? text, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
            return number;
        errors[name] = ["Số phiên bản phải là số nguyên từ 1."];
        return null;
    }
}

/// <summary>A comparison as a caller may see it.</summary>
internal static class DiffView
{
    /// <summary>Leaves out what the caller may not see; notes that HIV data were read where they are shown.</summary>
    public static async Task<RecordDiff> ShownAsync(Caller caller, VersionComparison found, AuditLog audit, CancellationToken ct)
    {
        RecordDiff shown = Shown(caller, found.Diff);
        await audit.NoteReadAsync(caller, found.Record.Facility, "record.read", found.Record.Id.ToString(), "", ct);
        if (shown.Tables.Any(t => t.Rows.Any(r => r.Cells.Any(c => Sensitive.Holds(t.Table, c.Field)))))
            await audit.NoteReadAsync(caller, found.Record.Facility, "record.sensitive-read", found.Record.Id.ToString(), "diff", ct);
        return shown;
    }

    private static RecordDiff Shown(Caller caller, RecordDiff diff) => diff with
    {
        Tables =
        [
            .. diff.Tables.Where(t => !Sensitive.Hides(caller, t.Table, "")).Select(t => t with
            {
                Rows = [.. t.Rows.Select(r => Shown(caller, t.Table, r)).OfType<RowDiff>()],
            }).Where(t => t.Rows.Count > 0),
        ],
    };

    // A row of which only hidden cells changed would tell that there are such cells.
    private static RowDiff? Shown(Caller caller, string table, RowDiff row)
    {
        if (!row.Cells.Any(c => Sensitive.Hides(caller, table, c.Field)))
            return row;
        CellDiff[] cells = [.. row.Cells.Where(c => !Sensitive.Hides(caller, table, c.Field))];
        return cells.Length == 0 && row.Kind == RowChange.Changed ? null : row with { Cells = cells };
    }
}

/// <summary>What differs between two versions.</summary>
/// <param name="Id">Our id of the record.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="From">The earlier version.</param>
/// <param name="To">The later version, with its reason.</param>
/// <param name="Money">Totals of XML1 before and after, VND.</param>
/// <param name="Tables">Tables that differ.</param>
/// <param name="IsCut">The last rows carry no cells, because there were too many.</param>
public sealed record DiffBody(
    Guid Id, string MaLk, DiffVersionBody From, DiffVersionBody To, IReadOnlyList<MoneyChange> Money, IReadOnlyList<DiffTableBody> Tables, bool IsCut)
{
    internal static DiffBody Of(VersionComparison found, RecordDiff shown) => new(
        found.Record.Id, found.Record.MaLk, DiffVersionBody.Of(found.From), DiffVersionBody.Of(found.To), shown.Money,
        [.. shown.Tables.Select(DiffTableBody.Of)], shown.IsCut);
}

/// <summary>A version that is compared.</summary>
/// <param name="Version">Its number.</param>
/// <param name="State">Its state.</param>
/// <param name="Origin"><c>His</c> or <c>Correction</c>.</param>
/// <param name="Actor">Who made it.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Reason">Why, in words; null for the first.</param>
/// <param name="ReasonCode">Entry of the list of reasons; null when none fits.</param>
/// <param name="ReferenceNumber">Number of the exchange with BHXH; null when there was none.</param>
/// <param name="ReferenceDate">Its day.</param>
public sealed record DiffVersionBody(
    int Version, RecordState State, string Origin, string Actor, DateTimeOffset At, string? Reason, string? ReasonCode, string? ReferenceNumber, DateOnly? ReferenceDate)
{
    internal static DiffVersionBody Of(VersionView v) => new(
        v.Version, v.State, v.Origin, v.Actor, v.ReceivedAt, v.Reason, v.ReasonCode, v.ReferenceNumber, v.ReferenceDate);
}

/// <summary>A table that differs.</summary>
/// <param name="Table">Table code.</param>
/// <param name="Name">Vietnamese name.</param>
/// <param name="OldRows">Rows before.</param>
/// <param name="NewRows">Rows after.</param>
/// <param name="Added">Rows that are new.</param>
/// <param name="Removed">Rows that are gone.</param>
/// <param name="Changed">Rows with changed cells.</param>
/// <param name="Renumbered">Rows that only got another number or place; not listed.</param>
/// <param name="Rows">The others.</param>
public sealed record DiffTableBody(
    string Table, string Name, int OldRows, int NewRows, int Added, int Removed, int Changed, int Renumbered, IReadOnlyList<RowDiff> Rows)
{
    internal static DiffTableBody Of(TableDiff t) => new(
        t.Table, t.Name, t.OldRows, t.NewRows, t.Added, t.Removed, t.Changed, t.Renumbered, [.. t.Rows.Where(r => r.Kind != RowChange.Renumbered)]);
}
