using System.Collections.Immutable;
using LienThong.Samples.Errors;

namespace LienThong.Samples;

/// <summary>Every known error. They are meant for records discharged from 01/07/2026 on.</summary>
public static class SampleErrors
{
    /// <summary>All errors; their names are unique.</summary>
    public static ImmutableArray<SampleError> All { get; } =
        [.. FormErrors.All, .. SummaryErrors.All, .. VisitErrors.All, .. MoneyErrors.All, .. DetailErrors.All, .. LineErrors.All, .. PaperErrors.All];

    /// <summary>Errors that are found only with the lists of <see cref="SampleLists"/> loaded; names unique among all.</summary>
    public static ImmutableArray<SampleError> OfLists { get; } = [.. ListErrors.All];

    /// <summary>An error by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static SampleError Get(string name) =>
        All.Concat(OfLists).FirstOrDefault(error => error.Name == name) ?? throw new ArgumentException($"Unknown error {name}.", nameof(name));
}
