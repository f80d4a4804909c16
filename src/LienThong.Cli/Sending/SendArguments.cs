namespace LienThong.Cli.Sending;

/// <summary>What <c>send</c> was asked to do.</summary>
internal sealed record SendArguments
{
    /// <summary>Files and folders.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Data folder.</summary>
    public required string Data { get; init; }

    /// <summary>PostgreSQL instead of SQLite.</summary>
    public string? Postgres { get; init; }

    /// <summary>Address of the portal.</summary>
    public required Uri Portal { get; init; }

    /// <summary>Facility code.</summary>
    public required string Facility { get; init; }

    /// <summary>Account on the portal.</summary>
    public required string Account { get; init; }

    /// <summary>File with the account's password.</summary>
    public required string PasswordFile { get; init; }

    /// <summary>Key file.</summary>
    public required string Pfx { get; init; }

    /// <summary>File with the key's password.</summary>
    public required string PfxPasswordFile { get; init; }

    /// <summary>How long to wait for retries that fall due.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>JSON instead of text.</summary>
    public bool Json { get; init; }
}
