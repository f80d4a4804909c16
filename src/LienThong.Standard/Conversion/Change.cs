namespace LienThong.Standard;

/// <summary>What became of a value when a record was converted.</summary>
public enum ChangeKind : byte
{
    /// <summary>The same value under the name that the target release gives the field.</summary>
    Renamed,

    /// <summary>The same fact in the coding of the target release.</summary>
    Recoded,

    /// <summary>Worked out of other values of the record by the formula that the target release prints.</summary>
    Derived,

    /// <summary>A neutral value that the standard itself prescribes where nothing is known.</summary>
    Filled,

    /// <summary>Kept as it is, though the target release means or writes the field otherwise: a person has to look.</summary>
    Review,

    /// <summary>Left out: the target release has no place for it, or codes it so that the old value doesn't tell the new one.</summary>
    Dropped,

    /// <summary>The target release always wants the field and nothing in the record tells it; left empty.</summary>
    Missing,

    /// <summary>The target release wants the field in some cases and the source release had no such field; left empty.</summary>
    MissingIfNeeded,
}

/// <summary>One line of a conversion's report.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Table">The table.</param>
/// <param name="Row">Position of the row in its table, from 1; null when the table as a whole is meant.</param>
/// <param name="Field">The field as the record had it; of a missing value the field of the target release.</param>
/// <param name="Target">The field that holds the value now; empty when none does.</param>
/// <param name="Old">Text as received; empty when there was none.</param>
/// <param name="New">Text now; empty when there is none.</param>
/// <param name="Why">The reason, in Vietnamese.</param>
/// <param name="Basis">Decision, and table where one says it, that it follows; empty for what the reader could not take in.</param>
public sealed record Change(ChangeKind Kind, TableId Table, int? Row, string Field, string Target, string Old, string New, string Why, string Basis)
{
    /// <summary>True when something a person has to add or look at is left.</summary>
    public bool NeedsPerson => Kind >= ChangeKind.Review;
}
