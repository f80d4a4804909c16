using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// What only makes sense when a visit has ended (<c>Data/at_discharge.csv</c>): while it goes on, these rules aren't applicable. Some only
/// while their cell is still empty; a value that is there already is judged.
/// </summary>
public static class DischargeRules
{
    private static readonly Lazy<List<Entry>> Entries = new(Load);

    /// <summary>Whether a finding has to wait for the end of the visit.</summary>
    /// <param name="rule">Its rule.</param>
    /// <param name="table">Its table; empty for the record as a whole.</param>
    /// <param name="field">Its field; empty for a row or table.</param>
    /// <param name="value">What stands in the cell.</param>
    public static bool Waits(string rule, string table, string field, string value)
    {
        foreach (Entry entry in Entries.Value)
        {
            if (entry.IsFor(rule, table, field) && (!entry.WhenEmpty || string.IsNullOrWhiteSpace(value))) return true;
        }

        return false;
    }

    private static List<Entry> Load()
    {
        var entries = new List<Entry>();
        CsvData file = CsvData.Read(typeof(DischargeRules).Assembly, "Data/at_discharge.csv");
        for (int i = 0; i < file.Count; i++)
        {
            DataRow row = file[i];
            entries.Add(new Entry(row["rule"], row["table"], row["field"].Split(' '), row["when"] == "empty"));
        }

        return entries;
    }

    private sealed record Entry(string Rule, string Table, string[] Fields, bool WhenEmpty)
    {
        public bool IsFor(string rule, string table, string field) =>
            (Rule[^1] == '*' ? rule.StartsWith(Rule[..^1], StringComparison.Ordinal) : rule == Rule)
            && (Table == "*" || Table == table) && (Fields[0] == "*" || Array.IndexOf(Fields, field) >= 0);
    }
}
