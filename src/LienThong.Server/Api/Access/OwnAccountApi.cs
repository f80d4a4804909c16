using System.ComponentModel.DataAnnotations;
using LienThong.Gateway.Access;
using LienThong.Server.Access;

namespace LienThong.Server.Api.Access;

/// <summary>One's own account.</summary>
internal static class OwnAccountApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder me = api.MapGroup("/me").WithTags("Own account").RequireAuthorization(PermissionPolicies.SignedIn).WithMetadata(BeforeFirstStep.Mark);
        me.MapGet("", async (OwnAccount account, HttpContext http, CancellationToken ct) => await account.FindAsync(http.Caller(), ct) is { } user
            ? TypedResults.Ok(new OwnAccountBody(user, [.. http.Caller().Permissions.Order(StringComparer.Ordinal)], http.Caller().Scope.All, [.. http.Caller().Scope.Facilities.Order(StringComparer.Ordinal)]))
            : AccessResults.Of(AccessChange.NoSuchUser()))
            .Produces<OwnAccountBody>().Fails(404).WithSummary("Who the caller is, and what this session or token may");
        me.MapPut("/password", async (OwnPasswordBody body, OwnAccount account, HttpContext http, CancellationToken ct) =>
            AccessResults.Of(await account.ChangePasswordAsync(http.Caller(), body.Current ?? "", body.New ?? "", http.TokenId(), ct)))
            .RequireRateLimiting(RateLimits.SignIn).Produces(204).Fails(400, 409, 422, 429).WithSummary("Changes one's own password; other sessions end, bearer tokens stay");
        me.MapPost("/second-factor", async (ProofBody body, OwnAccount account, HttpContext http, CancellationToken ct) =>
        {
            (SecondFactorOffer? offer, AccessChange change) = await account.OfferSecondFactorAsync(http.Caller(), body.Password ?? "", ct);
            return AccessResults.Of(change, _ => TypedResults.Ok(offer));
        }).RequireRateLimiting(RateLimits.SignIn).Produces<SecondFactorOffer>().Fails(400, 409, 422, 429).WithSummary("Offers a secret for an authenticator app (RFC 6238); it counts once a code of it is confirmed");
        me.MapPost("/second-factor/confirm", async (CodeBody body, OwnAccount account, HttpContext http, CancellationToken ct) =>
            Codes(await account.ConfirmSecondFactorAsync(http.Caller(), body.Code ?? "", ct)))
            .RequireRateLimiting(RateLimits.SignIn).Produces<RecoveryCodesBody>().Fails(400, 422, 429).WithSummary("Confirms the offered secret; tells ten recovery codes, each good once");
        me.MapPost("/second-factor/recovery-codes", async (ProofBody body, OwnAccount account, HttpContext http, CancellationToken ct) =>
            Codes(await account.RenewCodesAsync(http.Caller(), body.Password ?? "", ct)))
            .RequireRateLimiting(RateLimits.SignIn).Produces<RecoveryCodesBody>().Fails(400, 422, 429).WithSummary("New recovery codes instead of the old ones");
        me.MapPost("/second-factor/remove", async (ProofBody body, OwnAccount account, HttpContext http, CancellationToken ct) =>
            AccessResults.Of(await account.RemoveSecondFactorAsync(http.Caller(), body.Password ?? "", ct)))
            .RequireRateLimiting(RateLimits.SignIn).Produces(204).Fails(400, 422, 429).WithSummary("Turns the second factor off, unless a role demands it");
        me.MapGet("/sessions", async (AccessTokens tokens, HttpContext http, CancellationToken ct) => TypedResults.Ok(await tokens.OwnSessionsAsync(http.Caller(), ct)))
            .Produces<IReadOnlyList<TokenView>>().Fails().WithSummary("One's own sessions, newest first");
        me.MapDelete("/sessions", async (AccessTokens tokens, HttpContext http, CancellationToken ct) => AccessResults.Of(await tokens.RevokeOthersAsync(http.Caller(), http.TokenId(), ct)))
            .Produces(204).Fails().WithSummary("Ends one's own sessions, except the one that asks");
        me.MapDelete("/sessions/{token}", RevokeAsync).Produces(204).Fails(404).WithSummary("Ends a session of one's own");
        me.MapGet("/tokens", async (AccessTokens tokens, HttpContext http, CancellationToken ct) => TypedResults.Ok(await tokens.OwnBearersAsync(http.Caller(), ct)))
            .Produces<IReadOnlyList<TokenView>>().Fails().WithSummary("One's own bearer tokens, newest first");
        me.MapDelete("/tokens/{token}", RevokeAsync).Produces(204).Fails(404).WithSummary("Revokes a bearer token of one's own");
    }

    private static IResult Codes(AccessChange change) => AccessResults.Of(change, done => TypedResults.Ok(new RecoveryCodesBody(done.Secret!.Split('\n'))));

    private static async Task<IResult> RevokeAsync(string token, AccessTokens tokens, HttpContext http, CancellationToken ct) =>
        AccessResults.Of(await tokens.RevokeOwnAsync(http.Caller(), token, ct));
}

/// <summary>Who the caller is.</summary>
/// <param name="User">The account.</param>
/// <param name="Permissions">What this session or token may.</param>
/// <param name="AllFacilities">In every facility.</param>
/// <param name="Facilities">Facility codes otherwise.</param>
public sealed record OwnAccountBody(UserView User, IReadOnlyList<string> Permissions, bool AllFacilities, IReadOnlyList<string> Facilities);

/// <summary>A change of one's own password.</summary>
/// <param name="Current">Present password.</param>
/// <param name="New">New one.</param>
public sealed record OwnPasswordBody([property: Required] string? Current, [property: Required] string? New);

/// <summary>Proof that it is oneself.</summary>
/// <param name="Password">Present password.</param>
public sealed record ProofBody([property: Required] string? Password);

/// <summary>A code of an authenticator app.</summary>
/// <param name="Code">Six digits.</param>
public sealed record CodeBody([property: Required] string? Code);

/// <summary>Recovery codes, told this once.</summary>
/// <param name="Codes">Ten codes, each good for one sign-in without the app.</param>
public sealed record RecoveryCodesBody(IReadOnlyList<string> Codes);
