using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Facilities;
using LienThong.Server.Access;
using LienThong.Server.Api.Deadlines;
using LienThong.Server.Api.Intake;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Deadlines;

/// <summary>The log of incidents.</summary>
internal static class IncidentPages
{
    private const string Root = "/han-nop/su-co";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Root, (HttpContext http, IncidentDesk desk, FacilitySettings facilities, CancellationToken ct) => ListAsync(http, desk, facilities, null, null, ct))
            .RequireAuthorization(Permissions.ReadSubmissions);
        app.MapPost(Root, OpenAsync).RequireAuthorization(Permissions.ManageDeadlines).DisableAntiforgery();
        app.MapGet(Root + "/{id:guid}", (Guid id, HttpContext http, IncidentDesk desk, CancellationToken ct, [FromQuery(Name = "da")] string? done = null) =>
            ShowAsync(id, http, desk, done switch { "luu" => "Đã lưu; hạn nộp của hồ sơ chưa gửi được tính lại.", "gui" => "Hồ sơ đang chờ thử lại sẽ được gửi ngay.", "tep" => "Đã lưu tệp.", _ => null }, null, ct))
            .RequireAuthorization(Permissions.ReadSubmissions);
        app.MapPost(Root + "/{id:guid}", SaveAsync).RequireAuthorization(Permissions.ManageDeadlines).DisableAntiforgery();
        app.MapPost(Root + "/{id:guid}/dong", CloseAsync).RequireAuthorization(Permissions.ManageDeadlines).DisableAntiforgery();
        app.MapPost(Root + "/{id:guid}/bo", WithdrawAsync).RequireAuthorization(Permissions.ManageDeadlines).DisableAntiforgery();
        app.MapPost(Root + "/{id:guid}/gui-ngay", SendNowAsync).RequireAuthorization(Permissions.Submit).DisableAntiforgery();
        app.MapPost(Root + "/{id:guid}/tep", AttachAsync).RequireAuthorization(Permissions.ManageDeadlines).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(IncidentDesk.MostFileBytes + UploadedFile.Slack));
        app.MapGet(Root + "/{id:guid}/tep/{file:guid}", IncidentApi.FileAsync).RequireAuthorization(Permissions.ReadSubmissions);
        app.MapGet(Root + "/{id:guid}/minh-chung", IncidentProofPages.AnswerAsync).RequireAuthorization(Permissions.ReadSubmissions);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IncidentDesk desk, FacilitySettings facilities, IncidentForm? form, string? refused, CancellationToken ct)
    {
        IReadOnlyList<FacilityView> known = await facilities.ListAsync(http.Caller(), ct);
        return PageResults.Page<IncidentListPage>(http, "Sự cố", refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(IncidentListPage.Incidents), await desk.ListAsync(http.Caller(), unsettled: false, 200, ct)), (nameof(IncidentListPage.Facilities), known),
            (nameof(IncidentListPage.Form), form ?? IncidentForm.New(known.Count > 0 ? known[0].Facility : "", Now(http))), (nameof(IncidentListPage.Refused), refused));
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, IncidentDesk desk, string? message, string? refused, CancellationToken ct, IncidentForm? form = null) =>
        await desk.FindAsync(http.Caller(), id, ct) is { } incident
            ? PageResults.Page<IncidentPage>(http, "Sự cố", refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
                (nameof(IncidentPage.Incident), incident), (nameof(IncidentPage.Form), form ?? IncidentForm.Of(incident)), (nameof(IncidentPage.Message), message), (nameof(IncidentPage.Refused), refused))
            : Missing(http);

    private static async Task<IResult> OpenAsync(HttpContext http, IncidentDesk desk, FacilitySettings facilities, CancellationToken ct)
    {
        IncidentForm form = IncidentForm.Read(await http.Request.ReadFormAsync(ct));
        if (form.Draft(out string fault) is not { } draft)
            return await ListAsync(http, desk, facilities, form, fault, ct);
        IncidentChange change = await desk.OpenAsync(http.Caller(), draft, ct);
        return change is { Done: true, Id: { } id } ? TypedResults.LocalRedirect($"{Root}/{id}?da=luu") : await ListAsync(http, desk, facilities, form, change.Message, ct);
    }

    private static async Task<IResult> SaveAsync(Guid id, HttpContext http, IncidentDesk desk, CancellationToken ct)
    {
        IncidentForm form = IncidentForm.Read(await http.Request.ReadFormAsync(ct));
        if (form.Draft(out string fault) is not { } draft)
            return await ShowAsync(id, http, desk, null, fault, ct, form);
        return await AfterAsync(id, http, desk, await desk.SaveAsync(http.Caller(), id, draft, ct), ct, form);
    }

    private static async Task<IResult> CloseAsync(Guid id, HttpContext http, IncidentDesk desk, CancellationToken ct, [FromForm(Name = "ket-thuc")] string? end = null) =>
        Vi.ReadMoment(end) is { } at
            ? await AfterAsync(id, http, desk, await desk.CloseAsync(http.Caller(), id, at, ct), ct)
            : await ShowAsync(id, http, desk, null, "Ghi lúc kết thúc ở dạng dd/MM/yyyy HH:mm.", ct);

    private static async Task<IResult> WithdrawAsync(Guid id, HttpContext http, IncidentDesk desk, CancellationToken ct, [FromForm(Name = "ly-do")] string? reason = null) =>
        await AfterAsync(id, http, desk, await desk.WithdrawAsync(http.Caller(), id, reason ?? "", ct), ct);

    private static async Task<IResult> SendNowAsync(Guid id, HttpContext http, IncidentDesk desk, CancellationToken ct) =>
        await desk.SendNowAsync(http.Caller(), id, ct) is null ? Missing(http) : TypedResults.LocalRedirect($"{Root}/{id}?da=gui");

    private static async Task<IResult> AttachAsync(Guid id, HttpContext http, IncidentDesk desk, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        if (form.Files is not [{ Length: > 0 } file])
            return await ShowAsync(id, http, desk, null, "Chọn một tệp.", ct);
        await using Stream content = file.OpenReadStream();
        IncidentChange change = await desk.AttachAsync(http.Caller(), id, UploadedFile.CleanName(file.FileName, "minh-chung"), content, ct);
        return change.Done ? TypedResults.LocalRedirect($"{Root}/{id}?da=tep") : await ShowAsync(id, http, desk, null, change.Message, ct);
    }

    private static async Task<IResult> AfterAsync(Guid id, HttpContext http, IncidentDesk desk, IncidentChange change, CancellationToken ct, IncidentForm? form = null) =>
        change.Done ? TypedResults.LocalRedirect($"{Root}/{id}?da=luu") : await ShowAsync(id, http, desk, null, change.Message, ct, form);

    private static DateTimeOffset Now(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    private static IResult Missing(HttpContext http) => PageResults.Failure(http, 404, "Không tìm thấy sự cố", "Sự cố không có, hoặc không thuộc cơ sở của bạn.");
}

/// <summary>The form of an incident as typed.</summary>
public sealed record IncidentForm(string Facility, string Kind, string From, string To, string Description, string NoticedBy, string Told, string ToldAt, string Evidence)
{
    /// <summary>An empty form.</summary>
    internal static IncidentForm New(string facility, DateTimeOffset now) => new(facility, "portal-unannounced", Vi.Time(now), "", "", "", "", "", "");

    /// <summary>An incident as a form; the end the product saw is offered.</summary>
    internal static IncidentForm Of(Incident i) => new(
        i.Facility, IncidentRule.Of(i.Kind).Word, Vi.Time(i.StartedAt), (i.EndedAt ?? i.RecoveredAt) is { } end ? Vi.Time(end) : "", i.Description, i.NoticedBy, i.Told,
        i.ToldAt is { } told ? Vi.Time(told) : "", i.Evidence);

    internal static IncidentForm Read(IFormCollection form)
    {
        string Of(string name) => form[name].ToString().Trim();
        return new IncidentForm(Of("co-so"), Of("loai"), Of("bat-dau"), Of("ket-thuc"), Of("dien-bien"), Of("nguoi-phat-hien"), Of("da-bao"), Of("bao-luc"), Of("minh-chung"));
    }

    internal IncidentDraft? Draft(out string fault)
    {
        (DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset? told) = (Vi.ReadMoment(From), Vi.ReadMoment(To), Vi.ReadMoment(ToldAt));
        fault = IncidentRule.Find(Kind) is null ? "Chọn loại sự cố."
            : from is null || (To.Length > 0 && to is null) || (ToldAt.Length > 0 && told is null) ? "Ghi thời điểm ở dạng dd/MM/yyyy HH:mm." : "";
        return fault.Length > 0 ? null : new IncidentDraft(Facility, IncidentRule.Find(Kind)!.Kind, from!.Value, to, Description, NoticedBy, Told, told, Evidence);
    }
}
