using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>A mapping brought together with the columns that a source really has.</summary>
internal sealed class SourcePlan
{
    private readonly RowSource rows;
    private readonly List<int> slots = [];
    private readonly List<ExtractProblem> problems = [];
    private readonly HashSet<int> used = [];

    /// <summary>Brings a mapping and the columns of a source together.</summary>
    /// <param name="mapping">The mapping as a whole.</param>
    /// <param name="source">Of this source.</param>
    /// <param name="rows">The source, with its columns known.</param>
    public SourcePlan(ExtractMapping mapping, SourceMapping source, RowSource rows)
    {
        this.rows = rows;
        Name = rows.Name;
        Numbers = source.Numbers ?? mapping.Numbers;
        Source = source;
        Key = KeyOf(mapping, source);
        Parts = [.. source.Parts.Select(Plan)];
        foreach (string column in source.Ignore)
        {
            if (Find(column) is >= 0 and int at) used.Add(at);
        }

        TellUnused();
    }

    /// <summary>Name of the source.</summary>
    public string Name { get; }

    /// <summary>Its mapping.</summary>
    public SourceMapping Source { get; }

    /// <summary>How numbers are written in its text.</summary>
    public NumberForm Numbers { get; }

    /// <summary>Slot of the key of the visit; -1 when its column is missing.</summary>
    public int Key { get; }

    /// <summary>Columns that are needed, by slot.</summary>
    public IReadOnlyList<int> Slots => slots;

    /// <summary>What a row becomes.</summary>
    public IReadOnlyList<PartPlan> Parts { get; }

    /// <summary>What is wrong between the two; a blocking one means that the source can't be used.</summary>
    public IReadOnlyList<ExtractProblem> Problems => problems;

    /// <summary>Header of the column in a slot.</summary>
    public string Header(int slot) => rows.Columns[slots[slot]];

    private int KeyOf(ExtractMapping mapping, SourceMapping source)
    {
        // The column that feeds MA_LK is the key where nothing else is said.
        string? fed = source.Parts.Where(p => p.Section.Id == SectionId.Visit).SelectMany(p => p.Fields).FirstOrDefault(f => f.Field.Id == VisitFields.Visit.MA_LK && f.Columns.Count > 0)?.Columns[0];
        string name = source.Key ?? fed ?? mapping.Key;
        int column = Find(name);
        if (column < 0 && source is { IsByName: true, Key: null })
        {
            VisitFieldSpec field = VisitFields.Visit.MA_LK.Spec;
            for (int i = 0; i < rows.Columns.Count && column < 0; i++)
            {
                if (NameMapping.FieldOf(VisitModel.Of(SectionId.Visit), rows.Columns[i]) == field) column = i;
            }
        }

        if (column >= 0) return Slot(column);
        Tell(ExtractCodes.Missing, Severity.Block, $"Thiếu cột mã lượt khám «{ExtractProblem.Shown(name)}».", "Thêm cột này vào tệp, hoặc ghi key trong tệp ánh xạ.", name);
        return -1;
    }

    private PartPlan Plan(SectionMapping part)
    {
        var when = new List<(int Slot, IReadOnlyList<string> Values)>();
        foreach (WhenMapping condition in part.When)
        {
            int column = Find(condition.Column);
            if (column >= 0) when.Add((Slot(column), condition.Values));
            else TellMissing(condition.Column, $"dùng trong when của {part.Section.Name}");
        }

        var groups = new FieldPlan[part.Groups][];
        for (int n = 0; n < groups.Length; n++) groups[n] = [.. part.Fields.Select(f => Plan(part, f, n + 1))];
        if (Source.IsByName) TellMissingRequired(part);
        return new PartPlan(part.Section, when, groups);
    }

    private FieldPlan Plan(SectionMapping part, FieldMapping field, int n)
    {
        var own = new List<int>(field.Columns.Count);
        foreach (string name in field.Columns)
        {
            string column = part.Groups == 1 ? name : name.Replace("{n}", n.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            int at = Find(column);
            if (at >= 0) own.Add(Slot(at));
            else TellMissing(column, $"ánh xạ vào {part.Section.Name}.{field.Field.Name}");
        }

        return new FieldPlan(field, [.. own]);
    }

    private int Slot(int column)
    {
        used.Add(column);
        int slot = slots.IndexOf(column);
        if (slot >= 0) return slot;
        slots.Add(column);
        return slots.Count - 1;
    }

    // Exactly, then whatever the case, then whatever accents and punctuation; -1 when it isn't there or can't be told.
    private int Find(string name)
    {
        string wanted = name.Trim();
        foreach (Func<string, bool> same in (ReadOnlySpan<Func<string, bool>>)[
            c => c == wanted, c => string.Equals(c, wanted, StringComparison.OrdinalIgnoreCase), c => FoldedName.Of(wanted) is { Length: > 0 } folded && FoldedName.Of(c) == folded])
        {
            int found = -1;
            for (int i = 0; i < rows.Columns.Count; i++)
            {
                if (!same(rows.Columns[i])) continue;
                if (found >= 0)
                {
                    Tell(ExtractCodes.Repeated, Severity.Block, $"Cột «{ExtractProblem.Shown(wanted)}» có hai lần trong dòng tiêu đề.", "Đổi tên hoặc bỏ một cột.", wanted);
                    return found;
                }

                found = i;
            }

            if (found >= 0) return found;
        }

        return -1;
    }

    private void TellMissing(string column, string use)
    {
        string near = Validation.Custom.Spelling.Nearest(column, rows.Columns) is { } guess ? $" Có phải cột «{ExtractProblem.Shown(guess)}»?" : "";
        Tell(ExtractCodes.Missing, Severity.Block, $"Không có cột «{ExtractProblem.Shown(column)}» ({use}).{near}", "Thêm cột vào tệp, hoặc sửa tên cột trong tệp ánh xạ.", column);
    }

    private void TellMissingRequired(SectionMapping part)
    {
        // Card and diagnoses columns beside the visit are offered, not demanded.
        if (part.Section.Id != NameMapping.SectionOf(Name)?.Id) return;
        foreach (VisitFieldSpec field in part.Section.Fields)
        {
            if (!field.IsRequired || field.Default.Length > 0 || part.Fields.Any(f => f.Field == field)) continue;
            if (field.Id == VisitFields.Visit.MA_LK || field.Id == VisitFields.Visit.MA_CSKCB) continue;
            Tell(ExtractCodes.Missing, Severity.Block, $"Thiếu cột «{field.LabelVi}» ({field.Name}).", $"Thêm cột {field.Name}, hoặc ghi tệp ánh xạ cho cột đang có tên khác.", field.Name);
        }
    }

    private void TellUnused()
    {
        var unused = new List<string>();
        for (int i = 0; i < rows.Columns.Count; i++)
        {
            if (!used.Contains(i) && rows.Columns[i].Length > 0) unused.Add(rows.Columns[i]);
        }

        if (unused.Count == 0) return;
        string some = string.Join(", ", unused.Take(12).Select(ExtractProblem.Shown)) + (unused.Count > 12 ? "…" : "");
        Tell(ExtractCodes.Unknown, Source.IsByName ? Severity.Warn : Severity.Info, $"{unused.Count} cột không dùng đến: {some}.",
            Source.IsByName ? "Kiểm tra tên cột theo mô hình, hoặc ghi tệp ánh xạ." : "Ghi vào ignore nếu đúng là không cần.", unused[0]);
    }

    private void Tell(string code, Severity severity, string message, string fix, string column) =>
        problems.Add(new ExtractProblem(code, severity, message, fix, Name, 1, ExtractProblem.Shown(column)));
}

/// <summary>What a row of a source becomes in one section.</summary>
/// <param name="Section">The section.</param>
/// <param name="When">Conditions by slot.</param>
/// <param name="Groups">Fields, by group of columns.</param>
internal sealed record PartPlan(SectionSpec Section, IReadOnlyList<(int Slot, IReadOnlyList<string> Values)> When, FieldPlan[][] Groups);

/// <summary>Where a field comes from.</summary>
/// <param name="Mapping">Its mapping.</param>
/// <param name="Slots">Slots of its columns.</param>
internal sealed record FieldPlan(FieldMapping Mapping, int[] Slots);
