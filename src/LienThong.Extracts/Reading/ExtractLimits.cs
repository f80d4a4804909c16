namespace LienThong.Extracts;

/// <summary>Bounds on what an extract may hold; whatever is over them is refused with a sentence.</summary>
public sealed record ExtractLimits
{
    /// <summary>The bounds used unless others are given.</summary>
    public static readonly ExtractLimits Default = new();

    /// <summary>Longest JSON of one visit, in bytes.</summary>
    public int MaxVisitBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Most rows of one section of a visit.</summary>
    public int MaxRows { get; init; } = 50_000;

    /// <summary>Longest row of a CSV file, in bytes.</summary>
    public int MaxRowBytes { get; init; } = 1024 * 1024;

    /// <summary>Most columns of a table.</summary>
    public int MaxColumns { get; init; } = 1000;

    /// <summary>Most problems told of one visit; more are only counted.</summary>
    public int MaxProblems { get; init; } = 200;
}
