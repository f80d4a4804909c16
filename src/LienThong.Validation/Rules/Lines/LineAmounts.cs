namespace LienThong.Validation;

/// <summary>What a cost line's amounts should be, before sharing them. VND, rounded once at the end.</summary>
internal static class LineAmounts
{
    /// <summary><c>THANH_TIEN_BH</c> from quantity, recognised price and rates.</summary>
    public static decimal Covered(in CostLine line) =>
        Shares.Round(line.Quantity * line.Payable * line.ServiceRate * line.CoverRate / 10000);

    /// <summary>The same less the money of other funds that support the facility (QĐ 130 and 4750, worked example of T_BNTT).</summary>
    public static decimal CoveredLessOthers(in CostLine line) =>
        Shares.Round(((line.Quantity * line.Payable * line.ServiceRate / 100) - line.Others) * line.CoverRate / 100);

    /// <summary>Case b of other funds, told by its numbers: the covered amount was cut by them.</summary>
    public static bool SupportsFacility(in CostLine line)
    {
        const Amounts read = Amounts.Quantity | Amounts.Payable | Amounts.ServiceRate | Amounts.CoverRate | Amounts.Covered;
        return line.Others > 0 && line.Has(read) && Math.Abs(line.Covered - CoveredLessOthers(line)) <= 2m;
    }
}
