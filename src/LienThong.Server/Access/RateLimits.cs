using System.Threading.RateLimiting;
using LienThong.Server.Hosting;

namespace LienThong.Server.Access;

/// <summary>How often somebody may try: signing in per address and per name, requests per bearer token. Counted on each node for itself.</summary>
internal sealed class RateLimits(ServerOptions options) : IDisposable
{
    /// <summary>Policy of the endpoints that check a password or code, per address.</summary>
    public const string SignIn = "sign-in";

    private readonly PartitionedRateLimiter<string> names = PartitionedRateLimiter.Create<string, string>(name => PerMinute(name, options.SignInsPerName));

    /// <summary>Takes a try at signing in by a name; refused when there were too many.</summary>
    public RateLimitLease TryName(string name) => names.AttemptAcquire(name.Trim().ToLowerInvariant());

    /// <inheritdoc/>
    public void Dispose() => names.Dispose();

    internal static RateLimitPartition<string> PerMinute(string key, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });
}

/// <summary>Registers the limits.</summary>
internal static class RateLimitServices
{
    public static void AddRateLimits(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<RateLimits>();
        services.AddRateLimiter(limiter =>
        {
            limiter.OnRejected = (context, _) => new ValueTask(Refusals.TooManyAsync(context.HttpContext, context.Lease));
            limiter.AddPolicy(RateLimits.SignIn, http => RateLimits.PerMinute(http.Connection.RemoteIpAddress?.ToString() ?? "", options.SignInsPerMinute));
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                http.User.Identity is CallerIdentity { AuthenticationType: Schemes.Bearer } identity
                    ? RateLimits.PerMinute(identity.Access.TokenId, options.CallsPerToken) : RateLimitPartition.GetNoLimiter(""));
        });
    }
}
