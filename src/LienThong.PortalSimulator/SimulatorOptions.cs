namespace LienThong.PortalSimulator;

/// <summary>How the simulator behaves. The defaults are the strict portal on a free loopback port.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Addresses to listen on, separated by semicolons. Port 0 takes a free one. Default <c>http://127.0.0.1:0</c>.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>Accounts that may log in.</summary>
    public IReadOnlyList<SimulatorAccount> Accounts { get; init; } = [];

    /// <summary>Let unknown accounts in as well, for any facility; the password of an account's first login counts from then on. Default false.</summary>
    public bool AcceptAnyAccount { get; init; }

    /// <summary>Cards the lookup knows.</summary>
    public IReadOnlyList<SimulatorCard> Cards { get; init; } = [];

    /// <summary>Staff registered for card lookups, citizen number → full name. Empty: everybody may look up.</summary>
    public IReadOnlyDictionary<string, string> Staff { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>PEM of the authorities signers' certificates must come from; null: only mathematics, profile and registered serials count.</summary>
    public string? TrustedAuthorityPem { get; init; }

    /// <summary>Refuse unsigned documents (code 123 without <c>CHUKYDONVI</c>, 125 without signature). A signature that is there is verified in any case. Default true.</summary>
    public bool SignatureRequired { get; init; } = true;

    /// <summary>Seed of tokens; the same seed and clock give the same tokens and transaction numbers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Life of a token. Default 10 minutes.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>In which shape <c>expires_in</c> is given.</summary>
    public ExpiresInShape ExpiresIn { get; init; } = ExpiresInShape.UtcText;

    /// <summary>Give <c>maKetQua</c> as a number instead of a string.</summary>
    public bool NumericCodes { get; init; }

    /// <summary>Điện Biên's portal takes the clear password instead of its digest: two sources disagree. Default false.</summary>
    public bool DienBienClearPassword { get; init; }

    /// <summary>Let a lower-case password digest in. Default false.</summary>
    public bool AcceptLowerCaseDigest { get; init; }

    /// <summary>Refuse documents that begin with a UTF-8 byte-order mark (code 201). Default true.</summary>
    public bool RefuseByteOrderMark { get; init; } = true;

    /// <summary>Time every answer takes besides the work itself. Default none.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Largest document in bytes, after base64; larger ones get code 1001. Default 100 MB.</summary>
    public int MaxDocumentBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>Code for a replacement of a record whose month is already requested for payment (<see cref="PortalSimulatorHost.SettleMonth"/>). How the real portal does it is not published. Default 701.</summary>
    public string SettledCode { get; init; } = "701";

    /// <summary>Requests kept for <c>/_sim/requests</c>; older ones are forgotten. Default 20 000.</summary>
    public int KeepRequests { get; init; } = 20_000;

    /// <summary>Document bytes kept in memory; beyond it the oldest contents are forgotten, their hashes stay. Default 512 MiB.</summary>
    public long KeepDocumentBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of every request after it is answered, for a live display. Must be quick and must not throw.</summary>
    public Action<SimulatorRequest>? OnRequest { get; init; }
}

/// <summary>Shapes of <c>expires_in</c> met in the field.</summary>
public enum ExpiresInShape
{
    /// <summary><c>2026-07-27T01:37:07.9726Z</c>.</summary>
    UtcText,

    /// <summary><c>2026-07-27T01:37:07.9726</c>: UTC without saying so.</summary>
    TextWithoutZone,

    /// <summary>Seconds since 1970 as a number.</summary>
    EpochSeconds,

    /// <summary>Seconds from now as a number.</summary>
    SecondsFromNow,
}

/// <summary>An account of a facility.</summary>
/// <param name="FacilityCode"><c>maCSKCB</c>; empty for any facility.</param>
/// <param name="UserName">Account name.</param>
/// <param name="Password">Clear password; invented, this is a simulator.</param>
public sealed record SimulatorAccount(string FacilityCode, string UserName, string Password)
{
    /// <summary>Serials (hexadecimal) of certificates registered for the facility; empty: any serial goes.</summary>
    public IReadOnlyList<string> CertificateSerials { get; init; } = [];

    /// <summary>True: every call is answered 403.</summary>
    public bool Locked { get; init; }

    /// <summary>Facility and account, never the password.</summary>
    public override string ToString() => $"{UserName} ({FacilityCode})";
}

/// <summary>An invented card.</summary>
/// <param name="CardNumber"><c>maThe</c>.</param>
/// <param name="FullName"><c>hoTen</c>.</param>
/// <param name="BirthDate"><c>ngaySinh</c>, <c>dd/MM/yyyy</c> or <c>yyyy</c>.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidTo">Last day.</param>
public sealed record SimulatorCard(string CardNumber, string FullName, string BirthDate, DateOnly ValidFrom, DateOnly ValidTo)
{
    /// <summary>First-registration facility <c>maDKBD</c>.</summary>
    public string RegisteredFacility { get; init; } = "";

    /// <summary>Sex as shown: Nam or Nữ.</summary>
    public string Sex { get; init; } = "";

    /// <summary>A code that is always answered for this card, for example 110; null: judged by the dates.</summary>
    public string? FixedCode { get; init; }
}
