using LienThong.Samples.Building;
using LienThong.Standard;
using static LienThong.Samples.Errors.Tamper;

namespace LienThong.Samples.Errors;

/// <summary>Amounts, shares, sums, rates.</summary>
internal static class MoneyErrors
{
    public static readonly SampleError[] All =
    [
        Sum("sum-drugs", "X1-T_THUOC-001", Xml1.T_THUOC, 10),
        Sum("sum-supplies", "X1-T_VTYT-001", Xml1.T_VTYT, 10),
        Sum("sum-charged", "X1-T_TONGCHI_BV-001", Xml1.T_TONGCHI_BV, 10, "X1-MONEY-001"),
        Sum("sum-insured", "X1-T_TONGCHI_BH-001", Xml1.T_TONGCHI_BH, -10, "X1-T_BHTT-002", "X1-MONEY-003"),
        Sum("sum-own", "X1-T_BNTT-001", Xml1.T_BNTT, 10, "X1-MONEY-001"),
        Sum("sum-copayment", "X1-T_BNCCT-001", Xml1.T_BNCCT, 10, "X1-MONEY-001", "X1-T_BHTT-002", "X1-MONEY-003", "REC-BENEFIT-002"),
        Sum("sum-fund", "X1-T_BHTT-001", Xml1.T_BHTT, 10, "X1-MONEY-001", "X1-T_BHTT-002", "X1-MONEY-003"),
        Sum("sum-others", "X1-T_NGUONKHAC-001", Xml1.T_NGUONKHAC, 10, "X1-MONEY-001"),
        Sum("sum-fee-for-service", "X1-T_BHTT_GDV-001", Xml1.T_BHTT_GDV, -10),
        OfRow("drug-amount", "X2-THANH_TIEN_BV-001", "THANH_TIEN_BV of a medicine 10 dong too high", Xml2.THANH_TIEN_BV, CoveredDrug, (record, row) => Change(record, row, Xml2.THANH_TIEN_BV, 10)),
        OfRow("drug-insured-amount", "X2-THANH_TIEN_BH-001", "THANH_TIEN_BH of a medicine 10 dong too low", Xml2.THANH_TIEN_BH, CoveredDrug, (record, row) => Change(record, row, Xml2.THANH_TIEN_BH, -10)),
        OfRow("drug-fund-share", "X2-T_BHTT-001", "T_BHTT of a medicine 10 dong too low", Xml2.T_BHTT, CoveredDrug, (record, row) => Move(record, row, Xml2.T_BHTT, -10), "X2-BALANCE-001", "X1-MONEY-001", "X1-T_BHTT-002"),
        OfRow("drug-copayment", "X2-T_BNCCT-001", "T_BNCCT of a medicine 10 dong too high", Xml2.T_BNCCT, CoveredDrug, (record, row) => Move(record, row, Xml2.T_BNCCT, 10), "X2-BALANCE-001", "X1-MONEY-001", "X1-T_BHTT-002", "REC-BENEFIT-002"),
        OfRow("drug-own", "X2-T_BNTT-001", "T_BNTT of a medicine 10 dong too high", Xml2.T_BNTT, CoveredDrug, (record, row) => Move(record, row, Xml2.T_BNTT, 10), "X2-BALANCE-001", "X1-MONEY-001"),
        OfRow("drug-funds-parts", "X2-T_NGUONKHAC-001", "parts of T_NGUONKHAC don't add up", Xml2.T_NGUONKHAC, CoveredDrug, (_, row) => Add(row, Xml2.T_NGUONKHAC_CL, 10)),
        OfRow("drug-rate-150", "X2-MUC_HUONG-001", "MUC_HUONG 150", Xml2.MUC_HUONG, CoveredDrug, (_, row) => row.Set(Xml2.MUC_HUONG, "150")),
        OfRow("drug-payment-rate-150", "X2-TYLE_TT_BH-001", "TYLE_TT_BH 150", Xml2.TYLE_TT_BH, CoveredDrug, (_, row) => row.Set(Xml2.TYLE_TT_BH, "150")),
        OfRow("service-amount", "X3-THANH_TIEN_BV-001", "THANH_TIEN_BV of a service 10 dong too high", Xml3.THANH_TIEN_BV, CoveredService, (record, row) => Change(record, row, Xml3.THANH_TIEN_BV, 10)),
        OfRow("service-insured-amount", "X3-THANH_TIEN_BH-001", "THANH_TIEN_BH of a service 10 dong too low", Xml3.THANH_TIEN_BH, CoveredService, (record, row) => Change(record, row, Xml3.THANH_TIEN_BH, -10)),
        OfRow("service-fund-share", "X3-T_BHTT-001", "T_BHTT of a service 10 dong too low", Xml3.T_BHTT, CoveredService, (record, row) => Move(record, row, Xml3.T_BHTT, -10), "X3-BALANCE-001", "X1-MONEY-001", "X1-T_BHTT-002"),
        OfRow("service-copayment", "X3-T_BNCCT-001", "T_BNCCT of a service 10 dong too high", Xml3.T_BNCCT, CoveredService, (record, row) => Move(record, row, Xml3.T_BNCCT, 10), "X3-BALANCE-001", "X1-MONEY-001", "X1-T_BHTT-002", "REC-BENEFIT-002"),
        OfRow("service-own", "X3-T_BNTT-001", "T_BNTT of a service 10 dong too high", Xml3.T_BNTT, CoveredService, (record, row) => Move(record, row, Xml3.T_BNTT, 10), "X3-BALANCE-001", "X1-MONEY-001"),
        OfRow("service-funds-parts", "X3-T_NGUONKHAC-001", "parts of T_NGUONKHAC don't add up", Xml3.T_NGUONKHAC, CoveredService, (_, row) => Add(row, Xml3.T_NGUONKHAC_VTTN, 10)),
        OfRow("bed-one-day-more", "REC-BED-001", "one bed day more than the stay has", Xml3.SO_LUONG, row => row[Xml3.MA_NHOM] == "15", MoreBed),
        new("second-exam-full", "REC-EXAM-001", "the second examination of a day at 100 %", SecondExam),
        new("rate-too-high", "REC-BENEFIT-001", "MUC_HUONG 95 for a card of 80 %", (record, _) => Rate(record, "80", 95)),
        new("small-total-with-copayment", "REC-BENEFIT-002", "co-payment though the total is under 15 % of the base salary", SmallTotal, "REC-BENEFIT-001"),
    ];

    private static SampleError Sum(string name, string code, FieldId field, decimal amount, params string[] also) =>
        new(name, code, $"{field.Name} {(amount > 0 ? "10 dong too high" : "10 dong too low")}", (record, _) =>
        {
            RowBuilder row = Summary(record);
            if (Totals.Read(row, field) + amount < 0 || !Insured(record)) return null;
            Add(row, field, amount);
            return new SampleCell(TableId.Xml1, 1, field);
        }, also);

    private static bool CoveredDrug(RowBuilder row) => row[Xml2.PHAM_VI] == "1" && row[Xml2.T_NGUONKHAC] == "0.00" && Totals.Read(row, Xml2.T_BHTT) > 100;

    private static bool CoveredService(RowBuilder row) =>
        row[Xml3.PHAM_VI] == "1" && row[Xml3.T_NGUONKHAC] == "0.00" && Totals.Read(row, Xml3.T_BHTT) > 100 && row[Xml3.MA_NHOM] is "1" or "2" or "3" or "18";

    private static void Change(RecordBuilder record, RowBuilder row, FieldId field, decimal amount)
    {
        Add(row, field, amount);
        Reshare(record, row);
    }

    private static void Move(RecordBuilder record, RowBuilder row, FieldId field, decimal amount)
    {
        Add(row, field, amount);
        Totals.Write(record);
    }

    private static void MoreBed(RecordBuilder record, RowBuilder row)
    {
        decimal quantity = Totals.Read(row, Xml3.SO_LUONG) + 1;
        decimal amount = quantity * Totals.Read(row, Xml3.DON_GIA_BV);
        bool insured = Totals.Read(row, Xml3.DON_GIA_BH) > 0;
        row.Set(Xml3.SO_LUONG, Text.Quantity(quantity)).Set(Xml3.THANH_TIEN_BV, Text.Money(amount)).Set(Xml3.THANH_TIEN_BH, Text.Money(insured ? amount : 0));
        Reshare(record, row);
    }

    private static SampleCell? SecondExam(RecordBuilder record, Random random)
    {
        if (!Insured(record) || Small(record)) return null;
        return Row(record, random, Xml3.TYLE_TT_DV, row => row[Xml3.MA_NHOM] == "13" && row[Xml3.TYLE_TT_DV] == "30", row =>
        {
            row.Set(Xml3.TYLE_TT_DV, "100").Set(Xml3.THANH_TIEN_BV, Text.Money(Totals.Read(row, Xml3.DON_GIA_BV))).Set(Xml3.THANH_TIEN_BH, Text.Money(Totals.Read(row, Xml3.DON_GIA_BH)));
            Reshare(record, row);
        });
    }

    private static SampleCell? Rate(RecordBuilder record, string from, decimal to)
    {
        if (Small(record) || Summary(record)[Xml1.NGAY_MIEN_CCT] is { Length: > 0 }) return null;
        SampleCell? first = null;
        foreach ((TableId table, FieldId field, FieldId insured) in new[] { (TableId.Xml2, Xml2.MUC_HUONG, Xml2.THANH_TIEN_BH), (TableId.Xml3, Xml3.MUC_HUONG, Xml3.THANH_TIEN_BH) })
        {
            for (int i = 0; i < record.Rows(table).Count; i++)
            {
                RowBuilder row = record.Rows(table)[i];
                if (row[field] != from || Totals.Read(row, insured) == 0) continue;
                row.Set(field, Text.Percent(to));
                Reshare(record, row);
                first ??= new SampleCell(table, i + 1, field);
            }
        }

        return first;
    }

    private static SampleCell? SmallTotal(RecordBuilder record, Random random)
    {
        bool copays = Summary(record)[Xml1.MA_THE_BHYT] is { Length: 15 } card && card[2] == '4' && Summary(record)[Xml1.MA_DOITUONG_KCB] is "1.1" or "1.3";
        if (!copays || !Small(record)) return null;
        foreach (TableId table in new[] { TableId.Xml2, TableId.Xml3 })
        {
            foreach (RowBuilder row in record.Rows(table))
            {
                if (row[table == TableId.Xml2 ? Xml2.MUC_HUONG : Xml3.MUC_HUONG] != "100") continue;
                row.Set(table == TableId.Xml2 ? Xml2.MUC_HUONG : Xml3.MUC_HUONG, "80");
                Reshare(record, row);
            }
        }

        return new SampleCell(TableId.Xml1, 1, Xml1.T_BNCCT);
    }

    private static bool Small(RecordBuilder record) =>
        Totals.Read(Summary(record), Xml1.T_TONGCHI_BH) < Data.Era.SmallTotal(Moment(Summary(record)[Xml1.NGAY_VAO]));
}
