using LienThong.Extracts;

namespace LienThong.Gateway.Intake.Mapping;

/// <summary>What a column of a table is used for.</summary>
/// <param name="Column">Its header.</param>
/// <param name="Field">The field; null for none.</param>
/// <param name="IsKey">It holds the key of the visit.</param>
public sealed record ColumnChoice(string Column, VisitField? Field, bool IsKey);

/// <summary>What a table is used for.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Section">What a row of it is.</param>
/// <param name="Columns">Its columns.</param>
public sealed record TableChoice(string Table, SectionId Section, IReadOnlyList<ColumnChoice> Columns);

/// <summary>Choices made column by column, and the mapping they make.</summary>
public static class MappingChoices
{
    // A row of visits often holds the patient, a card and the diagnoses too.
    private static readonly SectionId[] BesideVisit = [SectionId.Patient, SectionId.Cards, SectionId.Diagnoses];

    /// <summary>Sections whose fields the columns of a table can be.</summary>
    public static IReadOnlyList<SectionId> SectionsOf(SectionId section) => section == SectionId.Visit ? [SectionId.Visit, .. BesideVisit] : [section];

    /// <summary>Whether a source says more than choices can: such a table is changed in the YAML text only.</summary>
    public static bool IsBeyond(SourceMapping source) =>
        source.Parts.Any(p => p.When.Count > 0 || p.Groups > 1 || p.Fields.Any(f => f.Split is not null))
        || source.Parts.SelectMany(p => p.Fields).SelectMany(f => f.Columns).GroupBy(c => c, StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1);

    /// <summary>The choices a mapping makes for a table.</summary>
    public static TableChoice Of(ExtractMapping mapping, string table, IReadOnlyList<string> columns)
    {
        SourceMapping? source = mapping.Find(table);
        string key = source?.Key ?? mapping.Key;
        SectionId section = source?.Parts is [SectionMapping first, ..] ? first.Section.Id : VisitModel.Find(Path.GetFileNameWithoutExtension(table))?.Id ?? SectionId.Visit;
        return new TableChoice(table, section, [.. columns.Select(c => new ColumnChoice(c, FieldOf(source, c), string.Equals(c, key, StringComparison.OrdinalIgnoreCase)))]);
    }

    /// <summary>The mapping that choices make of another one; what they don't speak of stays.</summary>
    public static ExtractMapping Apply(ExtractMapping mapping, IReadOnlyList<TableChoice> choices)
    {
        List<SourceMapping> sources = [];
        foreach (TableChoice choice in choices)
        {
            SourceMapping? before = mapping.Find(choice.Table);
            if (before is not null && IsBeyond(before))
                sources.Add(before);
            else if (choice.Columns.Any(c => c.Field is not null))
                sources.Add(Source(before ?? new SourceMapping(choice.Table), choice, mapping.Key));
        }
        sources.AddRange(mapping.Sources.Where(s => !choices.Any(c => mapping.Find(c.Table) == s)));
        // The table of visits says which visits there are: it comes first.
        return mapping with { Sources = [.. sources.OrderBy(s => s.Parts.Any(p => p.Section.Id == SectionId.Visit) ? 0 : 1)] };
    }

    private static SourceMapping Source(SourceMapping before, TableChoice choice, string usualKey)
    {
        string? key = choice.Columns.FirstOrDefault(c => c.IsKey)?.Column;
        List<SectionMapping> parts = [];
        foreach (SectionId section in SectionsOf(choice.Section))
        {
            List<FieldMapping> fields = [.. Kept(before, section)];
            foreach (IGrouping<VisitField, ColumnChoice> chosen in choice.Columns.Where(c => c.Field?.Section == section).GroupBy(c => c.Field!.Value))
                fields.Add(Field(before, chosen.Key, [.. chosen.Select(c => c.Column)]));
            if (fields.Count > 0)
                parts.Add(new SectionMapping(VisitModel.Of(section), fields));
        }
        return before with { Key = key is null || string.Equals(key, usualKey, StringComparison.OrdinalIgnoreCase) ? null : key, Parts = parts, IsByName = false };
    }

    // How a value is read stays while its column stays.
    private static FieldMapping Field(SourceMapping before, VisitField field, IReadOnlyList<string> columns)
    {
        FieldMapping? known = before.Parts.SelectMany(p => p.Fields).FirstOrDefault(f => f.Field.Id == field);
        return known is not null && known.Columns.SequenceEqual(columns, StringComparer.OrdinalIgnoreCase)
            ? known : new FieldMapping(field.Spec) { Columns = columns, With = columns.Count > 1 ? " " : "" };
    }

    private static IEnumerable<FieldMapping> Kept(SourceMapping before, SectionId section) =>
        before.Parts.Where(p => p.Section.Id == section).SelectMany(p => p.Fields).Where(f => f.Columns.Count == 0);

    private static VisitField? FieldOf(SourceMapping? source, string column) =>
        source?.Parts.SelectMany(p => p.Fields).FirstOrDefault(f => f.Columns.Contains(column, StringComparer.OrdinalIgnoreCase))?.Field.Id;
}
