using LienThong.Gateway.Access;
using LienThong.Gateway.CustomRules;
using LienThong.Server.Access;
using LienThong.Validation.Custom;

namespace LienThong.Server.Api.CustomRules;

/// <summary>Rule files that facilities write.</summary>
internal static class CustomRuleApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder rules = api.MapGroup("/custom-rules").WithTags("CustomRules");
        rules.MapGet("", async (CustomRuleDesk desk, HttpContext http, CancellationToken ct) => TypedResults.Ok(await desk.ListAsync(http.Caller(), ct)))
            .RequireAuthorization(Permissions.ReadRecords).Produces<IReadOnlyList<CustomRuleView>>().Fails()
            .WithSummary("Lists the custom rule files of the caller's facilities with their newest versions");
        rules.MapGet("/{facility}/{name}/versions", VersionsAsync)
            .RequireAuthorization(Permissions.ReadRecords).Produces<IReadOnlyList<CustomRuleVersionView>>().Fails(404)
            .WithSummary("All versions of a custom rule file, newest first");
        rules.MapPost("/check", (CustomRuleText body) => TypedResults.Ok(new CustomRuleErrors(CustomRuleFile.Load(body.Content ?? "", "").Errors)))
            .RequireAuthorization(Permissions.ReadRecords).Produces<CustomRuleErrors>().Fails(400)
            .WithSummary("Checks the text of a custom rule file; nothing is stored");
        rules.MapPut("/{facility}/{name}", (string facility, string name, CustomRuleText body, CustomRuleDesk desk, HttpContext http, CancellationToken ct) =>
            Changed(desk.SaveAsync(http.Caller(), facility, name, body.Content ?? "", body.Reason ?? "", ct)))
            .RequireAuthorization(Permissions.ManageRules).Produces<CustomRuleSaved>().Fails(400, 422)
            .WithSummary("Stores a new version of a custom rule file; a new file is switched off");
        rules.MapPost("/{facility}/{name}/switch", (string facility, string name, CustomRuleSwitch body, CustomRuleDesk desk, HttpContext http, CancellationToken ct) =>
            Changed(desk.SwitchAsync(http.Caller(), facility, name, body.Active, body.Reason ?? "", ct)))
            .RequireAuthorization(Permissions.ManageRules).Produces<CustomRuleSaved>().Fails(400, 422)
            .WithSummary("Judges the facility's records by a custom rule file from now on, or no longer");
    }

    private static async Task<IResult> VersionsAsync(string facility, string name, CustomRuleDesk desk, HttpContext http, CancellationToken ct) =>
        await desk.VersionsAsync(http.Caller(), facility, name, ct) is { Count: > 0 } versions
            ? TypedResults.Ok(versions)
            : ApiResults.Problem(404, "no-such-rule-file", "Không tìm thấy tệp quy tắc", "Tệp không có, hoặc không thuộc cơ sở của bạn.");

    private static async Task<IResult> Changed(Task<CustomRuleChange> change)
    {
        CustomRuleChange result = await change;
        if (result.Done)
            return TypedResults.Ok(new CustomRuleSaved(result.Version));
        string detail = result.Errors.Count == 0 ? result.Message : result.Message + " " + string.Join(" ", result.Errors);
        return ApiResults.Problem(422, "custom-rules-refused", "Không thực hiện được", detail);
    }
}

/// <summary>The text of a custom rule file.</summary>
/// <param name="Content">YAML, see <c>docs/custom-rules.md</c>.</param>
/// <param name="Reason">Why it is changed; required to store it.</param>
public sealed record CustomRuleText(string? Content, string? Reason);

/// <summary>Switches a file.</summary>
/// <param name="Active">On or off.</param>
/// <param name="Reason">Why; required.</param>
public sealed record CustomRuleSwitch(bool Active, string? Reason);

/// <summary>Mistakes of a file; none when it can be stored.</summary>
/// <param name="Errors">Line, column and what is wrong, in Vietnamese.</param>
public sealed record CustomRuleErrors(IReadOnlyList<CustomRuleError> Errors);

/// <summary>A change that was made.</summary>
/// <param name="Version">The version made; 0 when only switched.</param>
public sealed record CustomRuleSaved(int Version);
