using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>Fills the fields that only the releases before QĐ 4750 have, from those that took their place.</summary>
internal static class OlderLayout
{
    private static readonly (FieldId Old, FieldId New)[] Renamed =
    [
        (Xml1.MA_THE, Xml1.MA_THE_BHYT), (Xml1.TEN_BENH, Xml1.CHAN_DOAN_RV), (Xml1.MA_BENH, Xml1.MA_BENH_CHINH), (Xml1.MA_BENHKHAC, Xml1.MA_BENH_KT),
        (Xml1.MA_NOI_CHUYEN, Xml1.MA_NOI_DI), (Xml1.TINH_TRANG_RV, Xml1.MA_LOAI_RV), (Xml1.T_TONGCHI, Xml1.T_TONGCHI_BV),
        (Xml2.TYLE_TT, Xml2.TYLE_TT_BH), (Xml2.THANH_TIEN, Xml2.THANH_TIEN_BV), (Xml2.T_NGUON_KHAC, Xml2.T_NGUONKHAC),
        (Xml3.DON_GIA, Xml3.DON_GIA_BV), (Xml3.TYLE_TT, Xml3.TYLE_TT_DV), (Xml3.THANH_TIEN, Xml3.THANH_TIEN_BV),
        (Xml5.DIEN_BIEN, Xml5.DIEN_BIEN_LS), (Xml5.NGAY_YL, Xml5.THOI_DIEM_DBLS),
    ];

    public static void Fill(Episode episode, RecordBuilder record)
    {
        if (episode.Release.Id == "QD4210") FillQD4210(record);
        else if (episode.Release.Id == "QD130") NameIndicators(record);
    }

    private static void FillQD4210(RecordBuilder record)
    {
        foreach ((FieldId old, FieldId now) in Renamed)
        {
            foreach (RowBuilder row in record.Rows(old.Table)) row.Set(old, row[now]);
        }

        RowBuilder summary = record.Rows(TableId.Xml1)[0];
        summary.Set(Xml1.NGAY_SINH, Day(summary[Xml1.NGAY_SINH]))
            .Set(Xml1.MIEN_CUNG_CT, Day(summary[Xml1.NGAY_MIEN_CCT]))
            .Set(Xml1.MA_LYDO_VVIEN, summary[Xml1.MA_DOITUONG_KCB] == "2" ? "2" : "1")
            .Set(Xml1.MA_LOAI_KCB, summary[Xml1.MA_LOAI_KCB] switch { "03" => "3", "01" => "1", _ => "2" })
            .Set(Xml1.T_NGOAIDS, "0");
        foreach (RowBuilder row in record.Rows(TableId.Xml2)) row.Set(Xml2.T_NGOAIDS, "0").Set(Xml2.MA_BENH, summary[Xml1.MA_BENH]);
        foreach (RowBuilder row in record.Rows(TableId.Xml3)) row.Set(Xml3.T_NGOAIDS, "0").Set(Xml3.MA_BENH, summary[Xml1.MA_BENH]);
    }

    // QĐ 130 wants code and name of an indicator for every result, those of imaging as well.
    private static void NameIndicators(RecordBuilder record)
    {
        foreach (RowBuilder row in record.Rows(TableId.Xml4))
        {
            if (!string.IsNullOrEmpty(row[Xml4.MA_CHI_SO])) continue;
            string? service = row[Xml4.MA_DICH_VU];
            row.Set(Xml4.MA_CHI_SO, service).Set(Xml4.TEN_CHI_SO, record.Rows(TableId.Xml3).First(r => r[Xml3.MA_DICH_VU] == service)[Xml3.TEN_DICH_VU]);
        }
    }

    private static string? Day(string? moment) => moment is { Length: > 8 } ? moment[..8] : moment;
}
