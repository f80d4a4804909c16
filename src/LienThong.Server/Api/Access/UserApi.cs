using System.ComponentModel.DataAnnotations;
using LienThong.Gateway.Access;
using LienThong.Server.Access;

namespace LienThong.Server.Api.Access;

/// <summary>Users: who they are and what they may.</summary>
internal static class UserApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder users = api.MapGroup("/users").WithTags("Users").RequireAuthorization(Permissions.ManageUsers);
        users.MapGet("", async (UserDesk desk, HttpContext http, CancellationToken ct) => TypedResults.Ok(await desk.ListAsync(http.Caller(), ct)))
            .Produces<IReadOnlyList<UserView>>().Fails().WithSummary("Users whose facilities are all among the caller's, by name");
        users.MapGet("/{id:guid}", async (Guid id, UserDesk desk, HttpContext http, CancellationToken ct) =>
            await desk.FindAsync(http.Caller(), id.ToString(), ct) is { } user ? TypedResults.Ok(user) : AccessResults.Of(AccessChange.NoSuchUser()))
            .Produces<UserView>().Fails(404).WithSummary("A user");
        users.MapPost("", async (NewUserBody body, UserDesk desk, HttpContext http, CancellationToken ct) =>
            AccessResults.Of(await desk.CreateAsync(
                http.Caller(), new UserDraft(body.Name ?? "", body.DisplayName ?? "", body.Password, body.Roles ?? [], ScopeOf(body.AllFacilities, body.Facilities)), ct),
                made => TypedResults.Created($"/api/v1/users/{made.User!.Id}", new NewUserAnswer(made.User, made.Secret))))
            .Produces<NewUserAnswer>(201).Fails(400, 409, 422).WithSummary("Creates a user, who has to change the password at the first sign-in")
            .WithDescription("Roles and facilities may not exceed the caller's own permissions and facilities.");
        users.MapPut("/{id:guid}", async (Guid id, UserBody body, UserDesk desk, HttpContext http, CancellationToken ct) =>
            AccessResults.Of(await desk.SetGrantsAsync(http.Caller(), id.ToString(), body.DisplayName ?? "", body.Roles ?? [], ScopeOf(body.AllFacilities, body.Facilities), ct), Shown))
            .Produces<UserView>().Fails(400, 404, 409, 422).WithSummary("Sets name, roles and facilities; when roles or facilities change, the user's sessions end");
        users.MapPut("/{id:guid}/password", async (Guid id, PasswordBody body, UserDesk desk, HttpContext http, CancellationToken ct) =>
            AccessResults.Of(await desk.SetPasswordAsync(http.Caller(), id.ToString(), body.Password, ct), change => TypedResults.Ok(new NewUserAnswer(change.User!, change.Secret))))
            .Produces<NewUserAnswer>().Fails(400, 404, 409, 422).WithSummary("Sets a password that has to be changed at the next sign-in; without one a random one is told once. Sessions and bearer tokens end");
        Change(users, "/{id:guid}/disable", "Forbids signing in; sessions and bearer tokens end", (desk, by, id, ct) => desk.SetDisabledAsync(by, id, true, ct));
        Change(users, "/{id:guid}/enable", "Allows signing in again", (desk, by, id, ct) => desk.SetDisabledAsync(by, id, false, ct));
        Change(users, "/{id:guid}/unlock", "Ends the wait after wrong tries", (desk, by, id, ct) => desk.UnlockAsync(by, id, ct));
        Change(users, "/{id:guid}/second-factor/reset", "Takes the second factor away from a user who lost it; sessions end", (desk, by, id, ct) => desk.ResetSecondFactorAsync(by, id, ct));
    }

    private static void Change(RouteGroupBuilder users, string path, string summary, Func<UserDesk, Caller, string, CancellationToken, Task<AccessChange>> act) =>
        users.MapPost(path, async (Guid id, UserDesk desk, HttpContext http, CancellationToken ct) => AccessResults.Of(await act(desk, http.Caller(), id.ToString(), ct), Shown))
            .Produces<UserView>().Fails(404).WithSummary(summary);

    private static IResult Shown(AccessChange change) => TypedResults.Ok(change.User);

    private static FacilityScope ScopeOf(bool all, IReadOnlyList<string>? facilities) => all ? FacilityScope.Everything : FacilityScope.Only(facilities ?? []);
}

/// <summary>What a user is called, may, and where.</summary>
/// <param name="DisplayName">Name shown on pages, 1–200 characters.</param>
/// <param name="Roles"><c>super_admin</c>, <c>clinic_admin</c>, <c>front_desk</c>, <c>therapist</c>, <c>insurance_officer</c>, <c>it_operator</c>, <c>auditor</c>.</param>
/// <param name="AllFacilities">Every facility, also those added later.</param>
/// <param name="Facilities">Facility codes otherwise.</param>
public sealed record UserBody([property: Required] string? DisplayName, [property: Required] IReadOnlyList<string>? Roles, bool AllFacilities = false, IReadOnlyList<string>? Facilities = null);

/// <summary>A user to be created.</summary>
/// <param name="Name">Sign-in name: letters without marks, digits, <c>. _ - @</c>.</param>
/// <param name="DisplayName">Name shown on pages, 1–200 characters.</param>
/// <param name="Password">First password; null for a random one, told once.</param>
/// <param name="Roles">As in the change of a user.</param>
/// <param name="AllFacilities">Every facility, also those added later.</param>
/// <param name="Facilities">Facility codes otherwise.</param>
public sealed record NewUserBody(
    [property: Required] string? Name, [property: Required] string? DisplayName, string? Password, [property: Required] IReadOnlyList<string>? Roles, bool AllFacilities = false,
    IReadOnlyList<string>? Facilities = null);

/// <summary>A password for somebody else.</summary>
/// <param name="Password">The password; null for a random one.</param>
public sealed record PasswordBody(string? Password);

/// <summary>A user with a password that is told once.</summary>
/// <param name="User">The user.</param>
/// <param name="Password">The random password; null when one was given.</param>
public sealed record NewUserAnswer(UserView User, string? Password);
