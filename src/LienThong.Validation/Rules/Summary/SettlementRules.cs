using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML1: settlement period, weights, head of the facility.</summary>
internal static class SettlementRules
{
    private static readonly BytePattern SocialNumber = BytePattern.Of("^[0-9]{10}$");
    private static readonly BytePattern Weight = BytePattern.Of("^[0-9]{1,3}(\\.[0-9]{1,2})?$");

    public static readonly Rule[] All =
    [
        // Not before the year of arrival and not in the future.
        new RowRule("X1-NAM_QT-001", Xml1.NAM_QT, static (row, record) =>
            row[Xml1.NAM_QT].IsEmpty ? Answer.NotApplicable
            : row[Xml1.NAM_QT].Trimmed.Length == 4 && row[Xml1.NAM_QT].Integer() is { IsPresent: true } year
                && year.Value <= record.ProcessTime.Year && (!record.Arrived.IsPresent || year.Value >= record.Arrived.Value.Year))
        {
            OwnsForm = true,
        },

        new RowRule("X1-THANG_QT-001", Xml1.THANG_QT, static (row, _) =>
            row[Xml1.THANG_QT].IsEmpty ? Answer.NotApplicable : row[Xml1.THANG_QT].Integer() is { IsPresent: true, Value: >= 1 and <= 12 })
        {
            OwnsForm = true,
        },

        // Settled in the month of discharge or up to three months later.
        new RowRule("X1-THANG_QT-002", Xml1.THANG_QT, static (row, record) =>
        {
            Read<int> year = row[Xml1.NAM_QT].Integer();
            Read<int> month = row[Xml1.THANG_QT].Integer();
            if (record.IsVisit(2, 5, 7, 8)) return Answer.NotApplicable;
            if (!year.IsPresent || !month.IsPresent || !record.Discharged.IsPresent) return Answer.Malformed;
            int months = ((year.Value - record.Discharged.Value.Year) * 12) + month.Value - record.Discharged.Value.Month;
            return months is >= 0 and <= 3;
        }, Xml1.NAM_QT, Xml1.NGAY_RA),

        // Kilograms, up to two decimals, more than nothing.
        new RowRule("X1-CAN_NANG-001", Xml1.CAN_NANG, static (row, _) =>
            row[Xml1.CAN_NANG].IsEmpty ? Answer.NotApplicable
                : Weight.Matches(row[Xml1.CAN_NANG].Trimmed) && row[Xml1.CAN_NANG].Decimal().Value > 0)
        {
            OwnsForm = true,
        },

        new RowRule("X1-CAN_NANG-002", Xml1.CAN_NANG, static (row, record) =>
            row[Xml1.CAN_NANG].Decimal() is { IsPresent: true } weight && record.Born.IsPresent && record.Arrived.IsPresent
                ? IsPlausible(weight.Value, record.Born.Value, record.Arrived.Value.Day()) : Answer.NotApplicable, Xml1.NGAY_SINH, Xml1.NGAY_VAO),

        new RowRule("X1-CAN_NANG_CON-001", Xml1.CAN_NANG_CON, static (row, _) =>
        {
            foreach (ReadOnlySpan<byte> item in row[Xml1.CAN_NANG_CON].Items())
            {
                if (!item.IsEmpty && Typed.Integer(item) is not { IsPresent: true, Value: >= 200 and <= 9999 }) return Breach.OfPart(item);
            }

            return Answer.Holds;
        })
        {
            OwnsForm = true,
        },

        // As many weights as birth certificates, and a mother.
        new RecordRule("X1-CAN_NANG_CON-002", Xml1.CAN_NANG_CON, static record =>
            record.Summary[Xml1.CAN_NANG_CON].IsEmpty ? Answer.NotApplicable
                : !record.Summary[Xml1.GIOI_TINH].Is("1"u8)
                    && (record[TableId.Xml9] is not { } births || births.Count == record.Summary[Xml1.CAN_NANG_CON].Items().Count()), Xml1.GIOI_TINH),

        new RowRule("X1-MA_TTDV-001", Xml1.MA_TTDV, static (row, record) =>
            row[Xml1.MA_TTDV].IsEmpty || record.SinceQD3176 ? Answer.NotApplicable : SocialNumber.Matches(row[Xml1.MA_TTDV].Trimmed))
        {
            OwnsForm = true,
        },

        // Height in centimetres; some facilities keep other things here.
        new RowRule("X1-DU_PHONG-001", Xml1.DU_PHONG, static (row, _) =>
            row[Xml1.DU_PHONG].IsEmpty ? Answer.NotApplicable : row[Xml1.DU_PHONG].Decimal() is { IsPresent: true, Value: >= 20 and <= 250 }),
    ];

    private static Answer IsPlausible(decimal weight, Birth born, DateOnly day)
    {
        int years = born.YearsOn(day);
        (decimal least, decimal most) = born.DaysOn(day) is < 29 ? (0.3m, 7m)
            : years < 1 ? (0.5m, 15m)
            : years < 6 ? (3m, 40m)
            : years < 15 ? (8m, 120m) : (20m, 250m);
        return weight >= least && weight <= most ? Answer.Holds : Breach.With("age", Show.Number(years));
    }
}
