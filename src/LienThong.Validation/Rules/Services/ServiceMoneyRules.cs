using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML3: quantity, prices, rates and amounts. VND; the shares of patient, fund and others are <see cref="ShareRules"/>.</summary>
internal static class ServiceMoneyRules
{
    public static readonly Rule[] All =
    [
        LineForms.Percent("X3-TYLE_TT_BH-001", Xml3.TYLE_TT_DV),

        // A bed of a day with several transfers may count 0.
        new RowRule("X3-SO_LUONG-001", Xml3.SO_LUONG, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Quantity)) return Answer.Malformed;
            return line.Quantity > 0 || (line.Quantity == 0 && line.IsBed);
        }, Xml3.MA_NHOM),

        new RowRule("X3-DON_GIA-001", Xml3.DON_GIA_BV, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Price | Amounts.Charged)) return Answer.Malformed;
            return line.Price != 0 || line.Charged == 0;
        }, Xml3.THANH_TIEN_BV),

        new RowRule("X3-DON_GIA-002", Xml3.DON_GIA_BH, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (line.Scope != 1 || line.IsSupply) return Answer.NotApplicable;
            return line.Has(Amounts.Price | Amounts.Payable) ? line.Payable <= line.Price : Answer.Malformed;
        }, Xml3.DON_GIA_BV, Xml3.PHAM_VI),

        // Second examinations, shared beds and further operations are paid in part; everything else in full.
        new RowRule("X3-TYLE_TT_DV-001", Xml3.TYLE_TT_DV, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (row[Xml3.TYLE_TT_DV].IsEmpty) return Answer.NotApplicable;
            if (!line.Has(Amounts.ServiceRate)) return Answer.Malformed;
            if (IsUsualRate(line, record)) return Answer.Holds;
            bool discount = record.SinceQD3176 && line.ServiceRate is >= 1 and <= 99;
            return discount ? Breach.As(Severity.Info) : Answer.Broken;
        }, Xml3.MA_NHOM),

        // Quantity × price × rate of the service. Sources differ: see the reason behind each variant.
        new RowRule("X3-THANH_TIEN_BV-001", Xml3.THANH_TIEN_BV, static (row, record) => IsCharged(record.Lines.Of(row), record),
            Xml3.SO_LUONG, Xml3.DON_GIA_BV, Xml3.DON_GIA_BH, Xml3.TYLE_TT_DV),

        // Quantity × recognised price × both rates; until 2024 less what supports the facility.
        new RowRule("X3-THANH_TIEN_BH-001", Xml3.THANH_TIEN_BH, static (row, record) =>
        {
            const Amounts read = Amounts.Covered | Amounts.Quantity | Amounts.Payable | Amounts.ServiceRate | Amounts.CoverRate | Amounts.Others;
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(read)) return Answer.Malformed;
            decimal expected = LineAmounts.Covered(line);
            var allowed = new Tolerance(line.Covered);
            allowed.Allow(expected);
            if (line.Others > 0 && !record.SinceQD3176) allowed.Allow(LineAmounts.CoveredLessOthers(line));
            return Packages.IsAboveCeiling(row, record, allowed) ? Answer.NotApplicable : allowed.Judge(expected);
        }, Xml3.SO_LUONG, Xml3.DON_GIA_BH, Xml3.TYLE_TT_DV, Xml3.TYLE_TT_BH, Xml3.T_NGUONKHAC),

        new RowRule("X3-MAX-001", Xml3.SO_LUONG, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Price | Amounts.Quantity)) return Answer.Malformed;
            return line.IsMeasured && line.Quantity > 50 ? Answer.Broken : line.IsSupply || line.Price <= 50_000_000 ? Answer.Holds : Breach.Of(Xml3.DON_GIA_BV);
        }, Xml3.DON_GIA_BV, Xml3.MA_NHOM),
    ];

    private static bool IsUsualRate(in CostLine line, RecordView record) => line.Group switch
    {
        13 => line.ServiceRate is 100 or 30 or 10 or 0,
        14 or 15 or 16 => line.ServiceRate is 100 or 50 or 33 || (line.ServiceRate == 30 && !record.SinceQD3176),
        8 or 18 => line.ServiceRate is 100 or 80 or 50,
        _ => line.ServiceRate == 100,
    };

    private static Answer IsCharged(in CostLine line, RecordView record)
    {
        if (!line.Has(Amounts.Charged | Amounts.Quantity | Amounts.Price | Amounts.Payable | Amounts.ServiceRate)) return Answer.Malformed;
        decimal whole = line.Quantity * line.Price;
        decimal expected = Shares.Round(whole * line.ServiceRate / 100);
        var allowed = new Tolerance(line.Charged);
        allowed.Allow(expected);
        if (allowed.IsEqual || line.ServiceRate == 100) return allowed.Judge(expected);

        // 3176: in special cases the patient isn't charged what insurance doesn't pay.
        var uncharged = new Tolerance(line.Charged);
        uncharged.Allow(Shares.Round(whole - (line.Quantity * line.Payable * (100 - line.ServiceRate) / 100)));
        if (record.SinceQD3176 && uncharged.IsEqual) return Answer.Holds;

        // QĐ 130 and the portal's sheet leave the rate out: accepted with a warning.
        var unrated = new Tolerance(line.Charged);
        unrated.Allow(Shares.Round(whole));
        return allowed.Judge(expected, mildly: uncharged.IsNear || unrated.IsNear);
    }
}
