namespace LienThong.Standard;

/// <summary>How much a reader takes before it refuses; every byte from outside is hostile.</summary>
public sealed record ReaderLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static ReaderLimits Default { get; } = new();

    /// <summary>Bytes of one <c>HOSO</c> as it stands in the file (base64 included).</summary>
    public int RecordBytes { get; init; } = 192 * 1024 * 1024;

    /// <summary>Bytes of everything in the envelope that isn't a <c>HOSO</c>: header, text, signature.</summary>
    public int EnvelopeBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes of a check-in or medical-assessment document.</summary>
    public int DocumentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Rows of one table.</summary>
    public int Rows { get; init; } = 500_000;

    /// <summary>Depth of elements in an envelope or table document.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>Problems kept per file; what comes after is counted in a last problem.</summary>
    public int Problems { get; init; } = 1000;
}
