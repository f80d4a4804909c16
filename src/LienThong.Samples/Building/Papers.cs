using LienThong.Samples.Data;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>Writes the papers a patient takes home: XML7, XML8, XML9, XML10, XML11, XML13, XML14.</summary>
internal static class Papers
{
    private const string ClinicalCourse = "Bệnh diễn biến nhiều ngày trước khi đến viện, đã dùng thuốc tại nhà không đỡ. Sau khi vào viện được khám, làm xét nghiệm, chẩn đoán và điều trị, tình trạng cải thiện dần.";

    public static void Write(Episode episode, RecordBuilder record)
    {
        if (episode.Stays)
        {
            Discharge(episode, record);
            Abstract(episode, record);
        }

        if (episode.Main.Exam == "obs" && episode.Stays) Birth(episode, record);
        bool worker = episode.Cards is [{ } card, ..] && card.Number.StartsWith("DN", StringComparison.Ordinal);
        if (episode.Main == Diagnoses.Pregnancy) MaternityRest(episode, record);
        else if (worker && !episode.Stays && !episode.Chronic && episode.Dice.PerMille(400)) SickLeave(episode, record);
        if (episode.Transferred) Referral(episode, record);
        if (episode.NextVisit is { } next) Appointment(episode, record, next);
    }

    private static void Discharge(Episode episode, RecordBuilder record)
    {
        RowBuilder row = record.AddRow(TableId.Xml7)
            .Set(Xml7.MA_LK, episode.Link)
            .Set(Xml7.SO_LUU_TRU, $"LT-{episode.Serial}")
            .Set(Xml7.MA_YTE, episode.Patient.Id)
            .Set(Xml7.MA_KHOA_RV, episode.Ward.Code)
            .Set(Xml7.NGAY_VAO, Text.Minute(episode.In))
            .Set(Xml7.NGAY_RA, Text.Minute(episode.Out))
            .Set(Xml7.CHAN_DOAN_RV, record.Rows(TableId.Xml1)[0][Xml1.CHAN_DOAN_RV])
            .Set(Xml7.PP_DIEUTRI, record.Rows(TableId.Xml1)[0][Xml1.PP_DIEU_TRI])
            .Set(Xml7.GHI_CHU, "Nghỉ ngơi, uống thuốc theo đơn")
            .Set(Xml7.MA_TTDV, episode.Era.HeadId)
            .Set(Xml7.MA_BS, episode.Ward.Doctor)
            .Set(Xml7.TEN_BS, episode.Ward.DoctorName)
            .Set(Xml7.NGAY_CT, Text.Day(episode.Out));
        if (episode.Dice.PerMille(300))
        {
            row.Set(Xml7.SO_NGAY_NGHI, "7").Set(Xml7.NGOAITRU_TUNGAY, Text.Day(episode.Out.AddDays(1))).Set(Xml7.NGOAITRU_DENNGAY, Text.Day(episode.Out.AddDays(7)));
        }
    }

    private static void Abstract(Episode episode, RecordBuilder record) =>
        record.AddRow(TableId.Xml8)
            .Set(Xml8.MA_LK, episode.Link)
            .Set(Xml8.MA_LOAI_KCB, episode.VisitKind)
            .Set(Xml8.NGAY_VAO, Text.Minute(episode.In))
            .Set(Xml8.NGAY_RA, Text.Minute(episode.Out))
            .Set(Xml8.CHAN_DOAN_VAO, record.Rows(TableId.Xml1)[0][Xml1.CHAN_DOAN_VAO])
            .Set(Xml8.CHAN_DOAN_RV, record.Rows(TableId.Xml1)[0][Xml1.CHAN_DOAN_RV])
            .Set(Xml8.QT_BENHLY, ClinicalCourse)
            .Set(Xml8.TOMTAT_KQ, "Công thức máu, sinh hóa và chẩn đoán hình ảnh trong giới hạn cho phép khi ra viện.")
            .Set(Xml8.PP_DIEUTRI, record.Rows(TableId.Xml1)[0][Xml1.PP_DIEU_TRI])
            .Set(Xml8.KET_QUA_DTRI, episode.Transferred ? "4" : "2")
            .Set(Xml8.MA_TTDV, episode.Era.HeadId)
            .Set(Xml8.NGAY_CT, Text.Day(episode.Out));

    private static void Birth(Episode episode, RecordBuilder record)
    {
        bool surgery = episode.Main == Diagnoses.Caesarean;
        int children = surgery && episode.Dice.PerMille(100) ? 2 : 1;
        var weights = new string[children];
        for (int child = 0; child < children; child++)
        {
            weights[child] = Text.Number(children == 2 ? episode.Dice.Between(2100, 2700) : episode.Dice.Between(2700, 3900));
            record.AddRow(TableId.Xml9)
                .Set(Xml9.MA_LK, episode.Link)
                .Set(Xml9.MA_BHXH_NND, episode.Insured ? episode.Patient.SocialNumber : "")
                .Set(Xml9.MA_THE_NND, episode.Cards is [.., { } card] ? card.Number : "")
                .Set(Xml9.HO_TEN_NND, episode.Patient.Name)
                .Set(Xml9.NGAYSINH_NND, Text.Day(episode.Patient.Birth))
                .Set(Xml9.MA_DANTOC_NND, episode.Patient.Ethnicity)
                .Set(Xml9.SO_CCCD_NND, episode.Patient.Identity)
                .Set(Xml9.NGAYCAP_CCCD_NND, Text.Day(episode.Patient.Birth.AddYears(18)))
                .Set(Xml9.NOICAP_CCCD_NND, "Cơ quan cấp mẫu")
                .Set(Xml9.NOI_CU_TRU_NND, SummaryRow.AddressOf(episode))
                .Set(Xml9.MA_QUOCTICH, episode.Patient.Nation)
                .Set(Xml9.MATINH_CU_TRU, episode.Patient.Home.Province)
                .Set(Xml9.MAHUYEN_CU_TRU, SummaryRow.DistrictOf(episode))
                .Set(Xml9.MAXA_CU_TRU, SummaryRow.CommuneOf(episode))
                .Set(Xml9.HO_TEN_CHA, "TRẦN VĂN MẪU CHA")
                .Set(Xml9.MA_THE_TAM, $"TE199{Text.Number(episode.Index % 100_000_000, "D8")}{Text.Number(child + 1, "D2")}")
                .Set(Xml9.HO_TEN_CON, $"{episode.Patient.Name.Split(' ')[0]} MẪU CON")
                .Set(Xml9.GIOI_TINH_CON, episode.Dice.PerMille(500) ? "1" : "2")
                .Set(Xml9.SO_CON, Text.Number(children))
                .Set(Xml9.LAN_SINH, "1")
                .Set(Xml9.SO_CON_SONG, Text.Number(children))
                .Set(Xml9.CAN_NANG_CON, weights[child])
                .Set(Xml9.NGAY_SINH_CON, Text.Minute(episode.Admitted!.Value.AddMinutes(60 + child)))
                .Set(Xml9.NOI_SINH_CON, "Bệnh viện đa khoa Mẫu (hư cấu)")
                .Set(Xml9.TINH_TRANG_CON, "Trẻ khóc ngay, hồng hào, phản xạ tốt")
                .Set(Xml9.SINHCON_PHAUTHUAT, surgery ? "1" : "0")
                .Set(Xml9.SINHCON_DUOI32TUAN, "0")
                .Set(Xml9.GHI_CHU, surgery ? "Sinh con phải phẫu thuật" : "Sinh thường")
                .Set(Xml9.NGUOI_DO_DE, "Tô Mẫu Vân")
                .Set(Xml9.NGUOI_GHI_PHIEU, episode.Ward.DoctorName)
                .Set(Xml9.NGAY_CT, Text.Day(episode.Out))
                .Set(Xml9.SO, $"{episode.Serial}-{child + 1}")
                .Set(Xml9.QUYEN_SO, "01")
                .Set(Xml9.MA_TTDV, episode.Era.HeadId);
        }

        record.Set(Xml1.CAN_NANG_CON, string.Join(';', weights));
    }

    private static void MaternityRest(Episode episode, RecordBuilder record) =>
        record.AddRow(TableId.Xml10)
            .Set(Xml10.MA_LK, episode.Link)
            .Set(Xml10.SO_SERI, $"DT-{episode.Options.Seed}-{episode.Serial}")
            .Set(Xml10.SO_CT, $"{episode.Serial}/DT")
            .Set(Xml10.SO_NGAY, "14")
            .Set(Xml10.DON_VI, "Công ty Mẫu Số Một (hư cấu)")
            .Set(Xml10.CHAN_DOAN_RV, $"{episode.Main.Full}; nghỉ dưỡng thai")
            .Set(Xml10.TU_NGAY, Text.Day(episode.Out))
            .Set(Xml10.DEN_NGAY, Text.Day(episode.Out.AddDays(13)))
            .Set(Xml10.MA_TTDV, episode.Era.HeadId)
            .Set(Xml10.TEN_BS, Staff.Maternity.DoctorName)
            .Set(Xml10.MA_BS, Staff.Maternity.Doctor)
            .Set(Xml10.NGAY_CT, Text.Day(episode.Out));

    private static void SickLeave(Episode episode, RecordBuilder record)
    {
        int days = episode.Dice.Between(1, 5);
        Department place = Services.Get(episode.Main.Exam).Place!;
        record.AddRow(TableId.Xml11)
            .Set(Xml11.MA_LK, episode.Link)
            .Set(Xml11.SO_CT, $"{episode.Serial}/KB")
            .Set(Xml11.SO_SERI, $"NV-{episode.Options.Seed}-{episode.Serial}")
            .Set(Xml11.SO_KCB, $"KCB-{episode.Serial}")
            .Set(Xml11.DON_VI, "Công ty Mẫu Số Một (hư cấu)")
            .Set(Xml11.MA_BHXH, episode.Patient.SocialNumber)
            .Set(Xml11.MA_THE_BHYT, SummaryRow.Join(episode, c => c.Number))
            .Set(Xml11.CHAN_DOAN_RV, episode.Main.Full)
            .Set(Xml11.PP_DIEUTRI, "Nội khoa")
            .Set(Xml11.MA_DINH_CHI_THAI, "0")
            .Set(Xml11.SO_NGAY_NGHI, Text.Number(days))
            .Set(Xml11.TU_NGAY, Text.Day(episode.Out))
            .Set(Xml11.DEN_NGAY, Text.Day(episode.Out.AddDays(days - 1)))
            .Set(Xml11.MA_TTDV, episode.Era.HeadId)
            .Set(Xml11.MA_BS, place.Doctor)
            .Set(Xml11.NGAY_CT, Text.Day(episode.Out))
            .Set(Xml11.MAU_SO, "CT07");
    }

    private static void Referral(Episode episode, RecordBuilder record)
    {
        RowBuilder row = record.AddRow(TableId.Xml13);
        CopySame(record, row);
        row.Set(Xml13.SO_HOSO, $"HS{episode.Serial}")
            .Set(Xml13.SO_CHUYENTUYEN, $"CT{episode.Serial}")
            .Set(Xml13.GIAY_CHUYEN_TUYEN, $"{episode.Serial}/CT-MAU")
            .Set(Xml13.MA_CSKCB_DI, episode.Object == "1.3" ? episode.Options.OtherFacilityCode : "")
            .Set(Xml13.MA_CSKCB_DEN, episode.Options.OtherFacilityCode)
            .Set(Xml13.DAU_HIEU_LS, "Tỉnh, mạch 92 lần/phút, huyết áp 120/75 mmHg, SpO2 95 %, còn đau nhiều")
            .Set(Xml13.QT_BENHLY, ClinicalCourse)
            .Set(Xml13.TOMTAT_KQ, "Công thức máu: bạch cầu tăng nhẹ; các xét nghiệm khác trong giới hạn bình thường")
            .Set(Xml13.PP_DIEUTRI, record.Rows(TableId.Xml1)[0][Xml1.PP_DIEU_TRI])
            .Set(Xml13.TEN_DICH_VU, "Khám và điều trị chuyên khoa")
            .Set(Xml13.TEN_THUOC, "Theo đơn đã cấp")
            .Set(Xml13.TINH_TRANG_CT, "Tỉnh, huyết động ổn định khi chuyển")
            .Set(Xml13.MA_LYDO_CT, "1")
            .Set(Xml13.HUONG_DIEU_TRI, "Tiếp tục điều trị chuyên khoa")
            .Set(Xml13.PHUONGTIEN_VC, "Xe cứu thương")
            .Set(Xml13.HOTEN_NGUOI_HT, "Điều dưỡng Mẫu Thanh")
            .Set(Xml13.CHUCDANH_NGUOI_HT, "Điều dưỡng")
            .Set(Xml13.MA_BAC_SI, episode.Ward.Doctor)
            .Set(Xml13.MA_TTDV, episode.Era.HeadId);
    }

    private static void Appointment(Episode episode, RecordBuilder record, DateOnly next)
    {
        RowBuilder row = record.AddRow(TableId.Xml14);
        CopySame(record, row);
        row.Set(Xml14.SO_GIAYHEN_KL, $"HK{episode.Serial}")
            .Set(Xml14.NGAY_HEN_KL, episode.Release.Field(Xml14.NGAY_HEN_KL)?.Kind == FieldKind.DateTime12 ? Text.Day(next) + "0800" : Text.Day(next))
            .Set(Xml14.MA_BAC_SI, episode.Ward.Doctor)
            .Set(Xml14.MA_TTDV, episode.Era.HeadId)
            .Set(Xml14.NGAY_CT, Text.Day(episode.Out));
    }

    /// <summary>Fields that XML1 has under the same name hold the same value.</summary>
    internal static void CopySame(RecordBuilder record, RowBuilder row)
    {
        RowBuilder summary = record.Rows(TableId.Xml1)[0];
        foreach (FieldSpec field in Releases.Newest.Table(TableId.Xml1)!.Fields)
        {
            if (FieldId.TryParse(row.Table, field.Name, out FieldId same)) row.Set(same, summary[field.Id]);
        }
    }
}
