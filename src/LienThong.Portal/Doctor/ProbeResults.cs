namespace LienThong.Portal;

/// <summary>Whether a stage of the connection holds.</summary>
/// <param name="Ok">It does.</param>
/// <param name="Detail">What was found, or what failed, in Vietnamese.</param>
public sealed record ProbeStage(bool Ok, string Detail);

/// <summary>What the handshake showed.</summary>
/// <param name="Ok">This client trusts the server.</param>
/// <param name="Detail">What failed, in Vietnamese; empty when nothing did.</param>
/// <param name="Protocol">Version of TLS; empty without a handshake.</param>
/// <param name="Subject">Whom the server's certificate is for; empty when none was shown.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="NotAfter">When it ends; null when none was shown.</param>
public sealed record TlsProbe(bool Ok, string Detail, string Protocol, string Subject, string Issuer, DateTimeOffset? NotAfter);

/// <summary>An answer of the host to a request that means nothing.</summary>
/// <param name="Status">HTTP status; null without an answer.</param>
/// <param name="Detail">Why there is none, in Vietnamese.</param>
/// <param name="ServerDate">The server's clock; null when it doesn't tell.</param>
/// <param name="IsSimulator">A simulator answered.</param>
public sealed record HelloProbe(int? Status, string Detail, DateTimeOffset? ServerDate, bool IsSimulator);

/// <summary>How the portal took a login.</summary>
public enum LoginVerdict
{
    /// <summary>It gave a token.</summary>
    Accepted,

    /// <summary>It refused with a code: trying the same again can lock the account.</summary>
    Refused,

    /// <summary>It answered something that decides nothing.</summary>
    Unclear,

    /// <summary>No answer.</summary>
    Unreachable,
}

/// <summary>A login.</summary>
/// <param name="Verdict">How the portal took it.</param>
/// <param name="Code"><c>maKetQua</c>; empty without one.</param>
/// <param name="Detail">What the portal said or what failed; never a secret.</param>
/// <param name="HttpStatus">HTTP status; null without an answer.</param>
/// <param name="UserName">Account name the portal gives back; empty when it doesn't.</param>
/// <param name="Lifetime">Life of the token; null when it isn't told readably.</param>
/// <param name="ServerDate">The server's clock; null when it doesn't tell.</param>
public sealed record LoginProbe(
    LoginVerdict Verdict, string Code, string Detail, int? HttpStatus, string UserName, TimeSpan? Lifetime, DateTimeOffset? ServerDate)
{
    internal PortalToken? Token { get; init; }
}

/// <summary>What the record service said to a call without a document, which it can't store.</summary>
/// <param name="Code"><c>maKetQua</c>; empty without one.</param>
/// <param name="Detail">What the portal said or what failed.</param>
/// <param name="HttpStatus">HTTP status; null without an answer.</param>
public sealed record PermissionProbe(string Code, string Detail, int? HttpStatus);
