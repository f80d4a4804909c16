using LienThong.Standard;
using static LienThong.Samples.Errors.Tamper;

namespace LienThong.Samples.Errors;

/// <summary>Errors that only show beside another record.</summary>
internal static class PairErrors
{
    private static readonly FieldId[] Person =
    [
        Xml1.MA_BN, Xml1.HO_TEN, Xml1.SO_CCCD, Xml1.NGAY_SINH, Xml1.GIOI_TINH, Xml1.MA_THE_BHYT, Xml1.MA_DKBD, Xml1.GT_THE_TU, Xml1.GT_THE_DEN,
        Xml1.MA_QUOCTICH, Xml1.MA_DANTOC, Xml1.CAN_NANG,
    ];

    public static readonly SamplePairError[] All =
    [
        new("pair-same-visit", "REC-MA_LK-002", "the other's visit once more, under its own MA_LK", static (record, other) =>
        {
            if (!IsPlain(other) || !IsPlain(record)) return null;
            Become(record, other);
            return new SampleCell(TableId.Xml1, 1, Xml1.NGAY_VAO);
        }, "REC-DUP-001", "REC-MA_LK-003"),
        new("pair-same-service", "REC-DUP-001", "a service of the other's visit billed again in an overlapping one", static (record, other) =>
        {
            if (!IsPlain(other) || !IsPlain(record) || !Insured(other)) return null;
            int row = FirstPaid(other);
            if (row < 0) return null;
            Become(record, other);
            return new SampleCell(TableId.Xml3, row + 1, Xml3.MA_DICH_VU);
        }, "REC-MA_LK-002", "REC-MA_LK-003"),
        new("pair-same-key", "REC-MA_LK-001", "the other's MA_LK for another patient", static (record, other) =>
        {
            Rename(record, Summary(other)[Xml1.MA_LK]!);
            return new SampleCell(TableId.Xml1, 1, Xml1.MA_LK);
        }),
        new("pair-same-hands", "AUD-G-001", "the other's staff treat a second patient at the same minutes", static (record, other) =>
        {
            if (!IsPlain(other) || !IsPlain(record) || Stays(other) || !SameTerms(record, other)) return null;
            Become(record, other, keepPerson: true);
            return new SampleCell(TableId.Xml3, 1, Xml3.NGUOI_THUC_HIEN);
        }),
    ];

    // Rates, amounts and ages follow from card and person, so only people on the same terms can change places.
    private static bool SameTerms(RecordBuilder record, RecordBuilder other)
    {
        RowBuilder a = Summary(record), b = Summary(other);
        return a[Xml1.MA_DOITUONG_KCB] == b[Xml1.MA_DOITUONG_KCB] && a[Xml1.GIOI_TINH] == b[Xml1.GIOI_TINH]
            && a[Xml1.MA_THE_BHYT] is { Length: 15 } card && b[Xml1.MA_THE_BHYT] is { Length: 15 } own && card[..3] == own[..3]
            && string.CompareOrdinal(a[Xml1.GT_THE_TU], b[Xml1.NGAY_VAO]![..8]) <= 0 && string.CompareOrdinal(a[Xml1.GT_THE_DEN], b[Xml1.NGAY_RA]![..8]) >= 0;
    }

    private static int FirstPaid(RecordBuilder record)
    {
        IList<RowBuilder> rows = record.Rows(TableId.Xml3);
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i][Xml3.MA_NHOM] is "1" or "2" or "3" && Building.Totals.Read(rows[i], Xml3.THANH_TIEN_BH) > 0) return i;
        }

        return -1;
    }

    // The record takes over all rows of the other but its own key, and its own person where told.
    private static void Become(RecordBuilder record, RecordBuilder other, bool keepPerson = false)
    {
        string key = Summary(record)[Xml1.MA_LK]!;
        string?[] person = Array.ConvertAll(Person, field => Summary(record)[field]);
        for (int t = 0; t < TableNames.Count; t++)
        {
            record.Rows((TableId)t).Clear();
            foreach (RowBuilder row in other.Rows((TableId)t)) Copy(row, record.AddRow((TableId)t));
        }

        Rename(record, key);
        for (int i = 0; keepPerson && i < Person.Length; i++) Summary(record).Set(Person[i], person[i]);
    }

    private static void Copy(RowBuilder from, RowBuilder to)
    {
        foreach (FieldSpec field in Releases.Newest.Table(from.Table)!.Fields) to.Set(field.Id, from[field.Id]);
    }

    private static void Rename(RecordBuilder record, string key)
    {
        for (int t = 0; t < TableNames.Count; t++)
        {
            if (Releases.Newest.Table((TableId)t)?.Fields.FirstOrDefault(f => f.Name == "MA_LK") is not { } field) continue;
            foreach (RowBuilder row in record.Rows((TableId)t)) row.Set(field.Id, key);
        }
    }
}
