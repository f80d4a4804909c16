using System.Globalization;
using LienThong.Standard;

namespace LienThong.Samples.Tests;

/// <summary>The identities of QĐ 3176, computed here with arithmetic of its own: whole hundredths of a dong.</summary>
public sealed class MoneyOfRecords
{
    private static readonly SampleFactory Factory = new(new SampleOptions { Seed = 11, From = new(2026, 6, 20), To = new(2026, 7, 20) });

    [Fact]
    public void Rows_and_sums_add_up_to_the_hundredth()
    {
        foreach ((SampleKind kind, int index) in Written.Mix(1500, 25)) Check(Factory.Create(kind, index));
        Check(Factory.Create(SampleKind.LongStay, 1));
    }

    private static void Check(RecordBuilder record)
    {
        RowBuilder summary = record.Rows(TableId.Xml1)[0];
        string key = summary[Xml1.MA_LK]!;
        long charged = 0, insured = 0, own = 0, copaid = 0, fund = 0, others = 0, cut = 0, supplies = 0, drugs = 0;
        foreach (RowBuilder row in record.Rows(TableId.Xml2))
        {
            Shares s = Row(row, key, Xml2.THANH_TIEN_BV, Xml2.THANH_TIEN_BH, Xml2.MUC_HUONG, Xml2.T_BNTT, Xml2.T_BNCCT, Xml2.T_BHTT, Xml2.T_NGUONKHAC);
            Near(Scaled(row[Xml2.SO_LUONG], 3) * Scaled(row[Xml2.DON_GIA], 3), s.Charged * 10_000m, 5_000m);
            Near(Scaled(row[Xml2.SO_LUONG], 3) * Scaled(row[Xml2.DON_GIA], 3) * Scaled(row[Xml2.TYLE_TT_BH], 0), s.Insured * 1_000_000m, 500_000m);
            drugs += s.Charged;
            Add(s);
        }

        foreach (RowBuilder row in record.Rows(TableId.Xml3))
        {
            Shares s = Row(row, key, Xml3.THANH_TIEN_BV, Xml3.THANH_TIEN_BH, Xml3.MUC_HUONG, Xml3.T_BNTT, Xml3.T_BNCCT, Xml3.T_BHTT, Xml3.T_NGUONKHAC);
            decimal pieces = Scaled(row[Xml3.SO_LUONG], 3) * Scaled(row[Xml3.TYLE_TT_DV], 0);
            Near(pieces * Scaled(row[Xml3.DON_GIA_BV], 3), s.Charged * 1_000_000m, 500_000m);
            Near(pieces * Scaled(row[Xml3.DON_GIA_BH], 3) * Scaled(row[Xml3.TYLE_TT_BH], 0), s.Insured * 100_000_000m, 50_000_000m);
            if (row[Xml3.MA_NHOM] is "10" or "11") supplies += s.Charged;
            Add(s);
        }

        Assert.Equal(charged, Cents(summary[Xml1.T_TONGCHI_BV]));
        Assert.Equal(insured, Cents(summary[Xml1.T_TONGCHI_BH]));
        Assert.Equal(drugs, Cents(summary[Xml1.T_THUOC]));
        Assert.Equal(supplies, Cents(summary[Xml1.T_VTYT]));
        Assert.Equal(own, Cents(summary[Xml1.T_BNTT]));
        Assert.Equal(copaid, Cents(summary[Xml1.T_BNCCT]));
        Assert.Equal(fund, Cents(summary[Xml1.T_BHTT]));
        Assert.Equal(fund, Cents(summary[Xml1.T_BHTT_GDV]));
        Assert.Equal(others, Cents(summary[Xml1.T_NGUONKHAC]));
        Assert.Equal(charged, own + copaid + fund + others);
        Assert.Equal(fund, insured - copaid - cut);
        // Luật BHYT, điều 22: under 15 % of the base salary nobody pays a share; 351,000 before 01/07/2026, 379,500 from then on.
        long limit = string.CompareOrdinal(summary[Xml1.NGAY_VAO], "20260701") < 0 ? 35_100_000 : 37_950_000;
        if (insured < limit && summary[Xml1.MA_DOITUONG_KCB] != "1.13") Assert.Equal(0, copaid);

        void Add(Shares s)
        {
            charged += s.Charged;
            insured += s.Insured;
            own += s.Own;
            copaid += s.Copaid;
            fund += s.Fund;
            others += s.Others;
            cut += Math.Max(0, s.Others - Math.Max(0, s.Charged - s.Insured));
        }
    }

    private static Shares Row(RowBuilder row, string key, FieldId charged, FieldId insured, FieldId rate, FieldId own, FieldId copaid, FieldId fund, FieldId others)
    {
        var s = new Shares(Cents(row[charged]), Cents(row[insured]), Cents(row[own]), Cents(row[copaid]), Cents(row[fund]), Cents(row[others]));
        // Half a cent goes up: 2·insured·rate tenths of a percent, plus one whole, halved.
        long tenths = (long)(decimal.Parse(row[rate]!, CultureInfo.InvariantCulture) * 10);
        long covered = ((s.Insured * tenths) + 500) / 1000;
        long outside = s.Charged - s.Insured;
        long beyond = Math.Max(0, s.Others - outside);
        Assert.True(s.Own == Math.Max(0, outside - s.Others), key);
        Assert.True(s.Copaid == Math.Max(0, s.Insured - covered - beyond), key);
        Assert.True(s.Fund == covered - Math.Max(0, beyond - (s.Insured - covered)), key);
        Assert.True(s.Charged == s.Own + s.Copaid + s.Fund + s.Others, key);
        return s;
    }

    private static void Near(decimal expected, decimal actual, decimal half) => Assert.InRange(expected - actual, -half, half);

    private static long Cents(string? text) => (long)Scaled(text, 2);

    private static decimal Scaled(string? text, int places)
    {
        decimal value = decimal.Parse(text!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        for (int i = 0; i < places; i++) value *= 10;
        Assert.Equal(decimal.Truncate(value), value);
        return value;
    }

    private readonly record struct Shares(long Charged, long Insured, long Own, long Copaid, long Fund, long Others);
}
