using LienThong.Samples.Data;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>Writes XML1 but for its sums.</summary>
internal static class SummaryRow
{
    public static void Write(Episode episode, RecordBuilder record)
    {
        RowBuilder row = record.AddRow(TableId.Xml1).Set(Xml1.MA_LK, episode.Link).Set(Xml1.STT, "1");
        Person(episode, row);
        Insurance(episode, row);
        Illness(episode, row);
        Course(episode, row);
    }

    public static string DistrictOf(Episode episode) => episode.Era.HasDistricts ? episode.Patient.Home.OldDistrict : "";

    public static string CommuneOf(Episode episode) => episode.Era.HasDistricts ? episode.Patient.Home.OldCommune : episode.Patient.Home.Commune;

    public static string AddressOf(Episode episode)
    {
        Place home = episode.Patient.Home;
        string local = episode.Era.HasDistricts ? $"{home.OldCommuneName}, {home.OldDistrictName}" : home.CommuneName;
        return $"{episode.Patient.Street}, {local}, {home.ProvinceName}";
    }

    public static string Join(Episode episode, Func<Card, string> part) => string.Join(';', episode.Cards.Select(part));

    private static void Person(Episode episode, RowBuilder row)
    {
        Patient patient = episode.Patient;
        row.Set(Xml1.MA_BN, patient.Id)
            .Set(Xml1.HO_TEN, patient.Name)
            .Set(Xml1.SO_CCCD, patient.Identity)
            .Set(Xml1.NGAY_SINH, Text.Day(patient.Birth) + "0000")
            .Set(Xml1.GIOI_TINH, patient.Sex)
            .Set(Xml1.NHOM_MAU, patient.BloodGroup)
            .Set(Xml1.MA_QUOCTICH, patient.Nation)
            .Set(Xml1.MA_DANTOC, patient.Ethnicity)
            .Set(Xml1.MA_NGHE_NGHIEP, patient.Occupation)
            .Set(Xml1.DIA_CHI, AddressOf(episode))
            .Set(Xml1.MATINH_CU_TRU, patient.Home.Province)
            .Set(Xml1.MAHUYEN_CU_TRU, DistrictOf(episode))
            .Set(Xml1.MAXA_CU_TRU, CommuneOf(episode))
            .Set(Xml1.DIEN_THOAI, patient.Phone)
            .Set(Xml1.CAN_NANG, Text.Money(patient.Weight));
    }

    private static void Insurance(Episode episode, RowBuilder row)
    {
        row.Set(Xml1.MA_DOITUONG_KCB, episode.Object)
            .Set(Xml1.MA_THE_BHYT, Join(episode, c => c.Number))
            .Set(Xml1.MA_DKBD, Join(episode, c => c.Registered))
            .Set(Xml1.GT_THE_TU, Join(episode, c => Text.Day(c.From)))
            .Set(Xml1.GT_THE_DEN, Join(episode, c => Text.Day(c.To)));
        if (episode.ExemptFrom is { } exempt)
        {
            row.Set(Xml1.NGAY_MIEN_CCT, Text.Day(exempt) + "0000").Set(Xml1.NAM_NAM_LIEN_TUC, Text.Day(new DateOnly(exempt.Year - 1, 1, 1)));
        }

        if (episode.Object == "1.3")
        {
            row.Set(Xml1.MA_NOI_DI, episode.Options.OtherFacilityCode).Set(Xml1.GIAY_CHUYEN_TUYEN, $"{episode.Serial}/PC-MAU");
        }
    }

    private static void Illness(Episode episode, RowBuilder row)
    {
        string others = string.Concat(episode.Secondary.Select(s => $"; {s.Code} - {s.Name}"));
        row.Set(Xml1.LY_DO_VV, episode.Main.Complaint)
            .Set(Xml1.CHAN_DOAN_VAO, episode.Main.Name)
            .Set(Xml1.CHAN_DOAN_RV, episode.Main.Full + others)
            .Set(Xml1.MA_BENH_CHINH, episode.Main.Code)
            .Set(Xml1.MA_BENH_KT, string.Join(';', episode.Secondary.Select(s => s.Code)))
            .Set(Xml1.PP_DIEU_TRI, Operated(episode) ? "Phẫu thuật" : "Nội khoa")
            .Set(Xml1.MA_PTTT_QT, episode.Main.Code switch { "K35.8" => "47.01", "O82.0" => "74.99", _ => "" })
            .Set(Xml1.LY_DO_VNT, episode.Stays ? "Bệnh cần theo dõi và điều trị nội trú" : "")
            .Set(Xml1.GHI_CHU, episode.NextVisit is null ? "" : "Hẹn khám lại theo giấy hẹn");
    }

    private static void Course(Episode episode, RowBuilder row)
    {
        int days = episode.Chronic ? 28 : episode.Stays || episode.Era.CountsVisitDays ? episode.Nights + 1 : 0;
        row.Set(Xml1.NGAY_VAO, Text.Minute(episode.In))
            .Set(Xml1.NGAY_VAO_NOI_TRU, episode.Admitted is { } ward ? Text.Minute(ward) : "")
            .Set(Xml1.NGAY_RA, Text.Minute(episode.Out))
            .Set(Xml1.SO_NGAY_DTRI, Text.Number(days))
            .Set(Xml1.KET_QUA_DTRI, episode.Transferred ? "4" : "2")
            .Set(Xml1.MA_LOAI_RV, episode.Transferred ? "2" : "1")
            .Set(Xml1.MA_NOI_DEN, episode.Transferred ? episode.Options.OtherFacilityCode : "")
            .Set(Xml1.NGAY_TTOAN, Text.Minute(episode.Out.AddMinutes(10)))
            .Set(Xml1.NAM_QT, Text.Number(episode.Out.Year))
            .Set(Xml1.THANG_QT, Text.Number(episode.Out.Month, "D2"))
            .Set(Xml1.MA_LOAI_KCB, episode.VisitKind)
            .Set(Xml1.MA_KHOA, episode.Ward.Code)
            .Set(Xml1.MA_CSKCB, episode.Facility)
            .Set(Xml1.NGAY_TAI_KHAM, episode.NextVisit is { } next ? Text.Day(next) : "")
            .Set(Xml1.MA_HSBA, $"HS{episode.Options.Seed}-{episode.Serial}")
            .Set(Xml1.MA_TTDV, episode.Era.HeadId);
    }

    private static bool Operated(Episode episode) => episode.Main.Code is "K35.8" or "O82.0";
}
