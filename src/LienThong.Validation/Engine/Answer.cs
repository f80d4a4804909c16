using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// What a predicate answers: a verdict, with details only when the rule is broken.
/// A <see langword="bool"/> becomes Holds or Broken, a <see cref="Breach"/> becomes Broken with its details.
/// </summary>
internal readonly struct Answer
{
    private Answer(Verdict verdict, Breach? breach = null, CodeList? uncovered = null)
    {
        Verdict = verdict;
        Breach = breach;
        UncoveredBy = uncovered;
    }

    public static Answer Holds => default;

    public static Answer Broken => new(Verdict.Broken);

    public static Answer NotApplicable => new(Verdict.NotApplicable);

    /// <summary>A value it reads is malformed, or missing though it must be there; another rule reports that.</summary>
    public static Answer Malformed => new(Verdict.NotChecked);

    /// <summary>The list says nothing about the day this row is compared with.</summary>
    public static Answer Uncovered(CodeList list) => new(Verdict.NotChecked, null, list);

    public Verdict Verdict { get; }

    public CodeList? UncoveredBy { get; }

    public Breach? Breach { get; }

    public static implicit operator Answer(bool holds) => holds ? Holds : Broken;

    public static implicit operator Answer(Breach breach) => new(Verdict.Broken, breach);

    /// <summary>The answer for a read that isn't present: absent is nothing to judge, malformed is not checked.</summary>
    public static Answer Missing<T>(Read<T> read)
        where T : struct => read.IsMalformed ? Malformed : NotApplicable;
}

/// <summary>Details of a broken rule, made only when it is broken: another cell, a milder severity, values for the message.</summary>
internal sealed class Breach
{
    private List<KeyValuePair<string, string>>? parts;

    /// <summary>The cell to mend when it isn't the rule's own; must be a field of the same row, or of XML1 for a record rule.</summary>
    public FieldId? Field { get; private set; }

    /// <summary>A milder severity than the rule's; null for the rule's own.</summary>
    public Severity? Severity { get; private set; }

    public string? Expected { get; private set; }

    /// <summary>The offending part of the value (an item of a list); null for the whole text.</summary>
    public string? Part { get; private set; }

    /// <summary>A message for this case instead of the rule's; null for the rule's own.</summary>
    public string? Message { get; private set; }

    /// <summary>Cells of other rows that show the reason; null for none.</summary>
    public List<RelatedCell>? Beside { get; private set; }

    public static Breach Of(FieldId field) => new() { Field = field };

    public static Breach As(Severity severity) => new() { Severity = severity };

    public static Breach Expect(string expected) => new() { Expected = expected };

    public static Breach Expect(decimal expected) => new() { Expected = Show.Money(expected) };

    public static Breach OfPart(ReadOnlySpan<byte> part) => new() { Part = System.Text.Encoding.UTF8.GetString(part) };

    public static Breach With(string name, string value) => new Breach().And(name, value);

    public Breach At(FieldId field)
    {
        Field = field;
        return this;
    }

    public Breach Weighing(Severity severity)
    {
        Severity = severity;
        return this;
    }

    public Breach Expecting(string expected)
    {
        Expected = expected;
        return this;
    }

    /// <summary>Fills a placeholder of the message.</summary>
    public Breach And(string name, string value)
    {
        (parts ??= []).Add(new(name, value));
        return this;
    }

    /// <summary>Names a cell of another row that shows the reason, such as the line this one repeats.</summary>
    public Breach BesideCell(Row row, FieldId field)
    {
        if (FindingContext.MayShow(field)) (Beside ??= []).Add(FindingContext.Of(row, field));
        return this;
    }

    /// <summary>What was found, for findings that have no cell with a value.</summary>
    public Breach Showing(string found)
    {
        Part = found;
        return this;
    }

    /// <summary>Another message than the rule's.</summary>
    public Breach Saying(string message)
    {
        Message = message;
        return this;
    }

    public string? Find(string name)
    {
        if (parts is null) return null;
        foreach ((string key, string value) in parts)
        {
            if (key == name) return value;
        }

        return null;
    }
}
