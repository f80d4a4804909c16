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
    /// <summary>One line for logs of tests and for the command line. Holds patient data: never log it.</summary>
    public override string ToString() => $"{At} = «{Value}»: {Message} {Fix} [{Rule} · {LegalBasis}]";
}
