using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML2 and XML3: who pays each cost line, and that everything is paid by somebody.</summary>
internal static class ShareRules
{
    public static readonly Rule[] All = [.. Of(LineFields.Drugs), .. Of(LineFields.Services)];

    private static Rule[] Of(LineFields at) =>
    [
        // Other funds are the sum of their four kinds.
        new RowRule($"{at.Prefix}-T_NGUONKHAC-001", at.Others, (row, record) => IsSumOfKinds(row, record, at),
            at.State, at.Foreign, at.Domestic, at.Rest),

        // Other funds don't give more than the line costs; a line paid wholly by them is only a hint.
        new RowRule($"{at.Prefix}-T_NGUONKHAC-002", at.Others, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Others | Amounts.Charged)) return Answer.Malformed;
            if (line.Others < 0 || line.Others > line.Charged) return Answer.Broken;
            return line.Others > 0 && line.Others == line.Charged ? Breach.As(Severity.Info) : Answer.Holds;
        }, at.Charged),

        // What the fund pays: the covered amount at the benefit rate, cut by other funds only after the patient's shares.
        new RowRule($"{at.Prefix}-T_BHTT-001", at.Fund, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Shares.Read | Amounts.Fund)) return Answer.Malformed;
            var shares = new Shares(line);
            var allowed = new Tolerance(line.Fund);
            allowed.Allow(shares.Fund);
            bool older = !record.SinceQD3176 && shares.HasOthers;
            if (older && (shares.OthersPaidCopayment(line) || LineAmounts.SupportsFacility(line))) allowed.Allow(shares.FundUncut);
            return Unless(Packages.IsAboveCeiling(row, record, allowed), allowed.Judge(shares.Fund, older));
        }, at.Charged, at.Covered, at.Level, at.Others, at.Copaid),

        // What the patient co-pays.
        new RowRule($"{at.Prefix}-T_BNCCT-001", at.Copaid, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Shares.Read | Amounts.Copaid)) return Answer.Malformed;
            var shares = new Shares(line);
            var allowed = new Tolerance(line.Copaid);
            allowed.Allow(shares.Copaid);
            bool older = !record.SinceQD3176 && shares.HasOthers;
            if (older && LineAmounts.SupportsFacility(line)) allowed.Allow(shares.CopaidUncut);
            if (older && shares.OthersPaidCopayment(line)) allowed.Allow(0);
            return Unless(Packages.IsAboveCeiling(row, record, allowed), allowed.Judge(shares.Copaid, older));
        }, at.Charged, at.Covered, at.Level, at.Others),

        // What the patient pays outside cover.
        new RowRule($"{at.Prefix}-T_BNTT-001", at.Own, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Shares.Read | Amounts.Own)) return Answer.Malformed;
            var shares = new Shares(line);
            var allowed = new Tolerance(line.Own);
            allowed.Allow(shares.Own);
            bool older = !record.SinceQD3176 && shares.HasOthers;
            if (older && LineAmounts.SupportsFacility(line)) allowed.Allow(shares.OwnLessOthers);
            if (older && shares.OthersPaidCopayment(line)) allowed.Allow(shares.OwnUncut);
            return Unless(Packages.IsAboveCeiling(row, record, allowed), allowed.Judge(shares.Own, older));
        }, at.Charged, at.Covered, at.Level, at.Others, at.Copaid),

        // Everything is paid by somebody.
        new RowRule($"{at.Prefix}-BALANCE-001", at.Charged, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Charged | Amounts.Own | Amounts.Copaid | Amounts.Fund | Amounts.Others)) return Answer.Malformed;
            decimal paid = line.Own + line.Copaid + line.Fund + line.Others;
            var allowed = new Tolerance(line.Charged);
            allowed.Allow(paid);
            return allowed.Judge(paid);
        }, at.Own, at.Copaid, at.Fund, at.Others),

        // Insurance doesn't recognise more than was spent.
        new RowRule($"{at.Prefix}-THANH_TIEN_BH-002", at.Covered, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            return line.Has(Amounts.Covered | Amounts.Charged) ? line.Covered <= line.Charged + 1 : Answer.Malformed;
        }, at.Charged),
    ];

    private static Answer Unless(bool excepted, Answer answer) => excepted ? Answer.NotApplicable : answer;

    private static Answer IsSumOfKinds(Row row, RecordView record, LineFields at)
    {
        Read<decimal> state = row[at.State].Decimal();
        Read<decimal> foreign = row[at.Foreign].Decimal();
        Read<decimal> domestic = row[at.Domestic].Decimal();
        Read<decimal> rest = row[at.Rest].Decimal();
        ref readonly CostLine line = ref record.Lines.Of(row);
        if (!line.Has(Amounts.Others) || state.IsMalformed || foreign.IsMalformed || domestic.IsMalformed || rest.IsMalformed) return Answer.Malformed;
        decimal sum = state.Value + foreign.Value + domestic.Value + rest.Value;
        return Math.Abs(line.Others - sum) <= 0.05m ? Answer.Holds : Breach.Expect(sum);
    }
}
