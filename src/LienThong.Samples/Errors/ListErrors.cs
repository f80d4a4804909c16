using LienThong.Standard;
using static LienThong.Samples.Errors.Tamper;

namespace LienThong.Samples.Errors;

/// <summary>Errors that only the lists of the facility (<see cref="SampleLists"/>) show.</summary>
internal static class ListErrors
{
    public static readonly SampleError[] All =
    [
        Of("list-unknown-disease", "CAT-ICD-001", "a secondary code that isn't in ICD-10", Xml1.MA_BENH_KT, "Z99.9", IsPlain),
        Of("list-unknown-commune", "CAT-XA-001", "MAXA_CU_TRU of no commune", Xml1.MAXA_CU_TRU, "99999", IsPlain),
        OfRow("list-drug-not-approved", "CAT-THUOC-002", "an ingredient the facility doesn't have", Xml2.MA_THUOC, Covered2, (_, row) => row.Set(Xml2.MA_THUOC, "40.9999"), "CAT-THUOC-001"),
        OfRow("list-drug-registration", "CAT-THUOC-002", "another registration number", Xml2.SO_DANG_KY, Covered2, (_, row) => row.Set(Xml2.SO_DANG_KY, "MAU-9999-25")),
        OfRow("list-drug-tender", "CAT-THUOC-002", "another tender decision", Xml2.TT_THAU, row => Covered2(row) && row[Xml2.TT_THAU]!.StartsWith("12/", StringComparison.Ordinal), (_, row) => row.Set(Xml2.TT_THAU, "13" + row[Xml2.TT_THAU]![2..])),
        OfRow("list-service-not-approved", "CAT-DVKT-002", "a service approved nowhere", Xml3.MA_DICH_VU, row => row[Xml3.MA_NHOM] == "13" && row[Xml3.PHAM_VI] == "1", (_, row) => row.Set(Xml3.MA_DICH_VU, "99.99"), "CAT-KHAM-001", "X3-NHOM_CODE-001"),
        OfRow("list-service-unknown", "CAT-DVKT-001", "a procedure in no national list", Xml3.MA_DICH_VU, row => row[Xml3.MA_NHOM] == "18", (_, row) => row.Set(Xml3.MA_DICH_VU, "99.9999.9999"), "CAT-DVKT-002"),
        OfRow("list-supply-tender", "CAT-VTYT-001", "a supply of another tender", Xml3.TT_THAU, row => row[Xml3.MA_NHOM] == "10" && row[Xml3.PHAM_VI] == "1", (_, row) => row.Set(Xml3.TT_THAU, "18" + row[Xml3.TT_THAU]![2..])),
        OfRow("list-machine-unknown", "CAT-MAY-001", "a machine that isn't declared", Xml3.MA_MAY, row => row[Xml3.MA_MAY] is { Length: > 0 }, (_, row) => row.Set(Xml3.MA_MAY, "SH.1.MAUSH9999")),
        OfRow("list-doctor-unknown", "CAT-NVYT-001", "a doctor who isn't declared", Xml3.MA_BAC_SI, row => row[Xml3.MA_NHOM] is "1" or "2", (_, row) => row.Set(Xml3.MA_BAC_SI, "009999/MAU-GPHN")),
        OfRow("list-department-unknown", "CAT-KHOA-002", "a department that isn't declared", Xml3.MA_KHOA, row => row[Xml3.MA_NHOM] is "1" or "2", (_, row) => row.Set(Xml3.MA_KHOA, "K26")),
    ];

    private static bool Covered2(RowBuilder row) => row[Xml2.PHAM_VI] == "1";
}
