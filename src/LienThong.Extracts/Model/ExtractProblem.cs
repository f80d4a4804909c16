using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>What is wrong in an extract, with its place.</summary>
/// <param name="Code">Stable code for programs, e.g. <c>EXT-VALUE</c> (<see cref="ExtractCodes"/>).</param>
/// <param name="Severity">A blocking problem keeps its visit out; the others tell what was ignored.</param>
/// <param name="Message">One sentence in Vietnamese.</param>
/// <param name="Fix">What to do, in Vietnamese.</param>
/// <param name="File">File, sheet or query; empty when the visit came as one document.</param>
/// <param name="Line">Line or row, from 1; 0 when no place is known.</param>
/// <param name="Column">Column header or JSON member; empty when the row as a whole is meant.</param>
/// <param name="Value">The value as it came, shortened; empty when there is none.</param>
/// <param name="Visit"><c>MA_LK</c> of the visit; empty when it isn't known.</param>
public sealed record ExtractProblem(
    string Code, Severity Severity, string Message, string Fix, string File = "", long Line = 0, string Column = "", string Value = "", string Visit = "")
{
    /// <summary>The longest part of a value that a problem shows.</summary>
    public const int ShownCharacters = 80;

    /// <summary>The value as problems show it: on one line, at most <see cref="ShownCharacters"/> characters.</summary>
    public static string Shown(string value)
    {
        string line = value.ReplaceLineEndings(" ");
        return line.Length > ShownCharacters ? line[..ShownCharacters] + "…" : line;
    }
}

/// <summary>Codes of <see cref="ExtractProblem"/>; none is ever given a second meaning.</summary>
public static class ExtractCodes
{
    /// <summary>The document or file can't be read.</summary>
    public const string Unreadable = "EXT-READ";

    /// <summary>A size, depth or count is over its limit.</summary>
    public const string TooLarge = "EXT-SIZE";

    /// <summary>The version of the model isn't known.</summary>
    public const string Version = "EXT-MODEL";

    /// <summary>A section, field or column that the model doesn't have; it was ignored.</summary>
    public const string Unknown = "EXT-UNKNOWN";

    /// <summary>A value that isn't of its kind.</summary>
    public const string Value = "EXT-VALUE";

    /// <summary>A value that has to be there.</summary>
    public const string Missing = "EXT-MISSING";

    /// <summary>More rows than the section allows.</summary>
    public const string Repeated = "EXT-REPEATED";

    /// <summary>Rows of a visit that isn't in the extract.</summary>
    public const string Orphan = "EXT-ORPHAN";

    /// <summary>The visit can't be turned into a record.</summary>
    public const string Build = "EXT-BUILD";
}
