using LienThong.Samples.Data;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>Writes the tables of the HIV and tuberculosis programmes: XML6 and XML15.</summary>
internal static class Programmes
{
    public static void Write(Episode episode, RecordBuilder record)
    {
        if (episode.Main == Diagnoses.Hiv) Hiv(episode, record);
        if (episode.Main == Diagnoses.Tuberculosis) Tuberculosis(episode, record);
    }

    private static void Hiv(Episode episode, RecordBuilder record)
    {
        RowBuilder row = record.AddRow(TableId.Xml6);
        Papers.CopySame(record, row);
        string begun = Text.Day(episode.Out.AddYears(-2).AddDays(10));
        row.Set(Xml6.NGAYKD_HIV, Text.Day(episode.Out.AddYears(-2)))
            .Set(Xml6.NOI_LAY_MAU_XN, episode.Facility)
            .Set(Xml6.NOI_XN_KD, episode.Facility)
            .Set(Xml6.NOI_BDDT_ARV, episode.Facility)
            .Set(Xml6.BDDT_ARV, begun)
            .Set(Xml6.MA_PHAC_DO_DIEU_TRI_BD, "NL.01")
            .Set(Xml6.MA_BAC_PHAC_DO_BD, "1")
            .Set(Xml6.MA_LYDO_DTRI, "1")
            .Set(Xml6.LOAI_DTRI_LAO, "0")
            .Set(Xml6.SANG_LOC_LAO, "1")
            .Set(Xml6.KQ_DTRI_LAO, "7")
            .Set(Xml6.MA_LOAI_BN, "1")
            .Set(Xml6.GIAI_DOAN_LAM_SANG, "1")
            .Set(Xml6.NHOM_DOI_TUONG, "11")
            .Set(Xml6.MA_TINH_TRANG_DK, "9")
            .Set(Xml6.MA_XU_TRI, "1")
            .Set(Xml6.NGAY_BAT_DAU_XU_TRI, Text.Day(episode.Out))
            .Set(Xml6.NGAY_KET_THUC_XU_TRI, Text.Day(episode.Out.AddDays(28)))
            .Set(Xml6.SO_NGAY_CAP_THUOC_ARV, "28")
            .Set(Xml6.MA_PHAC_DO_DIEU_TRI, "NL.01")
            .Set(Xml6.MA_BAC_PHAC_DO, "1");
    }

    private static void Tuberculosis(Episode episode, RecordBuilder record)
    {
        RowBuilder row = record.AddRow(TableId.Xml15);
        Papers.CopySame(record, row);
        row.Set(Xml15.PHANLOAI_LAO_VITRI, "1")
            .Set(Xml15.PHANLOAI_LAO_TS, "1")
            .Set(Xml15.PHANLOAI_LAO_HIV, "2")
            .Set(Xml15.PHANLOAI_LAO_VK, "2")
            .Set(Xml15.PHANLOAI_LAO_KT, "1")
            .Set(Xml15.LOAI_DTRI_LAO, "2")
            .Set(Xml15.NGAYBD_DTRI_LAO, Text.Day(episode.Out))
            .Set(Xml15.PHACDO_DTRI_LAO, "1")
            .Set(Xml15.KET_QUA_DTRI_LAO, "6");
    }
}
