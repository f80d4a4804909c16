using LienThong.Standard;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts;

/// <summary>XML0: state, first cost item, and whom it concerns.</summary>
internal static class CheckInTable
{
    private const string Emergency = "2";

    public static RecordBuilder? Write(Draft draft, bool afterAdmission)
    {
        if (draft.Visit[F.Visit.MA_DOITUONG_KCB] == Emergency) return null;
        string from = afterAdmission ? draft.Visit[F.Visit.NGAY_VAO_NOI_TRU] : draft.Visit[F.Visit.NGAY_VAO];
        if (from.Length == 0 || First(draft, from) is not { } first) return null;
        var record = new RecordBuilder();
        var row = new TargetRow(record.AddRow(TableId.Xml0), 1, draft.Release, null);
        foreach (FieldSpec field in draft.Release.Table(TableId.Xml0)!.Fields)
        {
            if (FieldId.TryParse(TableId.Xml1, field.Name, out FieldId same)) row.Take(field.Id, draft.Summary, same);
        }

        Card(draft, row);
        if (!afterAdmission) row.Put(Xml0.NGAY_VAO_NOI_TRU, "");
        Item(row, first);
        row.Compute(Xml0.NGAY_YL, first[CostSection.Of(first.Section).Ordered], "");
        return record;
    }

    private static VisitRow? First(Draft draft, string from)
    {
        IEnumerable<VisitRow> rows = ((IEnumerable<CostSection>)[.. CostSection.Services, CostSection.Drugs]).SelectMany(s => draft.Visit[s.Id]);
        return rows.Where(r => string.CompareOrdinal(Ordered(r), from) >= 0).MinBy(Ordered, StringComparer.Ordinal);
    }

    private static string Ordered(VisitRow row) => row[CostSection.Of(row.Section).Ordered];

    // One card a check-in: the one used first.
    private static void Card(Draft draft, TargetRow row)
    {
        if (draft.Visit[SectionId.Cards] is not [{ } card, ..]) return;
        foreach ((FieldId target, VisitField field) in (ReadOnlySpan<(FieldId, VisitField)>)
            [(Xml0.MA_THE_BHYT, F.Cards.MA_THE_BHYT), (Xml0.MA_DKBD, F.Cards.MA_DKBD), (Xml0.GT_THE_TU, F.Cards.GT_THE_TU), (Xml0.GT_THE_DEN, F.Cards.GT_THE_DEN)])
            row.Copy(target, card, 1, field);
    }

    private static void Item(TargetRow row, VisitRow first)
    {
        (VisitField code, VisitField name, FieldId codeAt, FieldId nameAt) = first.Section switch
        {
            SectionId.Drugs => (F.Drugs.MA_THUOC, F.Drugs.TEN_THUOC, Xml0.MA_THUOC, Xml0.TEN_THUOC),
            SectionId.Supplies => (F.Supplies.MA_VAT_TU, F.Supplies.TEN_VAT_TU, Xml0.MA_VAT_TU, Xml0.TEN_VAT_TU),
            SectionId.Beds => (F.Beds.MA_DICH_VU, F.Beds.TEN_DICH_VU, Xml0.MA_DICH_VU, Xml0.TEN_DICH_VU),
            SectionId.Exams => (F.Exams.MA_DICH_VU, F.Exams.TEN_DICH_VU, Xml0.MA_DICH_VU, Xml0.TEN_DICH_VU),
            _ => (F.Services.MA_DICH_VU, F.Services.TEN_DICH_VU, Xml0.MA_DICH_VU, Xml0.TEN_DICH_VU),
        };
        row.Copy(codeAt, first, 1, code);
        row.Copy(nameAt, first, 1, name);
    }
}
