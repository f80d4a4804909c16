using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>One visit as it was read.</summary>
/// <param name="Visit">The visit; null when nothing of it could be read.</param>
/// <param name="Problems">What is wrong with it.</param>
public sealed record VisitReading(Visit? Visit, IReadOnlyList<ExtractProblem> Problems)
{
    /// <summary>Whether the visit can be turned into a record.</summary>
    public bool IsUsable => Visit is not null && !Problems.Any(p => p.Severity == Severity.Block);
}
