using static LienThong.Validation.ListDefinitions;

namespace LienThong.Validation;

/// <summary>
/// What a facility declares to the portal in forms 01/DM–06/DM of TT 12/2026/TT-BTC. Columns are named as in the forms; only those that
/// rules look at are here. Compared with the day of the order.
/// </summary>
public static class FacilityLists
{
    /// <summary>Form 01/DM: departments with their beds.</summary>
    public static ListDefinition Departments { get; } = ListDefinition.Known("dept_facility", "Bộ phận chuyên môn của cơ sở", ListScope.Facility,
    [
        Key("MA_KHOA", "Mã khoa"),
        Text("TEN_KHOA", "Tên khoa"),
        Number("GIUONG_PD", "Giường được phê duyệt"),
        Number("GIUONG_TK", "Giường thực kê"),
        Number("GIUONG_HSTC", "Giường hồi sức tích cực"),
        Number("GIUONG_HSCC", "Giường hồi sức cấp cứu"),
    ], form: "01/DM");

    /// <summary>Form 02/DM: staff, found by licence, personal or social-security number.</summary>
    public static ListDefinition Staff { get; } = ListDefinition.Known("staff_facility", "Nhân lực khám bệnh, chữa bệnh của cơ sở", ListScope.Facility,
    [
        Code("MACCHN", "Số giấy phép hành nghề"),
        Code("SO_DINH_DANH", "Số định danh cá nhân"),
        Code("MA_BHXH", "Mã số BHXH"),
        Text("HO_TEN", "Họ và tên"),
        Codes("MA_KHOA", "Khoa làm việc"),
        Code("CHUCDANH_NN", "Chức danh nghề nghiệp"),
        Code("VI_TRI", "Vị trí"),
        Day("NGAYCAP_CCHN", "Ngày cấp giấy phép"),
        Codes("PHAMVI_CM", "Phạm vi chuyên môn"),
        Codes("DVKT_KHAC", "Dịch vụ khác được làm"),
        Code("THOIGIAN_DK", "Thời gian đăng ký: 1 toàn thời gian"),
        Text("THOIGIAN_NGAY", "Giờ làm việc trong ngày"),
        Text("THOIGIAN_TUAN", "Ngày làm việc trong tuần"),
    ], keys: 3, form: "02/DM");

    /// <summary>Form 03/DM: drugs, blood and what is paid for them.</summary>
    public static ListDefinition Drugs { get; } = ListDefinition.Known("drug_facility", "Thuốc, máu và chế phẩm máu của cơ sở", ListScope.Facility,
    [
        Key("MA_THUOC", "Mã hoạt chất hoặc mã thuốc"),
        Text("TEN_THUOC", "Tên thuốc"),
        Text("TEN_HOAT_CHAT", "Tên hoạt chất"),
        Text("DON_VI_TINH", "Đơn vị tính"),
        Text("HAM_LUONG", "Hàm lượng"),
        Code("MA_DUONG_DUNG", "Mã đường dùng"),
        Text("DANG_BAO_CHE", "Dạng bào chế"),
        Code("SO_DANG_KY", "Số đăng ký lưu hành"),
        Number("DON_GIA", "Đơn giá"),
        Number("DON_GIA_BH", "Đơn giá BHYT"),
        Code("TT_THAU", "Thông tin thầu"),
        Code("LOAI_THUOC", "Loại thuốc"),
        Code("LOAI_THAU", "Loại thầu"),
        Code("MA_CSKCB_THUOC", "Cơ sở chuyển thuốc"),
    ], form: "03/DM");

    /// <summary>Form 04/DM: supplies.</summary>
    public static ListDefinition Supplies { get; } = ListDefinition.Known("device_facility", "Vật tư y tế của cơ sở", ListScope.Facility,
    [
        Key("MA_VAT_TU", "Mã vật tư"),
        Text("TEN_VAT_TU", "Tên vật tư"),
        Text("DON_VI_TINH", "Đơn vị tính"),
        Number("DON_GIA", "Đơn giá"),
        Number("DON_GIA_BH", "Đơn giá BHYT"),
        Number("TYLE_TT_BH", "Tỷ lệ thanh toán BHYT (%)"),
        Code("TT_THAU", "Thông tin thầu"),
        Number("DINH_MUC", "Định mức"),
        Code("MA_HIEU", "Mã hiệu"),
        Code("SO_LUU_HANH", "Số lưu hành"),
    ], form: "04/DM");

    /// <summary>Form 05/DM: services with their approved prices.</summary>
    public static ListDefinition Services { get; } = ListDefinition.Known("service_facility", "Dịch vụ khám bệnh, chữa bệnh của cơ sở", ListScope.Facility,
    [
        Key("MA_DICH_VU", "Mã dịch vụ", "MA_TUONG_DUONG"),
        Text("TEN_DICH_VU", "Tên dịch vụ", "TEN_DVKT_PHEDUYET"),
        Text("TEN_DVKT_GIA", "Tên dịch vụ theo giá"),
        Number("DON_GIA", "Đơn giá được duyệt"),
        Number("GIA_THANH_TOAN", "Giá thanh toán BHYT"),
        Code("MA_NHOM", "Nhóm chi phí"),
        Code("CSKCB_CLS", "Cơ sở nhận làm cận lâm sàng"),
    ], form: "05/DM");

    /// <summary>Form 06/DM: the machines services run on, with the services they are meant for when the facility says so.</summary>
    public static ListDefinition Machines { get; } = ListDefinition.Known("equipment_facility", "Thiết bị thực hiện dịch vụ của cơ sở", ListScope.Facility,
    [
        Key("MA_MAY", "Mã máy"),
        Text("TEN_TB", "Tên thiết bị"),
        Codes("MA_DICH_VU", "Dịch vụ làm trên máy"),
        Day("HD_TU", "Hợp đồng từ ngày"),
        Day("HD_DEN", "Hợp đồng đến ngày"),
    ], form: "06/DM", machines: true);

    internal static ListDefinition[] All => [Departments, Staff, Drugs, Supplies, Services, Machines];
}
