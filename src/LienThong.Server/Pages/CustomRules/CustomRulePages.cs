using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.CustomRules;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Rules;
using LienThong.Server.Access;
using LienThong.Standard;
using LienThong.Validation.Custom;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.CustomRules;

/// <summary>What a form of the page sends.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="Content">The YAML text.</param>
/// <param name="Reason">Why.</param>
public sealed record CustomRuleDraft(string Facility, string Name, string Content, string Reason);

/// <summary>Custom rules of the caller's facilities: see, check, store, switch.</summary>
internal static class CustomRulePages
{
    private const string Path = "/quy-tac/rieng";
    private const string Title = "Quy tắc riêng";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ShowAsync).RequireAuthorization(Permissions.ReadRecords);
        app.MapPost(Path, SaveAsync).RequireAuthorization(Permissions.ManageRules).DisableAntiforgery();
        app.MapPost(Path + "/bat-tat", SwitchAsync).RequireAuthorization(Permissions.ManageRules).DisableAntiforgery();
        app.MapPost(Path + "/chay-thu", TryAsync).RequireAuthorization(Permissions.ManageRules).DisableAntiforgery();
        app.MapPost(Path + "/kiem-tra-lai", RejudgeAsync).RequireAuthorization(Permissions.EditRecords).DisableAntiforgery();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, CustomRuleDesk desk, FacilitySettings facilities, CancellationToken ct,
        [FromQuery(Name = "co-so")] string? facility = null, [FromQuery(Name = "ten")] string? name = null, [FromQuery(Name = "da")] string? done = null)
    {
        CustomRuleDraft? open = facility is not null && name is not null && await desk.FindAsync(http.Caller(), facility, name, ct) is { } view
            ? new CustomRuleDraft(view.Facility, view.Name, view.Content, "") : null;
        string? message = done switch
        {
            "luu" => "Đã lưu. Tệp mới chỉ được dùng sau khi bật.",
            "bat" => "Đã bật. Hồ sơ nhận từ bây giờ được kiểm tra thêm theo tệp này; hồ sơ đã lưu chỉ đổi kết quả khi kiểm tra lại.",
            "tat" => "Đã tắt. Lỗi của tệp ở hồ sơ đã lưu mất đi khi kiểm tra lại.",
            _ => null,
        };
        return await PageAsync(http, desk, facilities, open, message, null, ct, done is "bat" or "tat" ? facility : null);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext http, CustomRuleDesk desk, FacilitySettings facilities, CancellationToken ct, [FromForm(Name = "co-so")] string? facility = null,
        [FromForm(Name = "ten")] string? name = null, [FromForm(Name = "noi-dung")] string? content = null, [FromForm(Name = "ly-do")] string? reason = null,
        [FromForm(Name = "viec")] string? action = null, [FromForm(Name = "tep")] IFormFile? upload = null)
    {
        CustomRuleDraft draft = new(facility ?? "", (name ?? "").Trim(), await TextAsync(upload, content ?? "", ct), reason ?? "");
        if (action == "kiem-tra")
        {
            CustomRuleLoad load = CustomRuleFile.Load(draft.Content, draft.Name);
            string? fine = load.File is { } file ? $"Không có lỗi: {file.Rules.Length} quy tắc. Chưa lưu. {Blocking(file)}".TrimEnd() : null;
            return await PageAsync(http, desk, facilities, draft, fine, load.File is null ? new CustomRuleChange(false, "Tệp quy tắc có lỗi.", load.Errors, 0) : null, ct);
        }
        CustomRuleChange change = await desk.SaveAsync(http.Caller(), draft.Facility, draft.Name, draft.Content, draft.Reason, ct);
        return change.Done ? TypedResults.LocalRedirect($"{Path}?da=luu") : await PageAsync(http, desk, facilities, draft, null, change, ct);
    }

    private static async Task<IResult> SwitchAsync(
        HttpContext http, CustomRuleDesk desk, FacilitySettings facilities, CancellationToken ct, [FromForm(Name = "co-so")] string? facility = null,
        [FromForm(Name = "ten")] string? name = null, [FromForm(Name = "bat")] string? active = null, [FromForm(Name = "ly-do")] string? reason = null)
    {
        CustomRuleChange change = await desk.SwitchAsync(http.Caller(), facility ?? "", name ?? "", active == "1", reason ?? "", ct);
        return change.Done ? TypedResults.LocalRedirect($"{Path}?da={(active == "1" ? "bat" : "tat")}&co-so={Uri.EscapeDataString(facility!)}") : await PageAsync(http, desk, facilities, null, null, change, ct);
    }

    private static async Task<IResult> TryAsync(
        HttpContext http, CustomRuleDesk desk, FacilitySettings facilities, RuleTrials trials, CancellationToken ct, [FromForm(Name = "co-so")] string? facility = null,
        [FromForm(Name = "ten")] string? name = null, [FromForm(Name = "so-ngay")] string? days = null)
    {
        if (await desk.FindAsync(http.Caller(), facility ?? "", name ?? "", ct) is not { } view || CustomRuleFile.Load(view.Content, view.Name).File is not { } file)
            return PageResults.Failure(http, 404, "Không tìm thấy tệp quy tắc", "Tệp không có, hoặc không thuộc cơ sở của bạn.");
        int wanted = int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
        return trials.Start(http.Caller(), new TrialRequest(view.Facility, view.Name, wanted, null) { File = file }) switch
        {
            RuleResult.Done done => TypedResults.LocalRedirect($"/viec/{done.Id}"),
            RuleResult.Refused refused => await PageAsync(http, desk, facilities, null, null, new CustomRuleChange(false, refused.Message, [], 0), ct),
            _ => PageResults.Failure(http, 403, "Không có quyền", "Tài khoản của bạn không được làm việc này."),
        };
    }

    private static async Task<IResult> RejudgeAsync(HttpContext http, Rejudge rejudge, CancellationToken ct, [FromForm(Name = "co-so")] string? facility = null)
    {
        Caller caller = http.Caller();
        if (facility is null || !caller.Scope.Holds(facility))
            return PageResults.Failure(http, 404, "Không tìm thấy cơ sở", "Cơ sở không có hoặc không thuộc quyền của bạn.");
        RejudgeProgress run = await rejudge.StartAsync(caller, new RejudgeSelection { Facility = facility, Reason = "Đổi quy tắc riêng" }, ct);
        return TypedResults.LocalRedirect($"/kiem-tra-lai/{run.Id}");
    }

    /// <summary>What blocking rules of a file mean; empty when it has none.</summary>
    public static string Blocking(CustomRuleFile? file) => file?.Rules.Count(r => r.Severity == Severity.Block) is > 0 and var blocks
        ? $"{blocks} quy tắc ở mức chặn: hồ sơ vi phạm sẽ không gửi được." : "";

    private static async Task<string> TextAsync(IFormFile? upload, string typed, CancellationToken ct)
    {
        if (upload is not { Length: > 0 })
            return typed;
        if (upload.Length > 4 * CustomRuleFile.MostCharacters)
            return new string(' ', CustomRuleFile.MostCharacters + 1);
        using StreamReader reader = new(upload.OpenReadStream());
        return await reader.ReadToEndAsync(ct);
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, CustomRuleDesk desk, FacilitySettings facilities, CustomRuleDraft? draft, string? message, CustomRuleChange? refused, CancellationToken ct,
        string? changed = null) =>
        PageResults.Page<CustomRulePage>(http, Title, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(CustomRulePage.Files), await desk.ListAsync(http.Caller(), ct)),
            (nameof(CustomRulePage.Facilities), await facilities.ListAsync(http.Caller(), ct)),
            (nameof(CustomRulePage.Draft), draft), (nameof(CustomRulePage.Changed), changed), (nameof(CustomRulePage.Message), message), (nameof(CustomRulePage.Refused), refused));
}
