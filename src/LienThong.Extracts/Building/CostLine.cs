namespace LienThong.Extracts;

/// <summary>A line that costs something, and how its cost is shared. Amounts in VND, rounded once to two decimals, half away from zero.</summary>
internal sealed class CostLine(CostSection section, VisitRow source, int number, TargetRow target, CostTarget fields)
{
    public CostSection Section => section;

    public VisitRow Source => source;

    public TargetRow Target => target;

    public CostTarget Fields => fields;

    /// <summary>What the line costs (<c>THANH_TIEN_BV</c>).</summary>
    public decimal Charged { get; set; }

    /// <summary>What of it the insurance recognises (<c>THANH_TIEN_BH</c>).</summary>
    public decimal Insured { get; set; }

    /// <summary>Benefit level in percent.</summary>
    public decimal Level { get; set; }

    /// <summary>Paid by state budget, foreign, Vietnamese and remaining sources.</summary>
    public decimal[] Others { get; } = new decimal[4];

    /// <summary>What insurance would pay without other sources.</summary>
    public decimal Covered => Round(Insured * Level / 100);

    /// <summary>The patient's part outside cover, without other sources.</summary>
    public decimal Outside => Charged - Insured;

    /// <summary>The co-payment without other sources.</summary>
    public decimal Copayment => Insured - Covered;

    public SourceCell Of(VisitField field) => new(field, source, number);

    public static decimal Round(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);

    /// <summary>Writes the shares: other sources pay what the patient owes outside cover, then the co-payment, then a part of the fund's share (QĐ 3176).</summary>
    public void WriteShares(string how, IEnumerable<SourceCell> basis)
    {
        decimal others = Others.Sum();
        decimal beyondOwn = Math.Max(0, others - Outside);
        SourceCell[] amounts = [Of(section.Quantity), Of(section.Price)];
        target.Compute(fields.Level, Level, how, basis);
        target.Compute(fields.OthersTotal, others, "tổng các nguồn khác của dòng", [.. section.Others.Where(f => source.Has(f)).Select(Of)]);
        target.Compute(fields.Own, Math.Max(0, Outside - others), "THANH_TIEN_BV − THANH_TIEN_BH, trừ nguồn khác", amounts);
        target.Compute(fields.Copaid, Math.Max(0, Copayment - beyondOwn), "THANH_TIEN_BH − phần quỹ trả, trừ nguồn khác còn lại", amounts);
        target.Compute(fields.Fund, Covered - Math.Max(0, beyondOwn - Copayment), "THANH_TIEN_BH × MUC_HUONG, trừ nguồn khác còn lại", amounts);
    }
}
