using System.Globalization;
using LienThong.Standard;

namespace LienThong.Validation.Tests;

/// <summary>Tells the examples of a rule by the cells in which they differ from the clean record they start from.</summary>
internal static class Changes
{
    private const int Shown = 4;
    private const int Longest = 60;

    /// <summary>What the breaking record has in the cells it changed, and what the keeping one (or the clean record) has there.</summary>
    public static (string Fails, string Passes) Of(string start, Action<RecordBuilder> breaks, Action<RecordBuilder>? keeps)
    {
        Dictionary<string, string> clean = Cells(start, null);
        Dictionary<string, string> broken = Cells(start, breaks);
        Dictionary<string, string> kept = Cells(start, keeps);
        string[] failing = [.. broken.Keys.Union(clean.Keys, StringComparer.Ordinal).Where(k => Text(broken, k) != Text(clean, k)).Order(StringComparer.Ordinal)];
        string[] passing = [.. failing.Union(kept.Keys.Union(clean.Keys, StringComparer.Ordinal).Where(k => Text(kept, k) != Text(clean, k)), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return (Told(failing, broken), Told(passing, kept));
    }

    private static string Told(string[] cells, Dictionary<string, string> values) =>
        string.Join("; ", cells.Take(Shown).Select(c => $"{c} = «{Cut(Text(values, c))}»")) + (cells.Length > Shown ? string.Create(CultureInfo.InvariantCulture, $" và {cells.Length - Shown} ô khác") : "");

    private static string Text(Dictionary<string, string> cells, string cell) => cells.GetValueOrDefault(cell, "");

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "…";

    private static Dictionary<string, string> Cells(string start, Action<RecordBuilder>? change)
    {
        RecordBuilder builder = start == "checkin" ? A.CleanCheckIn() : CleanRecordTests.Build(start);
        change?.Invoke(builder);
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int t = 0; t < TableNames.Count; t++)
        {
            IList<RowBuilder> rows = builder.Rows((TableId)t);
            for (int r = 0; r < rows.Count; r++)
            {
                foreach (FieldId field in Fields((TableId)t))
                {
                    if (rows[r][field] is { Length: > 0 } text) cells[$"{((TableId)t).Code()}[{r + 1}].{field.Name}"] = text;
                }
            }
        }

        return cells;
    }

    private static IEnumerable<FieldId> Fields(TableId table) =>
        Releases.All.SelectMany(r => r.Table(table)?.Fields.Select(f => f.Id) ?? []).Distinct();
}
