using LienThong.Standard;

namespace LienThong.Gateway.Catalogues;

/// <summary>Something wrong with a list's file or one of its rows.</summary>
/// <param name="Severity"><see cref="Severity.Block"/>: the row, or without a line the sheet or file, doesn't go in. <see cref="Severity.Warn"/>: it goes in. <see cref="Severity.Info"/>: worth knowing.</param>
/// <param name="File">Name of the file.</param>
/// <param name="Sheet">Name of the sheet; empty for CSV.</param>
/// <param name="Line">Line in the sheet, from 1; null when the sheet or file as a whole is meant.</param>
/// <param name="Column">Column by its name in the list, else its header; empty when the row is meant.</param>
/// <param name="Value">The text that is wrong, as read.</param>
/// <param name="Message">What is wrong, in Vietnamese.</param>
/// <param name="Fix">What to do, in Vietnamese.</param>
public sealed record CatalogueProblem(
    Severity Severity, string File, string Sheet, int? Line, string Column, string Value, string Message, string Fix)
{
    /// <summary>Where it is, as people say it: «MAU_03, dòng 12, cột DON_GIA».</summary>
    public string Place => string.Join(", ", new[]
    {
        Sheet, Line is { } line ? $"dòng {line}" : "", Column.Length > 0 ? $"cột {Column}" : "",
    }.Where(s => s.Length > 0));
}

/// <summary>Collects problems: the first ones whole, the rest as a count.</summary>
internal sealed class ProblemLog(string file, int most)
{
    private readonly List<CatalogueProblem> told = [];

    /// <summary>Problems kept, in the order of the file.</summary>
    public IReadOnlyList<CatalogueProblem> Told => told;

    /// <summary>Problems beyond those kept.</summary>
    public int More { get; private set; }

    public void Add(Severity severity, string sheet, int? line, string column, string value, string message, string fix)
    {
        if (told.Count >= most)
            More++;
        else
            told.Add(new CatalogueProblem(severity, file, sheet, line, column, value.Length > 100 ? value[..100] + "…" : value, message, fix));
    }
}
