using LienThong.Gateway.Access;
using LienThong.Gateway.Rejudging;
using LienThong.Server.Access;

namespace LienThong.Server.Api.Records;

/// <summary>Judging stored records again.</summary>
internal static class RejudgeApi
{
    private const int MostRecords = 10_000;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder runs = api.MapGroup("/rejudgements").WithTags("Rejudgements");
        runs.MapGet("", async (Rejudge rejudge, HttpContext http, CancellationToken ct) => TypedResults.Ok(await rejudge.ListAsync(http.Caller(), ct)))
            .RequireAuthorization(Permissions.ReadRecords).Produces<IReadOnlyList<RejudgeProgress>>().Fails()
            .WithSummary("The newest runs that judge stored records again");
        runs.MapPost("", StartAsync).RequireAuthorization(Permissions.EditRecords).Produces<RejudgeProgress>().Fails(400)
            .WithSummary("Judges stored records again")
            .WithDescription("Records that aren't sent yet may become ready or blocked; with includeSent, sent ones get their new findings and keep their state.");
        runs.MapGet("/{id:guid}", (Guid id, Rejudge rejudge, HttpContext http, CancellationToken ct) => Of(rejudge.FindAsync(http.Caller(), id, ct)))
            .RequireAuthorization(Permissions.ReadRecords).Produces<RejudgeProgress>().Fails(404).WithSummary("How far a run is");
        runs.MapPost("/{id:guid}/pause", (Guid id, Rejudge rejudge, HttpContext http, CancellationToken ct) => Of(rejudge.PauseAsync(http.Caller(), id, ct)))
            .RequireAuthorization(Permissions.EditRecords).Produces<RejudgeProgress>().Fails(404).WithSummary("Stops a run until it is resumed");
        runs.MapPost("/{id:guid}/resume", (Guid id, Rejudge rejudge, HttpContext http, CancellationToken ct) => Of(rejudge.ResumeAsync(http.Caller(), id, ct)))
            .RequireAuthorization(Permissions.EditRecords).Produces<RejudgeProgress>().Fails(404).WithSummary("Lets a paused or failed run go on where it stood");
        runs.MapPost("/{id:guid}/stop", (Guid id, Rejudge rejudge, HttpContext http, CancellationToken ct) => Of(rejudge.StopAsync(http.Caller(), id, ct)))
            .RequireAuthorization(Permissions.EditRecords).Produces<RejudgeProgress>().Fails(404).WithSummary("Ends a run; what was judged stays judged");
    }

    private static async Task<IResult> StartAsync(RejudgeRequest body, Rejudge rejudge, HttpContext http, CancellationToken ct)
    {
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        if (body.From > body.To)
            errors["to"] = ["Ngày cuối phải từ ngày đầu trở đi."];
        if (body.Records?.Count > MostRecords)
            errors["records"] = [$"Nêu tối đa {MostRecords} hồ sơ; nhiều hơn thì chọn theo ngày."];
        if (body.Reason?.Length > 500)
            errors["reason"] = ["Lý do dài tối đa 500 ký tự."];
        if (errors.Count > 0)
            return ApiResults.Invalid(errors);
        RejudgeProgress run = await rejudge.StartAsync(http.Caller(), body.ToSelection(), ct);
        return TypedResults.Ok(run);
    }

    private static async Task<IResult> Of(Task<RejudgeProgress?> change) => await change is { } run
        ? TypedResults.Ok(run)
        : ApiResults.Problem(404, "no-such-run", "Không tìm thấy đợt kiểm tra lại", "Đợt này không có, hoặc không thuộc cơ sở của bạn.");
}

/// <summary>Asks to judge stored records again; everything left out means no limit.</summary>
/// <param name="MaCskcb">Only this facility.</param>
/// <param name="From">First day of <c>NGAY_RA</c>.</param>
/// <param name="To">Last day of <c>NGAY_RA</c>.</param>
/// <param name="Rule">Only records that have a finding of this rule now.</param>
/// <param name="IncludeSent">Also sent records; their state stays.</param>
/// <param name="Records">Only these records, at most 10 000.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record RejudgeRequest(
    string? MaCskcb, DateOnly? From, DateOnly? To, string? Rule, bool IncludeSent, IReadOnlyList<Guid>? Records, string? Reason)
{
    internal RejudgeSelection ToSelection() => new()
    {
        Facility = MaCskcb,
        From = From,
        To = To,
        Rule = Rule,
        IncludeSent = IncludeSent,
        Records = Records,
        Reason = (Reason ?? "").Trim(),
    };
}
