using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Benefit rates against card, category and size of the bill.</summary>
internal static class BenefitRules
{
    private const Amounts Read = Amounts.Covered | Amounts.Level;

    public static readonly Rule[] All =
    [
        // Each line is paid at the rate of the card valid on its day. Cases with a rule of their own (003, 004, 006, 007) are left to it.
        new SweepRule("REC-BENEFIT-001", Xml3.MUC_HUONG, static (record, report) => FollowTheCard(record, report),
            Xml1.MA_THE_BHYT, Xml1.GT_THE_TU, Xml1.GT_THE_DEN, Xml1.MA_DOITUONG_KCB, Xml1.T_TONGCHI_BH, Xml1.NGAY_VAO, Xml1.NGAY_MIEN_CCT),

        // A small bill has no co-payment.
        new RowRule("REC-BENEFIT-002", Xml1.T_BNCCT, static (row, record) =>
        {
            Read<decimal> total = row[Xml1.T_TONGCHI_BH].Decimal();
            Read<decimal> copaid = row[Xml1.T_BNCCT].Decimal();
            if (total.IsMalformed || copaid.IsMalformed || record.Arrived.IsMalformed) return Answer.Malformed;
            if (BenefitRates.SmallTotal(record) is not { } limit || total.Value <= 0 || total.Value >= limit) return Answer.NotApplicable;
            if (row[Xml1.MA_DOITUONG_KCB].IsOneOf("1.13 1.14 1.18 3.1 9"u8)) return Answer.NotApplicable;
            return copaid.Value == 0 ? Answer.Holds : Breach.Expect("0").And("limit", Show.Money(limit));
        }, Xml1.T_TONGCHI_BH, Xml1.NGAY_VAO, Xml1.MA_DOITUONG_KCB),

        // A larger bill of a card with co-payment isn't paid in full without a waiver.
        new SweepRule("REC-BENEFIT-003", Xml3.MUC_HUONG, static (record, report) => NotInFull(record, report),
            Xml1.MA_THE_BHYT, Xml1.MA_DOITUONG_KCB, Xml1.T_TONGCHI_BH, Xml1.NGAY_VAO, Xml1.NGAY_MIEN_CCT),

        // After the waiver everything is paid in full.
        AfterWaiver(LineFields.Drugs),
        AfterWaiver(LineFields.Services),

        // Patients of 1.13, 1.14, 1.18 who come on their own: nothing before July 2026, at most half from then on.
        new RowRule("REC-BENEFIT-006", Xml1.MA_DOITUONG_KCB, static (row, record) =>
            !IsHalved(record) || BenefitRates.Share(record) > 0 ? Answer.NotApplicable : IsZero(row[Xml1.T_BHTT].Decimal()), Xml1.T_BHTT),
        AtMost("REC-BENEFIT-006", LineFields.Drugs, IsHalved),
        AtMost("REC-BENEFIT-006", LineFields.Services, IsHalved),

        // Patients of 3.1: at most 40 for a stay, nothing for a visit.
        new RowRule("REC-BENEFIT-007", Xml1.MA_DOITUONG_KCB, static (row, record) =>
            !IsOwnWay(record) || BenefitRates.Share(record) > 0 ? Answer.NotApplicable : IsZero(row[Xml1.T_BHTT].Decimal()), Xml1.T_BHTT, Xml1.MA_LOAI_KCB),
        AtMost("REC-BENEFIT-007", LineFields.Drugs, IsOwnWay),
        AtMost("REC-BENEFIT-007", LineFields.Services, IsOwnWay),
    ];

    private static bool IsHalved(RecordView record) => record.Summary[Xml1.MA_DOITUONG_KCB].IsOneOf("1.13 1.14 1.18"u8);

    private static bool IsOwnWay(RecordView record) => record.Summary[Xml1.MA_DOITUONG_KCB].Is("3.1"u8);

    private static Answer IsZero(Read<decimal> amount) => amount.IsMalformed ? Answer.Malformed : amount.Value == 0;

    private static bool IsPaid(in CostLine line) => line.Scope == 1 && line.Covered > 0 && line.Group != 12;

    private static RowRule AtMost(string code, LineFields at, Func<RecordView, bool> applies) => new(code, at.Level, (row, record) =>
    {
        if (!applies(record)) return Answer.NotApplicable;
        decimal most = BenefitRates.Share(record) * 100;
        ref readonly CostLine line = ref record.Lines.Of(row);
        if (most == 0) return Answer.NotApplicable;
        return !line.Has(Amounts.Level) ? Answer.Malformed : line.Level <= most ? Answer.Holds : Breach.Expect(most);
    }, Xml1.MA_DOITUONG_KCB);

    private static RowRule AfterWaiver(LineFields at) => new("REC-BENEFIT-004", at.Level, (row, record) =>
    {
        Read<DateTime> waiver = BenefitRates.Waiver(record);
        if (!waiver.IsPresent || IsHalved(record) || IsOwnWay(record)) return Answer.Missing(waiver);
        ref readonly CostLine line = ref record.Lines.Of(row);
        if (!line.Has(Read) || line.Ordered.IsMalformed) return Answer.Malformed;
        if (!IsPaid(line) || !line.Ordered.IsPresent || line.Ordered.Value < waiver.Value) return Answer.NotApplicable;
        return line.Level == 100 ? Answer.Holds : Breach.Expect("100");
    }, at.Covered, at.Ordered, Xml1.NGAY_MIEN_CCT, Xml1.MA_DOITUONG_KCB);

    private static void FollowTheCard(RecordView record, Report report)
    {
        if (!record.InClaim) return;
        Read<decimal> total = record.Summary[Xml1.T_TONGCHI_BH].Decimal();
        Read<DateTime> waiver = BenefitRates.Waiver(record);
        if (total.IsMalformed || waiver.IsMalformed || BenefitRates.SmallTotal(record) is not { } small)
        {
            report.NotChecked();
            return;
        }

        decimal share = BenefitRates.Share(record);
        if (share == 0) return;
        bool full = total.Value < small || record.Summary[Xml1.MA_DOITUONG_KCB].Is("1.2"u8);
        Follow(record, report, record[TableId.Xml2], record.Lines.Drugs, Xml2.MUC_HUONG, full, share, waiver);
        Follow(record, report, record[TableId.Xml3], record.Lines.Services, Xml3.MUC_HUONG, full, share, waiver);
    }

    private static void Follow(
        RecordView record, Report report, Table? table, ReadOnlySpan<CostLine> lines, FieldId at, bool full, decimal share, Read<DateTime> waiver)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            ref readonly CostLine line = ref lines[i];
            if (!IsPaid(line) || !line.Ordered.IsPresent) continue;
            if (!line.Has(Read))
            {
                report.NotChecked();
                continue;
            }

            bool waived = share == 1 && waiver.IsPresent && line.Ordered.Value >= waiver.Value;
            if (waived || (share < 1 && line.Level > share * 100)) continue;
            if (!full && share == 1 && line.Level == 100 && AllCardsCopay(record)) continue;
            if (full ? line.Level == 100 * share : Allows(record, line.Ordered.Value.Day(), share, line.Level)) continue;
            string expected = full ? Show.Money(100 * share) : Expected(record, line.Ordered.Value.Day(), share);
            if (expected.Length > 0) report.Broken(table![i], Breach.Of(at).Expecting(expected));
        }
    }

    // Several cards may be valid on a day while one follows the other; any of them will do.
    private static bool Allows(RecordView record, DateOnly day, decimal share, decimal level)
    {
        var periods = new CardPeriods(record.Summary);
        foreach (ReadOnlySpan<byte> card in record.Summary[Xml1.MA_THE_BHYT].Items())
        {
            if (!periods.MoveNext()) return true;
            if (!(periods.From is { } from && from <= day && (periods.To is not { } to || day <= to))) continue;
            if (BenefitRates.Of(card, record.Arrived.Value.Day()) is not { } rate || rate * share == level) return true;
        }

        return false;
    }

    private static string Expected(RecordView record, DateOnly day, decimal share)
    {
        string expected = "";
        var periods = new CardPeriods(record.Summary);
        foreach (ReadOnlySpan<byte> card in record.Summary[Xml1.MA_THE_BHYT].Items())
        {
            if (!periods.MoveNext()) break;
            if (!(periods.From is { } from && from <= day && (periods.To is not { } to || day <= to))) continue;
            if (BenefitRates.Of(card, record.Arrived.Value.Day()) is { } rate) expected += (expected.Length > 0 ? ", " : "") + Show.Money(rate * share);
        }

        return expected;
    }

    private static bool AllCardsCopay(RecordView record)
    {
        bool any = false;
        foreach (ReadOnlySpan<byte> card in record.Summary[Xml1.MA_THE_BHYT].Items())
        {
            if (BenefitRates.Of(card, record.Arrived.Value.Day()) is not { } rate || rate == 100) return false;
            any = true;
        }

        return any;
    }

    private static void NotInFull(RecordView record, Report report)
    {
        Read<decimal> total = record.Summary[Xml1.T_TONGCHI_BH].Decimal();
        if (total.IsMalformed || !record.Arrived.IsPresent)
        {
            report.NotChecked();
            return;
        }

        bool may = !record.Summary[Xml1.NGAY_MIEN_CCT].IsEmpty || record.Summary[Xml1.MA_DOITUONG_KCB].IsOneOf("1.2 9"u8);
        if (may || BenefitRates.SmallTotal(record) is not { } small || total.Value < small || !AllCardsCopay(record)) return;
        if (!Report(record[TableId.Xml3], record.Lines.Services, Xml3.MUC_HUONG, report)) Report(record[TableId.Xml2], record.Lines.Drugs, Xml2.MUC_HUONG, report);
    }

    // One finding for the record, at the first line paid in full.
    private static bool Report(Table? table, ReadOnlySpan<CostLine> lines, FieldId at, Report report)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].Has(Read) || !IsPaid(lines[i]) || lines[i].Level != 100) continue;
            report.Broken(table![i], Breach.Of(at));
            return true;
        }

        return false;
    }
}
