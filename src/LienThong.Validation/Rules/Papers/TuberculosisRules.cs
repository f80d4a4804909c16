using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML15: treatment of tuberculosis.</summary>
internal static class TuberculosisRules
{
    public static readonly Rule[] All =
    [
        // Regimens 1–8 for sensitive, 9–19 for resistant, from 20 on for latent disease.
        new RowRule("X15-PHACDO-001", Xml15.PHACDO_DTRI_LAO, static (row, _) =>
        {
            if (row[Xml15.LOAI_DTRI_LAO].Is("0"u8)) return row[Xml15.PHACDO_DTRI_LAO].IsEmpty;
            Read<int> regimen = row[Xml15.PHACDO_DTRI_LAO].Integer();
            if (!regimen.IsPresent) return Answer.Missing(regimen);
            if (row[Xml15.LOAI_DTRI_LAO].Is("2"u8)) return regimen.Value is >= 1 and <= 8;
            if (row[Xml15.LOAI_DTRI_LAO].Is("3"u8)) return regimen.Value is >= 9 and <= 19;
            return row[Xml15.LOAI_DTRI_LAO].Is("1"u8) ? regimen.Value >= 20 : Answer.NotApplicable;
        }, Xml15.LOAI_DTRI_LAO),

        new RowRule("X15-NGAY-001", Xml15.NGAYBD_DTRI_LAO, static (row, _) =>
            row[Xml15.NGAYBD_DTRI_LAO].Date8().NotAfter(row[Xml15.NGAYKT_DTRI_LAO].Date8()), Xml15.NGAYKT_DTRI_LAO),

        // Known HIV has its dates; without HIV there is no ARV.
        new RowRule("X15-HIV-001", Xml15.NGAYKD_HIV, static (row, _) =>
            row[Xml15.PHANLOAI_LAO_HIV].Is("1"u8) ? Forms.AllFilled(row, [Xml15.NGAYKD_HIV, Xml15.BDDT_ARV])
            : row[Xml15.PHANLOAI_LAO_HIV].Is("2"u8) && !row[Xml15.BDDT_ARV].IsEmpty ? Breach.Of(Xml15.BDDT_ARV) : Answer.NotApplicable,
            Xml15.PHANLOAI_LAO_HIV),
    ];
}
