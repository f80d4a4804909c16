using System.Globalization;
using LienThong.Samples.Data;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>Writes XML4 and XML5.</summary>
internal static class ResultRows
{
    private static readonly string[] Courses =
    [
        "Người bệnh tỉnh, tiếp xúc tốt, da niêm mạc hồng. Tim đều, phổi thông khí rõ hai bên, không ran. Bụng mềm, không chướng. Ăn uống được, ngủ khá. Tiếp tục theo dõi và điều trị theo phác đồ.",
        "Người bệnh đỡ mệt, không sốt, huyết động ổn định. Nghe phổi còn ít ran ẩm hai đáy, không khó thở khi nghỉ. Tiểu tiện khoảng 1400 ml/24 giờ. Duy trì thuốc đang dùng, kiểm tra lại xét nghiệm buổi sáng.",
        "Tình trạng toàn thân cải thiện so với hôm trước. Vết tiêm truyền không sưng nề. Đã hướng dẫn người nhà chế độ ăn, vận động nhẹ tại giường và cách nhận biết dấu hiệu bất thường để báo nhân viên y tế.",
    ];

    public static void Report(Episode episode, RecordBuilder record, Service test, DateTime at)
    {
        string when = Text.Minute(at);
        if (test.Reports.Length == 0)
        {
            Row(episode, record, test, when).Set(Xml4.MO_TA, test.Finding).Set(Xml4.KET_LUAN, test.Conclusion);
            return;
        }

        foreach (Indicator indicator in test.Reports)
        {
            Row(episode, record, test, when)
                .Set(Xml4.MA_CHI_SO, indicator.Code)
                .Set(Xml4.TEN_CHI_SO, indicator.Name)
                .Set(Xml4.GIA_TRI, Value(episode.Dice, indicator))
                .Set(Xml4.DON_VI_DO, indicator.Unit);
        }
    }

    public static void Note(Episode episode, RecordBuilder record, DateTime at, string operation = "")
    {
        Dice dice = episode.Dice;
        string vitals = $"CSST<M:{dice.Between(68, 96)}_T:36,{dice.Between(4, 9)}_HA:{dice.Between(105, 139)}/{dice.Between(60, 85)}_NT:{dice.Between(16, 20)}_SP:{dice.Between(95, 99)}>";
        record.AddRow(TableId.Xml5)
            .Set(Xml5.MA_LK, episode.Link)
            .Set(Xml5.STT, Text.Number(record.Rows(TableId.Xml5).Count))
            .Set(Xml5.DIEN_BIEN_LS, $"{vitals} {dice.Pick(Courses)}")
            .Set(Xml5.GIAI_DOAN_BENH, "Ổn định")
            .Set(Xml5.PHAU_THUAT, operation)
            .Set(Xml5.THOI_DIEM_DBLS, Text.Minute(at))
            .Set(Xml5.NGUOI_THUC_HIEN, episode.OnDuty(episode.Ward.Doctor));
    }

    private static RowBuilder Row(Episode episode, RecordBuilder record, Service test, string when) =>
        record.AddRow(TableId.Xml4)
            .Set(Xml4.MA_LK, episode.Link)
            .Set(Xml4.STT, Text.Number(record.Rows(TableId.Xml4).Count))
            .Set(Xml4.MA_DICH_VU, test.Code)
            .Set(Xml4.NGAY_KQ, when)
            .Set(Xml4.MA_BS_DOC_KQ, episode.OnDuty(test.Group == "1" ? Staff.LaboratoryDoctor : test.Performer));

    private static string Value(Dice dice, Indicator indicator)
    {
        int value = dice.Between(indicator.Low, indicator.High);
        return indicator.Decimals switch
        {
            0 => Text.Number(value),
            1 => (value / 10m).ToString("0.0", CultureInfo.InvariantCulture),
            2 => (value / 100m).ToString("0.00", CultureInfo.InvariantCulture),
            _ => (value / 1000m).ToString("0.000", CultureInfo.InvariantCulture),
        };
    }
}
