using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>A visit while it is being read, whatever it is read from: normalises values and gathers what is wrong with them.</summary>
public sealed class VisitDraft(ExtractLimits limits)
{
    private readonly List<ExtractProblem> problems = [];
    private readonly HashSet<SectionId> full = [];
    private readonly HashSet<(VisitRow Row, VisitField Field)> refused = [];
    private int untold;

    /// <summary>The visit so far.</summary>
    public Visit Visit { get; } = new();

    /// <summary>Adds a row to a section; null when the section can't take another one, which is told.</summary>
    public VisitRow? Add(SectionSpec section, Place place)
    {
        int rows = Visit[section.Id].Count;
        if (!section.IsMany && rows == 1)
        {
            Tell(new ExtractProblem(
                ExtractCodes.Repeated, Severity.Block, $"Lượt khám có hơn một dòng «{section.LabelVi}».", "Chỉ để lại một dòng.", place.File ?? "", place.Line));
            return null;
        }

        if (rows >= limits.MaxRows)
        {
            if (full.Add(section.Id))
            {
                Tell(new ExtractProblem(
                    ExtractCodes.TooLarge, Severity.Block, $"Lượt khám có quá {limits.MaxRows} dòng «{section.LabelVi}».", "Kiểm tra câu truy vấn hoặc cách ghép dòng.", place.File ?? "", place.Line));
            }

            return null;
        }

        return Visit.Add(section.Id, place);
    }

    /// <summary>Sets a field from the text as it came.</summary>
    /// <param name="row">A row of this visit.</param>
    /// <param name="field">A field of the row's section.</param>
    /// <param name="text">The text.</param>
    /// <param name="column">Column header or member it stood in.</param>
    /// <param name="numbers">How numbers are written.</param>
    /// <param name="place">Where the text stood, when that isn't the row's place.</param>
    public void Set(VisitRow row, VisitFieldSpec field, string text, string column, NumberForm numbers, Place? place = null)
    {
        if (ValueForm.TryNormalise(field.Kind, text, numbers, out string value) is not { } expected)
        {
            row.Set(field.Id, value);
            return;
        }

        Place at = place ?? row.Place;
        Refuse(row, field, new ExtractProblem(
            ExtractCodes.Value, Severity.Block, $"«{ExtractProblem.Shown(text)}» không dùng được cho {field.LabelVi} ({field.Name}).", $"Cần {expected}.",
            at.File ?? "", at.Line, column, ExtractProblem.Shown(text)));
    }

    /// <summary>Tells why a value was left out; that its field is empty isn't told again.</summary>
    public void Refuse(VisitRow row, VisitFieldSpec field, ExtractProblem problem)
    {
        refused.Add((row, field.Id));
        Tell(problem);
    }

    /// <summary>Adds a problem; beyond <see cref="ExtractLimits.MaxProblems"/> they are only counted.</summary>
    public void Tell(ExtractProblem problem)
    {
        if (problems.Count < limits.MaxProblems) problems.Add(problem);
        else untold++;
    }

    /// <summary>The visit with everything that is wrong with it: what has to be there is asked for now.</summary>
    public VisitReading Finish()
    {
        foreach (SectionSpec section in VisitModel.Sections) Require(section);
        if (untold > 0)
            problems.Add(new ExtractProblem(ExtractCodes.TooLarge, Severity.Block, $"Còn {untold} lỗi khác của lượt khám không hiện.", "Sửa các lỗi trên rồi gửi lại."));
        string key = Visit.Key;
        return new VisitReading(Visit, key.Length == 0 ? problems : problems.ConvertAll(p => p with { Visit = key }));
    }

    private void Require(SectionSpec section)
    {
        IReadOnlyList<VisitRow> rows = Visit[section.Id];
        if (rows.Count == 0 && section.Id is SectionId.Visit or SectionId.Patient)
            Tell(new ExtractProblem(ExtractCodes.Missing, Severity.Block, $"Lượt khám thiếu «{section.LabelVi}» ({section.Name}).", "Thêm một dòng cho lượt khám này."));
        foreach (VisitRow row in rows)
        {
            foreach (VisitFieldSpec field in section.Fields)
            {
                if (!field.IsRequired || field.Default.Length > 0 || row.Has(field.Id) || refused.Contains((row, field.Id))) continue;
                Tell(new ExtractProblem(
                    ExtractCodes.Missing, Severity.Block, $"Thiếu {field.LabelVi} ({field.Name}) ở «{section.LabelVi}».", $"Ghi {field.Name}.",
                    row.Place.File ?? "", row.Place.Line, Column(field)));
            }
        }
    }

    private string Column(VisitFieldSpec field) =>
        Visit.Columns.TryGetValue(field.Id.Section, out IReadOnlyDictionary<string, string>? columns) && columns.TryGetValue(field.Name, out string? column) ? column : field.Name;
}
