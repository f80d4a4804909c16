namespace LienThong.Extracts;

/// <summary>The mapping of a source that nobody described: its name and headers say what it is.</summary>
internal static class NameMapping
{
    /// <summary>Sheets of the Excel template that hold no data.</summary>
    private static readonly string[] Words = ["HUONGDAN", "DANHMUC", "INSTRUCTIONS", "LISTS"];

    // What XML1 has in columns of its own and the model in rows.
    private const string Main = "MA_BENH_CHINH";
    private const string MainName = "TEN_BENH_CHINH";
    private const string Secondary = "MA_BENH_KT";

    /// <summary>Whether a source holds words for people, not data.</summary>
    public static bool IsWords(string name) => Words.Contains(FoldedName.FileName(name));

    /// <summary>The section a source is named after; null when there is none.</summary>
    public static SectionSpec? SectionOf(string name)
    {
        string folded = FoldedName.FileName(name);
        foreach (SectionSpec section in VisitModel.Sections)
        {
            if (folded == FoldedName.Of(section.FileName) || folded == FoldedName.Of(section.Name) || folded == FoldedName.Of(section.LabelVi)) return section;
        }

        return null;
    }

    /// <summary>The mapping of a source by its headers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="section">The section it is named after.</param>
    /// <param name="columns">Its headers.</param>
    public static SourceMapping For(string name, SectionSpec section, IReadOnlyList<string> columns)
    {
        // A clinic keeps visit, patient and card in one table.
        SectionSpec[] sections = section.Id == SectionId.Visit ? [section, VisitModel.Of(SectionId.Patient), VisitModel.Of(SectionId.Cards)] : [section];
        var fields = sections.ToDictionary(s => s.Id, _ => new List<FieldMapping>());
        foreach (string column in columns)
        {
            foreach (SectionSpec one in sections)
            {
                if (FieldOf(one, column) is not { } field) continue;
                if (!fields[one.Id].Exists(f => f.Field == field)) fields[one.Id].Add(From(field, column));
                break;
            }
        }

        List<SectionMapping> parts = [.. sections.Where(s => fields[s.Id].Count > 0).Select(s => new SectionMapping(s, fields[s.Id]))];
        if (section.Id == SectionId.Visit) AddDiagnoses(parts, columns);
        return new SourceMapping(name) { Parts = parts, IsByName = true };
    }

    /// <summary>The field a header means: its code, in brackets of either kind or alone, or its Vietnamese name.</summary>
    public static VisitFieldSpec? FieldOf(SectionSpec section, string header)
    {
        string text = header.TrimEnd(' ', '*');
        if (text is [.., ')' or ']'] && text.LastIndexOfAny(['(', '[']) is >= 0 and int at && section.Find(text[(at + 1)..^1].Trim()) is { } coded) return coded;
        if (text.IndexOf('.', StringComparison.Ordinal) is > 0 and int dot && string.Equals(text[..dot], section.Name, StringComparison.OrdinalIgnoreCase)) text = text[(dot + 1)..];
        if (section.Find(text) is { } exact) return exact;
        string folded = FoldedName.Of(text);
        VisitFieldSpec? found = null;
        foreach (VisitFieldSpec field in section.Fields)
        {
            if (FoldedName.Of(field.Name) == folded) return field;
            if (FoldedName.Of(field.LabelVi) != folded) continue;
            if (found is not null) return null;
            found = field;
        }

        return found;
    }

    private static FieldMapping From(VisitFieldSpec field, string column) =>
        new(field) { Columns = [column], IsOffered = field.Kind is ValueKind.Code or ValueKind.Role or ValueKind.Payer };

    private static void AddDiagnoses(List<SectionMapping> parts, IReadOnlyList<string> columns)
    {
        SectionSpec section = VisitModel.Of(SectionId.Diagnoses);
        VisitFieldSpec role = section.Find("role")!;
        VisitFieldSpec code = section.Find("MA_BENH")!;
        VisitFieldSpec label = section.Find("name")!;
        if (Column(columns, Main) is { } main)
        {
            List<FieldMapping> fields = [new(role) { Constant = "main" }, From(code, main)];
            if (Column(columns, MainName) is { } name) fields.Add(From(label, name));
            parts.Add(new SectionMapping(section, fields));
        }

        if (Column(columns, Secondary) is { } secondary)
            parts.Add(new SectionMapping(section, [new(role) { Constant = "secondary" }, From(code, secondary) with { Split = ";" }]));
    }

    private static string? Column(IReadOnlyList<string> columns, string code) => columns.FirstOrDefault(c =>
        string.Equals(c.TrimEnd(' ', '*'), code, StringComparison.OrdinalIgnoreCase) || c.TrimEnd(' ', '*').EndsWith($"({code})", StringComparison.OrdinalIgnoreCase));
}
