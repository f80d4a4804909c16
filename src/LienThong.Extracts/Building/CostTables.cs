using System.Globalization;
using LienThong.Standard;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts;

/// <summary>XML2, XML3 and the sums of XML1.</summary>
internal static class CostTables
{
    private static readonly string[] Supplies = ["10", "11"];

    private static readonly FieldId[] Sums =
        [Xml1.T_THUOC, Xml1.T_VTYT, Xml1.T_TONGCHI_BV, Xml1.T_TONGCHI_BH, Xml1.T_BNTT, Xml1.T_BNCCT, Xml1.T_BHTT, Xml1.T_NGUONKHAC, Xml1.T_BHTT_GDV];

    public static void Write(Draft draft)
    {
        List<CostLine> drugs = Lines(draft, TableId.Xml2, CostTarget.Drugs, CostSection.Drugs);
        List<CostLine> services = Lines(draft, TableId.Xml3, CostTarget.Services, CostSection.Services);
        List<CostLine> all = [.. drugs, .. services];
        ExamRates.Write(draft, services);
        foreach (CostLine line in all) LineAmounts.Write(draft, line);
        var benefit = new Benefit(draft, all.Sum(l => l.Insured));
        foreach (CostLine line in all) line.Level = benefit.LevelOf(line);
        OtherSources.Share(draft, all);
        foreach (CostLine line in all)
        {
            for (int i = 0; i < line.Others.Length; i++)
                line.Target.Compute(line.Fields.Others[i], line.Others[i], OtherSources.How, OtherSources.SourcesOf(draft, line, i));
            line.WriteShares(benefit.How(line), benefit.Basis(line));
        }

        Total(draft, drugs, services);
    }

    /// <summary>A visit of which only what the health book wants is sent has no lines, so its sums are nothing.</summary>
    public static void WriteNothing(Draft draft)
    {
        foreach (FieldId sum in Sums) draft.Summary.Compute(sum, 0, "không gửi dòng chi phí: người bệnh không dùng BHYT", draft.Of(F.Visit.MA_DOITUONG_KCB));
    }

    private static List<CostLine> Lines(Draft draft, TableId table, CostTarget fields, params ReadOnlySpan<CostSection> sections)
    {
        List<(CostSection Section, VisitRow Row, int Number)> rows = [];
        foreach (CostSection section in sections)
        {
            IReadOnlyList<VisitRow> all = draft.Visit[section.Id];
            for (int i = 0; i < all.Count; i++) rows.Add((section, all[i], i + 1));
        }

        List<CostLine> lines = new(rows.Count);
        // By minute; lines of one minute stay as the sections and the sender ordered them.
        foreach ((CostSection section, VisitRow row, int number) in rows.OrderBy(r => r.Row[r.Section.Ordered], StringComparer.Ordinal))
        {
            TargetRow target = draft.Add(table);
            target.Take(table == TableId.Xml2 ? Xml2.MA_LK : Xml3.MA_LK, draft.Summary, Xml1.MA_LK);
            target.Put(table == TableId.Xml2 ? Xml2.STT : Xml3.STT, target.Number.ToString(CultureInfo.InvariantCulture));
            draft.CopyRow(target, row, number);
            lines.Add(new CostLine(section, row, number, target, fields));
        }

        return lines;
    }

    private static void Total(Draft draft, List<CostLine> drugs, List<CostLine> services)
    {
        List<CostLine> all = [.. drugs, .. services];
        Write(Xml1.T_THUOC, drugs, l => l.Fields.Charged, "tổng THANH_TIEN_BV của XML2");
        Write(Xml1.T_VTYT, services.Where(l => Supplies.Contains(l.Target[Xml3.MA_NHOM])), l => l.Fields.Charged, "tổng THANH_TIEN_BV của vật tư trong XML3");
        Write(Xml1.T_TONGCHI_BV, all, l => l.Fields.Charged, "tổng THANH_TIEN_BV của XML2 và XML3");
        Write(Xml1.T_TONGCHI_BH, all, l => l.Fields.Insured, "tổng THANH_TIEN_BH của XML2 và XML3");
        Write(Xml1.T_BNTT, all, l => l.Fields.Own, "tổng T_BNTT của XML2 và XML3");
        Write(Xml1.T_BNCCT, all, l => l.Fields.Copaid, "tổng T_BNCCT của XML2 và XML3");
        Write(Xml1.T_BHTT, all, l => l.Fields.Fund, "tổng T_BHTT của XML2 và XML3");
        Write(Xml1.T_NGUONKHAC, all, l => l.Fields.OthersTotal, "tổng T_NGUONKHAC của XML2 và XML3");
        Write(Xml1.T_BHTT_GDV, all.Where(IsPerService), l => l.Fields.Fund, "tổng T_BHTT của các dòng có MA_PTTT 1");

        void Write(FieldId sum, IEnumerable<CostLine> lines, Func<CostLine, FieldId> amount, string how) =>
            draft.Summary.Compute(sum, lines.Sum(l => l.Target.Amount(amount(l))), how);
    }

    private static bool IsPerService(CostLine line) => line.Target[line.Target.Table == TableId.Xml2 ? Xml2.MA_PTTT : Xml3.MA_PTTT] == "1";
}
