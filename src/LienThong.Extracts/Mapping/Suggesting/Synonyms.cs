using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>What hospital systems call tables and columns (<c>Data/synonyms.csv</c>), folded.</summary>
internal static class Synonyms
{
    private static readonly Dictionary<(SectionId Section, string Field), string[]> Words = Load();

    /// <summary>Whether a folded header is a usual name of a field.</summary>
    public static bool Holds(VisitFieldSpec field, string folded) => Words.TryGetValue((field.Id.Section, field.Name), out string[]? words) && words.Contains(folded, StringComparer.Ordinal);

    /// <summary>The longest usual name of a section that a folded name of a table holds; 0 when it holds none.</summary>
    public static int Match(SectionSpec section, string folded)
    {
        int longest = 0;
        foreach (string word in Words.GetValueOrDefault((section.Id, ""), []))
        {
            if (folded.Contains(word, StringComparison.Ordinal)) longest = Math.Max(longest, word.Length);
        }

        return longest;
    }

    private static Dictionary<(SectionId Section, string Field), string[]> Load()
    {
        var words = new Dictionary<(SectionId Section, string Field), string[]>();
        CsvData data = CsvData.Read(typeof(Synonyms).Assembly, "Data/synonyms.csv");
        for (int i = 0; i < data.Count; i++)
        {
            SectionSpec section = VisitModel.Find(data[i]["section"]) ?? throw new FormatException($"The model has no section {data[i]["section"]}.");
            string field = data[i]["field"];
            if (field.Length > 0 && section.Find(field) is null) throw new FormatException($"The model has no field {section.Name}.{field}.");
            words.Add((section.Id, field), [.. data[i]["synonym"].Split(';').Select(FoldedName.Of)]);
        }

        return words;
    }
}
