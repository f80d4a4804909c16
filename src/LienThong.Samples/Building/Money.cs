using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>
/// The shares of patient, other funds and insurance by the formulas of QĐ 3176 (field texts of XML2 and XML3): other funds pay
/// what the patient owes outside insurance first, then the co-payment, then a part of the insurance's share.
/// </summary>
internal static class Money
{
    public static decimal Round(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);

    /// <summary>Decides each line's rate, writes its shares, then the sums of XML1.</summary>
    public static void Settle(Episode episode, RecordBuilder record)
    {
        decimal total = 0;
        foreach (Line line in episode.Lines) total += line.Insured;
        bool full = total < Era(episode);
        foreach (Line line in episode.Lines) Share(line, line.Insured == 0 ? 0 : Rate(episode, line, full));
        Totals.Write(record);
    }

    private static decimal Era(Episode episode) => Data.Era.SmallTotal(episode.In);

    private static decimal Rate(Episode episode, Line line, bool full)
    {
        var day = DateOnly.FromDateTime(line.Ordered);
        decimal half = episode.Object == "1.13" ? 0.5m : 1;
        if (full || (half == 1 && episode.ExemptFrom is { } from && day >= from)) return 100 * half;
        foreach (Card card in episode.Cards)
        {
            if (card.From <= day && day <= card.To) return card.Rate * half;
        }

        return 0;
    }

    /// <summary>Writes the shares of one line for a rate in percent.</summary>
    public static void Share(Line line, decimal rate)
    {
        decimal covered = Round(line.Insured * rate / 100);
        decimal copayment = line.Insured - covered;
        decimal outside = line.Charged - line.Insured;
        decimal others = line.Others;
        decimal own = Math.Max(0, outside - others);
        decimal copaid = Math.Max(0, copayment - Math.Max(0, others - outside));
        decimal fund = covered - Math.Max(0, others - outside - copayment);
        bool drug = line.Row.Table == TableId.Xml2;
        line.Row
            .Set(drug ? Xml2.THANH_TIEN_BV : Xml3.THANH_TIEN_BV, Text.Money(line.Charged))
            .Set(drug ? Xml2.THANH_TIEN_BH : Xml3.THANH_TIEN_BH, Text.Money(line.Insured))
            .Set(drug ? Xml2.T_NGUONKHAC_NSNN : Xml3.T_NGUONKHAC_NSNN, Text.Money(others))
            .Set(drug ? Xml2.T_NGUONKHAC_VTNN : Xml3.T_NGUONKHAC_VTNN, "0.00")
            .Set(drug ? Xml2.T_NGUONKHAC_VTTN : Xml3.T_NGUONKHAC_VTTN, "0.00")
            .Set(drug ? Xml2.T_NGUONKHAC_CL : Xml3.T_NGUONKHAC_CL, "0.00")
            .Set(drug ? Xml2.T_NGUONKHAC : Xml3.T_NGUONKHAC, Text.Money(others))
            .Set(drug ? Xml2.MUC_HUONG : Xml3.MUC_HUONG, Text.Percent(rate))
            .Set(drug ? Xml2.T_BNTT : Xml3.T_BNTT, Text.Money(own))
            .Set(drug ? Xml2.T_BNCCT : Xml3.T_BNCCT, Text.Money(copaid))
            .Set(drug ? Xml2.T_BHTT : Xml3.T_BHTT, Text.Money(fund));
    }
}
