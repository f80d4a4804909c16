using System.Collections.Immutable;
using LienThong.Standard;

namespace LienThong.Validation.Custom;

/// <summary>A mistake in a rule file.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What is wrong and what is expected, in Vietnamese.</param>
public sealed record CustomRuleError(int Line, int Column, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"dòng {Line}, cột {Column}: {Message}";
}

/// <summary>What came of reading a rule file.</summary>
/// <param name="File">The file, ready to judge; null when it has mistakes: half a file is never used.</param>
/// <param name="Errors">Its mistakes, in the order of the file.</param>
public sealed record CustomRuleLoad(CustomRuleFile? File, IReadOnlyList<CustomRuleError> Errors);

/// <summary>Rules written by a facility in YAML, checked and compiled. Immutable and thread-safe.</summary>
/// <remarks>The language is described in <c>docs/custom-rules.md</c>.</remarks>
public sealed class CustomRuleFile
{
    /// <summary>Most characters of a file.</summary>
    public const int MostCharacters = 262_144;

    /// <summary>Most rules of a file.</summary>
    public const int MostRules = 200;

    /// <summary>What the code of every custom rule begins with, so that it can't be taken for a rule of the product.</summary>
    public const string CodePrefix = "TUY-";

    internal CustomRuleFile(string name, ImmutableArray<CustomRule> compiled)
    {
        Name = name;
        Compiled = compiled;
        Rules = [.. compiled.Select(static r => r.Info)];
    }

    /// <summary>Its name for people.</summary>
    public string Name { get; }

    /// <summary>What is known of its rules, in the order of the file.</summary>
    public ImmutableArray<RuleInfo> Rules { get; }

    internal ImmutableArray<CustomRule> Compiled { get; }

    /// <summary>Reads a rule file. Never throws because of its content.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="source">Where it comes from (file name), for rules without a name of their file.</param>
    /// <param name="most">The worst severity its rules may have.</param>
    public static CustomRuleLoad Load(string yaml, string source, Severity most = Severity.Block) => new FileReader(yaml, source, most).Read();
}

/// <summary>The custom rules that judge a record. Immutable and thread-safe.</summary>
public sealed class CustomRules
{
    private readonly CustomRule[] rules;

    /// <summary>Joins files. Of rules with the same code the first counts.</summary>
    public CustomRules(IEnumerable<CustomRuleFile> files)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        rules = [.. files.SelectMany(static f => f.Compiled).Where(r => seen.Add(r.Code))];
    }

    private CustomRules() => rules = [];

    /// <summary>No custom rule.</summary>
    public static CustomRules None { get; } = new();

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => rules.Length == 0;

    internal CustomRule[] All => rules;
}
