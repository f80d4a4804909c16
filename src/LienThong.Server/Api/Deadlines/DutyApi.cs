using System.ComponentModel;
using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Server.Access;

namespace LienThong.Server.Api.Deadlines;

/// <summary>Duties beside the records.</summary>
internal static class DutyApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/duties").WithTags("Deadlines");
        group.MapGet("", ListAsync).RequireAuthorization(Permissions.ReadSubmissions).Produces<IReadOnlyList<DutyBody>>().Fails(400).WithSummary("Duties with their due dates: JSON, CSV or Excel");
        group.MapPost("", AddAsync).RequireAuthorization(Permissions.ManageDeadlines).Produces<DutyChangeBody>(201).Fails(400, 422)
            .WithSummary("Opens a duty after a letter, a result or an announcement; the line says when it is due");
        group.MapPost("/{id:guid}/done", (Guid id, DutyNote body, DutyDesk desk, HttpContext http, CancellationToken ct) => MoveAsync(id, DutyState.Done, body, desk, http, ct))
            .RequireAuthorization(Permissions.ManageDeadlines).Produces<DutyChangeBody>().Fails(400, 422).WithSummary("Notes that a duty is done");
        group.MapPost("/{id:guid}/drop", (Guid id, DutyNote body, DutyDesk desk, HttpContext http, CancellationToken ct) => MoveAsync(id, DutyState.Dropped, body, desk, http, ct))
            .RequireAuthorization(Permissions.ManageDeadlines).Produces<DutyChangeBody>().Fails(400, 422).WithSummary("Notes that a duty doesn't concern the facility");
        group.MapPost("/{id:guid}/reopen", (Guid id, DutyNote body, DutyDesk desk, HttpContext http, CancellationToken ct) => MoveAsync(id, DutyState.Open, body, desk, http, ct))
            .RequireAuthorization(Permissions.ManageDeadlines).Produces<DutyChangeBody>().Fails(400, 422).WithSummary("Opens a settled duty again");
    }

    private static async Task<IResult> ListAsync(
        DutyDesk desk, TimeProvider time, HttpContext http, CancellationToken ct, [Description("open (default) or settled.")] string? state = null,
        [Description("json (default), csv or xlsx.")] string? format = null)
    {
        Dictionary<string, string[]> errors = [];
        if (state is not (null or "open" or "settled"))
            errors["state"] = ["Chỉ nhận open hoặc settled."];
        if (format is not (null or "json" or "csv" or "xlsx"))
            errors["format"] = ["Chỉ nhận json, csv hoặc xlsx."];
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        IReadOnlyList<Duty> duties = state == "settled" ? await desk.SettledAsync(http.Caller(), 500, ct) : await desk.OpenAsync(http.Caller(), ct);
        DateTimeOffset now = time.GetUtcNow();
        return format is "csv" or "xlsx"
            ? await TableAnswer.OfAsync(http, "nhiem-vu", "Nhiệm vụ", format, DeadlineTables.Duties, duties.ToAsyncEnumerable().Select(d => DeadlineTables.Row(d, now)), ct)
            : TypedResults.Ok(duties.Select(d => DutyBody.Of(d, now)));
    }

    private static async Task<IResult> AddAsync(DutyRequest body, DutyDesk desk, HttpContext http, CancellationToken ct)
    {
        DutyChange change = await desk.AddAsync(http.Caller(), body.Facility ?? "", body.Rule ?? "", body.Subject ?? "", body.BeganAt, body.Records, body.Note ?? "", ct);
        return change is { Done: true, Id: { } id }
            ? TypedResults.Created($"/api/v1/duties/{id}", new DutyChangeBody(id, change.Message)) : ApiResults.Problem(422, "bad-duty", "Không ghi được", change.Message);
    }

    private static async Task<IResult> MoveAsync(Guid id, DutyState to, DutyNote body, DutyDesk desk, HttpContext http, CancellationToken ct)
    {
        DutyChange change = await desk.MoveAsync(http.Caller(), id, to, body.Note ?? "", ct);
        return change.Done ? TypedResults.Ok(new DutyChangeBody(id, change.Message)) : ApiResults.Problem(422, "bad-duty", "Không lưu được", change.Message);
    }
}

/// <summary>A duty.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Rule">Its line (<c>/api/v1/deadlines/rules</c>).</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Title">What it is called.</param>
/// <param name="State"><c>Open</c>, <c>Done</c> or <c>Dropped</c>.</param>
/// <param name="Overdue">Open and past its due date.</param>
/// <param name="BeganAt">From when its limit counts.</param>
/// <param name="DueAt">First moment that is too late.</param>
/// <param name="Records">How many records it concerns; null when that says nothing.</param>
/// <param name="Basis">Where it is written.</param>
/// <param name="Action">What to do, in Vietnamese.</param>
/// <param name="Note">What was noted.</param>
/// <param name="OpenedBy">Who opened it; <c>system</c> for the product.</param>
/// <param name="DoneBy">Who settled it.</param>
/// <param name="DoneAt">When.</param>
public sealed record DutyBody(
    Guid Id, string Facility, string Rule, string Subject, string Title, DutyState State, bool Overdue, DateTimeOffset BeganAt, DateTimeOffset DueAt, long? Records, string Basis,
    string Action, string Note, string OpenedBy, string? DoneBy, DateTimeOffset? DoneAt)
{
    internal static DutyBody Of(Duty d, DateTimeOffset now) => new(
        d.Id, d.Facility, d.Rule, d.Subject, d.Title, d.State, d.IsOverdue(now), d.BeganAt, d.DueAt, d.Records, d.Line?.Basis ?? "", d.Line?.Action ?? "", d.Note, d.OpenedBy, d.DoneBy, d.DoneAt);
}

/// <summary>A duty to open.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="Rule">Id of a line that an event starts, for instance <c>audit-response</c>.</param>
/// <param name="Subject">Number of the letter or the like, 1–100 characters.</param>
/// <param name="BeganAt">When the letter or result came.</param>
/// <param name="Records">How many records it concerns.</param>
/// <param name="Note">A note.</param>
public sealed record DutyRequest(string? Facility, string? Rule, string? Subject, DateTimeOffset BeganAt, long? Records, string? Note);

/// <summary>A note to a change.</summary>
/// <param name="Note">What was done, or why not; 1–1000 characters.</param>
public sealed record DutyNote(string? Note);

/// <summary>A change that was taken.</summary>
/// <param name="Id">The duty.</param>
/// <param name="Message">For people, in Vietnamese.</param>
public sealed record DutyChangeBody(Guid Id, string Message);
