using System.ComponentModel.DataAnnotations;
using LienThong.Gateway.Access;
using LienThong.Server.Access;

namespace LienThong.Server.Api.Access;

/// <summary>Sessions and bearer tokens of users, for whoever manages them.</summary>
internal static class TokenApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/sessions", async (AccessTokens tokens, HttpContext http, CancellationToken ct) => TypedResults.Ok(await tokens.AllSessionsAsync(http.Caller(), ct)))
            .RequireAuthorization(Permissions.ManageUsers).WithTags("Users").Produces<IReadOnlyList<TokenView>>().Fails().WithSummary("Who is signed in: sessions of every user the caller sees, newest first");
        RouteGroupBuilder user = api.MapGroup("/users/{id:guid}").WithTags("Users").RequireAuthorization(Permissions.ManageUsers);
        user.MapGet("/sessions", async (Guid id, AccessTokens tokens, HttpContext http, CancellationToken ct) => Listed(await tokens.SessionsOfAsync(http.Caller(), id.ToString(), ct)))
            .Produces<IReadOnlyList<TokenView>>().Fails(404).WithSummary("Sessions of a user");
        user.MapDelete("/sessions", async (Guid id, AccessTokens tokens, HttpContext http, CancellationToken ct) =>
            AccessResults.Of(await tokens.RevokeSessionsAsync(http.Caller(), id.ToString(), ct)))
            .Produces(204).Fails(404).WithSummary("Ends every session of a user; bearer tokens stay");
        user.MapDelete("/sessions/{token}", RevokeAsync).Produces(204).Fails(404).WithSummary("Ends a session of a user");
        user.MapGet("/tokens", async (Guid id, AccessTokens tokens, HttpContext http, CancellationToken ct) => Listed(await tokens.BearersOfAsync(http.Caller(), id.ToString(), ct)))
            .Produces<IReadOnlyList<TokenView>>().Fails(404).WithSummary("Bearer tokens of a user that hold, with their limits and last use");
        user.MapPost("/tokens", async (Guid id, TokenBody body, AccessTokens tokens, HttpContext http, CancellationToken ct) =>
            AccessResults.Of(
                await tokens.IssueAsync(http.Caller(), id.ToString(), new TokenDraft(body.Label ?? "", TimeSpan.FromDays(body.Days), body.Permissions, body.Facilities), ct),
                change => TypedResults.Created($"/api/v1/users/{id}/tokens", new TokenAnswer(change.Secret!))))
            .Produces<TokenAnswer>(201).Fails(400, 404, 422).WithSummary("Issues a bearer token for a user; it is told once and stored as a hash")
            .WithDescription("It may what it is limited to and its user may at the time of each request, whichever is less.");
        user.MapDelete("/tokens/{token}", RevokeAsync).Produces(204).Fails(404).WithSummary("Revokes a bearer token of a user");
    }

    private static IResult Listed(IReadOnlyList<TokenView>? tokens) => tokens is null ? AccessResults.Of(AccessChange.NoSuchUser()) : TypedResults.Ok(tokens);

    private static async Task<IResult> RevokeAsync(Guid id, string token, AccessTokens tokens, HttpContext http, CancellationToken ct) =>
        AccessResults.Of(await tokens.RevokeAsync(http.Caller(), id.ToString(), token, ct));
}

/// <summary>A bearer token to be issued.</summary>
/// <param name="Label">What it is for, 1–100 characters.</param>
/// <param name="Days">Days it holds, 1–366 unless the settings say otherwise.</param>
/// <param name="Permissions">Permissions it is limited to; null for all its user has.</param>
/// <param name="Facilities">Facilities it is limited to; null for all of its user.</param>
public sealed record TokenBody([property: Required] string? Label, [property: Range(1, 3650)] int Days, IReadOnlyList<string>? Permissions = null, IReadOnlyList<string>? Facilities = null);

/// <summary>A bearer token, told this once.</summary>
/// <param name="Token">What goes behind <c>Authorization: Bearer</c>.</param>
public sealed record TokenAnswer(string Token);
