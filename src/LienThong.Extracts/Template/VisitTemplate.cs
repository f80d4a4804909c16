using System.Globalization;
using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>What the Excel template for small clinics holds (<c>Data/template.csv</c>, <c>Data/choices.csv</c>): a sheet for each section they need; visit, patient, card and diagnoses on one.</summary>
public static class VisitTemplate
{
    private static readonly SectionId[] Together = [SectionId.Patient, SectionId.Cards, SectionId.Diagnoses];

    /// <summary>The sheets.</summary>
    /// <param name="on">Day whose code lists are offered.</param>
    public static IReadOnlyList<TemplateSheet> Sheets(DateOnly on)
    {
        Dictionary<string, List<string>> choices = Choices(on);
        var sheets = new List<(SectionSpec Section, List<TemplateColumn> Columns)>();
        CsvData data = CsvData.Read(typeof(VisitTemplate).Assembly, "Data/template.csv");
        for (int i = 0; i < data.Count; i++)
        {
            SectionSpec section = VisitModel.Find(data[i]["section"])!;
            SectionSpec sheet = Together.Contains(section.Id) ? VisitModel.Of(SectionId.Visit) : section;
            if (sheets.Count == 0 || sheets[^1].Section != sheet) sheets.Add((sheet, []));
            string[] examples = [data[i]["example1"], data[i]["example2"]];
            sheets[^1].Columns.Add(Column(section, data[i]["field"], examples, choices.GetValueOrDefault(data[i]["field"], [])));
        }

        return [.. sheets.Select(s => new TemplateSheet(s.Section.LabelVi, s.Section.AboutVi, s.Columns))];
    }

    private static TemplateColumn Column(SectionSpec section, string name, string[] examples, List<string> choices)
    {
        string[] shown = [.. examples.Select(e => choices.Find(c => c.StartsWith(e + " · ", StringComparison.Ordinal)) ?? e)];
        (string Label, string About)? own = name switch
        {
            "MA_LK" when section.Id != SectionId.Visit => ("Mã lượt khám", "Ghi đúng mã ở trang Lượt khám."),
            "MA_BENH_CHINH" => ("Mã bệnh chính", "Mã ICD-10 của bệnh chính."),
            "TEN_BENH_CHINH" => ("Tên bệnh chính", ""),
            "MA_BENH_KT" => ("Mã bệnh kèm theo", "Các mã ICD-10, cách nhau dấu chấm phẩy (;)."),
            _ => null,
        };
        if (own is { } words) return new TemplateColumn($"{words.Label} ({name})", words.About, name == "MA_LK", false, choices, shown);
        VisitFieldSpec field = section.Find(name) ?? throw new FormatException($"The model has no field {section.Name}.{name}.");
        // Only who has a card fills the card.
        bool required = field.IsRequired && field.Default.Length == 0 && section.Id != SectionId.Cards;
        return new TemplateColumn($"{field.LabelVi} ({name})", field.AboutVi, required, field.Kind is ValueKind.Number or ValueKind.Count, choices, shown);
    }

    private static Dictionary<string, List<string>> Choices(DateOnly on)
    {
        var choices = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        CsvData data = CsvData.Read(typeof(VisitTemplate).Assembly, "Data/choices.csv");
        for (int i = 0; i < data.Count; i++)
        {
            if (Day(data[i]["valid_from"], DateOnly.MinValue) > on || Day(data[i]["valid_to"], DateOnly.MaxValue) < on) continue;
            string field = data[i]["field"];
            if (!choices.TryGetValue(field, out List<string>? own)) choices[field] = own = [];
            own.Add($"{data[i]["code"]} · {data[i]["label"]}");
        }

        return choices;
    }

    private static DateOnly Day(string text, DateOnly otherwise) =>
        text.Length == 0 ? otherwise : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A sheet of the template.</summary>
/// <param name="Name">Its name.</param>
/// <param name="About">What a row is, in Vietnamese.</param>
/// <param name="Columns">Its columns.</param>
public sealed record TemplateSheet(string Name, string About, IReadOnlyList<TemplateColumn> Columns);

/// <summary>A column of the template.</summary>
/// <param name="Header">Vietnamese name and code.</param>
/// <param name="About">What to write, in Vietnamese; may be empty.</param>
/// <param name="IsRequired">Whether a row can't do without it.</param>
/// <param name="IsNumber">Whether it holds numbers; everything else is kept as text, so that no zero is lost.</param>
/// <param name="Choices">Values offered, <c>code · words</c>; empty when any may be written.</param>
/// <param name="Examples">Values of the example rows.</param>
public sealed record TemplateColumn(string Header, string About, bool IsRequired, bool IsNumber, IReadOnlyList<string> Choices, IReadOnlyList<string> Examples);
