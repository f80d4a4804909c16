using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Codes that must stand in a list in force on the day of discharge; judged only when the list is there and covers the day.</summary>
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
        Listed("CAT-NGHE-001", "occupation", Xml1.MA_NGHE_NGHIEP, except: "00 00000"),
        Listed("CAT-DOITUONG-001", "patient_object", Xml1.MA_DOITUONG_KCB),

        Department(Xml1.MA_KHOA),
        Department(Xml2.MA_KHOA),
        Department(Xml3.MA_KHOA),
        Department(Xml7.MA_KHOA_RV),

        // Q87.11 was replaced by Q87.1.
        Replaced(Xml1.MA_BENH_CHINH),
        Replaced(Xml1.MA_BENH_KT),
    ];

    private static RowRule Listed(string code, string list, FieldId field, string except = "")
    {
        byte[] free = System.Text.Encoding.UTF8.GetBytes(except);
        return new RowRule(code, field, (row, record) =>
        {
            if (record.Lists.Find(list) is not { } codes) return Answer.NotApplicable;
            foreach (ReadOnlySpan<byte> item in row[field].Items())
            {
                if (!item.IsEmpty && !codes.Contains(item, record.Day) && !Reading.Contains(free, item)) return Breach.OfPart(item);
            }

            return Answer.Holds;
        });
    }

    private static RowRule Department(FieldId field) => new("CAT-KHOA-001", field, (row, record) =>
    {
        if (record.Lists.Find("dept_national") is not { } departments) return Answer.NotApplicable;
        foreach (ReadOnlySpan<byte> item in row[field].Items())
        {
            if (!item.IsEmpty && !IsDepartment(item, departments, record.Day)) return Breach.OfPart(item);
        }

        return Answer.Holds;
    });

    // K16.1 and K02.D35 are parts of a department; K0809 is one department of two specialities.
    private static bool IsDepartment(ReadOnlySpan<byte> code, CodeList departments, DateOnly day)
    {
        if (departments.Contains(code, day)) return true;
        int point = code.IndexOf((byte)'.');
        if (point >= 0) code = code[..point];
        if (code.Length < 3 || code.Length % 2 == 0) return false;
        Span<byte> one = [(byte)'K', 0, 0];
        for (int at = 1; at < code.Length; at += 2)
        {
            code.Slice(at, 2).CopyTo(one[1..]);
            if (code[0] != (byte)'K' || !departments.Contains(one, day)) return false;
        }

        return true;
    }

    private static RowRule Replaced(FieldId field) => new("CAT-ICD-007", field, (row, _) =>
        row[field].HasItem("Q87.11"u8) ? Breach.OfPart("Q87.11"u8) : Answer.Holds);
}
