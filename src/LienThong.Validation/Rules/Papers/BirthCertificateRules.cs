using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML9: birth certificates of the facility, one row per child.</summary>
internal static class BirthCertificateRules
{
    public static readonly Rule[] All =
    [
        SocialNumber("X9-MA_BHXH-001", Xml9.MA_BHXH_NND),
        Text("X9-MA_THE_NND-001", Xml9.MA_THE_NND, "^[A-Z]{2}[0-9]{13}$"),
        Text("X9-MA_THE_TAM-001", Xml9.MA_THE_TAM, "^TE1[0-9]{12}$"),

        // Born during the mother's stay, or the day before on the way.
        new RowRule("X9-NGAY_SINH_CON-001", Xml9.NGAY_SINH_CON, static (row, record) =>
            row[Xml9.NGAY_SINH_CON].DateTime12() is { IsPresent: true } born && record.Arrived.IsPresent && record.Discharged.IsPresent
                ? born.Value <= record.Discharged.Value && born.Value.Day() >= record.Arrived.Value.Day().AddDays(-1)
                : Answer.Missing(row[Xml9.NGAY_SINH_CON].DateTime12()), Xml1.NGAY_VAO, Xml1.NGAY_RA),

        // The mother is between 10 and 60 years old.
        new RowRule("X9-NGAYSINH_NND-001", Xml9.NGAYSINH_NND, static (row, _) =>
        {
            Read<DateOnly> mother = row[Xml9.NGAYSINH_NND].Date8();
            Read<DateOnly> child = row[Xml9.NGAY_SINH_CON].Day();
            if (!mother.IsPresent || !child.IsPresent) return Reading.Missing(mother, child);
            int age = child.Value.Year - mother.Value.Year - (child.Value < mother.Value.AddYears(child.Value.Year - mother.Value.Year) ? 1 : 0);
            return age is >= 10 and <= 60 ? Answer.Holds : Breach.With("age", Show.Number(age));
        }, Xml9.NGAY_SINH_CON),

        new RowRule("X9-NGAYCAP-001", Xml9.NGAYCAP_CCCD_NND, static (row, record) =>
        {
            Read<DateOnly> born = row[Xml9.NGAYSINH_NND].Date8();
            Read<DateOnly> issued = row[Xml9.NGAYCAP_CCCD_NND].Date8();
            return born.IsPresent && issued.IsPresent ? born.Value < issued.Value && issued.Value <= record.ProcessTime.Day() : Reading.Missing(born, issued);
        }, Xml9.NGAYSINH_NND),

        new RowRule("X9-SO_CCCD-001", Xml9.SO_CCCD_NND, static (row, record) =>
            PersonRules.JudgeId(row[Xml9.SO_CCCD_NND], row[Xml9.MA_QUOCTICH].Is("000"u8), record.SinceQD3176), Xml9.MA_QUOCTICH),

        Text("X9-GIOI_TINH_CON-001", Xml9.GIOI_TINH_CON, "^[123]$"),

        new RowRule("X9-CAN_NANG_CON-001", Xml9.CAN_NANG_CON, static (row, _) =>
            row[Xml9.CAN_NANG_CON].Integer() is { IsPresent: true } grams ? grams.Value is >= 200 and <= 9999 : Answer.NotApplicable),

        // As many certificates as children.
        new RowRule("X9-SO_CON-001", Xml9.SO_CON, static (row, _) =>
        {
            Read<int> children = row[Xml9.SO_CON].Integer();
            Read<int> time = row[Xml9.LAN_SINH].Integer();
            if (!children.IsPresent || !time.IsPresent) return Reading.Missing(children, time);
            if (time.Value < 1) return Breach.Of(Xml9.LAN_SINH).Saying("Lần sinh (LAN_SINH) phải từ 1 trở lên.");
            if (children.Value < 1) return Breach.Of(Xml9.SO_CON).Saying("Số con trong lần sinh (SO_CON) phải từ 1 trở lên.");
            return row.Table.Count == children.Value ? Answer.Holds : Breach.With("count", Show.Number(row.Table.Count));
        }, Xml9.LAN_SINH),

        Text("X9-SINHCON-001", Xml9.SINHCON_PHAUTHUAT, "^[01]$"),
        Text("X9-SINHCON-001", Xml9.SINHCON_DUOI32TUAN, "^[01]$"),

        // Operations and births before week 32 are told in words, as the certificate prints them.
        new RowRule("X9-SINHCON-002", Xml9.GHI_CHU, static (row, _) =>
        {
            bool operation = row[Xml9.SINHCON_PHAUTHUAT].Is("1"u8);
            bool early = row[Xml9.SINHCON_DUOI32TUAN].Is("1"u8);
            if (!operation && !early) return Answer.NotApplicable;
            string words = operation && early ? "phau thuat sinh con duoi 32 tuan tuoi" : operation ? "sinh con phai phau thuat" : "sinh con duoi 32 tuan tuoi";
            return Folded.Contains(row[Xml9.GHI_CHU], words);
        }, Xml9.SINHCON_PHAUTHUAT, Xml9.SINHCON_DUOI32TUAN),

        new RowRule("X9-GHI_CHU-001", Xml9.GHI_CHU, static (row, _) =>
            row[Xml9.SINHCON_PHAUTHUAT].Is("0"u8) && row[Xml9.SINHCON_DUOI32TUAN].Is("0"u8) ? !row[Xml9.GHI_CHU].IsEmpty : Answer.NotApplicable),

        new RowRule("X9-HO_TEN_CON-001", Xml9.HO_TEN_CON, static (row, _) => !row[Xml9.HO_TEN_CON].IsEmpty),

        new RowRule("X9-MA_BHXH-002", Xml9.MA_BHXH_NND, static (row, _) => AllFilled(row, [Xml9.MA_BHXH_NND, Xml9.MA_THE_NND])),

        new RowRule("X9-NGAY_CT-001", Xml9.NGAY_CT, static (row, record) =>
        {
            Read<DateOnly> born = row[Xml9.NGAY_SINH_CON].Day();
            Read<DateOnly> signed = row[Xml9.NGAY_CT].Date8();
            return born.IsPresent && signed.IsPresent ? born.Value <= signed.Value && signed.Value <= record.ProcessTime.Day() : Reading.Missing(born, signed);
        }, Xml9.NGAY_SINH_CON),
    ];

    /// <summary>Ten digits, not all zeros.</summary>
    public static RowRule SocialNumber(string code, FieldId field)
    {
        BytePattern digits = BytePattern.Of("^[0-9]{10}$");
        return new RowRule(code, field, (row, _) =>
        {
            ReadOnlySpan<byte> text = row[field].Trimmed;
            return text.IsEmpty ? Answer.NotApplicable : digits.Matches(text) && text.IndexOfAnyExcept((byte)'0') >= 0;
        })
        {
            OwnsForm = true,
        };
    }
}
