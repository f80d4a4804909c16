using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The generic checks of one table of one release, compiled into arrays; one pass over the cells.</summary>
internal sealed class TableChecks
{
    private readonly TableSpec spec;
    private readonly FieldCheck[] fields;
    private readonly SamePair[] pairs;

    private TableChecks(TableSpec spec, FieldCheck[] fields, SamePair[] pairs)
    {
        this.spec = spec;
        this.fields = fields;
        this.pairs = pairs;
        Stt = Find(spec, "STT");
        MaLk = spec.Id == TableId.Xml1 ? null : Find(spec, "MA_LK");
    }

    public FieldId? Stt { get; }

    /// <summary>The checks of the fields, in official order.</summary>
    public ReadOnlySpan<FieldCheck> Fields => fields;

    private FieldId? MaLk { get; }

    public static TableChecks Compile(TableSpec spec, DateOnly day, RowRule[] ownForm)
    {
        var parameters = new List<Parameter>();
        var copies = new List<SamePair>();
        foreach (Parameter parameter in Parameter.All)
        {
            if (parameter.Field.Table != spec.Id || !parameter.AppliesOn(day)) continue;
            parameters.Add(parameter);
            if (parameter.Kind == ParameterKind.Same && spec.Find(parameter.Field) is not null) copies.Add(Pair(parameter));
        }

        var checks = new FieldCheck[spec.List.Length];
        for (int i = 0; i < checks.Length; i++) checks[i] = Compile(spec.List[i], parameters, ownForm);
        return new TableChecks(spec, checks, [.. copies]);
    }

    public void Judge(Table table, RecordView record, Report report)
    {
        if (table.Count == 0)
        {
            if (spec.Id != TableId.Xml1) report.Add(Families.EmptyTable, spec.Id, null);
            return;
        }

        bool skipStructure = spec.Id == TableId.Xml1 && Structure.FollowsOlderRelease(table, spec, record, report);
        if (!skipStructure) Structure.JudgeOrder(table, spec, report);
        for (int i = 0; i < table.Count; i++)
        {
            Row row = table[i];
            foreach (FieldCheck field in fields)
            {
                Value value = row[field.Field];
                if (value.IsAbsent && field.WhenEmpty is null && !skipStructure) report.MissingElement(field.Field, row);
                field.Judge(row, value, report);
            }

            JudgeLink(row, record, report);
        }

        if (Stt is { } stt && table.Count > 0) Structure.JudgeStt(table, stt, report);
    }

    /// <summary>Copies of XML1's fields: layer 3, judged after the cells of all tables.</summary>
    public void JudgeCopies(Table table, RecordView record, Report report)
    {
        if (pairs.Length == 0) return;
        for (int i = 0; i < table.Count; i++)
        {
            Row row = table[i];
            foreach (SamePair pair in pairs) pair.Judge(row, record, report);
        }
    }

    private static FieldId? Find(TableSpec spec, string name) =>
        FieldId.TryParse(spec.Id, name, out FieldId field) && spec.Find(field) is not null ? field : null;

    private static SamePair Pair(Parameter parameter)
    {
        bool any = parameter.Argument.EndsWith('*');
        if (!FieldId.TryParse(TableId.Xml1, parameter.Argument.TrimEnd('*'), out FieldId original)) throw new FormatException($"Unknown field XML1.{parameter.Argument}.");
        return new SamePair(Families.Same(parameter.Field.Table), parameter.Field, original, parameter.Severity ?? Severity.Block, any);
    }

    private static FieldCheck Compile(FieldSpec field, List<Parameter> parameters, RowRule[] ownForm)
    {
        bool isOwn = false;
        foreach (RowRule rule in ownForm) isOwn |= rule.At == field.Id;
        Severity? whenEmpty = field.Required == Requirement.Always ? Severity.Block : null;
        int length = field.MaxLength ?? int.MaxValue;
        int longest = length;
        RuleInfo tooLong = Families.MaxLength;
        string form = field.Kind is FieldKind.Date8 or FieldKind.DateTime12 or FieldKind.Decimal ? "" : field.Pattern;
        foreach (Parameter parameter in parameters)
        {
            if (parameter.Field != field.Id) continue;
            if (parameter.Kind == ParameterKind.Empty) whenEmpty = parameter.Severity;
            else if (parameter.Kind == ParameterKind.Length) longest = Math.Max(longest, CsvData.Number(parameter.Argument));
            else if (parameter.Kind == ParameterKind.LengthRule) tooLong = RuleCatalogue.Get(parameter.Argument);
            else if (parameter.Kind == ParameterKind.Form) form = parameter.Argument;
        }

        bool number = field.Kind is FieldKind.Decimal or FieldKind.Integer;
        return new FieldCheck
        {
            Field = field.Id,
            Kind = field.Kind,
            IsList = field.IsList,
            WhenEmpty = whenEmpty,
            Required = Families.Required(field.Id.Table),
            MaxLength = longest,
            SafeLength = length,
            TooLong = tooLong,
            Decimals = field.Kind == FieldKind.Decimal ? field.Decimals ?? -1 : -1,
            Form = form.Length == 0 || form.Contains("(?", StringComparison.Ordinal) ? null : BytePattern.Of(form),
            Enum = Families.Enum(field.Id.Table),
            OwnForm = isOwn,
            Trimmed = field.Kind is FieldKind.Code or FieldKind.CodeList || field.Name is "SO_CCCD" or "TT_THAU" or "SO_DANG_KY",
            NonNegative = number,
            TakesDay = field.Kind == FieldKind.DateTime12 && field.Pattern.EndsWith(")?$", StringComparison.Ordinal),
        };
    }

    private void JudgeLink(Row row, RecordView record, Report report)
    {
        if (MaLk is not { } field || !record.HasSummary) return;
        Value own = row[field];
        if (own.IsEmpty) return;
        Value key = record.Summary[Xml1.MA_LK];
        if (!key.IsEmpty && !own.Is(key)) report.Add(Families.MaLk, row, field, Breach.Expect(Show.Text(key)));
    }
}
