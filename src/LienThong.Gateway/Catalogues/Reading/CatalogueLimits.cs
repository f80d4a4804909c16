namespace LienThong.Gateway.Catalogues;

/// <summary>How much of a list's file is taken: files come from anywhere.</summary>
public sealed record CatalogueLimits
{
    /// <summary>Largest file in bytes. Default 64 MiB.</summary>
    public long FileBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Largest content after unpacking <c>.gz</c> or <c>.xlsx</c>, in bytes. Default 1 GiB.</summary>
    public long UnpackedBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Most rows with anything in them, per sheet. Default 300 000.</summary>
    public int Rows { get; init; } = 300_000;

    /// <summary>Most columns of a sheet. Default 400.</summary>
    public int Columns { get; init; } = 400;

    /// <summary>Longest text of a cell, in characters. Default 8 192.</summary>
    public int CellCharacters { get; init; } = 8192;

    /// <summary>Most row errors told one by one; the rest is counted. Default 500.</summary>
    public int Errors { get; init; } = 500;
}
