using System.Globalization;
using System.Text;

namespace LienThong.Extracts.Tests.Tables;

/// <summary>
/// The same visits as a hospital system of its own mind exports them: visit, patient, card and diagnoses in one table, all costs in another, headers
/// in Vietnamese, days written yyyy/MM/dd, commas before decimals, words for codes.
/// </summary>
internal static class HisExport
{
    private const int Secondary = 12;
    private static readonly SectionId[] Together = [SectionId.Visit, SectionId.Patient, SectionId.Cards];
    private static readonly Dictionary<SectionId, string> Costs = new() { [SectionId.Exams] = "Khám", [SectionId.Services] = "Dịch vụ", [SectionId.Supplies] = "Vật tư", [SectionId.Beds] = "Giường", [SectionId.Drugs] = "Thuốc" };

    /// <summary>The files, by name.</summary>
    public static List<(string Name, string Text)> Files(IReadOnlyList<Visit> visits)
    {
        var files = new List<(string Name, string Text)> { ("DotKham.csv", MainFile(visits)), ("ChiPhi.csv", CostFile(visits)) };
        foreach (SectionSpec section in Others(visits)) files.Add((FileName(section) + ".csv", Other(section, visits)));
        return files;
    }

    /// <summary>How they are read.</summary>
    public static ExtractMapping Mapping(IReadOnlyList<Visit> visits)
    {
        SectionSpec diagnoses = VisitModel.Of(SectionId.Diagnoses);
        FieldMapping Constant(string value) => new(diagnoses.Find("role")!) { Constant = value };
        List<SectionMapping> parts = [.. Together.Select(id => new SectionMapping(VisitModel.Of(id), [.. VisitModel.Of(id).Fields.Where(f => f.Name is not ("MA_LK" or "MA_CSKCB") && Used(visits, f)).Select(f => Field(f, Header(f)))]))];
        parts.Add(new SectionMapping(diagnoses, [Constant("main"), Field(diagnoses.Find("MA_BENH")!, "ICD chính"), Field(diagnoses.Find("MA_BENH_YHCT")!, "YHCT chính")]));
        parts.Add(new SectionMapping(diagnoses, [Constant("secondary"), Field(diagnoses.Find("MA_BENH")!, "ICD phụ {n}")]) { Groups = Secondary });
        List<SourceMapping> sources = [new("DotKham") { Key = "Mã đợt", Parts = parts, Ignore = ["Người xuất"] }];
        sources.Add(new SourceMapping("ChiPhi")
        {
            Key = "Mã đợt",
            Parts = [.. Costs.Where(c => visits.Any(v => v[c.Key].Count > 0)).Select(c => new SectionMapping(VisitModel.Of(c.Key), [.. VisitModel.Of(c.Key).Fields.Where(f => Used(visits, f)).Select(f => Field(f, Header(f)))])
            {
                When = [new WhenMapping("Loại chi phí", [c.Value])],
            })],
        });
        foreach (SectionSpec section in Others(visits))
            sources.Add(new SourceMapping(FileName(section)) { Key = "Mã đợt", Parts = [new SectionMapping(section, [.. section.Fields.Where(f => Used(visits, f)).Select(f => Field(f, Header(f)))])] });
        return new ExtractMapping { Name = "HIS Mẫu", Facility = "99001", Numbers = NumberForm.Comma, Sources = sources };
    }

    private static FieldMapping Field(VisitFieldSpec field, string column)
    {
        var mapping = new FieldMapping(field) { Columns = [column] };
        if (field.Kind is ValueKind.Moment or ValueKind.Birth) mapping = mapping with { Formats = ["yyyy/MM/dd HH:mm"] };
        if (field.Kind is ValueKind.Day or ValueKind.Days) mapping = mapping with { Formats = ["yyyy/MM/dd"] };
        return field.Name == "GIOI_TINH" ? mapping with { Values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Nam"] = "1", ["Nữ"] = "2" } } : mapping;
    }

    private static string MainFile(IReadOnlyList<Visit> visits)
    {
        List<VisitFieldSpec> fields = [.. Together.SelectMany(id => VisitModel.Of(id).Fields).Where(f => f.Name is not ("MA_LK" or "MA_CSKCB") && Used(visits, f))];
        var text = new StringBuilder();
        Line(text, ["Mã đợt", .. fields.Select(Header), "ICD chính", "YHCT chính", .. Enumerable.Range(1, Secondary).Select(n => $"ICD phụ {n}"), "Người xuất"]);
        foreach (Visit visit in visits)
        {
            VisitRow main = visit[SectionId.Diagnoses].First(d => d[VisitFields.Diagnoses.Role] == "main");
            string[] others = [.. visit[SectionId.Diagnoses].Where(d => d != main).Select(d => d[VisitFields.Diagnoses.MA_BENH])];
            Line(text, [visit.Key, .. fields.Select(f => Written(f, visit[f.Id])), main[VisitFields.Diagnoses.MA_BENH], main[VisitFields.Diagnoses.MA_BENH_YHCT],
                .. Enumerable.Range(0, Secondary).Select(n => n < others.Length ? others[n] : ""), "Mẫu"]);
        }

        return text.ToString();
    }

    private static string CostFile(IReadOnlyList<Visit> visits)
    {
        string[] headers = [.. Costs.Keys.SelectMany(id => VisitModel.Of(id).Fields).Where(f => Used(visits, f)).Select(Header).Distinct(StringComparer.Ordinal)];
        var text = new StringBuilder();
        Line(text, ["Mã đợt", "Loại chi phí", .. headers]);
        foreach (Visit visit in visits)
        {
            foreach ((SectionId id, string word) in Costs)
            {
                foreach (VisitRow row in visit[id])
                {
                    var cells = VisitModel.Of(id).Fields.Where(f => Used(visits, f)).ToDictionary(Header, f => Written(f, row[f.Id]), StringComparer.Ordinal);
                    Line(text, [visit.Key, word, .. headers.Select(h => cells.GetValueOrDefault(h, ""))]);
                }
            }
        }

        return text.ToString();
    }

    private static string Other(SectionSpec section, IReadOnlyList<Visit> visits)
    {
        VisitFieldSpec[] fields = [.. section.Fields.Where(f => Used(visits, f))];
        var text = new StringBuilder();
        Line(text, ["Mã đợt", .. fields.Select(Header)]);
        foreach (Visit visit in visits)
        {
            foreach (VisitRow row in visit[section.Id]) Line(text, [visit.Key, .. fields.Select(f => Written(f, row[f.Id]))]);
        }

        return text.ToString();
    }

    private static IEnumerable<SectionSpec> Others(IReadOnlyList<Visit> visits) =>
        VisitModel.Sections.Where(s => !Together.Contains(s.Id) && !Costs.ContainsKey(s.Id) && s.Id != SectionId.Diagnoses && visits.Any(v => v[s.Id].Count > 0));

    private static bool Used(IReadOnlyList<Visit> visits, VisitFieldSpec field) => visits.Any(v => v[field.Id.Section].Any(r => r.Has(field.Id)));

    private static string FileName(SectionSpec section) => "HIS_" + section.FileName;

    // Names may repeat between sections, not within one; the code tells them apart.
    private static string Header(VisitFieldSpec field) => $"{field.LabelVi} [{field.Name}]";

    private static string Written(VisitFieldSpec field, string value) => value.Length == 0 ? "" : field.Kind switch
    {
        ValueKind.Moment or ValueKind.Birth when value.Length == 12 && value[4..8] != "0000" => $"{value[..4]}/{value[4..6]}/{value[6..8]} {value[8..10]}:{value[10..]}",
        ValueKind.Day => $"{value[..4]}/{value[4..6]}/{value[6..8]}",
        ValueKind.Number => decimal.Parse(value, CultureInfo.InvariantCulture).ToString("#,0.####", new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." }),
        _ when field.Name == "GIOI_TINH" => value == "1" ? "Nam" : "Nữ",
        _ => value,
    };

    private static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(';', cells.Select(c => c.AsSpan().IndexOfAny(";\"\n\r") < 0 ? c : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
}
