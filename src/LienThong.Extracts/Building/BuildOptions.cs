namespace LienThong.Extracts;

/// <summary>What of a visit that isn't insured goes into its record (health book, QĐ 31/QĐ-BYT; CV 4395/BYT-BH).</summary>
public enum UninsuredTables
{
    /// <summary>Tables 1 and 8 and the papers that were issued: all that has to be sent.</summary>
    HealthBook,

    /// <summary>Every table, as for an insured visit.</summary>
    All,
}

/// <summary>How visits are turned into records. A facility's setting; the same options give the same record.</summary>
public sealed record BuildOptions
{
    /// <summary>The usual way.</summary>
    public static readonly BuildOptions Default = new();

    /// <summary>Keeps for each cell where its value came from.</summary>
    public bool Traced { get; init; }

    /// <summary>Builds visits that go on too, by the release of today's <c>NGAY_VAO</c>: for checking before the end, never for sending.</summary>
    public bool AllowsOpen { get; init; }

    /// <summary>Tables of visits that aren't insured.</summary>
    public UninsuredTables Uninsured { get; init; } = UninsuredTables.HealthBook;
}
