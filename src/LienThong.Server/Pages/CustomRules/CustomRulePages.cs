using LienThong.Gateway.Access;
using LienThong.Gateway.CustomRules;
using LienThong.Gateway.Facilities;
using LienThong.Server.Access;
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
        app.MapGet(Path, ShowAsync).RequireAuthorization(Permissions.ReadCatalogues);
        app.MapPost(Path, SaveAsync).RequireAuthorization(Permissions.ManageCatalogues).DisableAntiforgery();
        app.MapPost(Path + "/bat-tat", SwitchAsync).RequireAuthorization(Permissions.ManageCatalogues).DisableAntiforgery();
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
            "bat" => "Đã bật. Hồ sơ nhận từ bây giờ được kiểm tra thêm theo tệp này.",
            "tat" => "Đã tắt.",
            _ => null,
        };
        return await PageAsync(http, desk, facilities, open, message, null, ct);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext http, CustomRuleDesk desk, FacilitySettings facilities, CancellationToken ct, [FromForm(Name = "co-so")] string? facility = null,
        [FromForm(Name = "ten")] string? name = null, [FromForm(Name = "noi-dung")] string? content = null, [FromForm(Name = "ly-do")] string? reason = null,
        [FromForm(Name = "viec")] string? action = null)
    {
        CustomRuleDraft draft = new(facility ?? "", (name ?? "").Trim(), content ?? "", reason ?? "");
        if (action == "kiem-tra")
        {
            CustomRuleLoad load = CustomRuleFile.Load(draft.Content, draft.Name);
            string? fine = load.File is { } file ? $"Không có lỗi: {file.Rules.Length} quy tắc. Chưa lưu." : null;
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
        return change.Done ? TypedResults.LocalRedirect($"{Path}?da={(active == "1" ? "bat" : "tat")}") : await PageAsync(http, desk, facilities, null, null, change, ct);
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, CustomRuleDesk desk, FacilitySettings facilities, CustomRuleDraft? draft, string? message, CustomRuleChange? refused, CancellationToken ct) =>
        PageResults.Page<CustomRulePage>(http, Title, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(CustomRulePage.Files), await desk.ListAsync(http.Caller(), ct)),
            (nameof(CustomRulePage.Facilities), await facilities.ListAsync(http.Caller(), ct)),
            (nameof(CustomRulePage.Draft), draft), (nameof(CustomRulePage.Message), message), (nameof(CustomRulePage.Refused), refused));
}
