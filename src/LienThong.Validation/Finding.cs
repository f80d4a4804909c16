using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>A broken rule, tied to the very cell a person has to mend.</summary>
/// <param name="Rule">Stable rule code, e.g. <c>X1-T_BHTT-001</c>.</param>
/// <param name="Severity">How much it weighs in this case; never more than the rule's own severity.</param>
/// <param name="At">Where.</param>
/// <param name="Stt">The row's <c>STT</c> as received; empty when the table has none.</param>
/// <param name="Value">The text as received, before any conversion, cut after 500 characters; empty when the field is absent.</param>
/// <param name="Message">What is wrong, in Vietnamese.</param>
/// <param name="Fix">What to do, in Vietnamese; may be empty when the message says it.</param>
/// <param name="LegalBasis">Decision, table and line the rule comes from, as staff would quote it.</param>
/// <param name="Expected">The right value when the rule can tell it; otherwise null.</param>
public sealed record Finding(
    string Rule, Severity Severity, Cell At, string Stt, string Value, string Message, string Fix, string LegalBasis, string? Expected)
{
    /// <summary><c>MA_KHOA</c> of the row (<c>MA_KHOA_RV</c> of XML7), else of XML1, as received; empty when neither has one.</summary>
    public string Department { get; init; } = "";

    /// <summary>
    /// Who ordered, performed or signed the row, as received: <c>MA_BAC_SI</c>, <c>MA_BS</c>, <c>MA_BS_DOC_KQ</c> or <c>NGUOI_THUC_HIEN</c>
    /// (several separated by <c>;</c>); empty for tables without one, XML1 among them.
    /// </summary>
    public string Doctor { get; init; } = "";

    /// <summary>
    /// The code the row is about: <c>MA_THUOC</c>, <c>MA_VAT_TU</c>, <c>MA_DICH_VU</c>; the offending code when the cell holds disease codes;
    /// the main disease for XML1. Empty when there is none.
    /// </summary>
    public string Item { get; init; } = "";

    /// <summary>
    /// VND that the fund could cut if the finding stands. Not to be added up over the findings of a record without looking: they overlap.
    /// <list type="bullet">
    /// <item>Blocking: <c>XML1.T_BHTT</c>, because the portal refuses the record as a whole.</item>
    /// <item>Warning at an amount (<c>T_…</c>, <c>THANH_TIEN…</c>) whose right value is known: what it is too high, at most <c>T_BHTT</c> of its row; 0 when it is too low.</item>
    /// <item>Any other warning at a row of XML2 or XML3: <c>T_BHTT</c> of the row.</item>
    /// <item>Everything else, hints, and where the amount can't be read: null.</item>
    /// </list>
    /// </summary>
    public decimal? AtRisk { get; init; }

    /// <summary>
    /// The other cells the rule read, with their values: the reason is to be seen there. A field of a table with several rows is told once, as
    /// the sum of an amount or the number of rows. At most a dozen; no names of people, nothing of XML6.
    /// </summary>
    public IReadOnlyList<RelatedCell> Related { get; init; } = [];

    /// <summary>One line for logs of tests and for the command line. Holds patient data: never log it.</summary>
    public override string ToString() => $"{At} = «{Value}»: {Message} {Fix} [{Rule} · {LegalBasis}]";
}

/// <summary>A cell that a rule read beside the one it points at.</summary>
/// <param name="At">Where; without row when the whole column was read.</param>
/// <param name="Value">Text as received, or the sum of the column.</param>
public sealed record RelatedCell(Cell At, string Value);
