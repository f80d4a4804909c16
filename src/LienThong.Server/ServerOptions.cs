using LienThong.Gateway;

namespace LienThong.Server;

/// <summary>How the server runs.</summary>
public sealed record ServerOptions
{
    /// <summary>Data folder, database and behaviour of the use cases. The largest package is <c>Gateway.Intake.MaxFileBytes</c>.</summary>
    public required GatewayOptions Gateway { get; init; }

    /// <summary>Addresses to listen on, separated by <c>;</c>. Default <c>http://127.0.0.1:5080</c>. Port 0 picks a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Password of the first <c>admin</c> (at least 10 characters); null for a random one. From <c>LIENTHONG_ADMIN_PASSWORD</c>.</summary>
    public string? AdminPassword { get; init; }

    /// <summary>Sign-in tries per minute and address; above it the answer is 429. Default 20.</summary>
    public int SignInsPerMinute { get; init; } = 20;

    /// <summary>Sign-in tries per minute and name, from whatever addresses; above it the answer is 429. Default 10.</summary>
    public int SignInsPerName { get; init; } = 10;

    /// <summary>Requests per minute and bearer token, on this node; above it the answer is 429. Default 30 000.</summary>
    public int CallsPerToken { get; init; } = 30_000;

    /// <summary>IP addresses of reverse proxies whose <c>X-Forwarded-*</c> headers are believed. Default none.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Whether this process signs and sends. Off for a server that only shows. Default on.</summary>
    public bool RunsWorkers { get; init; } = true;

    /// <summary>Free space in bytes under which <c>/health</c> warns. Default 1 GiB.</summary>
    public long LowDiskBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Least severe of our own log messages. Default <see cref="LogLevel.Information"/>: a line for every call of the portal.</summary>
    public LogLevel Log { get; init; } = LogLevel.Information;

    /// <summary>Registers services before the product's own, so that they are kept: a clock, a portal channel. Null for none.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
