using System.Globalization;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>An amount or rate that the law changes on given days; the days are data (<c>Data/amounts.csv</c>).</summary>
internal sealed class DatedAmount
{
    private static readonly Dictionary<string, DatedAmount> All = Load();

    private readonly List<(DateOnly From, decimal Value)> steps = [];

    /// <summary>Base salary in VND a month.</summary>
    public static DatedAmount BaseSalary { get; } = Get("base_salary");

    public static DatedAmount Get(string name) => All[name];

    /// <summary>The amount on a day; null before the first day known.</summary>
    public decimal? On(DateOnly day)
    {
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            if (steps[i].From <= day) return steps[i].Value;
        }

        return null;
    }

    private static Dictionary<string, DatedAmount> Load()
    {
        var all = new Dictionary<string, DatedAmount>(StringComparer.Ordinal);
        foreach (CsvRow row in CsvData.Read("Data/amounts.csv"))
        {
            if (!all.TryGetValue(row["name"], out DatedAmount? amount)) all.Add(row["name"], amount = new DatedAmount());
            DateOnly from = DateOnly.ParseExact(row["from"], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            amount.steps.Add((from, decimal.Parse(row["amount"], CultureInfo.InvariantCulture)));
            amount.steps.Sort(static (a, b) => a.From.CompareTo(b.From));
        }

        return all;
    }
}
