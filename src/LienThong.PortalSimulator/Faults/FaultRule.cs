using System.IO.Enumeration;

namespace LienThong.PortalSimulator;

/// <summary>A fault to play, and on which calls.</summary>
public sealed record FaultRule
{
    /// <summary>What happens, one of <see cref="FaultKinds"/>, or <c>code-NNN</c> for an answer with that <c>maKetQua</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// Only this service: token, checkin, record, assessment, card, a form's name (01/DM …), or a provincial gateway's (hanoi.token,
    /// hanoi.record, hanoi.state, dienbien.token, dienbien.record, fhir.token, fhir.checkin, fhir.record, fhir.state). Default: every
    /// service that isn't a token.
    /// </summary>
    public string? Service { get; init; }

    /// <summary>Only this account name.</summary>
    public string? Account { get; init; }

    /// <summary>Only <c>MA_LK</c> of this pattern (<c>*</c> and <c>?</c>).</summary>
    public string? MaLk { get; init; }

    /// <summary>Only every n-th matching call. Default 1: each.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Played so many times, then gone. Default: without end.</summary>
    public int? Count { get; init; }

    /// <summary>Time-out: how long the call hangs before the connection is cut. Slow drip: pause between bytes. Default 120 000 and 250.</summary>
    public int? DelayMs { get; init; }

    /// <summary>Whether the document is stored before the fault shows; null: as the kind usually does.</summary>
    public bool? AfterReception { get; init; }

    /// <summary>Text for <c>code-NNN</c>; null: a usual one.</summary>
    public string? Text { get; init; }

    /// <summary>Seconds the portal's clock runs ahead (negative: behind), for <c>clock-skew</c>.</summary>
    public int Seconds { get; init; }

    internal bool StoresFirst => AfterReception ?? Kind is FaultKinds.TimeoutAfter or FaultKinds.Reset or FaultKinds.EmptyBody
        or FaultKinds.Garbled or FaultKinds.HugeBody or FaultKinds.SlowDrip or FaultKinds.WrongCharset
        or FaultKinds.Pending;

    internal bool Fits(string service, string account, string maLk) =>
        (Service is null ? !service.EndsWith("token", StringComparison.Ordinal) : Service == service)
        && (Account is null || Account == account)
        && (MaLk is null || FileSystemName.MatchesSimpleExpression(MaLk, maLk, ignoreCase: false));
}

/// <summary>Names of faults.</summary>
public static class FaultKinds
{
    /// <summary>Hangs; nothing is stored.</summary>
    public const string TimeoutBefore = "timeout-before";

    /// <summary>Stores the document, then hangs: the dangerous one.</summary>
    public const string TimeoutAfter = "timeout-after";

    /// <summary>Connection reset in the middle of the answer; with <see cref="FaultRule.AfterReception"/> false, before any answer and without storing.</summary>
    public const string Reset = "reset";

    /// <summary>HTTP 500 with an HTML page.</summary>
    public const string Http500 = "http-500";

    /// <summary>HTTP 502 with an HTML page.</summary>
    public const string Http502 = "http-502";

    /// <summary>HTTP 503 with an HTML page and <c>Retry-After</c>.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>HTTP 403 with an HTML page, as a firewall in front gives it.</summary>
    public const string AddressBlocked = "ip-blocked";

    /// <summary>HTTP 200 with an empty body.</summary>
    public const string EmptyBody = "empty-body";

    /// <summary>HTTP 200 with the first half of the JSON.</summary>
    public const string Garbled = "garbled";

    /// <summary>HTTP 200 with 8 MB of text.</summary>
    public const string HugeBody = "huge-body";

    /// <summary>The answer comes byte by byte.</summary>
    public const string SlowDrip = "slow-drip";

    /// <summary>The answer isn't UTF-8.</summary>
    public const string WrongCharset = "wrong-charset";

    /// <summary>The portal's clock runs wrong until the faults are cleared.</summary>
    public const string ClockSkew = "clock-skew";

    /// <summary>FHIR gateway: the document is stored and answered <c>pending</c>; on <c>fhir.state</c>: still pending. Elsewhere nothing.</summary>
    public const string Pending = "pending";

    /// <summary>Begins the kinds that answer with a code.</summary>
    public const string CodePrefix = "code-";

    /// <summary>All kinds but the codes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        TimeoutBefore, TimeoutAfter, Reset, Http500, Http502, Maintenance, AddressBlocked, EmptyBody, Garbled, HugeBody, SlowDrip,
        WrongCharset, ClockSkew, Pending,
    ];

    /// <summary>True when the simulator can play it.</summary>
    public static bool IsKnown(string kind) =>
        All.Contains(kind, StringComparer.Ordinal) || (kind.StartsWith(CodePrefix, StringComparison.Ordinal) && kind.Length is > 5 and <= 20);
}
