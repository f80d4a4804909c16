using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML1: for whom and why the fund pays (<c>MA_DOITUONG_KCB</c>), and the papers and places that go with it.</summary>
internal static class VisitCategoryRules
{
    public static readonly Rule[] All =
    [
        Text("X1-MA_DOITUONG_KCB-001", Xml1.MA_DOITUONG_KCB, "^[0-9]{1,2}(\\.[0-9]{1,2})?$"),

        // Referred patients bring a paper from somewhere.
        new RowRule("X1-MA_DOITUONG_KCB-002", Xml1.MA_DOITUONG_KCB, static (row, _) =>
            Category(row, "1.3"u8) ? AllFilled(row, [Xml1.MA_NOI_DI, Xml1.GIAY_CHUYEN_TUYEN]) : Answer.NotApplicable),

        new RowRule("X1-MA_DOITUONG_KCB-003", Xml1.MA_DOITUONG_KCB, static (row, _) =>
            Category(row, "1.5"u8) ? AllFilled(row, [Xml1.GIAY_CHUYEN_TUYEN]) : Answer.NotApplicable),

        // 1.1 is care where the card is registered.
        new RowRule("X1-MA_DOITUONG_KCB-004", Xml1.MA_DOITUONG_KCB, static (row, _) =>
            Category(row, "1.1"u8) ? RegisteredHere(row) : Answer.NotApplicable, Xml1.MA_DKBD, Xml1.MA_CSKCB),

        new RowRule("X1-MA_DOITUONG_KCB-005", Xml1.MA_DOITUONG_KCB, static (row, _) =>
            Category(row, "1.11 1.12 1.13 1.14 1.18 3.1 3.2 3.3"u8) ? !RegisteredHere(row) : Answer.NotApplicable, Xml1.MA_DKBD, Xml1.MA_CSKCB),

        new RowRule("X1-MA_DOITUONG_KCB-006", Xml1.MA_DOITUONG_KCB, static (row, record) =>
            Category(row, "1.12 1.13 1.14 1.18"u8) ? !record.IsVisit(3, 9) : Answer.NotApplicable, Xml1.MA_LOAI_KCB),

        new RowRule("X1-MA_DOITUONG_KCB-007", Xml1.MA_DOITUONG_KCB, static (row, record) =>
            Category(row, "1.15 3.2 3.6"u8) ? record.IsVisit(3, 4, 6, 9) : Answer.NotApplicable, Xml1.MA_LOAI_KCB),

        new RowRule("X1-MA_DOITUONG_KCB-008", Xml1.MA_DOITUONG_KCB, static (row, record) =>
            !Category(row, "1.7"u8) ? Answer.NotApplicable
            : record.Born.IsPresent && record.Arrived.IsPresent ? record.Born.Value.DaysOn(record.Arrived.Value.Day()) is <= 28
            : Answer.Malformed, Xml1.NGAY_SINH, Xml1.NGAY_VAO),

        // Visit kind 07 and the categories of forwarded medicine go together.
        new RowRule("X1-MA_DOITUONG_KCB-009", Xml1.MA_DOITUONG_KCB, static (row, record) =>
            record.IsVisit(7) == Category(row, "7 7.2 7.3 7.4 10"u8), Xml1.MA_LOAI_KCB),

        new RowRule("X1-MA_DOITUONG_KCB-010", Xml1.MA_DOITUONG_KCB, static (row, _) =>
            !Category(row, "9"u8) ? Answer.NotApplicable : NoInsuranceMoney(row), Xml1.T_BHTT, Xml1.T_TONGCHI_BH, Xml1.T_BNCCT),

        Text("X1-MA_NOI_DI-001", Xml1.MA_NOI_DI, "^[0-9]{5}$"),
        Text("X1-MA_NOI_DI-001", Xml1.MA_NOI_DEN, "^[0-9]{5}$"),

        new RowRule("X1-MA_NOI_DI-002", Xml1.GIAY_CHUYEN_TUYEN, static (row, _) =>
            row[Xml1.MA_NOI_DI].IsEmpty || Category(row, "7 7.2 7.3 7.4 10"u8) ? Answer.NotApplicable
                : !row[Xml1.GIAY_CHUYEN_TUYEN].IsEmpty, Xml1.MA_NOI_DI, Xml1.MA_DOITUONG_KCB),

        // Nobody is referred from or to the facility itself.
        new RowRule("X1-MA_NOI_DI-003", Xml1.MA_NOI_DI, static (row, _) =>
            row[Xml1.MA_CSKCB].IsEmpty ? Answer.NotApplicable
            : row[Xml1.MA_NOI_DI].Is(row[Xml1.MA_CSKCB]) ? Breach.Of(Xml1.MA_NOI_DI)
            : row[Xml1.MA_NOI_DEN].Is(row[Xml1.MA_CSKCB]) ? Breach.Of(Xml1.MA_NOI_DEN) : Answer.Holds, Xml1.MA_CSKCB),

        // Discharge by referral (2, 5) and only that names where to.
        new RowRule("X1-MA_NOI_DEN-001", Xml1.MA_NOI_DEN, static (row, _) =>
            row[Xml1.MA_LOAI_RV].IsEmpty ? Answer.NotApplicable
                : !row[Xml1.MA_NOI_DEN].IsEmpty == row[Xml1.MA_LOAI_RV].IsOneOf("2 5"u8), Xml1.MA_LOAI_RV),

        Text("X1-MA_CSKCB-001", Xml1.MA_CSKCB, "^[0-9]{5}$"),
        Text("X1-MA_KHUVUC-001", Xml1.MA_KHUVUC, "^K[123]$"),
    ];

    private static bool Category(Row row, ReadOnlySpan<byte> codes) => row[Xml1.MA_DOITUONG_KCB].IsOneOf(codes);

    private static bool RegisteredHere(Row row) => row[Xml1.MA_DKBD].HasItem(row[Xml1.MA_CSKCB].Trimmed);

    private static Answer NoInsuranceMoney(Row row)
    {
        foreach (FieldId field in (ReadOnlySpan<FieldId>)[Xml1.T_BHTT, Xml1.T_TONGCHI_BH, Xml1.T_BNCCT])
        {
            Read<decimal> amount = row[field].Decimal();
            if (amount.IsMalformed) return Answer.Malformed;
            if (amount.Value != 0) return Answer.Broken;
        }

        return Answer.Holds;
    }
}
