using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;
using LienThong.Server.Api.Deadlines;
using LienThong.Standard;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Deadlines;

/// <summary>What is due and by when: records, duties, calendar, lines of law.</summary>
internal static class DeadlinePages
{
    private const string Path = "/han-nop";
    private const int Listed = 100;
    private const int TimelyDays = 14;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, BoardAsync).RequireAuthorization(Permissions.ReadSubmissions);
        app.MapGet(Path + "/nhiem-vu", DutiesAsync).RequireAuthorization(Permissions.ReadSubmissions);
        app.MapPost(Path + "/nhiem-vu", AddDutyAsync).RequireAuthorization(Permissions.ManageDeadlines).DisableAntiforgery();
        app.MapPost(Path + "/nhiem-vu/{id:guid}", MoveDutyAsync).RequireAuthorization(Permissions.ManageDeadlines).DisableAntiforgery();
        app.MapGet(Path + "/lich", CalendarAsync).RequireAuthorization(Permissions.ReadSubmissions);
        app.MapPost(Path + "/lich", SetDayAsync).RequireAuthorization(Permissions.ManageFacilities).DisableAntiforgery();
        app.MapGet(Path + "/quy-dinh", RulesAsync).RequireAuthorization(Permissions.ReadSubmissions);
        app.MapPost(Path + "/quy-dinh", SetRuleAsync).RequireAuthorization(Permissions.ManageFacilities).DisableAntiforgery();
        IncidentPages.Map(app);
    }

    private static async Task<IResult> BoardAsync(
        HttpContext http, DeadlineQueries queries, DeadlineSettings settings, DutyDesk duties, IncidentDesk incidents, FacilitySettings facilities, CancellationToken ct,
        [FromQuery(Name = "co-so")] string? facility = null, [FromQuery(Name = "han")] string? due = null, [FromQuery(Name = "khoa")] string? ward = null)
    {
        Caller caller = http.Caller();
        // A link that says nothing sensible shows everything.
        BoardFilter filter = DeadlineApi.Read(caller, facility, due, ward, []);
        if (filter.Facility is { } asked && !caller.Scope.Holds(asked))
            filter = filter with { Facility = null };
        IReadOnlyList<FacilityView> known = await facilities.ListAsync(caller, ct);
        string[] read = [.. known.Select(f => f.Facility).Where(f => filter.Facility is null || f == filter.Facility)];
        DateOnly today = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().VietnamDay();
        return PageResults.Page<DeadlinePage>(http, "Hạn nộp",
            (nameof(DeadlinePage.Board), await queries.CountAsync(caller, filter.Facility, await settings.ChoicesAsync(caller, ct), ct)),
            (nameof(DeadlinePage.Filter), filter),
            (nameof(DeadlinePage.Records), await queries.ListAsync(caller, filter, Listed, ct)),
            (nameof(DeadlinePage.Facilities), known),
            (nameof(DeadlinePage.Duties), await duties.OpenAsync(caller, ct)),
            (nameof(DeadlinePage.Incidents), await incidents.ListAsync(caller, unsettled: true, 20, ct)),
            (nameof(DeadlinePage.Expected), await queries.ExpectedAsync(caller, ct)),
            (nameof(DeadlinePage.Days), await queries.TimelinessAsync(caller, read, today.AddDays(1 - TimelyDays), today, byWard: false, ct)),
            (nameof(DeadlinePage.WardTimes), await queries.TimelinessAsync(caller, read, today.AddDays(1 - TimelyDays), today, byWard: true, ct)));
    }

    private static Task<IResult> DutiesAsync(HttpContext http, DutyDesk desk, FacilitySettings facilities, CancellationToken ct, [FromQuery(Name = "da")] string? done = null) =>
        DutyPageAsync(http, desk, facilities, done == "luu" ? "Đã lưu." : null, null, ct);

    private static async Task<IResult> AddDutyAsync(HttpContext http, DutyDesk desk, FacilitySettings facilities, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        string Of(string name) => form[name].ToString().Trim();
        if (Vi.ReadMoment(Of("luc")) is not { } began)
            return await DutyPageAsync(http, desk, facilities, null, "Ghi ngày nhận ở dạng dd/MM/yyyy hoặc dd/MM/yyyy HH:mm.", ct);
        long? records = long.TryParse(Of("so-ho-so"), System.Globalization.CultureInfo.InvariantCulture, out long count) ? count : null;
        DutyChange change = await desk.AddAsync(http.Caller(), Of("co-so"), Of("loai"), Of("noi-dung"), began, records, Of("ghi-chu"), ct);
        return change.Done ? TypedResults.LocalRedirect($"{Path}/nhiem-vu?da=luu") : await DutyPageAsync(http, desk, facilities, null, change.Message, ct);
    }

    private static async Task<IResult> MoveDutyAsync(
        Guid id, HttpContext http, DutyDesk desk, FacilitySettings facilities, CancellationToken ct, [FromForm(Name = "viec")] string? action = null, [FromForm(Name = "ghi-chu")] string? note = null)
    {
        DutyState to = action switch { "xong" => DutyState.Done, "bo" => DutyState.Dropped, _ => DutyState.Open };
        DutyChange change = await desk.MoveAsync(http.Caller(), id, to, note ?? "", ct);
        return change.Done ? TypedResults.LocalRedirect($"{Path}/nhiem-vu?da=luu") : await DutyPageAsync(http, desk, facilities, null, change.Message, ct);
    }

    private static async Task<IResult> DutyPageAsync(HttpContext http, DutyDesk desk, FacilitySettings facilities, string? message, string? refused, CancellationToken ct) =>
        PageResults.Page<DutyPage>(http, "Nhiệm vụ", refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(DutyPage.Open), await desk.OpenAsync(http.Caller(), ct)), (nameof(DutyPage.Settled), await desk.SettledAsync(http.Caller(), 50, ct)),
            (nameof(DutyPage.Facilities), await facilities.ListAsync(http.Caller(), ct)), (nameof(DutyPage.Message), message), (nameof(DutyPage.Refused), refused));

    private static Task<IResult> CalendarAsync(
        HttpContext http, DeadlineSettings settings, TimeProvider time, CancellationToken ct, [FromQuery(Name = "nam")] int? year = null, [FromQuery(Name = "da")] string? done = null) =>
        CalendarPageAsync(http, settings, year is >= 2018 and <= 2100 ? year.Value : time.GetUtcNow().VietnamDay().Year, done == "luu" ? "Đã lưu; hạn nộp của hồ sơ chưa gửi được tính lại." : null, null, ct);

    private static async Task<IResult> SetDayAsync(
        HttpContext http, DeadlineSettings settings, TimeProvider time, CancellationToken ct, [FromForm(Name = "ngay")] string? day = null, [FromForm(Name = "loai")] string? kind = null,
        [FromForm(Name = "ly-do")] string? note = null)
    {
        if (Vi.ReadDay(day) is not { } read)
            return await CalendarPageAsync(http, settings, time.GetUtcNow().VietnamDay().Year, null, "Ghi ngày ở dạng dd/MM/yyyy.", ct);
        SettingResult result = kind == "goc"
            ? await settings.ResetDayAsync(http.Caller(), read, ct) : await settings.SetDayAsync(http.Caller(), new CalendarDay(read, kind == "lam", note ?? ""), ct);
        return result.Ok ? TypedResults.LocalRedirect($"{Path}/lich?nam={read.Year}&da=luu") : await CalendarPageAsync(http, settings, read.Year, null, result.Message, ct);
    }

    private static async Task<IResult> CalendarPageAsync(HttpContext http, DeadlineSettings settings, int year, string? message, string? refused, CancellationToken ct) =>
        PageResults.Page<CalendarPage>(http, "Lịch làm việc", refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(CalendarPage.Year), year), (nameof(CalendarPage.Days), await settings.DaysAsync(year, ct)), (nameof(CalendarPage.Message), message), (nameof(CalendarPage.Refused), refused));

    private static Task<IResult> RulesAsync(HttpContext http, DeadlineSettings settings, FacilitySettings facilities, CancellationToken ct, [FromQuery(Name = "da")] string? done = null) =>
        RulePageAsync(http, settings, facilities, done == "luu" ? "Đã lưu." : null, null, ct);

    private static async Task<IResult> SetRuleAsync(
        HttpContext http, DeadlineSettings settings, FacilitySettings facilities, CancellationToken ct, [FromForm(Name = "co-so")] string? facility = null,
        [FromForm(Name = "muc")] string? name = null, [FromForm(Name = "gia-tri")] string? value = null, [FromForm(Name = "ly-do")] string? note = null)
    {
        (Caller caller, string text, string where, string why) = (http.Caller(), (value ?? "").Trim(), facility ?? "", note ?? "");
        int? minutes = int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number : null;
        DateOnly? day = Vi.ReadDay(text);
        SettingResult result = name switch
        {
            "du-thao" when text.Length > 0 && day is null => new SettingResult(false, "Ghi ngày ở dạng dd/MM/yyyy; để trống là tắt."),
            "du-thao" => await settings.SetDraftAsync(caller, where, day, why, ct),
            "nhac" or "check-in" when text.Length > 0 && minutes is null => new SettingResult(false, "Ghi số phút; để trống là mặc định."),
            "nhac" => await settings.SetWarnMinutesAsync(caller, where, minutes, why, ct),
            "check-in" => await settings.SetCheckInMinutesAsync(caller, where, minutes, why, ct),
            { } duty when duty.StartsWith("nv:", StringComparison.Ordinal) =>
                await settings.SetDutyAsync(caller, where, duty[3..], text switch { "bat" => true, "tat" => false, _ => null }, why, ct),
            _ => new SettingResult(false, "Chọn mục cần đặt."),
        };
        return result.Ok ? TypedResults.LocalRedirect($"{Path}/quy-dinh?da=luu") : await RulePageAsync(http, settings, facilities, null, result.Message, ct);
    }

    private static async Task<IResult> RulePageAsync(HttpContext http, DeadlineSettings settings, FacilitySettings facilities, string? message, string? refused, CancellationToken ct) =>
        PageResults.Page<DutyRulePage>(http, "Quy định về hạn", refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(DutyRulePage.Choices), await settings.ChoicesAsync(http.Caller(), ct)), (nameof(DutyRulePage.Facilities), await facilities.ListAsync(http.Caller(), ct)),
            (nameof(DutyRulePage.Message), message), (nameof(DutyRulePage.Refused), refused));
}
