namespace LienThong.Validation;

/// <summary>The place a person has to mend.</summary>
/// <param name="Table">Table code, e.g. <c>XML3</c>.</param>
/// <param name="Row">Position of the row in its table, from 1; null when the table as a whole is meant.</param>
/// <param name="Field">Official field code; null when a row or table as a whole is meant.</param>
public readonly record struct Cell(string Table, int? Row, string? Field)
{
    /// <summary>As people quote it: <c>XML3[4].T_BHTT</c>, <c>XML3[4]</c> or <c>XML3</c>.</summary>
    public override string ToString() =>
        (Row, Field) switch
        {
            (null, null) => Table,
            (null, _) => $"{Table}.{Field}",
            (_, null) => $"{Table}[{Row}]",
            _ => $"{Table}[{Row}].{Field}",
        };
}
