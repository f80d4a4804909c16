using static LienThong.Validation.ListDefinitions;

namespace LienThong.Validation;

/// <summary>Lists behind the audit rules: payment conditions, indications, exclusions, audit themes, working time, contracts.</summary>
public static class AuditLists
{
    /// <summary>Audit themes: what excludes, needs or limits what. Rows carry the days on which a theme is in force.</summary>
    public static ListDefinition Themes { get; } = ListDefinition.Known("theme_sets", "Chuyên đề giám định", ListScope.National,
    [
        Key("theme", "Chuyên đề"),
        Code("kind", "Kiểu: EXCLUDES, NEEDS, NEEDS_ICD, DENY_ICD, MAXPER, MIN_GAP"),
        Codes("a_codes", "Mã dịch vụ hoặc thuốc A"),
        Codes("b_codes", "Mã dịch vụ hoặc thuốc B"),
        Codes("icd_allow", "Mã bệnh được phép"),
        Codes("icd_deny", "Mã bệnh không được phép"),
        Number("limit", "Giới hạn"),
        Code("unit", "Đơn vị: hour, day, stay, after"),
    ]);

    /// <summary>Payment conditions of services (TT 35/2016, TT 39/2024).</summary>
    public static ListDefinition ServiceConditions { get; } = Conditions("payment_condition", "Điều kiện thanh toán dịch vụ", "MA_DICH_VU");

    /// <summary>Payment conditions of drugs (TT 20/2022, TT 37/2024).</summary>
    public static ListDefinition DrugConditions { get; } = Conditions("drug_condition", "Điều kiện thanh toán thuốc", "MA_THUOC");

    /// <summary>Services with the diseases they are meant for.</summary>
    public static ListDefinition ServiceIndications { get; } = Diseases("service_indication", "Chỉ định của dịch vụ", "MA_DICH_VU");

    /// <summary>Drugs with the diseases they are meant for.</summary>
    public static ListDefinition DrugIndications { get; } = Diseases("drug_indication", "Chỉ định của thuốc", "MA_THUOC");

    /// <summary>Drugs with the diseases in which they are harmful.</summary>
    public static ListDefinition DrugContraindications { get; } = Diseases("drug_contraindication", "Chống chỉ định của thuốc", "MA_THUOC");

    /// <summary>Services that aren't paid beside another one.</summary>
    public static ListDefinition ExcludedPairs { get; } = ListDefinition.Known("excluded_pair", "Dịch vụ không thanh toán thêm", ListScope.National,
    [
        Key("a", "Dịch vụ được thanh toán"), Code("b", "Dịch vụ không thanh toán thêm"), Code("scope", "Phạm vi: day cùng ngày, record cả đợt"),
    ]);

    /// <summary>Drugs that must not be combined (QĐ 5948/QĐ-BYT).</summary>
    public static ListDefinition Interactions { get; } = ListDefinition.Known("interaction_pair", "Thuốc chống chỉ định phối hợp", ListScope.National,
        [Key("a", "Hoạt chất thứ nhất"), Code("b", "Hoạt chất thứ hai")]);

    /// <summary>Services that are paid for outpatients only.</summary>
    public static ListDefinition OutpatientOnly { get; } = Plain("outpatient_only", "Dịch vụ chỉ thanh toán ngoại trú");

    /// <summary>Services for one sex.</summary>
    public static ListDefinition SexOfServices { get; } = ListDefinition.Known("service_sex", "Dịch vụ theo giới tính", ListScope.National,
        [Key("code", "Mã dịch vụ", "MA_DICH_VU"), Code("sex", "Giới tính: 1 nam, 2 nữ", "GIOI_TINH")]);

    /// <summary>Services for an age.</summary>
    public static ListDefinition AgesOfServices { get; } = ListDefinition.Known("service_age", "Dịch vụ theo tuổi", ListScope.National,
    [
        Key("code", "Mã dịch vụ", "MA_DICH_VU"), Number("min", "Tuổi từ, kể cả"), Number("max", "Tuổi đến, kể cả"), Code("unit", "Đơn vị: day, month, year"),
    ]);

    /// <summary>Drugs that give contrast.</summary>
    public static ListDefinition ContrastDrugs { get; } = Plain("contrast_drug", "Thuốc cản quang");

    /// <summary>Diseases whose referral paper is good for a year (TT 01/2025).</summary>
    public static ListDefinition YearlyReferrals { get; } = Plain("referral_year_icd", "Bệnh có phiếu chuyển giá trị một năm");

    /// <summary>Hours in which a department works, as registered.</summary>
    public static ListDefinition WorkingHours { get; } = ListDefinition.Known("working_hours", "Giờ hoạt động đã đăng ký", ListScope.Facility,
    [
        Key("MA_KHOA", "Mã khoa"), Codes("days", "Thứ trong tuần: 2;3;4;5;6;7;8 (8 là chủ nhật), trống là mọi ngày"), Codes("hours", "Giờ, ví dụ 0700-1130;1300-1630"),
    ]);

    /// <summary>Techniques that the licence of the facility covers; a full code, or its first seven characters.</summary>
    public static ListDefinition Licence { get; } = ListDefinition.Known("licence_service", "Danh mục kỹ thuật theo giấy phép hoạt động", ListScope.Facility,
        [Key("MA_DICH_VU", "Mã dịch vụ, hoặc bảy ký tự đầu"), Text("name", "Tên")]);

    /// <summary>Days on which somebody is away: the validity of the row.</summary>
    public static ListDefinition Absences { get; } = ListDefinition.Known("staff_calendar", "Lịch nghỉ, đi vắng của nhân lực", ListScope.Facility,
        [Key("staff", "Số giấy phép hành nghề", "MACCHN"), Text("reason", "Lý do")]);

    /// <summary>Contracts under which drugs and supplies are bought.</summary>
    public static ListDefinition Procurement { get; } = ListDefinition.Known("procurement", "Hợp đồng mua thuốc, vật tư", ListScope.Facility,
    [
        Key("code", "Mã thuốc hoặc vật tư", "MA_THUOC|MA_VAT_TU"), Code("TT_THAU", "Thông tin thầu"), Day("start", "Hợp đồng (hoặc hóa đơn mua khẩn cấp) từ ngày", "HD_TU"),
        Number("quantity", "Số lượng mua"),
    ]);

    /// <summary>Referral papers the facility has looked up.</summary>
    public static ListDefinition Referrals { get; } = ListDefinition.Known("referral_data", "Phiếu chuyển đến", ListScope.Facility,
        [Key("GIAY_CHUYEN_TUYEN", "Số phiếu"), Code("MA_NOI_DI", "Cơ sở chuyển"), Day("signed", "Ngày ký")]);

    internal static ListDefinition[] All =>
    [
        Themes, ServiceConditions, DrugConditions, ServiceIndications, DrugIndications, DrugContraindications, ExcludedPairs, Interactions, OutpatientOnly,
        SexOfServices, AgesOfServices, ContrastDrugs, YearlyReferrals, WorkingHours, Licence, Absences, Procurement, Referrals,
    ];

    private static ListDefinition Plain(string name, string titleVi) =>
        ListDefinition.Known(name, titleVi, ListScope.National, [Key("code", "Mã"), Text("name", "Tên")]);

    private static ListDefinition Diseases(string name, string titleVi, string header) =>
        ListDefinition.Known(name, titleVi, ListScope.National, [Key("code", "Mã", header), Codes("icd", "Mã bệnh: J18, J18.9 hoặc J10-J18")]);

    private static ListDefinition Conditions(string name, string titleVi, string header) => ListDefinition.Known(name, titleVi, ListScope.National,
    [
        Key("code", "Mã", header),
        Text("condition", "Điều kiện, như cần hiện cho người dùng"),
        Codes("icd", "Mã bệnh được phép: J18, J18.9 hoặc J10-J18; trống là mọi bệnh"),
        Code("sex", "Giới tính: 1 nam, 2 nữ"),
        Number("min_age", "Tuổi (năm) từ, kể cả"),
        Number("max_age", "Tuổi (năm) đến, kể cả"),
        Codes("departments", "Khoa được phép"),
        Codes("classes", "Hạng bệnh viện được phép"),
        Number("per_day", "Số lần tối đa trong ngày"),
        Number("per_stay", "Số lần tối đa trong đợt"),
    ]);
}
