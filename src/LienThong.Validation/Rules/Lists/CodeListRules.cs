using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Codes that must stand in a list in force on the day of discharge; judged only when the list is loaded.</summary>
internal static class CodeListRules
{
    public static readonly Rule[] All =
    [
        Listed("CAT-ICD-001", "icd10", Xml1.MA_BENH_CHINH),
        Listed("CAT-ICD-001", "icd10", Xml1.MA_BENH_KT),
        Listed("CAT-ICD-001", "icd10", Xml3.MA_BENH),
        Listed("CAT-YHCT-001", "icd_yhct", Xml1.MA_BENH_YHCT),
        Listed("CAT-YHCT-001", "icd_yhct", Xml3.MA_BENH_YHCT),
        Listed("CAT-ICD9-001", "icd9cm", Xml1.MA_PTTT_QT),
        Listed("CAT-TINH-001", "province", Xml1.MATINH_CU_TRU),
        Listed("CAT-XA-001", "commune", Xml1.MAXA_CU_TRU),
        Listed("CAT-QUOCTICH-001", "nationality", Xml1.MA_QUOCTICH),
        Listed("CAT-DANTOC-001", "ethnic_group", Xml1.MA_DANTOC),
        Listed("CAT-NGHE-001", "occupation", Xml1.MA_NGHE_NGHIEP),
        Listed("CAT-DOITUONG-001", "patient_object", Xml1.MA_DOITUONG_KCB),
    ];

    private static RowRule Listed(string code, string list, FieldId field) => new(code, field, (row, record) =>
    {
        if (record.Lists.Find(list) is not { } codes) return Answer.NotApplicable;
        foreach (ReadOnlySpan<byte> item in row[field].Items())
        {
            if (!item.IsEmpty && !codes.Contains(item, record.Day)) return Breach.OfPart(item);
        }

        return Answer.Holds;
    });
}
