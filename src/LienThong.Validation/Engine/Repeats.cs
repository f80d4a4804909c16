using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// Remembers, per rule and record, the last row whose cell kept the rule: lines of one record name the same doctor, department or disease
/// again and again, and what holds for a text on a day holds for the next row too.
/// </summary>
internal sealed class Repeats
{
    private const int MostRules = 64;
    private static int rules;
    private readonly int[] positions = new int[MostRules];
    private readonly DateOnly[] days = new DateOnly[MostRules];

    /// <summary>A place for one rule; only for rules whose answer depends on the cell and the day alone.</summary>
    public static int Place() => Interlocked.Increment(ref rules) - 1;

    /// <summary>Begins with another record.</summary>
    public void Start() => Array.Clear(positions);

    /// <summary>True when a former row with this text, on this day, kept the rule.</summary>
    public bool Kept(int place, Row row, FieldId field, DateOnly day)
    {
        int before = positions[place];
        return before > 0 && days[place] == day && row.Table[before - 1][field].Trimmed.SequenceEqual(row[field].Trimmed);
    }

    /// <summary>This row kept the rule.</summary>
    public void Keep(int place, Row row, DateOnly day)
    {
        positions[place] = row.Position;
        days[place] = day;
    }
}
