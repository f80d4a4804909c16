namespace LienThong.Extracts;

/// <summary>The headers that fields of an extract come from, shared by all its visits.</summary>
internal static class ColumnNames
{
    /// <summary>By section and name of the field; where several columns or tables feed a field, all of them.</summary>
    public static Dictionary<SectionId, IReadOnlyDictionary<string, string>> Of(IReadOnlyList<SourcePlan> plans)
    {
        var names = new Dictionary<SectionId, Dictionary<string, string>>();
        foreach (SourcePlan plan in plans)
        {
            foreach (PartPlan part in plan.Parts)
            {
                if (!names.TryGetValue(part.Section.Id, out Dictionary<string, string>? own)) names[part.Section.Id] = own = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (FieldPlan field in part.Groups.SelectMany(g => g))
                {
                    foreach (int slot in field.Slots) Add(own, field.Mapping.Field.Name, plan.Header(slot));
                }
            }
        }

        return names.ToDictionary(n => n.Key, n => (IReadOnlyDictionary<string, string>)n.Value);
    }

    private static void Add(Dictionary<string, string> names, string field, string header)
    {
        if (!names.TryGetValue(field, out string? before)) names[field] = header;
        else if (!before.Split(" | ").Contains(header, StringComparer.Ordinal)) names[field] = before + " | " + header;
    }
}
