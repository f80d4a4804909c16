using LienThong.Standard;
using LienThong.Validation.Tests.Rules.CrossTable;
using static LienThong.Validation.Tests.Lists;

namespace LienThong.Validation.Tests.Rules.Audit;

/// <summary>One audit rule with its lists, a record that breaks it and one near by that keeps it.</summary>
internal sealed record AuditCase(string Code, string At, string Start, CodeList[] Lists, Action<RecordBuilder> Break, Action<RecordBuilder>? Keep = null);

/// <summary>Cases of the audit rules that look into lists. Row 2 of XML3 is the outpatient's test, or the inpatient's bed.</summary>
internal static class AuditCases
{
    private const string Sets = "theme|kind|a_codes|b_codes|icd_allow|icd_deny|limit|unit";
    private const string Test = "23.0075.1494";

    public static IEnumerable<AuditCase> All() => [.. Conditions(), .. Fits(), .. Facility(), .. Themes()];

    private static IEnumerable<AuditCase> Conditions() =>
    [
        Out("AUD-DD-001", "XML3[2].MA_DICH_VU", [Table("payment_condition", "code|condition|icd", $"{Test}|chỉ đái tháo đường|E10-E14")], r => r.Set(Xml1.MA_BENH_KT, "I10")),
        Out("AUD-DD-001", "XML3[2].MA_DICH_VU", [Table("payment_condition", "code|condition|min_age", $"{Test}|từ 60 tuổi|60")], _ => { }, r => r.Set(Xml1.NGAY_SINH, "195003120000")),
        Out("AUD-DD-001", "XML3[3].MA_DICH_VU", [Table("payment_condition", "code|per_day", $"{Test}|1")], r => LineCase.Copy(r, 2), r => LineCase.Copy(r, 2).Set(Xml3.NGAY_TH_YL, "202608161000")),
        Out("AUD-DD-002", "XML2[1].MA_THUOC", [Table("drug_condition", "code|condition|icd", "40.154|nhiễm khuẩn hô hấp|J18")], r => r.Set(Xml1.MA_BENH_CHINH, "K29.7")),
        Out("AUD-I-001", "XML3[2].MA_DICH_VU", [Table("service_indication", "code|icd", $"{Test}|E11.9")], r => r.Set(Xml1.MA_BENH_KT, "E11.8")),
        Out("AUD-I-002", "XML2[1].MA_THUOC", [Table("drug_contraindication", "code|icd", "40.154|B27")], r => r.Set(Xml1.MA_BENH_KT, "B27.0")),
        Out("AUD-SECONDARY-001", "XML2[1].MA_THUOC", [Table("drug_indication", "code|icd", "40.154|J18.9;J20")], r => r.Set(Xml1.MA_BENH_CHINH, "K29.7")),
        Out("AUD-INTERACT-001", "XML2[2].MA_THUOC", [Table("interaction_pair", "a|b", "40.154|40.200")], r => Drug(r, "40.200+40.1", "202608151020"), r => Drug(r, "40.201", "202608151020")),
    ];

    private static IEnumerable<AuditCase> Fits() =>
    [
        Out("AUD-K-001", "XML3[2].MA_DICH_VU", [Table("service_sex", "code|sex", $"{Test}|1")], _ => { }, r => r.Set(Xml1.GIOI_TINH, "1")),
        Out("AUD-K-002", "XML3[2].MA_DICH_VU", [Table("service_age", "code|max|unit", $"{Test}|28|day")], _ => { }, r => r.Set(Xml1.NGAY_SINH, "202608010000")),
        In("AUD-K-003", "XML3[2].MA_DICH_VU", [Table("bed_service", "code|intensive", "K02.1915|1")], r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_KHOA, "K03"), r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_KHOA, "K48.1")),
        In("AUD-K-004", "XML3[2].MA_DICH_VU", [Table("bed_service", "code|surgery_class", "K02.1915|1"), Table("service_national", "code|surgery_class", "10.0001.0001|0", "10.0002.0001|2")],
            r => LineCase.Operation(r).Set(Xml3.MA_DICH_VU, "10.0002.0001"), r => LineCase.Operation(r)),
        Out("AUD-K-007", "XML3[2].MA_DICH_VU", [Table("excluded_pair", "a|b|scope", $"K02.1910|{Test}|day")], _ => { }, r => r.Rows(TableId.Xml3)[1].Set(Xml3.THANH_TIEN_BH, "0")),
        Out("AUD-K-007", "XML3[2].MA_DICH_VU", [Table("excluded_pair", "a|b|scope", $"K02.1910|{Test}|record")], r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_TH_YL, "202608161000"), r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_DICH_VU, "23.0076.1494")),
        In("AUD-K-008", "XML3[1].MA_DICH_VU", [Of("outpatient_only", "K02.1910")], _ => { }, r => r.Set(Xml1.MA_LOAI_KCB, "02")),
        Out("AUD-K-017", "XML2[1].MA_THUOC", [Table("drug_active", "code|not_paid", "40.154|1")], _ => { }, r => r.Rows(TableId.Xml2)[0].Set(Xml2.PHAM_VI, "2")),
        In("AUD-K-019", "XML3[1].THANH_TIEN_BH", [], r => Emergency(r, "K02"), r => Emergency(r, "K03")),
    ];

    private static IEnumerable<AuditCase> Facility() =>
    [
        Out("AUD-E-001", "XML3[2].NGAY_TH_YL", [Table("working_hours", "MA_KHOA|days|hours", "K02|2;3;4;5;6;7|0700-0940;1300-1630")], _ => { }, r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_TH_YL, "202608150940")),
        Out("AUD-E-002", "XML3[2].MA_DICH_VU", [Of("licence_service", "23.0076")], _ => { }, r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_DICH_VU, "23.0076.1494")),
        Out("AUD-G-004", "XML3[2].NGUOI_THUC_HIEN", [Table("staff_facility", "MACCHN|CHUCDANH_NN|VI_TRI", "000002/AA-CCHN|3|Điều dưỡng hạng IV")],
            r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_NHOM, "18"), r => r.Rows(TableId.Xml3)[1].Set(Xml3.MA_NHOM, "18").Set(Xml3.NGUOI_THUC_HIEN, "000002/AA-CCHN;000001/AA-CCHN")),
        Out("AUD-G-005", "XML3[2].NGUOI_THUC_HIEN", [Table("staff_calendar", "staff|from|to", "000002/AA-CCHN|2026-08-14|2026-08-15")], _ => { }, r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGUOI_THUC_HIEN, "000001/AA-CCHN")),
        Out("AUD-M-002", "XML2[1].NGAY_YL", [Table("procurement", "code|TT_THAU|start", "40.154|12/QĐ-ABC;G1;N2;2026;00|20260816")], _ => { }, r => r.Rows(TableId.Xml2)[0].Set(Xml2.TT_THAU, "13/QĐ-ABC;G1;N2;2026;00")),
        Out("AUD-REFERRAL-001", "XML1[1].GIAY_CHUYEN_TUYEN", [Table("referral_data", "GIAY_CHUYEN_TUYEN|MA_NOI_DI|signed", "15/CT|99002|20260715"), Of("referral_year_icd", "C50")],
            r => r.Set(Xml1.GIAY_CHUYEN_TUYEN, "15/CT").Set(Xml1.MA_NOI_DI, "99002"), r => r.Set(Xml1.GIAY_CHUYEN_TUYEN, "15/CT").Set(Xml1.MA_NOI_DI, "99002").Set(Xml1.MA_BENH_CHINH, "C50.1")),
    ];

    private static IEnumerable<AuditCase> Themes() =>
    [
        Out("AUD-K-005", "XML2[1].MA_THUOC", [Table("theme_sets", Sets, $"dialysis|EXCLUDES|{Test}|40.154||||")], _ => { }, r => r.Rows(TableId.Xml2)[0].Set(Xml2.NGAY_TH_YL, "202608161000")),
        Out("AUD-K-005", "XML3[1].MA_DICH_VU", [Table("theme_sets", Sets, $"dialysis|EXCLUDES|{Test}|||||")], r => r.Rows(TableId.Xml3)[0].Set(Xml3.MA_NHOM, "14"), r => r.Set(Xml1.MA_LOAI_KCB, "03").Rows(TableId.Xml3)[0].Set(Xml3.MA_NHOM, "14")),
        Out("AUD-K-006", "XML2[1].MA_THUOC", [Table("theme_sets", Sets, $"ventilation|EXCLUDES|{Test}|||||")], r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_THUOC, "40.17"), r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_THUOC, "40.18")),
        Out("AUD-K-009", "XML3[2].MA_DICH_VU", [Table("theme_sets", Sets, $"contrast-ct|NEEDS|{Test}|||||"), Of("contrast_drug", "40.644")], _ => { }, r => r.Rows(TableId.Xml2)[0].Set(Xml2.MA_THUOC, "40.644")),
        Out("AUD-K-010", "XML3[1].MA_DICH_VU", [Table("theme_sets", Sets, $"biopsy|NEEDS|K02.1910|{Test}|||15|day")], r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_TH_YL, "202608310800"), r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_TH_YL, "202608300800")),
        Out("AUD-K-011", "XML3[2].MA_DICH_VU", [Table("theme_sets", Sets, $"hp-test|EXCLUDES|K02.1910|{Test}||||")], _ => { }, r => r.Rows(TableId.Xml3)[1].Set(Xml3.NGAY_TH_YL, "202608160800")),
        Out("AUD-K-012", "XML3[3].MA_DICH_VU", [Table("theme_sets", Sets, $"obstetrics|MAXPER|{Test}||||1|day")], r => LineCase.Copy(r, 2), r => LineCase.Copy(r, 2).Set(Xml3.NGAY_TH_YL, "202608161000")),
        Out("AUD-K-013", "XML3[2].MA_DICH_VU", [Table("theme_sets", Sets, $"rehabilitation|DENY_ICD|{Test}|||I10||")], _ => { }, r => r.Set(Xml1.MA_BENH_KT, "E11.9")),
        Out("AUD-K-014", "XML3[3].MA_DICH_VU", [Table("theme_sets", Sets, $"conditional-tests|MIN_GAP|{Test}||||24|hour")], r => LineCase.Copy(r, 2).Set(Xml3.NGAY_TH_YL, "202608160949"), r => LineCase.Copy(r, 2).Set(Xml3.NGAY_TH_YL, "202608160950")),
        In("AUD-K-015", "XML3[3].MA_DICH_VU", [Table("theme_sets", Sets, "phaco|EXCLUDES|10.0001.0001|K02.1915||||after")], r => Phaco(r, "202608050800"), r => Phaco(r, "202608040800")),
        Out("AUD-K-016", "XML2[1].MA_THUOC", [Table("theme_sets", Sets, "drugs|NEEDS_ICD|40.154||J18;J20|||")], r => r.Set(Xml1.MA_BENH_CHINH, "K29.7")),
        Out("AUD-K-018", "XML3[1].THANH_TIEN_BH", [Table("theme_sets", Sets, $"cyclic|EXCLUDES|{Test}|||||")], _ => { }, r => LineCase.Copy(r, 2).Set(Xml3.MA_DICH_VU, "23.0076.1494")),
    ];

    private static AuditCase Out(string code, string at, CodeList[] lists, Action<RecordBuilder> breaks, Action<RecordBuilder>? keeps = null) => new(code, at, "outpatient", lists, breaks, keeps);

    private static AuditCase In(string code, string at, CodeList[] lists, Action<RecordBuilder> breaks, Action<RecordBuilder>? keeps = null) => new(code, at, "inpatient", lists, breaks, keeps);

    private static void Drug(RecordBuilder record, string code, string ordered)
    {
        RowBuilder first = record.Rows(TableId.Xml2)[0];
        RowBuilder second = record.AddRow(TableId.Xml2);
        foreach (FieldSpec field in Releases.Get("QD1931").Table(TableId.Xml2)!.Fields) second.Set(field.Id, first[field.Id]);
        second.Set(Xml2.STT, "2").Set(Xml2.MA_THUOC, code).Set(Xml2.NGAY_YL, ordered);
    }

    private static void Emergency(RecordBuilder record, string department)
    {
        record.Set(Xml1.MA_KHOA, department + ";K05");
        record.Rows(TableId.Xml3)[0].Set(Xml3.MA_KHOA, department);
    }

    private static void Phaco(RecordBuilder record, string bed)
    {
        LineCase.Copy(record, 2).Set(Xml3.NGAY_YL, bed).Set(Xml3.NGAY_TH_YL, bed);
        LineCase.Operation(record);
    }
}
