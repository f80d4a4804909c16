namespace LienThong.Validation;

/// <summary>Who pays a cost line, by the field texts of T_BHTT, T_BNCCT and T_BNTT. Amounts in VND.</summary>
internal readonly struct Shares
{
    private readonly decimal insured;
    private readonly decimal copayment;
    private readonly decimal outside;
    private readonly decimal others;

    public Shares(in CostLine line)
    {
        insured = Round(line.Covered * line.Level / 100);
        copayment = line.Covered - insured;
        outside = line.Charged - line.Covered;
        others = line.Others;
    }

    /// <summary>Amounts that every share is calculated from.</summary>
    public const Amounts Read = Amounts.Charged | Amounts.Covered | Amounts.Level | Amounts.Others;

    /// <summary>Money of other funds is in play.</summary>
    public bool HasOthers => others > 0;

    /// <summary>Case a: other funds take over what the patient pays himself, then the co-payment, then part of the fund's share.</summary>
    public decimal Fund => insured - Math.Max(0, others - outside - copayment);

    /// <summary>Case a: the co-payment left to the patient.</summary>
    public decimal Copaid => Math.Max(0, copayment - Math.Max(0, others - outside));

    /// <summary>Case a: what the patient pays himself.</summary>
    public decimal Own => Math.Max(0, outside - others);

    /// <summary>Case b (support to the facility): the fund's share without any cut.</summary>
    public decimal FundUncut => insured;

    /// <summary>Case b: the whole co-payment.</summary>
    public decimal CopaidUncut => copayment;

    /// <summary>Case b: other funds only lower what the patient pays himself.</summary>
    public decimal OwnLessOthers => outside - others;

    /// <summary>Case c: other funds paid just the co-payment, so that the patient owes all the rest.</summary>
    public decimal OwnUncut => outside;

    /// <summary>Case c is told by its numbers: no co-payment, and other funds gave just that much.</summary>
    public bool OthersPaidCopayment(in CostLine line) =>
        others > 0 && line.Has(Amounts.Copaid) && line.Copaid == 0 && Math.Abs(others - copayment) <= 2m;

    /// <summary>Two places, half away from zero.</summary>
    public static decimal Round(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}
