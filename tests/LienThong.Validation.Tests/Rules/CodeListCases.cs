using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules;

/// <summary>Cases of the rules that look codes up; lists that aren't built in hold the codes of the clean records.</summary>
internal static class CodeListCases
{
    public static CodeLists Lists { get; } = new(ListCases.Lists);

    public static IEnumerable<RuleCase> All() =>
    [
        Out("CAT-ICD-001", "MA_BENH_CHINH", r => r.Set(Xml1.MA_BENH_CHINH, "J18.8")),
        Out("CAT-ICD-001", "MA_BENH_KT", r => r.Set(Xml1.MA_BENH_KT, "I10;I11")),
        new("CAT-ICD-001", "XML3[1].MA_BENH", "outpatient", r => r.Rows(TableId.Xml3)[0].Set(Xml3.MA_BENH, "J18.8"), r => r.Rows(TableId.Xml3)[0].Set(Xml3.MA_BENH, "I10")),
        Out("CAT-ICD-007", "MA_BENH_CHINH", r => r.Set(Xml1.MA_BENH_CHINH, "Q87.11"), r => r.Set(Xml1.MA_BENH_CHINH, "Q87.1")),
        Out("CAT-YHCT-001", "MA_BENH_YHCT", r => r.Set(Xml1.MA_BENH_YHCT, "U51.2"), r => r.Set(Xml1.MA_BENH_YHCT, "U50.1")),
        Out("CAT-ICD9-001", "MA_PTTT_QT", r => r.Set(Xml1.MA_PTTT_QT, "47.01"), r => r.Set(Xml1.MA_PTTT_QT, "47.09")),
        Out("CAT-TINH-001", "MATINH_CU_TRU", r => r.Set(Xml1.MATINH_CU_TRU, "02"), r => r.Set(Xml1.MATINH_CU_TRU, "08")),
        Out("CAT-XA-001", "MAXA_CU_TRU", r => r.Set(Xml1.MAXA_CU_TRU, "00009")),
        Out("CAT-QUOCTICH-001", "MA_QUOCTICH", r => r.Set(Xml1.MA_QUOCTICH, "999"), r => r.Set(Xml1.MA_QUOCTICH, "101")),
        Out("CAT-DANTOC-001", "MA_DANTOC", r => r.Set(Xml1.MA_DANTOC, "99"), r => r.Set(Xml1.MA_DANTOC, "54")),
        Out("CAT-NGHE-001", "MA_NGHE_NGHIEP", r => r.Set(Xml1.MA_NGHE_NGHIEP, "99"), r => r.Set(Xml1.MA_NGHE_NGHIEP, "22")),
        Out("CAT-DOITUONG-001", "MA_DOITUONG_KCB", r => r.Set(Xml1.MA_DOITUONG_KCB, "1.8"), r => r.Set(Xml1.MA_DOITUONG_KCB, "10")),
        Out("CAT-KHOA-001", "MA_KHOA", r => r.Set(Xml1.MA_KHOA, "K02;K88"), r => r.Set(Xml1.MA_KHOA, "K0809;K02.D35")),
        new("CAT-KHOA-001", "XML3[1].MA_KHOA", "outpatient", r => r.Rows(TableId.Xml3)[0].Set(Xml3.MA_KHOA, "K0288")),
    ];

    private static RuleCase Out(string code, string field, Action<RecordBuilder> breaks, Action<RecordBuilder>? keeps = null) =>
        new(code, $"XML1[1].{field}", "outpatient", breaks, keeps);
}
