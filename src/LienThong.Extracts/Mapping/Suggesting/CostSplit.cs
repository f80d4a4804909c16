namespace LienThong.Extracts;

/// <summary>How a table that holds all costs of a visit falls into sections: by the value of one column.</summary>
/// <param name="Column">The column that says what a row is.</param>
/// <param name="Sections">The sections, with the values of the column that mean them.</param>
internal sealed record CostSplit(ColumnSample Column, IReadOnlyList<(SectionSpec Section, IReadOnlyList<string> Values)> Sections)
{
    private const int MostKinds = 20;

    // Cost groups (MA_NHOM, appendix 1 of QĐ 130/QĐ-BYT) of each section.
    private static readonly (SectionId Section, string[] Groups)[] CostGroups =
    [
        (SectionId.Exams, ["13"]),
        (SectionId.Services, ["1", "2", "3", "8", "9", "12", "18", "19"]),
        (SectionId.Beds, ["14", "15", "16"]),
        (SectionId.Supplies, ["10", "11"]),
        (SectionId.Drugs, ["4", "5", "6", "7", "17"]),
    ];

    /// <summary>Whether a section is one of costs.</summary>
    public static bool IsCost(SectionId section) => Array.Exists(CostGroups, g => g.Section == section);

    /// <summary>The split of a table; null when all its rows are of one kind, or nothing tells the kinds apart.</summary>
    public static CostSplit? Of(TableSample sample)
    {
        foreach (ColumnSample column in sample.Columns)
        {
            if (NameMapping.FieldOf(VisitModel.Of(SectionId.Services), column.Header)?.Name == "MA_NHOM" && By(column, static (s, v) => IsGroup(s, v)) is { } byGroup) return byGroup;
        }

        foreach (ColumnSample column in sample.Columns)
        {
            if (By(column, static (s, v) => IsCalled(s, v)) is { } byName) return byName;
        }

        return null;
    }

    // Every value has to mean exactly one section: otherwise rows would be left out, or taken twice.
    private static CostSplit? By(ColumnSample column, Func<SectionId, string, bool> means)
    {
        string[] values = [.. column.Shapes.Values.Distinct(StringComparer.OrdinalIgnoreCase)];
        if (values.Length is < 2 or > MostKinds || Array.Exists(values, v => CostGroups.Count(g => means(g.Section, v)) != 1)) return null;
        List<(SectionSpec Section, IReadOnlyList<string> Values)> sections =
            [.. CostGroups.Select(g => (VisitModel.Of(g.Section), (IReadOnlyList<string>)[.. values.Where(v => means(g.Section, v))])).Where(s => s.Item2.Count > 0)];
        return sections.Count > 1 ? new CostSplit(column, sections) : null;
    }

    private static bool IsGroup(SectionId section, string value) =>
        Array.Find(CostGroups, g => g.Section == section).Groups.Contains(value.TrimStart('0'), StringComparer.Ordinal);

    private static bool IsCalled(SectionId section, string value)
    {
        string folded = FoldedName.Of(value);
        SectionSpec? longest = CostGroups.Select(g => VisitModel.Of(g.Section)).MaxBy(s => Synonyms.Match(s, folded));
        return NameMapping.SectionOf(value) is { } named ? named.Id == section : longest?.Id == section && Synonyms.Match(longest, folded) > 0;
    }
}
