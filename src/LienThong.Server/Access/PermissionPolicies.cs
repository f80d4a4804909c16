using LienThong.Gateway.Access;
using Microsoft.AspNetCore.Authorization;

namespace LienThong.Server.Access;

/// <summary>One policy per permission, named like it, so that endpoints say <c>RequireAuthorization(Permissions.ReadRecords)</c>.</summary>
internal static class PermissionPolicies
{
    /// <summary>Any signed-in person; the page itself shows each part only to those who may see it.</summary>
    public const string SignedIn = "signed-in";

    public static IServiceCollection AddPermissionPolicies(this IServiceCollection services)
    {
        AuthorizationBuilder policies = services.AddAuthorizationBuilder();
        foreach (string permission in Permissions.All)
        {
            policies.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().RequireAssertion(
                context => context.User.Identity is CallerIdentity { Caller: var caller } && caller.May(permission)));
        }
        policies.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        // An endpoint that forgot to say who may use it is closed rather than open; a test finds it.
        policies.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(_ => false).Build());
        return services;
    }
}
