using static LienThong.Validation.ListDefinitions;

namespace LienThong.Validation;

/// <summary>Lists issued for the whole country, besides those of diseases.</summary>
public static class NationalLists
{
    /// <summary>Provinces, before and after the merger of 01/07/2025.</summary>
    public static ListDefinition Provinces { get; } = Plain("province", "Tỉnh, thành phố");

    /// <summary>Communes with their province, before and after 01/07/2025.</summary>
    public static ListDefinition Communes { get; } = ListDefinition.Known("commune", "Xã, phường, đặc khu", ListScope.National,
    [
        Key("code", "Mã xã", "ma_xa|maxa|Mã PX"), Text("name", "Tên xã", "ten_xa|tenxa|Phường Xã"), Code("province", "Mã tỉnh", "ma_tinh|matinh|Mã TP"),
    ]);

    /// <summary>Nationalities (TT 07/2016/TT-BCA).</summary>
    public static ListDefinition Nationalities { get; } = Plain("nationality", "Quốc tịch");

    /// <summary>Ethnic groups (QĐ 121-TCTK/PPCĐ).</summary>
    public static ListDefinition EthnicGroups { get; } = Plain("ethnic_group", "Dân tộc");

    /// <summary>Occupations (QĐ 34/2020/QĐ-TTg).</summary>
    public static ListDefinition Occupations { get; } = Plain("occupation", "Nghề nghiệp");

    /// <summary>Objects of treatment (<c>MA_DOITUONG_KCB</c>).</summary>
    public static ListDefinition PatientObjects { get; } = Plain("patient_object", "Đối tượng đến khám bệnh, chữa bệnh");

    /// <summary>Departments (QĐ 5937/QĐ-BYT, QĐ 1804/QĐ-BYT).</summary>
    public static ListDefinition Departments { get; } = ListDefinition.Known("dept_national", "Khoa", ListScope.National,
    [
        Key("code", "Mã khoa"), Text("name", "Tên khoa", "label_vi"), Flag("emergency", "Khoa cấp cứu"), Flag("intensive", "Khoa hồi sức"),
    ]);

    /// <summary>Health facilities. The country has more than 12 000 that insurance pays; a file with far fewer is an excerpt.</summary>
    public static ListDefinition Facilities { get; } = ListDefinition.Known("facility", "Cơ sở khám bệnh, chữa bệnh", ListScope.National,
    [
        Key("code", "Mã cơ sở", "MA_CSKCB|Mã"),
        Text("name", "Tên cơ sở", "TEN_CSKCB|Tên"),
        Code("level", "Cấp chuyên môn: 1 ban đầu, 2 cơ bản, 3 chuyên sâu", "CAP_CMKT"),
        Code("kind", "Loại hình: TYT trạm y tế, PKDKKV phòng khám đa khoa khu vực, NHS nhà hộ sinh, BV bệnh viện, KHAC khác", "LOAI_HINH"),
        Flag("former_district", "Trước đây là tuyến huyện"),
        Code("class", "Hạng bệnh viện", "HANG_BV|Hạng bệnh viện"),
    ], leastRows: 5_000);

    /// <summary>Card prefixes with the benefit level (third character) each may go with; one row per pair.</summary>
    public static ListDefinition CardPrefixes { get; } = ListDefinition.Known("card_prefix", "Đầu thẻ BHYT", ListScope.National,
    [
        Key("code", "Hai ký tự đầu của thẻ"), Text("name", "Đối tượng", "label_vi"), Code("level", "Mức hưởng (ký tự thứ ba)", "muc_huong"),
    ]);

    /// <summary>Services in common use (QĐ 7603/QĐ-BYT, QĐ 2010/QĐ-BYT).</summary>
    public static ListDefinition Services { get; } = ListDefinition.Known("service_national", "Dịch vụ kỹ thuật dùng chung", ListScope.National,
    [
        Key("code", "Mã", "ma_dvkt|MA_DICH_VU"), Text("name", "Tên", "name_vi|label_vi|ten"), Code("surgery_class", "Phẫu thuật loại: 0 đặc biệt, 1, 2, 3", "loai_pttt"),
    ]);

    /// <summary>Examinations (QĐ 2010/QĐ-BYT, annex 2).</summary>
    public static ListDefinition Examinations { get; } = ListDefinition.Known("exam_service", "Khám bệnh", ListScope.National,
    [
        Key("code", "Mã khám", "MA_DICH_VU"), Text("name", "Tên", "label_vi"), Codes("class", "Hạng cơ sở áp dụng, trống là mọi hạng"),
    ]);

    /// <summary>Beds (QĐ 2010/QĐ-BYT, annexes 3 and 4).</summary>
    public static ListDefinition Beds { get; } = ListDefinition.Known("bed_service", "Ngày giường", ListScope.National,
    [
        Key("code", "Mã", "MA_DICH_VU"), Text("name", "Tên", "name_vi|label_vi|ten"), Flag("intensive", "Giường hồi sức"),
        Code("surgery_class", "Giường sau phẫu thuật loại: 0 đặc biệt, 1, 2, 3"),
    ]);

    /// <summary>Active ingredients, with the rate insurance pays.</summary>
    public static ListDefinition Ingredients { get; } = ListDefinition.Known("drug_active", "Hoạt chất thuốc", ListScope.National,
    [
        Key("code", "Mã hoạt chất", "MA_THUOC|MA_HOAT_CHAT"), Text("name", "Tên hoạt chất", "TEN_HOAT_CHAT"),
        Number("rate", "Tỷ lệ thanh toán (%), trống là 100", "TYLE_TT_BH|TY_LE"),
        Flag("not_paid", "Quỹ BHYT không chi trả"),
    ]);

    /// <summary>Routes of administration.</summary>
    public static ListDefinition Routes { get; } = Plain("route", "Đường dùng thuốc", "MA_DUONG_DUNG");

    /// <summary>Blood and its products.</summary>
    public static ListDefinition Blood { get; } = Plain("blood_product", "Máu và chế phẩm máu");

    /// <summary>Fuels of transport (<c>MA_XANG_DAU</c>).</summary>
    public static ListDefinition Fuels { get; } = Plain("fuel", "Xăng dầu");

    /// <summary>Indices of tests and images (QĐ 1227/QĐ-BYT; before, annex 11 of QĐ 7603/QĐ-BYT).</summary>
    public static ListDefinition TestIndices { get; } = Plain("cls_index", "Chỉ số cận lâm sàng", "MA_CHI_SO");

    /// <summary>Regimens against HIV.</summary>
    public static ListDefinition HivRegimens { get; } = Plain("arv_regimen", "Phác đồ ARV");

    /// <summary>Drugs against HIV.</summary>
    public static ListDefinition HivDrugs { get; } = Plain("arv_drug", "Thuốc ARV");

    /// <summary>Drugs against tuberculosis.</summary>
    public static ListDefinition TuberculosisDrugs { get; } = Plain("tb_drug", "Thuốc lao");

    /// <summary>Services within a scope of practice: one row per scope (<c>PHAMVI_CM</c>) and service.</summary>
    public static ListDefinition Scopes { get; } = ListDefinition.Known("staff_scope", "Dịch vụ theo phạm vi hành nghề", ListScope.National,
    [
        Key("code", "Mã phạm vi chuyên môn", "PHAMVI_CM"), Code("service", "Mã dịch vụ, hoặc bảy ký tự đầu", "MA_DICH_VU"),
    ]);

    internal static ListDefinition[] All =>
    [
        Provinces, Communes, Nationalities, EthnicGroups, Occupations, PatientObjects, Departments, Facilities, CardPrefixes, Services, Examinations,
        Beds, Ingredients, Routes, Blood, Fuels, TestIndices, HivRegimens, HivDrugs, TuberculosisDrugs, Scopes,
    ];

    private static ListDefinition Plain(string name, string titleVi, string headers = "") =>
        ListDefinition.Known(name, titleVi, ListScope.National, [Key("code", "Mã", headers), Text("name", "Tên", "name_vi|label_vi|ten")]);
}
