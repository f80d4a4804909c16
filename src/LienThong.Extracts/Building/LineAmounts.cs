using LienThong.Standard;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts;

/// <summary>Scope, rates and the two amounts of a line (QĐ 3176, bảng 2 và bảng 3).</summary>
internal static class LineAmounts
{
    public static void Write(Draft draft, CostLine line)
    {
        Scope(draft, line);
        decimal quantity = Number(line, line.Section.Quantity, 1);
        decimal price = Number(line, line.Section.Price, 0);
        decimal rate = line.Target.Amount(line.Fields.Rate);
        if (line.Section.PayablePrice is not { } payableField)
        {
            line.Charged = CostLine.Round(quantity * price);
            line.Insured = CostLine.Round(quantity * price * rate / 100);
            line.Target.Compute(line.Fields.Charged, line.Charged, "SO_LUONG × DON_GIA", Parts(line));
            line.Target.Compute(line.Fields.Insured, line.Insured, "SO_LUONG × DON_GIA × TYLE_TT_BH", Parts(line));
            return;
        }

        Payable(line, payableField, price);
        Shared(line);
        decimal serviceRate = line.Target.Amount(Xml3.TYLE_TT_DV);
        line.Charged = CostLine.Round(quantity * price * serviceRate / 100);
        line.Insured = CostLine.Round(quantity * line.Target.Amount(Xml3.DON_GIA_BH) * serviceRate * rate / 10_000);
        line.Target.Compute(line.Fields.Charged, line.Charged, "SO_LUONG × DON_GIA_BV × TYLE_TT_DV", Parts(line));
        line.Target.Compute(line.Fields.Insured, line.Insured, "SO_LUONG × DON_GIA_BH × TYLE_TT_DV × TYLE_TT_BH", Parts(line));
    }

    // Whoever doesn't use insurance pays everything; what the hospital system says of cover doesn't count then.
    private static void Scope(Draft draft, CostLine line)
    {
        if (!draft.IsInsured)
        {
            SourceCell basis = draft.Of(F.Visit.MA_DOITUONG_KCB);
            line.Target.Compute(line.Fields.Scope, "2", "người bệnh không dùng BHYT", basis);
            line.Target.Compute(line.Fields.Rate, "0", "người bệnh không dùng BHYT", basis);
            return;
        }

        if (!line.Source.Has(line.Section.Scope)) line.Target.Compute(line.Fields.Scope, "1", "trong phạm vi hưởng, khi HIS không ghi khác");
        bool covered = line.Target[line.Fields.Scope] != "2";
        if (!line.Source.Has(line.Section.Rate)) line.Target.Compute(line.Fields.Rate, covered ? "100" : "0", covered ? "không có tỷ lệ riêng" : "ngoài phạm vi hưởng", line.Of(line.Section.Scope));
    }

    // Supplies with a payment level are recognised up to it (X3-T_TRANTT-002).
    private static void Payable(CostLine line, VisitField field, decimal price)
    {
        if (line.Target[line.Fields.Scope] == "2")
        {
            line.Target.Compute(Xml3.DON_GIA_BH, 0, "ngoài phạm vi hưởng", line.Of(line.Section.Scope));
            line.Target.Put(Xml3.T_TRANTT, "");
            return;
        }

        if (line.Source.Has(field)) return;
        decimal ceiling = line.Target.Amount(Xml3.T_TRANTT);
        bool cut = ceiling > 0 && ceiling < price;
        line.Target.Compute(Xml3.DON_GIA_BH, cut ? ceiling : price, cut ? "theo mức thanh toán T_TRANTT" : "bằng DON_GIA_BV", line.Of(line.Section.Price));
    }

    // A bed shared by two costs half, by more a third (TT 39/2024/TT-BYT).
    private static void Shared(CostLine line)
    {
        if (line.Section.Id != SectionId.Beds || line.Source.Has(F.Beds.TYLE_TT_DV)) return;
        decimal persons = Number(line, F.Beds.Persons, 1);
        line.Target.Compute(Xml3.TYLE_TT_DV, persons switch { <= 1 => "100", 2 => "50", _ => "33" }, "theo số người nằm chung giường", line.Of(F.Beds.Persons));
    }

    private static decimal Number(CostLine line, VisitField field, decimal otherwise) =>
        ValueForm.AsNumber(line.Source[field]) ?? ValueForm.AsNumber(field.Spec.Default) ?? otherwise;

    private static IEnumerable<SourceCell> Parts(CostLine line)
    {
        foreach (VisitField? field in (IEnumerable<VisitField?>)
            [line.Section.Quantity, line.Section.Price, line.Section.PayablePrice, line.Section.ServiceRate, line.Section.Rate])
        {
            if (field is { } part && line.Source.Has(part)) yield return line.Of(part);
        }
    }
}
