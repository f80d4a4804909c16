using LienThong.Standard;

namespace LienThong.Validation.Tests;

/// <summary>Small code lists for tests.</summary>
internal static class Lists
{
    /// <summary>A complete list of these codes, always valid, without further columns.</summary>
    public static CodeList Of(string name, params string[] codes)
    {
        var builder = new CodeListBuilder(ListDefinitions.Get(name), ListDefinitions.Get(name).Columns[0].Name);
        foreach (string code in codes) builder.Add([code]);
        return builder.Build();
    }

    /// <summary>Facilities enough for a list to count as the country's; the rules over their attributes look at none of them.</summary>
    public static IEnumerable<string> ManyFacilities() => Enumerable.Range(1, NationalLists.Facilities.LeastRows).Select(i => $"9{i + 10_000:D5}||||");

    /// <summary>
    /// A complete list from lines of cells separated by <c>|</c>; the first line names the columns. A column <c>from</c> or <c>to</c>
    /// (yyyy-MM-dd) gives the validity, <c>accepted</c> (0, 1) what the portal said.
    /// </summary>
    public static CodeList Table(string name, string columns, params string[] rows)
    {
        string[] names = columns.Split('|');
        var builder = new CodeListBuilder(ListDefinitions.Get(name), names);
        foreach (string row in rows)
        {
            string[] cells = row.Split('|');
            string Cell(string column) => Array.IndexOf(names, column) is >= 0 and var at ? cells[at] : "";
            builder.Add(cells, Day(Cell("from")), Day(Cell("to")), Cell("accepted") switch { "1" => true, "0" => false, _ => null }, Cell("status") == "unconfirmed");
        }

        return builder.Build();
    }

    private static DateOnly? Day(string text) => text.Length == 0 ? null : CsvData.Day(text);
}
