using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What a rule looks at and how it behaves, for those who want it explained.</summary>
public static class RuleFacts
{
    private static readonly Dictionary<string, (string Fails, string Passes)> Examples = LoadExamples();

    /// <summary>
    /// The fields a rule points at and reads, each once, the fields it points at first; empty for the checks that go over all fields
    /// and for unknown codes.
    /// </summary>
    public static IReadOnlyList<FieldId> FieldsOf(string code)
    {
        var fields = new List<FieldId>();
        foreach (Rule rule in RuleBook.All)
        {
            if (rule.Code == code && !fields.Contains(rule.At)) fields.Add(rule.At);
        }

        foreach (Rule rule in RuleBook.All)
        {
            if (rule.Code != code) continue;
            foreach (FieldId read in rule.Reads)
            {
                if (!fields.Contains(read)) fields.Add(read);
            }
        }

        return fields;
    }

    /// <summary>A change of a right record that breaks the rule and one that doesn't, as cells with values; null when the rule has none.</summary>
    /// <remarks>Written by the rules' own tests into <c>Data/examples.csv</c>, so that both are proven.</remarks>
    public static (string Fails, string Passes)? ExampleOf(string code) => Examples.TryGetValue(code, out (string Fails, string Passes) example) ? example : null;

    /// <summary>The newest name of a field in the standard, in Vietnamese; its code when it has none.</summary>
    public static string LabelOf(FieldId field)
    {
        string label = field.Name;
        foreach (Release release in Releases.All)
        {
            if (release.Field(field) is { LabelVi.Length: > 0 } spec) label = spec.LabelVi;
        }

        return label;
    }

    private static Dictionary<string, (string Fails, string Passes)> LoadExamples()
    {
        CsvData file = CsvData.Read(typeof(RuleCatalogue).Assembly, "Data/examples.csv");
        var all = new Dictionary<string, (string, string)>(file.Count, StringComparer.Ordinal);
        for (int i = 0; i < file.Count; i++) all.Add(file[i]["code"], (file[i]["fails"], file[i]["passes"]));
        return all;
    }
}
