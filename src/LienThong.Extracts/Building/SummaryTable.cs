using LienThong.Standard;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts;

/// <summary>XML1 but for its amounts.</summary>
internal static class SummaryTable
{
    public static void Write(Draft draft)
    {
        TargetRow row = draft.Add(TableId.Xml1);
        row.Put(Xml1.STT, "1");
        draft.CopyRow(row, draft.Main, 1);
        draft.CopyRow(row, draft.Visit[SectionId.Patient][0], 1);
        Cards(draft, row);
        Diseases(draft, row);
        if (draft.Main.Has(F.Visit.Height)) row.Copy(Xml1.DU_PHONG, draft.Main, 1, F.Visit.Height);
    }

    /// <summary>Writes what follows from the other tables; call when they are there.</summary>
    public static void Finish(Draft draft)
    {
        TargetRow row = draft.Summary;
        if (row[Xml1.MA_KHOA].Length == 0) Departments(draft, row);
        Join(draft, row, Xml1.MA_PTTT_QT, F.Services.MA_PTTT_QT);
        if (!draft.Main.Has(F.Visit.SO_NGAY_DTRI)) TreatmentDays.Write(draft, row);
        if (row[Xml1.NGAY_TAI_KHAM].Length == 0 && draft.Visit[SectionId.FollowUp].Count > 0)
            row.Compute(Xml1.NGAY_TAI_KHAM, draft.Visit[F.FollowUp.NGAY_HEN_KL], "theo giấy hẹn khám lại", draft.Of(F.FollowUp.NGAY_HEN_KL));
        if (row[Xml1.CAN_NANG_CON].Length == 0) Join(draft, row, Xml1.CAN_NANG_CON, F.Births.CAN_NANG_CON, distinct: false);
        Paid(draft, row);
        Period(draft, row);
    }

    // Lists of equal length, one item a card (X1-THE_LIST-001).
    private static void Cards(Draft draft, TargetRow row)
    {
        if (draft.Visit[SectionId.Cards].Count == 0) return;
        foreach ((FieldId target, VisitField field) in (ReadOnlySpan<(FieldId, VisitField)>)
            [(Xml1.MA_THE_BHYT, F.Cards.MA_THE_BHYT), (Xml1.MA_DKBD, F.Cards.MA_DKBD), (Xml1.GT_THE_TU, F.Cards.GT_THE_TU), (Xml1.GT_THE_DEN, F.Cards.GT_THE_DEN)])
        {
            string joined = string.Join(';', draft.Visit[SectionId.Cards].Select(c => c[field]));
            if (joined.Trim(';').Length > 0) row.Compute(target, joined, "ghép các thẻ theo thứ tự sử dụng", draft.All(field));
        }

        foreach ((FieldId target, VisitField field) in (ReadOnlySpan<(FieldId, VisitField)>)[(Xml1.MA_KHUVUC, F.Cards.MA_KHUVUC), (Xml1.NAM_NAM_LIEN_TUC, F.Cards.NAM_NAM_LIEN_TUC)])
        {
            if (draft.All(field).LastOrDefault() is { } last) row.Copy(target, last.Row, last.Number, field);
        }
    }

    private static void Diseases(Draft draft, TargetRow row)
    {
        IReadOnlyList<VisitRow> rows = draft.Visit[SectionId.Diagnoses];
        int[] main = [.. Enumerable.Range(0, rows.Count).Where(i => rows[i][F.Diagnoses.Role] == "main")];
        if (main.Length > 1)
        {
            draft.Tell(Severity.Block, "Lượt khám có hơn một bệnh chính.", "Chỉ để một chẩn đoán có role = main; các bệnh khác là secondary.", rows[main[1]]);
            return;
        }

        int[] order = [.. main, .. Enumerable.Range(0, rows.Count).Except(main)];
        if (main.Length == 1) row.Copy(Xml1.MA_BENH_CHINH, rows[main[0]], main[0] + 1, F.Diagnoses.MA_BENH);
        SourceCell[] others = [.. order[main.Length..].Where(i => rows[i].Has(F.Diagnoses.MA_BENH)).Select(i => draft.Of(F.Diagnoses.MA_BENH, i))];
        row.Compute(Xml1.MA_BENH_KT, string.Join(';', others.Select(o => o.Value)), "ghép mã các bệnh kèm theo", others);
        SourceCell[] traditional = [.. order.Where(i => rows[i].Has(F.Diagnoses.MA_BENH_YHCT)).Select(i => draft.Of(F.Diagnoses.MA_BENH_YHCT, i))];
        row.Compute(Xml1.MA_BENH_YHCT, string.Join(';', traditional.Select(o => o.Value)), "ghép mã bệnh y học cổ truyền, bệnh chính trước", traditional);
        if (row[Xml1.CHAN_DOAN_RV].Length > 0) return;
        SourceCell[] names = [.. order.Where(i => rows[i].Has(F.Diagnoses.Name)).Select(i => draft.Of(F.Diagnoses.Name, i))];
        row.Compute(Xml1.CHAN_DOAN_RV, string.Join("; ", names.Select(n => n.Value)), "ghép tên các chẩn đoán, bệnh chính trước", names);
    }

    // Departments in the order of treatment: those of examinations and beds; a laboratory that ran a test isn't one.
    private static void Departments(Draft draft, TargetRow row)
    {
        SourceCell[] places = [.. draft.All(F.Exams.MA_KHOA), .. draft.All(F.Beds.MA_KHOA)];
        if (places.Length == 0) places = [.. draft.All(F.Services.MA_KHOA), .. draft.All(F.Drugs.MA_KHOA), .. draft.All(F.Supplies.MA_KHOA)];
        IEnumerable<SourceCell> inTime = places.OrderBy(p => p.Row[CostSection.Of(p.Row.Section).Ordered], StringComparer.Ordinal);
        row.Compute(Xml1.MA_KHOA, string.Join(';', inTime.Select(p => p.Value).Distinct(StringComparer.Ordinal)), "các khoa theo thứ tự điều trị", places);
    }

    private static void Join(Draft draft, TargetRow row, FieldId target, VisitField field, bool distinct = true)
    {
        SourceCell[] cells = [.. draft.All(field)];
        IEnumerable<string> items = cells.SelectMany(c => c.Value.Split(';')).Where(i => i.Length > 0);
        row.Compute(target, string.Join(';', distinct ? items.Distinct(StringComparer.Ordinal) : items), "ghép từ các dòng", cells);
    }

    // Paid when somebody said so, or when what the patient paid covers what the patient owes.
    private static void Paid(Draft draft, TargetRow row)
    {
        if (row[Xml1.NGAY_TTOAN].Length > 0) return;
        SourceCell[] own = [.. draft.All(F.Payments.Amount).Where(p => p.Row[F.Payments.Source] is "" or "patient")];
        decimal paid = own.Sum(p => ValueForm.AsNumber(p.Value) ?? 0);
        if (own.Length == 0 || paid + 1 < row.Amount(Xml1.T_BNTT) + row.Amount(Xml1.T_BNCCT)) return;
        row.Compute(Xml1.NGAY_TTOAN, own.Max(p => p.Row[F.Payments.PaidAt])!, "lần thu tiền cuối, khi đã thu đủ", own);
    }

    private static void Period(Draft draft, TargetRow row)
    {
        (FieldId from, string how) = row[Xml1.NGAY_TTOAN].Length > 0 ? (Xml1.NGAY_TTOAN, "theo ngày thanh toán") : (Xml1.NGAY_RA, "theo ngày ra");
        if (row[from].Length < 8) return;
        IEnumerable<SourceCell> sources = row.OriginOf(from)?.Sources ?? [];
        if (row[Xml1.NAM_QT].Length == 0) row.Compute(Xml1.NAM_QT, row[from][..4], how, sources);
        if (row[Xml1.THANG_QT].Length == 0) row.Compute(Xml1.THANG_QT, row[from][4..6], how, sources);
        else if (row[Xml1.THANG_QT].Length == 1) row.Compute(Xml1.THANG_QT, "0" + row[Xml1.THANG_QT], "viết hai chữ số", draft.Of(F.Visit.THANG_QT));
    }
}
