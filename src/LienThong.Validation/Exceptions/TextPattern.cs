using System.IO.Enumeration;

namespace LienThong.Validation;

/// <summary>Alternatives parted by <c>;</c>, each with <c>*</c> and <c>?</c>; empty matches everything.</summary>
internal readonly struct TextPattern
{
    private readonly string[]? alternatives;

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern as a person wrote it.</param>
    /// <param name="prefix">Each alternative may be followed by anything.</param>
    public TextPattern(string text, bool prefix = false)
    {
        string[] parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // A backslash would escape the character behind it; in codes it is a letter like any other.
        alternatives = parts.Length == 0 ? null : Array.ConvertAll(parts, p => p.Replace("\\", "\\\\", StringComparison.Ordinal) + (prefix && !p.EndsWith('*') ? "*" : ""));
    }

    public bool Matches(string text)
    {
        if (alternatives is null) return true;
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        foreach (string alternative in alternatives)
        {
            if (FileSystemName.MatchesSimpleExpression(alternative, trimmed)) return true;
        }

        return false;
    }
}
