using LienThong.Gateway.Access.Directories;

namespace LienThong.Gateway.Access;

/// <summary>Who gets in and how. Every setting has a working default; <see cref="AccessFile"/> reads them from a file.</summary>
public sealed record AccessOptions
{
    /// <summary>What a password must be like.</summary>
    public PasswordRules Passwords { get; init; } = new();

    /// <summary>When wrong passwords and codes make a user wait.</summary>
    public LockoutRules Lockout { get; init; } = new();

    /// <summary>How long people stay signed in.</summary>
    public SessionRules Sessions { get; init; } = new();

    /// <summary>Second factor.</summary>
    public SecondFactorRules SecondFactor { get; init; } = new();

    /// <summary>Bearer tokens.</summary>
    public BearerRules Bearer { get; init; } = new();

    /// <summary>What is noted of reading, and how long the audit log is kept.</summary>
    public AuditRules Audit { get; init; } = new();

    /// <summary>The hospital's directory; null when everybody has a password here.</summary>
    public DirectoryOptions? Directory { get; init; }
}

/// <summary>What a password must be like. Passwords of a directory are the directory's business.</summary>
public sealed record PasswordRules
{
    /// <summary>Shortest length in characters, 8–100. Default 10.</summary>
    public int MinLength { get; init; } = 10;

    /// <summary>How many of the last passwords, the present one included, can't be taken again; 0–24. Default 5.</summary>
    public int Remembered { get; init; } = 5;

    /// <summary>Days after which a password has to be changed, 0–3650; 0 (default) for never.</summary>
    public int MaxAgeDays { get; init; }
}

/// <summary>When wrong passwords and codes make a user wait.</summary>
public sealed record LockoutRules
{
    /// <summary>Failed tries in a row that lock a user, 1–100. Default 5.</summary>
    public int Failures { get; init; } = 5;

    /// <summary>Minutes the lock lasts, 1–1440. Default 15.</summary>
    public int Minutes { get; init; } = 15;
}

/// <summary>How long people stay signed in.</summary>
public sealed record SessionRules
{
    /// <summary>Minutes without a request after which a session ends, 5–1440. Default 120.</summary>
    public int IdleMinutes { get; init; } = 120;

    /// <summary>Hours after which a session ends in any case, 1–168. Default 12.</summary>
    public int Hours { get; init; } = 12;
}

/// <summary>Second factor: codes of an authenticator app (RFC 6238).</summary>
public sealed record SecondFactorRules
{
    /// <summary>Roles that can't work without one, as in <see cref="Roles"/>. Default none: everybody may, nobody has to.</summary>
    public IReadOnlyList<string> RequiredFor { get; init; } = [];
}

/// <summary>Bearer tokens of systems.</summary>
public sealed record BearerRules
{
    /// <summary>Longest life in days, 1–3650. Default 366.</summary>
    public int MaxDays { get; init; } = 366;
}

/// <summary>The audit log.</summary>
public sealed record AuditRules
{
    /// <summary>Hours within which the same person reading the same thing again is noted once, 1–168. Default 24.</summary>
    public int ReadingHours { get; init; } = 24;

    /// <summary>Days entries are kept, 365–36500; 0 (default) for always.</summary>
    public int KeepDays { get; init; }
}
