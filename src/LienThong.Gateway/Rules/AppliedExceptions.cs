using LienThong.Gateway.Records;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Rules;

/// <summary>What of a record exceptions may ask for besides the finding itself.</summary>
/// <param name="VisitKind"><c>MA_LOAI_KCB</c>.</param>
/// <param name="CardPrefix">First five characters of <c>MA_THE_BHYT</c>.</param>
public readonly record struct ExceptionFacts(string VisitKind, string CardPrefix)
{
    /// <summary>Characters of a card number that are kept for exceptions: object, level and province, nothing that names a person.</summary>
    public const int CardCharacters = 5;

    /// <summary>Reads them; empty without XML1.</summary>
    public static ExceptionFacts Of(Record record) => record.Summary is not { } row ? new ExceptionFacts("", "")
        : new ExceptionFacts(row[Xml1.MA_LOAI_KCB].Text.Trim(), CardOf(row[Xml1.MA_THE_BHYT].Text));

    /// <summary>The kept part of a card number.</summary>
    public static string CardOf(string number) => number.Trim() is { Length: > CardCharacters } card ? card[..CardCharacters] : number.Trim();
}

/// <summary>Applies exceptions to findings, fresh or stored: what the rule itself said is kept beside it.</summary>
public static class AppliedExceptions
{
    /// <summary>The findings under the exceptions that hold at a moment, whatever exceptions changed them before.</summary>
    /// <returns>The list given when nothing changes.</returns>
    public static IReadOnlyList<StoredFinding> Apply(IReadOnlyList<StoredFinding> findings, ExceptionSet exceptions, ExceptionFacts record, DateTimeOffset at)
    {
        StoredFinding[]? changed = null;
        for (int i = 0; i < findings.Count; i++)
        {
            StoredFinding now = One(findings[i], exceptions, record, at);
            if (now.Equals(findings[i]))
                continue;
            changed ??= [.. findings];
            changed[i] = now;
        }
        return changed ?? findings;
    }

    /// <summary>What exceptions and causes look at.</summary>
    public static FindingFacts Facts(StoredFinding f, ExceptionFacts record) =>
        new(f.Rule, f.Given ?? f.Severity, f.Table, f.Field, f.Value, f.Department, f.Item, record.VisitKind, record.CardPrefix);

    private static StoredFinding One(StoredFinding f, ExceptionSet exceptions, ExceptionFacts record, DateTimeOffset at)
    {
        Severity given = f.Given ?? f.Severity;
        // What the reader says of the envelope is no rule and belongs to no table.
        bool envelope = f is { FromFile: true, Table.Length: 0 };
        if (!envelope && !exceptions.IsEmpty && exceptions.Decide(Facts(f, record), at) is { } decision)
            return f with { Severity = decision.Severity, Given = given, Exception = decision.Exception.Id.ToString("N"), Suppressed = decision.Suppressed };
        return f.Exception.Length == 0 ? f : f with { Severity = given, Given = null, Exception = "", Suppressed = false };
    }
}
