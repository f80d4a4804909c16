namespace LienThong.Extracts;

/// <summary>Guesses a mapping from the headers and first rows of an extract's tables.</summary>
public static class MappingSuggester
{
    private const int SampleRows = 200;
    private const double LeastConfidence = 0.5;
    private static readonly VisitFieldSpec Key = VisitFields.Visit.MA_LK.Spec;

    /// <summary>Guesses.</summary>
    /// <param name="tables">The tables; each is opened and its first rows are read.</param>
    public static MappingProposal Suggest(IReadOnlyList<ExtractTable> tables)
    {
        var samples = new List<TableSample>();
        var problems = new List<ExtractProblem>();
        foreach (ExtractTable table in tables)
        {
            if (NameMapping.IsWords(table.Name)) continue;
            try
            {
                using RowSource rows = table.Open(null);
                samples.Add(TableSample.Of(rows, SampleRows));
            }
            catch (UnreadableExtractException e)
            {
                problems.Add(e.Problem);
            }
        }

        bool comma = samples.Exists(s => s.Columns.Any(c => c.Shapes.HasComma()));
        NumberForm numbers = comma ? NumberForm.Comma : NumberForm.Point;
        var columns = new List<ColumnProposal>();
        var sources = new List<SourceMapping>();
        foreach ((TableSample sample, SectionSpec section) in Sections(samples, numbers)) sources.Add(Source(sample, section, numbers, columns));
        return new MappingProposal(new ExtractMapping { Numbers = numbers, Sources = sources }, columns, problems);
    }

    // Each table is what its columns and its name say most of; the one that is most a table of visits is that of the visits.
    private static List<(TableSample Sample, SectionSpec Section)> Sections(List<TableSample> samples, NumberForm numbers)
    {
        var chosen = samples.ConvertAll(s => (Sample: s, Section: VisitModel.Sections.MaxBy(section => Score(s, section, numbers))!));
        if (chosen.Count > 0 && !chosen.Exists(c => c.Section.Id == SectionId.Visit))
        {
            SectionSpec visit = VisitModel.Of(SectionId.Visit);
            int best = Enumerable.Range(0, chosen.Count).MaxBy(i => Score(samples[i], visit, numbers));
            chosen[best] = (samples[best], visit);
        }

        return [.. chosen.OrderBy(c => c.Section.Id)];
    }

    private static double Score(TableSample sample, SectionSpec section, NumberForm numbers)
    {
        double score = NameMapping.SectionOf(sample.Name)?.Id == section.Id ? 10 : 0.5 * Synonyms.Match(section, FoldedName.FileName(sample.Name));
        foreach (VisitFieldSpec field in section.Fields)
        {
            double best = sample.Columns.Max(c => (double?)ColumnMatch.Of(c, field, numbers).Confidence) ?? 0;
            score += best >= LeastConfidence ? best * (field.IsRequired ? 2 : 1) : field.IsRequired && field.Default.Length == 0 ? -0.5 : 0;
        }

        return score;
    }

    private static SourceMapping Source(TableSample sample, SectionSpec section, NumberForm numbers, List<ColumnProposal> told)
    {
        CostSplit? split = CostSplit.IsCost(section.Id) ? CostSplit.Of(sample) : null;
        SectionSpec[][] groups = split is not null ? [.. split.Sections.Select(s => new[] { s.Section })]
            : section.Id == SectionId.Visit ? [[section, VisitModel.Of(SectionId.Patient), VisitModel.Of(SectionId.Cards), VisitModel.Of(SectionId.Diagnoses)]]
            : [[section]];
        Dictionary<ColumnSample, (VisitFieldSpec Field, ColumnMatch Match)>[] taken = [.. groups.Select(g => Taken(sample, g, numbers))];
        foreach (ColumnSample column in sample.Columns)
        {
            (VisitFieldSpec? field, ColumnMatch match) = (null, new ColumnMatch(0, split?.Column == column ? "Cho biết mỗi dòng là loại chi phí nào." : "Chưa nhận ra cột này."));
            if (Array.Find(taken, t => t.ContainsKey(column)) is { } holder) (field, match) = holder[column];
            told.Add(new ColumnProposal(sample.Name, column.Header, field?.Id, field == Key, match.Confidence, match.Reason, [.. column.Shapes.Values.Take(3).Select(ExtractProblem.Shown)]));
        }

        return new SourceMapping(sample.Name)
        {
            Key = taken.SelectMany(static t => t).FirstOrDefault(t => t.Value.Field == Key).Key?.Header,
            Parts = [.. groups.SelectMany((g, i) => g.Select(s => Part(s, taken[i], split is null ? [] : [new WhenMapping(split.Column.Header, split.Sections[i].Values)]))).OfType<SectionMapping>()],
        };
    }

    // Which column is taken for which field of these sections, or for the key of the visit: the surest first, each once.
    private static Dictionary<ColumnSample, (VisitFieldSpec Field, ColumnMatch Match)> Taken(TableSample sample, SectionSpec[] sections, NumberForm numbers)
    {
        var all = new List<(ColumnSample Column, VisitFieldSpec Field, ColumnMatch Match)>();
        foreach (ColumnSample column in sample.Columns)
        {
            all.Add((column, Key, ColumnMatch.Of(column, Key, numbers)));
            foreach (VisitFieldSpec field in sections.SelectMany(s => s.Fields))
            {
                if (field != Key) all.Add((column, field, ColumnMatch.Of(column, field, numbers)));
            }
        }

        var taken = new Dictionary<ColumnSample, (VisitFieldSpec Field, ColumnMatch Match)>();
        var filled = new HashSet<VisitField>();
        foreach ((ColumnSample column, VisitFieldSpec field, ColumnMatch match) in all.Where(a => a.Match.Confidence >= LeastConfidence).OrderByDescending(a => a.Match.Confidence))
        {
            if (taken.ContainsKey(column) || !filled.Add(field.Id)) continue;
            taken[column] = (field, match);
        }

        return taken;
    }

    private static SectionMapping? Part(SectionSpec section, Dictionary<ColumnSample, (VisitFieldSpec Field, ColumnMatch Match)> taken, IReadOnlyList<WhenMapping> when)
    {
        var fields = new List<FieldMapping>();
        foreach (VisitFieldSpec field in section.Fields)
        {
            if (taken.FirstOrDefault(t => t.Value.Field == field).Key is { } column) fields.Add(Field(field, column));
        }

        if (fields.Count == 0) return null;
        if (section.Id == SectionId.Diagnoses && !fields.Exists(f => f.Field.Name == "role")) fields.Insert(0, new FieldMapping(section.Find("role")!) { Constant = "main" });
        return new SectionMapping(section, fields) { When = when };
    }

    private static FieldMapping Field(VisitFieldSpec field, ColumnSample column)
    {
        var mapping = new FieldMapping(field) { Columns = [column.Header] };
        if (field.Name == "GIOI_TINH" && column.Shapes.Sexes() is { } sexes) mapping = mapping with { Values = sexes };
        if (field.Kind is ValueKind.Day or ValueKind.Moment or ValueKind.Birth && column.Shapes.Format() is { } format) mapping = mapping with { Formats = [format] };
        return mapping;
    }
}
