using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML1: totals against the rows of XML2 and XML3, and against each other. Amounts in VND.</summary>
internal static class TotalRules
{
    public static readonly Rule[] All =
    [
        Total("X1-T_TONGCHI_BV-001", Xml1.T_TONGCHI_BV, Xml2.THANH_TIEN_BV, Xml3.THANH_TIEN_BV),
        Total("X1-T_TONGCHI_BH-001", Xml1.T_TONGCHI_BH, Xml2.THANH_TIEN_BH, Xml3.THANH_TIEN_BH),
        Total("X1-T_BNTT-001", Xml1.T_BNTT, Xml2.T_BNTT, Xml3.T_BNTT),
        Total("X1-T_BNCCT-001", Xml1.T_BNCCT, Xml2.T_BNCCT, Xml3.T_BNCCT),
        Total("X1-T_NGUONKHAC-001", Xml1.T_NGUONKHAC, Xml2.T_NGUONKHAC, Xml3.T_NGUONKHAC),
        Total("X1-T_BHTT-001", Xml1.T_BHTT, Xml2.T_BHTT, Xml3.T_BHTT),

        // What insurance covers isn't more than what was spent.
        new RowRule("X1-T_TONGCHI_BH-002", Xml1.T_TONGCHI_BH, static (row, _) =>
            NotMoreThan(row, Xml1.T_TONGCHI_BH, Xml1.T_TONGCHI_BV), Xml1.T_TONGCHI_BV),

        Sum("X1-T_THUOC-001", Xml1.T_THUOC, static record => record.Sum(Xml2.THANH_TIEN_BV), Xml2.THANH_TIEN_BV),

        // Supplies are the rows of groups 10 and 11.
        Sum("X1-T_VTYT-001", Xml1.T_VTYT, Supplies, Xml3.THANH_TIEN_BV, Xml3.MA_NHOM),

        // The fund pays what it covers, less co-payment, less what other funds took over of the covered part.
        new RecordRule("X1-T_BHTT-002", Xml1.T_BHTT, static record => FundPaysTheRest(record),
            Xml1.T_TONGCHI_BH, Xml1.T_BNCCT, Xml2.T_NGUONKHAC, Xml3.T_NGUONKHAC),

        new RecordRule("X1-T_BHTT-003", Xml1.T_BHTT, static record => FundPaysSomething(record),
            Xml1.MA_THE_BHYT, Xml1.MA_DOITUONG_KCB, Xml2.THANH_TIEN_BH, Xml3.THANH_TIEN_BH),

        Sum("X1-T_BHTT_GDV-001", Xml1.T_BHTT_GDV, PerService, Xml2.T_BHTT, Xml3.T_BHTT, Xml2.MA_PTTT, Xml3.MA_PTTT),

        // Everything is paid by somebody.
        new RowRule("X1-MONEY-001", Xml1.T_TONGCHI_BV, static (row, _) =>
            row[Xml1.T_TONGCHI_BV].Decimal().Near(Plus(row, [Xml1.T_BNTT, Xml1.T_BNCCT, Xml1.T_BHTT, Xml1.T_NGUONKHAC])),
            Xml1.T_BNTT, Xml1.T_BNCCT, Xml1.T_BHTT, Xml1.T_NGUONKHAC),

        new RecordRule("X1-MONEY-002", Xml1.T_TONGCHI_BV, static record => HasDetails(record), Xml2.THANH_TIEN_BV, Xml3.THANH_TIEN_BV),

        new RowRule("X1-MONEY-003", Xml1.T_BHTT, static (row, _) => PartsWithinWhole(row),
            Xml1.T_TONGCHI_BH, Xml1.T_BNCCT, Xml1.T_BHTT_GDV),
    ];

    private static RecordRule Total(string code, FieldId total, FieldId drugs, FieldId services) =>
        Sum(code, total, record => record.Sum(drugs, services), drugs, services);

    // A record that lost all its lines has one mistake, not one in each of its totals.
    private static RecordRule Sum(string code, FieldId total, Func<RecordView, Read<decimal>> sum, params FieldId[] reads) =>
        new(code, total, record => record.LacksLines ? Answer.NotApplicable : Amount(record, total).Near(sum(record)), reads);

    private static Read<decimal> Amount(RecordView record, FieldId field) => record.Summary[field].Decimal();

    private static Answer NotMoreThan(Row row, FieldId part, FieldId whole)
    {
        Read<decimal> least = row[part].Decimal();
        Read<decimal> most = row[whole].Decimal();
        if (!least.IsPresent || !most.IsPresent) return Answer.Malformed;
        return least.Value <= most.Value + 1 ? Answer.Holds : Breach.Of(part);
    }

    private static Read<decimal> Plus(Row row, ReadOnlySpan<FieldId> fields)
    {
        decimal sum = 0;
        foreach (FieldId field in fields)
        {
            Read<decimal> amount = row[field].Decimal();
            if (!amount.IsPresent) return Read<decimal>.Malformed;
            sum += amount.Value;
        }

        return Read<decimal>.Of(sum);
    }

    private static Read<decimal> Supplies(RecordView record)
    {
        decimal sum = 0;
        if (record[TableId.Xml3] is not { } services) return Read<decimal>.Of(0);
        for (int i = 0; i < services.Count; i++)
        {
            Row row = services[i];
            if (row.Group() is not (10 or 11)) continue;
            Read<decimal> amount = row[Xml3.THANH_TIEN_BV].Decimal();
            if (amount.IsMalformed) return amount;
            sum += amount.Value;
        }

        return Read<decimal>.Of(sum);
    }

    private static Read<decimal> PerService(RecordView record)
    {
        decimal sum = 0;
        return AddPerService(record, Xml2.MA_PTTT, Xml2.T_BHTT, ref sum) && AddPerService(record, Xml3.MA_PTTT, Xml3.T_BHTT, ref sum)
            ? Read<decimal>.Of(sum) : Read<decimal>.Malformed;
    }

    private static bool AddPerService(RecordView record, FieldId method, FieldId amount, ref decimal sum)
    {
        if (record[method.Table] is not { } table) return true;
        for (int i = 0; i < table.Count; i++)
        {
            Row row = table[i];
            if (!row[method].Is("1"u8)) continue;
            Read<decimal> paid = row[amount].Decimal();
            if (paid.IsMalformed) return false;
            sum += paid.Value;
        }

        return true;
    }

    private static Answer FundPaysTheRest(RecordView record)
    {
        Read<decimal> paid = Amount(record, Xml1.T_BHTT);
        Read<decimal> covered = Amount(record, Xml1.T_TONGCHI_BH);
        Read<decimal> copaid = Amount(record, Xml1.T_BNCCT);
        decimal cut = 0;
        bool read = AddCut(record, Xml2.T_NGUONKHAC, Xml2.THANH_TIEN_BV, Xml2.THANH_TIEN_BH, ref cut)
            && AddCut(record, Xml3.T_NGUONKHAC, Xml3.THANH_TIEN_BV, Xml3.THANH_TIEN_BH, ref cut);
        if (!read || !paid.IsPresent || !covered.IsPresent || !copaid.IsPresent) return Answer.Malformed;
        Answer answer = paid.Near(Read<decimal>.Of(covered.Value - copaid.Value - cut));
        return answer.Breach is { } breach && cut > 0 ? breach.Weighing(Severity.Warn) : answer;
    }

    // The part of other funds' money that exceeds what the patient would have paid outside cover.
    private static bool AddCut(RecordView record, FieldId other, FieldId spent, FieldId covered, ref decimal cut)
    {
        if (record.Sum(other) is { IsPresent: true, Value: 0 } || record[other.Table] is not { } table) return true;
        for (int i = 0; i < table.Count; i++)
        {
            Row row = table[i];
            Read<decimal> money = row[other].Decimal();
            Read<decimal> whole = row[spent].Decimal();
            Read<decimal> insured = row[covered].Decimal();
            if (money.IsMalformed || whole.IsMalformed || insured.IsMalformed) return false;
            cut += Math.Max(0, money.Value - Math.Max(0, whole.Value - insured.Value));
        }

        return true;
    }

    private static Answer FundPaysSomething(RecordView record)
    {
        if (!record.InClaim || record.Sum(Xml2.THANH_TIEN_BH, Xml3.THANH_TIEN_BH) is not { IsPresent: true, Value: > 0 }) return Answer.NotApplicable;
        bool any = HasPayable(record[TableId.Xml3], Xml3.MUC_HUONG, null) || HasPayable(record[TableId.Xml2], Xml2.MUC_HUONG, Xml2.NGUON_CTRA);
        if (!any) return Answer.NotApplicable;
        Read<decimal> paid = Amount(record, Xml1.T_BHTT);
        return paid.IsPresent ? paid.Value > 0 : Answer.Malformed;
    }

    private static bool HasPayable(Table? table, FieldId level, FieldId? source)
    {
        for (int i = 0; table is not null && i < table.Count; i++)
        {
            Row row = table[i];
            if (row[level].Decimal() is { IsPresent: true, Value: > 0 } && (source is not { } payer || row[payer].Is("1"u8))) return true;
        }

        return false;
    }

    private static Answer HasDetails(RecordView record)
    {
        if (record.LacksLines) return Answer.NotApplicable;
        Read<decimal> whole = Amount(record, Xml1.T_TONGCHI_BV);
        Read<decimal> drugs = Amount(record, Xml1.T_THUOC);
        Read<decimal> detail = record.Sum(Xml2.THANH_TIEN_BV, Xml3.THANH_TIEN_BV);
        if (!whole.IsPresent || !drugs.IsPresent || !detail.IsPresent) return Answer.Malformed;
        if (drugs.Value > 0 && record[TableId.Xml2] is null) return Breach.Of(Xml1.T_THUOC);
        if (whole.Value - drugs.Value > 0 && record[TableId.Xml3] is null) return Answer.Broken;
        return detail.Value <= 0 || whole.Value > 0;
    }

    private static Answer PartsWithinWhole(Row row)
    {
        Answer fund = NotMoreThan(row, Xml1.T_BHTT, Xml1.T_TONGCHI_BH);
        if (fund.Verdict != Verdict.Holds) return fund;
        Answer patient = NotMoreThan(row, Xml1.T_BNCCT, Xml1.T_TONGCHI_BH);
        return patient.Verdict != Verdict.Holds ? patient : NotMoreThan(row, Xml1.T_BHTT_GDV, Xml1.T_BHTT);
    }
}
