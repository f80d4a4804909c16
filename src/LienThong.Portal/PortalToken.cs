using System.Globalization;
using System.Text.Json;

namespace LienThong.Portal;

/// <summary>One session at the portal.</summary>
/// <param name="AccessToken">Goes into header <c>accessToken</c>.</param>
/// <param name="IdToken">Goes into header <c>tokenId</c>.</param>
/// <param name="RenewAt">From this moment on it isn't used any more.</param>
internal sealed record PortalToken(string AccessToken, string IdToken, DateTimeOffset RenewAt)
{
    private const int LongestToken = 16 * 1024;

    /// <summary>Gets the next token without the password, where a gateway gives one; empty elsewhere.</summary>
    public string RefreshToken { get; init; } = "";

    /// <summary>Never the tokens.</summary>
    public override string ToString() => $"token, renewed at {RenewAt:O}";

    /// <summary>Reads the answer of <c>/api/token/take</c>; null when a usable pair of tokens isn't in it.</summary>
    public static PortalToken? TryRead(PortalReply reply, PortalAnswer answer, DateTimeOffset now, PortalOptions options)
    {
        if (PortalReply.Member(reply.Root, "APIKey") is not { } key)
            return null;
        string access = PortalReply.Text(key, "access_token");
        string id = PortalReply.Text(key, "id_token");
        if (!IsHeaderSafe(access) || !IsHeaderSafe(id))
            return null;
        return new PortalToken(access, id, RenewalTime(PortalReply.Member(key, "expires_in"), answer, now, options));
    }

    /// <summary>When a token is to be renewed, by what the answer says of its end.</summary>
    internal static DateTimeOffset RenewalTime(JsonElement? expiry, PortalAnswer answer, DateTimeOffset now, PortalOptions options) =>
        now + (Lifetime(expiry, answer.ServerDate ?? now) is { } known
            ? Max(known - options.RenewBefore, known / 2)
            : options.UnreadableTokenLifetime);

    /// <summary>
    /// Remaining life by <c>expires_in</c> in any of its met shapes: epoch seconds (over 1 000 000 000), seconds from now,
    /// text with or without zone (UTC). Measured against the portal's own clock, because machines in hospitals run late.
    /// Null when absent, unreadable, not positive or longer than a day: then nothing is trusted.
    /// </summary>
    internal static TimeSpan? Lifetime(JsonElement? value, DateTimeOffset portalNow)
    {
        string text = value switch
        {
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            { ValueKind: JsonValueKind.String } chars => PortalReply.AsText(chars).Trim(),
            _ => "",
        };
        TimeSpan? life = Remaining(text, portalNow);
        return life > TimeSpan.Zero && life <= TimeSpan.FromDays(1) ? life : null;
    }

    private static TimeSpan? Remaining(string text, DateTimeOffset portalNow)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            if (number is <= 0 or > 100_000_000_000_000m)
                return null;
            decimal seconds = number > 100_000_000_000m ? number / 1000 : number; // milliseconds since 1970
            return seconds > 1_000_000_000m
                ? DateTimeOffset.UnixEpoch.AddSeconds((double)seconds) - portalNow
                : TimeSpan.FromSeconds((double)seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? at - portalNow
            : null;
    }

    /// <summary>Whether a token can travel in a header.</summary>
    internal static bool IsHeaderSafe(string token) =>
        token.Length is > 0 and <= LongestToken && !token.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
