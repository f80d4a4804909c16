using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Judges one row.</summary>
internal delegate Answer RowPredicate(Row row, RecordView record);

/// <summary>Judges the record as a whole; the finding points at XML1.</summary>
internal delegate Answer RecordPredicate(RecordView record);

/// <summary>Judges the record and reports each broken row itself.</summary>
internal delegate void RecordSweep(RecordView record, Report report);

/// <summary>
/// A rule: what is known of it (for the product's own rules the catalogue row of the code), the cell it points at, and its predicate.
/// <paramref name="reads"/> are the other fields the predicate reads: when one of them has a finding of layer 1 or 2, the rule isn't judged.
/// </summary>
internal abstract class Rule(RuleInfo info, FieldId at, FieldId[] reads)
{
    public string Code => Info.Code;

    public FieldId At { get; } = at;

    public FieldId[] Reads { get; } = reads;

    public RuleInfo Info { get; } = info;
}

/// <summary>A rule over each row of the table of its cell.</summary>
internal sealed class RowRule(string code, FieldId at, RowPredicate judge, params FieldId[] reads) : Rule(RuleCatalogue.Get(code), at, reads)
{
    public RowPredicate Judge { get; } = judge;

    /// <summary>The rule judges type and form of its field, so that the generic checks of form leave it alone.</summary>
    public bool OwnsForm { get; init; }
}

/// <summary>A rule over the record with at most one finding, at a cell of XML1.</summary>
internal sealed class RecordRule(string code, FieldId at, RecordPredicate judge, params FieldId[] reads) : Rule(RuleCatalogue.Get(code), at, reads)
{
    public RecordPredicate Judge { get; } = judge;
}

/// <summary>A rule over the record with any number of findings.</summary>
internal sealed class SweepRule(string code, FieldId at, RecordSweep judge, params FieldId[] reads) : Rule(RuleCatalogue.Get(code), at, reads)
{
    public RecordSweep Judge { get; } = judge;
}
