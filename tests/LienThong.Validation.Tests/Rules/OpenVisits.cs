using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules;

/// <summary>What a HIS sends at moments of a visit, cut out of the whole record.</summary>
internal static class OpenVisits
{
    private static readonly FieldId[] KnownAtTheEnd =
    [
        Xml1.NGAY_RA, Xml1.KET_QUA_DTRI, Xml1.MA_LOAI_RV, Xml1.CHAN_DOAN_RV, Xml1.SO_NGAY_DTRI, Xml1.PP_DIEU_TRI, Xml1.NGAY_TTOAN, Xml1.NAM_QT, Xml1.THANG_QT,
        Xml1.MA_TTDV, Xml1.GHI_CHU, Xml1.NGAY_TAI_KHAM,
    ];

    private static readonly FieldId[] Totals =
        [Xml1.T_THUOC, Xml1.T_VTYT, Xml1.T_TONGCHI_BV, Xml1.T_TONGCHI_BH, Xml1.T_BNTT, Xml1.T_BNCCT, Xml1.T_BHTT, Xml1.T_NGUONKHAC];

    private static readonly FieldId[] DrugBill =
    [
        Xml2.NGAY_TH_YL, Xml2.MUC_HUONG, Xml2.T_BNTT, Xml2.T_BNCCT, Xml2.T_BHTT, Xml2.T_NGUONKHAC, Xml2.T_NGUONKHAC_NSNN, Xml2.T_NGUONKHAC_VTNN,
        Xml2.T_NGUONKHAC_VTTN, Xml2.T_NGUONKHAC_CL, Xml2.THANH_TIEN_BV, Xml2.THANH_TIEN_BH,
    ];

    private static readonly FieldId[] ServiceBill =
    [
        Xml3.MUC_HUONG, Xml3.T_BNTT, Xml3.T_BNCCT, Xml3.T_BHTT, Xml3.T_NGUONKHAC, Xml3.T_NGUONKHAC_NSNN, Xml3.T_NGUONKHAC_VTNN, Xml3.T_NGUONKHAC_VTTN,
        Xml3.T_NGUONKHAC_CL, Xml3.THANH_TIEN_BV, Xml3.THANH_TIEN_BH,
    ];

    private static readonly FieldId[] Done = [Xml3.NGAY_TH_YL, Xml3.NGAY_KQ, Xml3.NGUOI_THUC_HIEN, Xml3.MA_MAY];

    /// <summary>Moments by name.</summary>
    public static Dictionary<string, Action<RecordBuilder>> Moments { get; } = new(StringComparer.Ordinal)
    {
        ["exam ordered"] = static r =>
        {
            Begin(r, disease: false);
            Keep(r, TableId.Xml3, 1);
            Keep(r, TableId.Xml2, 0);
            NotDone(r);
        },
        ["labs ordered"] = static r =>
        {
            Begin(r, disease: false);
            Keep(r, TableId.Xml2, 0);
            NotDone(r);
        },
        ["drugs ordered, totals empty"] = static r =>
        {
            Begin(r, disease: true);
            Clear(r, TableId.Xml2, DrugBill);
            Clear(r, TableId.Xml3, ServiceBill);
        },
        ["drugs ordered, totals so far"] = static r =>
        {
            string thuoc = r.Rows(TableId.Xml1)[0][Xml1.T_THUOC] ?? "";
            Begin(r, disease: true);
            r.Set(Xml1.T_THUOC, thuoc).Set(Xml1.T_TONGCHI_BV, thuoc).Set(Xml1.T_BHTT, "0");
        },
        ["second day"] = static r =>
        {
            string day = r.Rows(TableId.Xml1)[0][Xml1.NGAY_VAO]![..8];
            Begin(r, disease: true);
            Until(r, TableId.Xml2, Xml2.NGAY_YL, day);
            Until(r, TableId.Xml3, Xml3.NGAY_YL, day);
        },
    };

    private static void Begin(RecordBuilder record, bool disease)
    {
        foreach (FieldId field in (FieldId[])[.. KnownAtTheEnd, .. Totals]) record.Set(field, "");
        if (!disease) record.Set(Xml1.MA_BENH_CHINH, "").Set(Xml1.MA_BENH_KT, "").Set(Xml1.MA_BENH_YHCT, "");
        foreach (TableId table in Enum.GetValues<TableId>())
        {
            if (table is not (TableId.Xml1 or TableId.Xml2 or TableId.Xml3)) Keep(record, table, 0);
        }
    }

    private static void NotDone(RecordBuilder record)
    {
        Clear(record, TableId.Xml3, [.. Done, .. ServiceBill]);
    }

    private static void Clear(RecordBuilder record, TableId table, FieldId[] fields)
    {
        foreach (RowBuilder row in record.Rows(table))
        {
            foreach (FieldId field in fields) row.Set(field, "");
        }
    }

    private static void Keep(RecordBuilder record, TableId table, int count)
    {
        while (record.Rows(table).Count > count) record.Rows(table).RemoveAt(record.Rows(table).Count - 1);
    }

    // Ordered on the first day only.
    private static void Until(RecordBuilder record, TableId table, FieldId ordered, string day)
    {
        IList<RowBuilder> rows = record.Rows(table);
        for (int i = rows.Count - 1; i >= 0; i--)
        {
            if (string.CompareOrdinal(rows[i][ordered], 0, day, 0, 8) > 0) rows.RemoveAt(i);
        }
    }
}
