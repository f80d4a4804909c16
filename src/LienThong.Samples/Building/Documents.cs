using LienThong.Samples.Data;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>The documents outside packages: check-in and medical assessment.</summary>
internal static class Documents
{
    public static RecordBuilder CheckIn(RecordBuilder record, Release release)
    {
        RowBuilder summary = record.Rows(TableId.Xml1)[0];
        RowBuilder first = record.Rows(TableId.Xml3)[0];
        var result = new RecordBuilder();
        RowBuilder row = result.AddRow(TableId.Xml0);
        Papers.CopySame(record, row);
        row.Set(Xml0.STT, "1")
            .Set(Xml0.MA_THE_BHYT, FirstOf(summary[Xml1.MA_THE_BHYT]))
            .Set(Xml0.MA_DKBD, FirstOf(summary[Xml1.MA_DKBD]))
            .Set(Xml0.GT_THE_TU, FirstOf(summary[Xml1.GT_THE_TU]))
            .Set(Xml0.GT_THE_DEN, FirstOf(summary[Xml1.GT_THE_DEN]))
            .Set(Xml0.MA_DICH_VU, first[Xml3.MA_DICH_VU])
            .Set(Xml0.TEN_DICH_VU, first[Xml3.TEN_DICH_VU])
            .Set(Xml0.NGAY_YL, first[Xml3.NGAY_YL]);
        Shape.Fit(result, release);
        return result;
    }

    public static RecordBuilder Assessment(SampleOptions options, int index)
    {
        Dice dice = Dice.For(options.Seed, SampleKind.Outpatient, -1 - index);
        DateOnly day = options.From.AddDays(dice.Between(0, options.To.DayNumber - options.From.DayNumber));
        Era era = Era.On(day);
        Patient patient = PatientMaker.Make(dice, options, index, day, era, foreign: false, (25, 70), female: false);
        int rate = dice.Between(21, 81);
        var result = new RecordBuilder();
        result.AddRow(TableId.Xml12)
            .Set(Xml12.NGUOI_CHU_TRI, "LÊ VĂN MẪU")
            .Set(Xml12.CHUC_VU, "1")
            .Set(Xml12.NGAY_HOP, Text.Day(day))
            .Set(Xml12.HO_TEN, patient.Name)
            .Set(Xml12.NGAY_SINH, Text.Day(patient.Birth))
            .Set(Xml12.SO_CCCD, patient.Identity)
            .Set(Xml12.NGAY_CAP_CCCD, Text.Day(patient.Birth.AddYears(18)))
            .Set(Xml12.NOI_CAP_CCCD, "Cơ quan cấp mẫu")
            .Set(Xml12.DIA_CHI, $"{patient.Street}, {patient.Home.CommuneName}, {patient.Home.ProvinceName}")
            .Set(Xml12.MATINH_CU_TRU, patient.Home.Province)
            .Set(Xml12.MAHUYEN_CU_TRU, era.HasDistricts ? patient.Home.OldDistrict : "")
            .Set(Xml12.MAXA_CU_TRU, era.HasDistricts ? patient.Home.OldCommune : patient.Home.Commune)
            .Set(Xml12.MA_BHXH, patient.SocialNumber)
            .Set(Xml12.DIEN_THOAI, "0000000000")
            .Set(Xml12.MA_DOI_TUONG, "NKT")
            .Set(Xml12.KHAM_GIAM_DINH, "1")
            .Set(Xml12.SO_BIEN_BAN, $"{index:D5}/BB-MAU")
            .Set(Xml12.DANG_HUONG_CHE_DO, "7")
            .Set(Xml12.NGAY_CHUNG_TU, Text.Day(day))
            .Set(Xml12.SO_GIAY_GIOI_THIEU, $"{index:D5}/GGT-MAU")
            .Set(Xml12.NGAY_DE_NGHI, Text.Day(day.AddDays(-9)))
            .Set(Xml12.MA_DONVI, "DV000")
            .Set(Xml12.GIOI_THIEU_CUA, "Đơn vị ví dụ")
            .Set(Xml12.KET_QUA_KHAM, "Hạn chế vận động khớp gối phải, teo cơ đùi mức độ nhẹ")
            .Set(Xml12.SO_VAN_BAN_CAN_CU, "00/2000/VD")
            .Set(Xml12.TYLE_TTCT_MOI, Text.Number(rate))
            .Set(Xml12.TONG_TYLE_TTCT, Text.Number(rate))
            .Set(Xml12.DANG_KHUYETTAT, "1")
            .Set(Xml12.MUC_DO_KHUYETTAT, "2")
            .Set(Xml12.DE_NGHI, "Phục hồi chức năng định kỳ")
            .Set(Xml12.DUOC_XACDINH, $"Tỷ lệ tổn thương cơ thể {rate} %");
        Shape.Fit(result, options.ReleaseOn(day));
        return result;
    }

    private static string? FirstOf(string? list) => list?.Split(';')[0];
}
