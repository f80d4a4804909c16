using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Facilities;
using LienThong.Server.Access;
using LienThong.Standard;

namespace LienThong.Server.Api.Deadlines;

/// <summary>The working-day calendar.</summary>
internal static class CalendarApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/calendar").WithTags("Deadlines");
        group.MapGet("", async (DeadlineSettings settings, TimeProvider time, HttpContext http, CancellationToken ct, int? year = null) =>
            TypedResults.Ok((await settings.DaysAsync(year ?? time.GetUtcNow().VietnamDay().Year, ct)).Select(CalendarDayBody.Of))).RequireAuthorization(Permissions.ReadSubmissions)
            .Produces<IReadOnlyList<CalendarDayBody>>().Fails(400).WithSummary("Days of a year that aren't what their weekday says: holidays, swaps, days people changed");
        group.MapPut("/{day}", async (DateOnly day, CalendarDayRequest body, DeadlineSettings settings, HttpContext http, CancellationToken ct) =>
            Of(await settings.SetDayAsync(http.Caller(), new CalendarDay(day, body.Works, body.Note ?? ""), ct))).RequireAuthorization(Permissions.ManageFacilities)
            .Produces(204).Fails(400, 422).WithSummary("Adds or changes a day; deadlines of records not yet sent are calculated again");
        group.MapDelete("/{day}", async (DateOnly day, DeadlineSettings settings, HttpContext http, CancellationToken ct) => Of(await settings.ResetDayAsync(http.Caller(), day, ct)))
            .RequireAuthorization(Permissions.ManageFacilities).Produces(204).Fails(400, 422).WithSummary("Takes a person's change of a day back");
    }

    private static IResult Of(SettingResult result) => result.Ok ? TypedResults.NoContent() : ApiResults.Problem(422, "bad-day", "Không lưu được", result.Message);
}

/// <summary>A day of the calendar.</summary>
/// <param name="Day">The day.</param>
/// <param name="Works">Whether people work on it.</param>
/// <param name="Note">Its name, or why it was changed.</param>
/// <param name="Certain">False for days that weren't announced when the program was made.</param>
/// <param name="Shipped">Whether the program knows the day.</param>
/// <param name="ChangedBy">Who changed it; null for a shipped day.</param>
/// <param name="ChangedAt">When.</param>
public sealed record CalendarDayBody(DateOnly Day, bool Works, string Note, bool Certain, bool Shipped, string? ChangedBy, DateTimeOffset? ChangedAt)
{
    internal static CalendarDayBody Of(CalendarEntry e) => new(e.Day.Day, e.Day.Works, e.Day.Note, e.Day.IsCertain, e.Shipped is not null, e.ChangedBy, e.ChangedAt);
}

/// <summary>What a day is to be.</summary>
/// <param name="Works">Whether people work on it.</param>
/// <param name="Note">Why, 1–300 characters.</param>
public sealed record CalendarDayRequest(bool Works, string? Note);
