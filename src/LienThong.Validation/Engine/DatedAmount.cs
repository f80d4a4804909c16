using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>An amount or rate that the law changes on given days; the days are data (<c>Data/amounts.csv</c>).</summary>
internal sealed class DatedAmount
{
    private static readonly Dictionary<string, DatedAmount> All = Load();

    // Latest first.
    private readonly List<Step> steps = [];

    /// <summary>Base salary in VND a month.</summary>
    public static DatedAmount BaseSalary { get; } = Get("base_salary");

    public static DatedAmount Get(string name) => All[name];

    /// <summary>The amount on a day; null before the first day known.</summary>
    public decimal? On(DateOnly day)
    {
        foreach (Step step in steps)
        {
            if (step.From <= day) return step.Value;
        }

        return null;
    }

    private static Dictionary<string, DatedAmount> Load()
    {
        var all = new Dictionary<string, DatedAmount>(StringComparer.Ordinal);
        CsvData file = CsvData.Read(typeof(RuleCatalogue).Assembly, "Data/amounts.csv");
        for (int i = 0; i < file.Count; i++)
        {
            DataRow row = file[i];
            if (!all.TryGetValue(row["name"], out DatedAmount? amount)) all.Add(row["name"], amount = new DatedAmount());
            amount.Add(new Step(CsvData.Day(row["from"]), Typed.Decimal(Encoding.UTF8.GetBytes(row["amount"])).Value));
        }

        return all;
    }

    private void Add(Step step)
    {
        int at = 0;
        while (at < steps.Count && steps[at].From > step.From) at++;
        steps.Insert(at, step);
    }

    // A class: lists of it share the code the framework already has compiled, which a cold start feels.
    private sealed class Step(DateOnly from, decimal value)
    {
        public DateOnly From => from;

        public decimal Value => value;
    }
}
