using LienThong.Extracts;
using LienThong.Standard;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Samples;

/// <summary>
/// Takes invented records apart into what a hospital system would have handed over: nothing that can be worked out (amounts, rates of cards,
/// joined lists, what papers repeat) is left in the visit, so that building it has to find all of it again.
/// </summary>
public static class SampleVisits
{
    private static readonly string[] WorkedOut = ["MUC_HUONG", "SO_NGAY_DTRI", "NAM_QT", "THANG_QT"];

    /// <summary>The visit behind a record of release QĐ 3176 or later.</summary>
    /// <exception cref="FormatException">The record holds a value that no visit can, such as a day that doesn't exist.</exception>
    public static Visit Of(RecordBuilder record)
    {
        var visit = new Visit();
        RowBuilder summary = record.Rows(TableId.Xml1)[0];
        Copy(visit.One(SectionId.Visit), summary, WorkedOut);
        if (summary[Xml1.DU_PHONG] is { Length: > 0 } height) visit.One(SectionId.Visit).Set(F.Visit.Height, height);
        Copy(visit.One(SectionId.Patient), summary);
        People(visit, record);
        Cards(visit, summary);
        Diagnoses(visit, summary);
        foreach (RowBuilder row in record.Rows(TableId.Xml3)) Copy(visit.Add(SectionOf(row)), row, [.. WorkedOut[..1], .. Rates(row)]);
        foreach (RowBuilder row in record.Rows(TableId.Xml2)) Copy(visit.Add(SectionId.Drugs), row, WorkedOut[..1]);
        foreach (SectionSpec section in VisitModel.Sections)
        {
            if (section.Table is not { } table || table <= TableId.Xml3) continue;
            foreach (RowBuilder row in record.Rows(table)) Paper(visit.Add(section.Id), row, summary, visit);
        }

        return visit;
    }

    private static SectionId SectionOf(RowBuilder row) => row[Xml3.MA_NHOM] switch
    {
        "13" => SectionId.Exams,
        "14" or "15" or "16" => SectionId.Beds,
        "10" or "11" => SectionId.Supplies,
        _ => SectionId.Services,
    };

    // Prices that repeat and rates that follow from the place in the day or the scope.
    private static IEnumerable<string> Rates(RowBuilder row)
    {
        if (row[Xml3.MA_NHOM] == "13") yield return "TYLE_TT_DV";
        if (row[Xml3.DON_GIA_BH] == row[Xml3.DON_GIA_BV] || row[Xml3.T_TRANTT]?.Length > 0) yield return "DON_GIA_BH";
        if (row[Xml3.TYLE_TT_BH] is "100" or "0") yield return "TYLE_TT_BH";
    }

    private static void Copy(VisitRow target, RowBuilder source, params IEnumerable<string> except)
    {
        foreach (VisitFieldSpec field in VisitModel.Of(target.Section).Fields)
        {
            if (field.Standard is not { } standard || standard.Id.Table != source.Table || except.Contains(field.Name, StringComparer.Ordinal)) continue;
            if (source[standard.Id] is { Length: > 0 } text) Set(target, field, text);
        }
    }

    private static void Set(VisitRow target, VisitFieldSpec field, string text)
    {
        if (ValueForm.TryNormalise(field.Kind, text, NumberForm.Point, out string value) is { } expected)
            throw new FormatException($"The sample's {field.Id} «{text}» isn't {expected}.");
        if (!(field.Name.StartsWith("T_NGUONKHAC", StringComparison.Ordinal) && value == "0")) target.Set(field.Id, value);
    }

    // What a paper repeats of the summary is left out.
    private static void Paper(VisitRow target, RowBuilder row, RowBuilder summary, Visit visit)
    {
        foreach (VisitFieldSpec field in VisitModel.Of(target.Section).Fields)
        {
            if (field.Standard is not { } standard || row[standard.Id] is not { Length: > 0 } text) continue;
            bool repeats = FieldId.TryParse(TableId.Xml1, field.Name == "PP_DIEUTRI" ? "PP_DIEU_TRI" : field.Name, out FieldId same) && summary[same] == text;
            bool isPatient = VisitModel.Of(SectionId.Patient).Find(field.Name) is { } own && visit[own.Id] == text;
            if (!(repeats && standard.Id.Table is not (TableId.Xml4 or TableId.Xml5 or TableId.Xml9)) && !isPatient) Set(target, field, text);
        }
    }

    // Parents, employer and numbers that only the papers tell.
    private static void People(Visit visit, RecordBuilder record)
    {
        VisitRow patient = visit.One(SectionId.Patient);
        if (record.Rows(TableId.Xml11) is [{ } leave, ..]) patient.Set(F.Patient.MA_BHXH, leave[Xml11.MA_BHXH] ?? "").Set(F.Patient.DON_VI, leave[Xml11.DON_VI] ?? "");
        if (record.Rows(TableId.Xml9) is [{ } birth, ..]) patient.Set(F.Patient.MA_BHXH, birth[Xml9.MA_BHXH_NND] ?? "");
    }

    private static void Cards(Visit visit, RowBuilder summary)
    {
        string[] numbers = Items(summary[Xml1.MA_THE_BHYT]);
        for (int i = 0; i < numbers.Length; i++)
        {
            VisitRow card = visit.Add(SectionId.Cards).Set(F.Cards.MA_THE_BHYT, numbers[i]).Set(F.Cards.MA_DKBD, Item(summary[Xml1.MA_DKBD], i))
                .Set(F.Cards.GT_THE_TU, Item(summary[Xml1.GT_THE_TU], i)).Set(F.Cards.GT_THE_DEN, Item(summary[Xml1.GT_THE_DEN], i));
            if (i == numbers.Length - 1) card.Set(F.Cards.MA_KHUVUC, summary[Xml1.MA_KHUVUC] ?? "").Set(F.Cards.NAM_NAM_LIEN_TUC, summary[Xml1.NAM_NAM_LIEN_TUC] ?? "");
        }
    }

    private static void Diagnoses(Visit visit, RowBuilder summary)
    {
        visit.Add(SectionId.Diagnoses).Set(F.Diagnoses.Role, "main").Set(F.Diagnoses.MA_BENH, summary[Xml1.MA_BENH_CHINH] ?? "")
            .Set(F.Diagnoses.MA_BENH_YHCT, Item(summary[Xml1.MA_BENH_YHCT], 0));
        foreach (string code in Items(summary[Xml1.MA_BENH_KT])) visit.Add(SectionId.Diagnoses).Set(F.Diagnoses.Role, "secondary").Set(F.Diagnoses.MA_BENH, code);
    }

    private static string[] Items(string? list) => string.IsNullOrEmpty(list) ? [] : list.Split(';');

    private static string Item(string? list, int at) => Items(list) is { } items && at < items.Length ? items[at] : "";
}
