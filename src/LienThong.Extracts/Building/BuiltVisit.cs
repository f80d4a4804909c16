using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>What became of a visit.</summary>
/// <param name="Record">The record; null when a problem blocks it. The caller disposes of it.</param>
/// <param name="Release">The release it is written in; null without a record.</param>
/// <param name="Problems">Why there is none, and what was left out or decided for the sender.</param>
/// <param name="Trace">Where each cell came from; null unless <see cref="BuildOptions.Traced"/>.</param>
public sealed record BuiltVisit(Record? Record, Release? Release, IReadOnlyList<ExtractProblem> Problems, RecordTrace? Trace);
