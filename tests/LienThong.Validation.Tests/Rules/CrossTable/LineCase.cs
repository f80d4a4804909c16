using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules.CrossTable;

/// <summary>One rule over lines or tables: a record that breaks just this rule of these families, and one near by that breaks none.</summary>
/// <param name="Code">The rule.</param>
/// <param name="At">The cell as <see cref="Cell.ToString"/> writes it.</param>
/// <param name="Severity">The severity to expect.</param>
/// <param name="Start">Which clean record to start from, see <see cref="CleanRecordTests.Build"/>.</param>
/// <param name="Break">Makes the record break the rule.</param>
/// <param name="Keep">Makes another record that meets the rule's case and keeps it; null when the clean record does.</param>
/// <param name="Also">Other rules of these families that the same mistake necessarily breaks, separated by spaces.</param>
internal sealed record LineCase(
    string Code, string At, Severity Severity, string Start, Action<RecordBuilder> Break, Action<RecordBuilder>? Keep = null, string Also = "")
{
    public static LineCase Drug(string code, string field, Severity severity, Action<RowBuilder> breaks, Action<RowBuilder>? keeps = null, string also = "", string start = "outpatient") =>
        new(code, $"XML2[1].{field}", severity, start, r => breaks(r.Rows(TableId.Xml2)[0]), keeps is null ? null : r => keeps(r.Rows(TableId.Xml2)[0]), also);

    /// <summary>Row 1 is the examination; row 2 the laboratory test of the outpatient or the bed of the inpatient.</summary>
    public static LineCase Service(string code, int row, string field, Severity severity, Action<RowBuilder> breaks, Action<RowBuilder>? keeps = null, string also = "", string start = "outpatient") =>
        new(code, $"XML3[{row}].{field}", severity, start, r => breaks(r.Rows(TableId.Xml3)[row - 1]), keeps is null ? null : r => keeps(r.Rows(TableId.Xml3)[row - 1]), also);

    /// <summary>The same record in another year: every day in it is moved.</summary>
    public static RecordBuilder In(RecordBuilder record, string year)
    {
        Move(record, "2026", year);
        foreach (RowBuilder row in record.Rows(TableId.Xml2)) row.Set(Xml2.TT_THAU, "12/QĐ-ABC;G1;N2;2024");
        return record;
    }

    /// <summary>Days and moments that start with the first text start with the second instead.</summary>
    public static RecordBuilder Move(RecordBuilder record, string from, string to)
    {
        for (int t = 1; t < TableNames.Count; t++)
        {
            foreach (FieldSpec field in Releases.Get("QD1931").Table((TableId)t)?.Fields ?? [])
            {
                foreach (RowBuilder row in record.Rows((TableId)t))
                {
                    if (row[field.Id] is { Length: 8 or 12 } text && text.StartsWith(from, StringComparison.Ordinal)) row.Set(field.Id, to + text[from.Length..]);
                }
            }
        }

        return record;
    }

    /// <summary>Adds a copy of a row of XML3 as its last row.</summary>
    public static RowBuilder Copy(RecordBuilder record, int row)
    {
        RowBuilder source = record.Rows(TableId.Xml3)[row - 1];
        RowBuilder copy = record.AddRow(TableId.Xml3);
        foreach (FieldSpec field in Releases.Get("QD1931").Table(TableId.Xml3)!.Fields) copy.Set(field.Id, source[field.Id]);
        return copy.Set(Xml3.STT, record.Rows(TableId.Xml3).Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Sets price and amounts of a covered row of XML3 that the fund pays wholly or at 80 %.</summary>
    public static RowBuilder Priced(RowBuilder row, decimal price, decimal level = 100, decimal quantity = 1, decimal rate = 100)
    {
        decimal total = quantity * price * rate / 100;
        return row.Set(Xml3.SO_LUONG, Text(quantity)).Set(Xml3.DON_GIA_BV, Text(price)).Set(Xml3.DON_GIA_BH, Text(price)).Set(Xml3.TYLE_TT_DV, Text(rate))
            .Set(Xml3.THANH_TIEN_BV, Text(total)).Set(Xml3.THANH_TIEN_BH, Text(total)).Set(Xml3.MUC_HUONG, Text(level))
            .Set(Xml3.T_BHTT, Text(total * level / 100)).Set(Xml3.T_BNCCT, Text(total - (total * level / 100))).Set(Xml3.T_BNTT, "0");
    }

    /// <summary>Adds a supply (group 10) paid by the fund.</summary>
    public static RowBuilder Supply(RecordBuilder record, decimal price = 1000, decimal level = 100) =>
        Priced(Copy(record, 1), price, level).Set(Xml3.MA_NHOM, "10").Set(Xml3.MA_DICH_VU, "").Set(Xml3.TEN_DICH_VU, "").Set(Xml3.MA_VAT_TU, "N01.01.010")
            .Set(Xml3.TEN_VAT_TU, "Bông Thử").Set(Xml3.TT_THAU, "12/QĐ-ABC.00;G1;N2;2026").Set(Xml3.NGAY_TH_YL, "").Set(Xml3.NGAY_KQ, "");

    /// <summary>Adds an operation of the inpatient, half an hour on 4 August 2026.</summary>
    public static RowBuilder Operation(RecordBuilder record, decimal price = 1000, string start = "0800", string end = "0830") =>
        Priced(Copy(record, 1), price, 80).Set(Xml3.MA_NHOM, "8").Set(Xml3.MA_DICH_VU, "10.0001.0001").Set(Xml3.TEN_DICH_VU, "Phẫu thuật Thử").Set(Xml3.PP_VO_CAM, "1")
            .Set(Xml3.NGUOI_THUC_HIEN, "000002/AA-CCHN;000003/AA-CCHN").Set(Xml3.NGAY_YL, "202608040700").Set(Xml3.NGAY_TH_YL, "20260804" + start).Set(Xml3.NGAY_KQ, "20260804" + end);

    private static string Text(decimal amount) => amount.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}
