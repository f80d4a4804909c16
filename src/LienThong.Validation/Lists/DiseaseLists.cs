using static LienThong.Validation.ListDefinitions;

namespace LienThong.Validation;

/// <summary>Lists of diseases and procedures. One list holds every edition: rows carry the days on which their edition was in force.</summary>
public static class DiseaseLists
{
    /// <summary>ICD-10: QĐ 4469/QĐ-BYT to 30/06/2026, then TT 06/2026/TT-BYT with what its columns 24 to 29 forbid.</summary>
    public static ListDefinition Icd10 { get; } = ListDefinition.Known("icd10", "Bệnh theo ICD-10", ListScope.National,
    [
        Key("code", "Mã bệnh", "MÃ BỆNH|ma_benh|ma"),
        Text("name", "Tên bệnh", "TÊN BỆNH|name_vi|ten_benh|ten"),
        Text("marker", "Dấu chữ thập (†) hoặc sao (*)", "marker|dau"),
        Flag("not_main", "Không dùng làm bệnh chính (cột 24)", "col24_not_primary|not_primary"),
        Flag("main_discouraged", "Không khuyến khích làm bệnh chính (cột 25)", "col25_primary_discouraged"),
        Flag("more_specific", "Có mã chi tiết hơn, không dùng mã này (cột 26)", "col26_use_more_specific"),
        Flag("death_only", "Chỉ dùng cho nguyên nhân tử vong (cột 27)", "col27_death_cause_only"),
        Flag("female", "Chỉ dùng cho nữ (cột 28)", "col28_female"),
        Flag("male", "Chỉ dùng cho nam (cột 29)", "col29_male"),
    ]);

    /// <summary>Diseases of traditional medicine.</summary>
    public static ListDefinition Traditional { get; } = Plain("icd_yhct", "Bệnh y học cổ truyền");

    /// <summary>ICD-9-CM: operations and procedures.</summary>
    public static ListDefinition Procedures { get; } = Plain("icd9cm", "Phẫu thuật, thủ thuật theo ICD-9-CM");

    /// <summary>Diseases the facility counts as emergencies.</summary>
    public static ListDefinition Emergencies { get; } = Plain("emergency_icd", "Bệnh được coi là cấp cứu");

    /// <summary>Diseases for which drugs may be prescribed for more than 30 days (TT 26/2025/TT-BYT, annex VII).</summary>
    public static ListDefinition LongPrescriptions { get; } = ListDefinition.Known("long_prescription_icd", "Bệnh được kê đơn trên 30 ngày", ListScope.National,
    [
        Key("code", "Mã bệnh"), Text("name", "Tên bệnh", "item_name_vi"), Number("max_days", "Số ngày tối đa"),
    ]);

    internal static ListDefinition[] All => [Icd10, Traditional, Procedures, Emergencies, LongPrescriptions];

    private static ListDefinition Plain(string name, string titleVi) =>
        ListDefinition.Known(name, titleVi, ListScope.National, [Key("code", "Mã"), Text("name", "Tên", "name_vi|label_vi|ten|ten_benh")]);
}
