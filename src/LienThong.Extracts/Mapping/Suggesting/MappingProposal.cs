namespace LienThong.Extracts;

/// <summary>A mapping guessed from names and first rows; a person has to look at it.</summary>
/// <param name="Mapping">The mapping; it can be used as it is when the guesses are right.</param>
/// <param name="Columns">Every column of every table with what it was taken for.</param>
/// <param name="Problems">Tables that couldn't be read.</param>
public sealed record MappingProposal(ExtractMapping Mapping, IReadOnlyList<ColumnProposal> Columns, IReadOnlyList<ExtractProblem> Problems);

/// <summary>What a column was taken for.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Column">Its header.</param>
/// <param name="Field">The field; null when nothing fits.</param>
/// <param name="IsKey">Whether it holds the key of the visit.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Reason">Why, in Vietnamese.</param>
/// <param name="Samples">A few of its values, shortened.</param>
public sealed record ColumnProposal(string Table, string Column, VisitField? Field, bool IsKey, double Confidence, string Reason, IReadOnlyList<string> Samples);
