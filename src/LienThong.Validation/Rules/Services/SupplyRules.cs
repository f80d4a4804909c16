using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML3: supplies, their codes, tenders, packages and ceilings.</summary>
internal static class SupplyRules
{
    private const decimal CeilingSalaries = 45;

    private static readonly BytePattern SupplyForm = BytePattern.Of("^N[0-9]{2}\\.[0-9]{2}\\.[0-9]{3}(\\.[0-9A-Za-z.]+)*$");
    private static readonly BytePattern Tender = BytePattern.Of("^([^;]+;G[0-9]{1,3}(;N[0-9]{1,2})?;[0-9]{4}|[^;]+;[0-9]{4})$");

    public static readonly Rule[] All =
    [
        new RowRule("X3-MA_VAT_TU-003", Xml3.MA_VAT_TU, static (row, _) =>
            row[Xml3.MA_VAT_TU].IsEmpty ? Answer.NotApplicable : SupplyForm.Matches(row[Xml3.MA_VAT_TU].Trimmed)),

        Forms.Text("X3-GOI_VTYT-001", Xml3.GOI_VTYT, "^G[1-9][0-9]{0,2}$"),
        Forms.Text("X3-TAI_SU_DUNG-001", Xml3.TAI_SU_DUNG, "^1$"),

        // Transport names its fuel; nothing else has one.
        new RowRule("X3-MA_XANG_DAU-001", Xml3.MA_XANG_DAU, static (row, _) =>
            row.Group() == 12 ? !row[Xml3.MA_XANG_DAU].IsEmpty
            : row[Xml3.MA_XANG_DAU].IsEmpty ? Answer.NotApplicable : Breach.As(Severity.Warn)),

        // Supplies paid apart come from a tender; those inside a price only ought to.
        new RowRule("X3-TT_THAU-001", Xml3.TT_THAU, static (row, _) => row.Group() switch
        {
            10 => !row[Xml3.TT_THAU].IsEmpty,
            11 => row[Xml3.TT_THAU].IsEmpty ? Breach.As(Severity.Warn) : Answer.Holds,
            _ => Answer.NotApplicable,
        }),

        new RowRule("X3-TT_THAU-002", Xml3.TT_THAU, static (row, _) =>
            row[Xml3.TT_THAU].IsEmpty ? Answer.NotApplicable : Tender.Matches(row[Xml3.TT_THAU].Trimmed)),

        // Supplies have a code and a name.
        new RowRule("X3-MA_VAT_TU-001", Xml3.MA_VAT_TU, static (row, _) =>
            ServiceCodeRules.IsSupply(row) ? Forms.AllFilled(row, [Xml3.MA_VAT_TU, Xml3.TEN_VAT_TU]) : Answer.NotApplicable, Xml3.MA_NHOM),

        new RowRule("X3-MA_VAT_TU-002", Xml3.MA_VAT_TU, static (row, _) =>
            row[Xml3.MA_VAT_TU].IsEmpty ? Answer.NotApplicable : ServiceCodeRules.IsSupply(row), Xml3.MA_NHOM),

        // A supply used in a service goes with a row of that service.
        new RowRule("X3-MA_VAT_TU-004", Xml3.MA_DICH_VU, static (row, record) =>
            ServiceCodeRules.IsSupply(row) && !row[Xml3.MA_DICH_VU].IsEmpty
                ? record.Lines.HasService(row[Xml3.MA_DICH_VU].Trimmed) : Answer.NotApplicable, Xml3.MA_NHOM),

        // One stent a row, save for cards that are paid without a ceiling.
        new RowRule("X3-MA_VAT_TU-005", Xml3.SO_LUONG, static (row, record) =>
        {
            if (!row[Xml3.MA_VAT_TU].StartsWith("N06.02.020"u8)) return Answer.NotApplicable;
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Quantity)) return Answer.Malformed;
            return line.Quantity <= 1 || Cards.HasPrefix(record, "CC TE QN CA CY"u8);
        }, Xml3.MA_VAT_TU, Xml1.MA_THE_BHYT),

        new RowRule("X3-GOI_VTYT-002", Xml3.GOI_VTYT, static (row, _) =>
            row[Xml3.GOI_VTYT].IsEmpty ? Answer.NotApplicable : !row[Xml3.MA_DICH_VU].IsEmpty),

        // Until 2024 T_TRANTT is the ceiling of the package: 45 base salaries.
        new RowRule("X3-T_TRANTT-001", Xml3.T_TRANTT, static (row, record) =>
        {
            Read<decimal> ceiling = row[Xml3.T_TRANTT].Decimal();
            if (ceiling.IsAbsent) return Answer.NotApplicable;
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!ceiling.IsPresent || !line.Ordered.IsPresent) return Answer.Malformed;
            if (DatedAmount.BaseSalary.On(line.Ordered.Value.Day()) is not { } salary) return Answer.NotApplicable;
            decimal expected = CeilingSalaries * salary;
            return Math.Abs(ceiling.Value - expected) <= 1 ? Answer.Holds : Breach.Expect(expected);
        }, Xml3.NGAY_YL),

        // Since 3176 T_TRANTT is the payment level of the item; insurance recognises no more than that nor than the price.
        new RowRule("X3-T_TRANTT-002", Xml3.DON_GIA_BH, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.IsSupply) return Answer.NotApplicable;
            Read<decimal> ceiling = row[Xml3.T_TRANTT].Decimal();
            if (ceiling.IsMalformed || !line.Has(Amounts.Price | Amounts.Payable)) return Answer.Malformed;
            if (ceiling.IsAbsent) return line.Scope != 1 ? Answer.NotApplicable : line.Payable <= line.Price + 0.01m ? Answer.Holds : Breach.Expect(line.Price);
            if (row[Xml3.TAI_SU_DUNG].Is("1"u8)) return Answer.NotApplicable;
            decimal expected = Math.Min(line.Price, ceiling.Value);
            return Math.Abs(line.Payable - expected) <= 0.01m ? Answer.Holds : Breach.Expect(expected);
        }, Xml3.DON_GIA_BV, Xml3.T_TRANTT, Xml3.MA_NHOM),

        // A reused supply is worth the same to hospital and insurance.
        new RowRule("X3-DON_GIA-003", Xml3.DON_GIA_BH, static (row, record) =>
        {
            if (!row[Xml3.TAI_SU_DUNG].Is("1"u8)) return Answer.NotApplicable;
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Price | Amounts.Payable)) return Answer.Malformed;
            return line.Price == line.Payable ? Answer.Holds : Breach.Expect(line.Price);
        }, Xml3.DON_GIA_BV, Xml3.TAI_SU_DUNG),
    ];
}
