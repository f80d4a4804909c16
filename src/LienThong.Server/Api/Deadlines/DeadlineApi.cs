using System.ComponentModel;
using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;
using LienThong.Standard;

namespace LienThong.Server.Api.Deadlines;

/// <summary>What is due, how long receptions take, by which lines, and the settings.</summary>
internal static class DeadlineApi
{
    /// <summary>Address of the export, as the page links to it.</summary>
    public const string Path = "/api/v1/deadlines";

    private const int MostDays = 400;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/deadlines").WithTags("Deadlines");
        group.MapGet("", ListAsync).RequireAuthorization(Permissions.ReadSubmissions).Produces<DeadlineListBody>().Fails(400)
            .WithSummary("Open records by deadline with counts by ward; CSV and Excel hold every record of the filter");
        group.MapGet("/timeliness", TimelinessAsync).RequireAuthorization(Permissions.ReadSubmissions).Produces<IReadOnlyList<Timeliness>>().Fails(400)
            .WithSummary("Minutes from the end of the visit to the first reception: p50, p95, late ones, by day or ward");
        group.MapGet("/rules", () => TypedResults.Ok(DutyRule.All)).RequireAuthorization(Permissions.ReadSubmissions).Produces<IReadOnlyList<DutyRule>>().Fails()
            .WithSummary("Every duty with its dates, limit, basis and how certain it is; drafts are not enacted");
        group.MapGet("/settings", async (DeadlineSettings settings, HttpContext http, CancellationToken ct) => TypedResults.Ok(await settings.ChoicesAsync(http.Caller(), ct)))
            .RequireAuthorization(Permissions.ReadSubmissions).Produces<IReadOnlyList<DeadlineChoice>>().Fails().WithSummary("What facilities, or the installation, decided about deadlines");
        group.MapPut("/settings", SetAsync).RequireAuthorization(Permissions.ManageFacilities).Produces<IReadOnlyList<DeadlineChoice>>().Fails(400, 422)
            .WithSummary("Sets one setting with a reason; open records are calculated again");
    }

    /// <summary>Reads a filter as links and the API write it; tells what can't be read.</summary>
    public static BoardFilter Read(Caller caller, string? facility, string? due, string? ward, Dictionary<string, string[]> errors)
    {
        DueBucket? bucket = null;
        if (due is { Length: > 0 })
        {
            if (Enum.TryParse(due, ignoreCase: true, out DueBucket parsed) && Enum.IsDefined(parsed))
                bucket = parsed;
            else
                errors["due"] = ["Chỉ nhận overdue, today, week hoặc later."];
        }
        if (facility is { Length: > 0 } && !caller.Scope.Holds(facility))
            errors["facility"] = ["Cơ sở không thuộc quyền của bạn."];
        return new BoardFilter(facility is { Length: > 0 } ? facility : null, bucket, ward);
    }

    private static async Task<IResult> ListAsync(
        DeadlineQueries queries, DeadlineSettings settings, HttpContext http, CancellationToken ct, string? facility = null, [Description("overdue, today, week or later.")] string? due = null,
        [Description("MA_KHOA; empty for records without one.")] string? ward = null, int take = 200, [Description("json (default), csv or xlsx.")] string? format = null)
    {
        Caller caller = http.Caller();
        Dictionary<string, string[]> errors = [];
        BoardFilter filter = Read(caller, facility, due, ward, errors);
        if (format is not (null or "json" or "csv" or "xlsx"))
            errors["format"] = ["Chỉ nhận json, csv hoặc xlsx."];
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        if (format is "csv" or "xlsx")
            return await TableAnswer.OfAsync(http, "han-nop", "Hạn nộp", format, DeadlineTables.Records, queries.StreamAsync(caller, filter, ct).Select(DeadlineTables.Row), ct);
        IReadOnlyList<DeadlineChoice> choices = await settings.ChoicesAsync(caller, ct);
        return TypedResults.Ok(new DeadlineListBody(
            await queries.CountAsync(caller, filter.Facility, choices, ct), await queries.ExpectedAsync(caller, ct), await queries.ListAsync(caller, filter, take, ct)));
    }

    private static async Task<IResult> TimelinessAsync(
        DeadlineQueries queries, FacilitySettings facilities, TimeProvider time, HttpContext http, CancellationToken ct, string? facility = null, DateOnly? from = null, DateOnly? to = null,
        [Description("day (default) or ward.")] string? by = null)
    {
        Caller caller = http.Caller();
        DateOnly last = to ?? time.GetUtcNow().VietnamDay(), first = from ?? last.AddDays(-13);
        Dictionary<string, string[]> errors = [];
        if (first > last || last.DayNumber - first.DayNumber >= MostDays)
            errors["from"] = [$"Chọn từ 1 đến {MostDays} ngày."];
        if (by is not (null or "day" or "ward"))
            errors["by"] = ["Chỉ nhận day hoặc ward."];
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        string[] known = [.. (await facilities.ListAsync(caller, ct)).Select(f => f.Facility).Where(f => facility is null or "" || f == facility)];
        return TypedResults.Ok(await queries.TimelinessAsync(caller, known, first, last, by == "ward", ct));
    }

    private static async Task<IResult> SetAsync(DeadlineSettingRequest body, DeadlineSettings settings, HttpContext http, CancellationToken ct)
    {
        Caller caller = http.Caller();
        (string facility, string note) = (body.Facility ?? "", body.Note ?? "");
        SettingResult result = body.Name switch
        {
            "draft3h-from" => await settings.SetDraftAsync(caller, facility, body.Date, note, ct),
            "send-warn-minutes" => await settings.SetWarnMinutesAsync(caller, facility, body.Minutes, note, ct),
            "checkin-target-minutes" => await settings.SetCheckInMinutesAsync(caller, facility, body.Minutes, note, ct),
            "duty" => await settings.SetDutyAsync(caller, facility, body.Duty ?? "", body.On, note, ct),
            _ => new SettingResult(false, "name chỉ nhận draft3h-from, send-warn-minutes, checkin-target-minutes hoặc duty."),
        };
        return result.Ok ? TypedResults.Ok(await settings.ChoicesAsync(caller, ct)) : ApiResults.Problem(422, "bad-setting", "Không lưu được", result.Message);
    }
}

/// <summary>What is due.</summary>
/// <param name="Board">Counts, by ward too.</param>
/// <param name="Expected">Receptions whose result the portal hasn't told.</param>
/// <param name="Records">Open records of the filter, nearest deadline first; at most as many as asked for.</param>
public sealed record DeadlineListBody(DeadlineBoard Board, ExpectedAnswers Expected, IReadOnlyList<DueRecord> Records);

/// <summary>One setting.</summary>
/// <param name="Facility">Facility code; empty for the installation.</param>
/// <param name="Name"><c>draft3h-from</c>, <c>send-warn-minutes</c>, <c>checkin-target-minutes</c> or <c>duty</c>.</param>
/// <param name="Date">First day of the draft of 3 hours; null to switch it off.</param>
/// <param name="Minutes">Minutes; null for the shipped value.</param>
/// <param name="Duty">Id of a duty of periods.</param>
/// <param name="On">Whether the facility has it; null for the shipped default.</param>
/// <param name="Note">Why, 1–300 characters.</param>
public sealed record DeadlineSettingRequest(string? Facility, string? Name, DateOnly? Date, int? Minutes, string? Duty, bool? On, string? Note);
