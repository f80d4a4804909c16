using System.Globalization;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>The sums of XML1, added up from the rows as they are.</summary>
internal static class Totals
{
    public static void Write(RecordBuilder record)
    {
        Sums drugs = Add(record, TableId.Xml2);
        Sums services = Add(record, TableId.Xml3);
        record.Set(Xml1.T_THUOC, Text.Money(drugs.Charged))
            .Set(Xml1.T_VTYT, Text.Money(services.Supplies))
            .Set(Xml1.T_TONGCHI_BV, Text.Money(drugs.Charged + services.Charged))
            .Set(Xml1.T_TONGCHI_BH, Text.Money(drugs.Insured + services.Insured))
            .Set(Xml1.T_BNTT, Text.Money(drugs.Own + services.Own))
            .Set(Xml1.T_BNCCT, Text.Money(drugs.Copaid + services.Copaid))
            .Set(Xml1.T_BHTT, Text.Money(drugs.Fund + services.Fund))
            .Set(Xml1.T_NGUONKHAC, Text.Money(drugs.Others + services.Others))
            .Set(Xml1.T_BHTT_GDV, Text.Money(drugs.FeeForService + services.FeeForService));
    }

    public static decimal Read(RowBuilder row, FieldId field) =>
        decimal.TryParse(row[field], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal value) ? value : 0;

    private static Sums Add(RecordBuilder record, TableId table)
    {
        bool drug = table == TableId.Xml2;
        var sums = new Sums();
        foreach (RowBuilder row in record.Rows(table))
        {
            decimal charged = Read(row, drug ? Xml2.THANH_TIEN_BV : Xml3.THANH_TIEN_BV);
            decimal fund = Read(row, drug ? Xml2.T_BHTT : Xml3.T_BHTT);
            sums.Charged += charged;
            sums.Insured += Read(row, drug ? Xml2.THANH_TIEN_BH : Xml3.THANH_TIEN_BH);
            sums.Own += Read(row, drug ? Xml2.T_BNTT : Xml3.T_BNTT);
            sums.Copaid += Read(row, drug ? Xml2.T_BNCCT : Xml3.T_BNCCT);
            sums.Fund += fund;
            sums.Others += Read(row, drug ? Xml2.T_NGUONKHAC : Xml3.T_NGUONKHAC);
            if (row[drug ? Xml2.MA_PTTT : Xml3.MA_PTTT] == "1") sums.FeeForService += fund;
            if (!drug && row[Xml3.MA_NHOM] is "10" or "11") sums.Supplies += charged;
        }

        return sums;
    }

    private struct Sums
    {
        public decimal Charged, Insured, Own, Copaid, Fund, Others, FeeForService, Supplies;
    }
}
