using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Server.Access;

namespace LienThong.Server.Pages.Access;

/// <summary>Users, for whoever manages them: list, one user, who is signed in.</summary>
internal static class UserPages
{
    private const string Path = "/nguoi-dung";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext http, UserPageData data, CancellationToken ct) => ListAsync(http, data, null, ct)).RequireAuthorization(Permissions.ManageUsers);
        app.MapGet(Path + "/phien", async (HttpContext http, UserPageData data, CancellationToken ct) =>
            PageResults.Page<SessionListPage>(http, "Đang đăng nhập", (nameof(SessionListPage.Sessions), await data.Tokens.AllSessionsAsync(http.Caller(), ct)), (nameof(SessionListPage.Current), http.TokenId())))
            .RequireAuthorization(Permissions.ManageUsers);
        app.MapGet(Path + "/{id:guid}", (Guid id, HttpContext http, UserPageData data, CancellationToken ct) => OneAsync(http, data, id, null, ct)).RequireAuthorization(Permissions.ManageUsers);
        app.MapPost(Path, CreateAsync).RequireAuthorization(Permissions.ManageUsers).DisableAntiforgery();
        Post(app, "", (data, by, id, form, ct) => data.Desk.SetGrantsAsync(by, id, form["ho-ten"].ToString(), Many(form, "vai-tro"), ScopeOf(form), ct));
        Post(app, "/mat-khau", (data, by, id, form, ct) => data.Desk.SetPasswordAsync(by, id, form["mat-khau"].ToString() is { Length: > 0 } chosen ? chosen : null, ct));
        Post(app, "/khoa", (data, by, id, _, ct) => data.Desk.SetDisabledAsync(by, id, true, ct));
        Post(app, "/mo", (data, by, id, _, ct) => data.Desk.SetDisabledAsync(by, id, false, ct));
        Post(app, "/bo-tam-khoa", (data, by, id, _, ct) => data.Desk.UnlockAsync(by, id, ct));
        Post(app, "/hai-buoc", (data, by, id, _, ct) => data.Desk.ResetSecondFactorAsync(by, id, ct));
        Post(app, "/phien", (data, by, id, _, ct) => data.Tokens.RevokeSessionsAsync(by, id, ct));
        Post(app, "/thu-hoi", (data, by, id, form, ct) => data.Tokens.RevokeAsync(by, id, form["ma"].ToString(), ct));
        Post(app, "/ma", (data, by, id, form, ct) => data.Tokens.IssueAsync(by, id, TokenOf(form), ct));
    }

    private static void Post(IEndpointRouteBuilder app, string path, Func<UserPageData, Caller, string, IFormCollection, CancellationToken, Task<AccessChange>> act) =>
        app.MapPost(Path + "/{id:guid}" + path, async (Guid id, HttpContext http, UserPageData data, CancellationToken ct) =>
        {
            AccessChange change = await act(data, http.Caller(), id.ToString(), await http.Request.ReadFormAsync(ct), ct);
            // What is told once must be shown now; everything else is shown by the page itself, which can then be reloaded.
            return change is { Done: true, Secret: null } ? TypedResults.LocalRedirect($"{Path}/{id}") : await OneAsync(http, data, id, change, ct);
        }).RequireAuthorization(Permissions.ManageUsers).DisableAntiforgery();

    private static async Task<IResult> CreateAsync(HttpContext http, UserPageData data, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        AccessChange made = await data.Desk.CreateAsync(
            http.Caller(), new UserDraft(form["ten"].ToString(), form["ho-ten"].ToString(), form["mat-khau"].ToString() is { Length: > 0 } chosen ? chosen : null, Many(form, "vai-tro"), ScopeOf(form)), ct);
        return made is { Done: true, Secret: null } ? TypedResults.LocalRedirect($"{Path}/{made.User!.Id}")
            : made.Done ? await OneAsync(http, data, Guid.Parse(made.User!.Id), made, ct)
            : await ListAsync(http, data, (made, form), ct);
    }

    private static async Task<IResult> ListAsync(HttpContext http, UserPageData data, (AccessChange Change, IFormCollection Form)? refused, CancellationToken ct)
    {
        Caller caller = http.Caller();
        return PageResults.Page<UserListPage>(http, "Người dùng", refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(UserListPage.Users), await data.Desk.ListAsync(caller, ct)), (nameof(UserListPage.Facilities), await data.FacilitiesAsync(caller, ct)),
            (nameof(UserListPage.Refused), refused?.Change.Message), (nameof(UserListPage.Name), refused?.Form["ten"].ToString() ?? ""), (nameof(UserListPage.DisplayName), refused?.Form["ho-ten"].ToString() ?? ""),
            (nameof(UserListPage.Chosen), refused is { } r ? Many(r.Form, "vai-tro") : []), (nameof(UserListPage.ChosenFacilities), refused is { } f ? Many(f.Form, "co-so") : []));
    }

    private static async Task<IResult> OneAsync(HttpContext http, UserPageData data, Guid id, AccessChange? change, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (await data.Desk.FindAsync(caller, id.ToString(), ct) is not { } user)
            return PageResults.Failure(http, 404, "Không tìm thấy người dùng", AccessChange.NoSuchUser().Message);
        int status = change is null or { Done: true } ? StatusCodes.Status200OK : change.Code == "beyond-reach" ? StatusCodes.Status403Forbidden : StatusCodes.Status422UnprocessableEntity;
        return PageResults.Page<UserPage>(http, user.DisplayName, status,
            (nameof(UserPage.User), user), (nameof(UserPage.Facilities), await data.FacilitiesAsync(caller, ct)), (nameof(UserPage.Change), change),
            (nameof(UserPage.Sessions), await data.Tokens.SessionsOfAsync(caller, user.Id, ct)), (nameof(UserPage.Tokens), await data.Tokens.BearersOfAsync(caller, user.Id, ct)));
    }

    private static string[] Many(IFormCollection form, string name) => [.. form[name].OfType<string>().Where(v => v.Length > 0)];

    private static FacilityScope ScopeOf(IFormCollection form) => Many(form, "co-so") is var chosen && chosen.Contains("*", StringComparer.Ordinal) ? FacilityScope.Everything : FacilityScope.Only(chosen);

    private static TokenDraft TokenOf(IFormCollection form) => new(
        form["nhan"].ToString().Trim(), TimeSpan.FromDays(int.TryParse(form["ngay"], NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days <= 36_500 ? days : 0), Many(form, "quyen"), Many(form, "co-so") is { Length: > 0 } chosen ? chosen : null);
}

/// <summary>What the pages of users read.</summary>
internal sealed class UserPageData(UserDesk desk, AccessTokens tokens, FacilitySettings facilities)
{
    public UserDesk Desk => desk;

    public AccessTokens Tokens => tokens;

    /// <summary>Facilities the caller may give: code and name.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> FacilitiesAsync(Caller caller, CancellationToken ct) =>
        [.. (await facilities.ListAsync(caller, ct)).Select(f => (f.Facility, f.Name))];
}
