using LienThong.Gateway.Access;

namespace LienThong.Server.Pages.Access;

/// <summary>What roles and permissions are called.</summary>
internal static class AccessWords
{
    /// <summary>Name of a role; its code when it has none.</summary>
    public static string NameOfRole(string role) => role switch
    {
        Roles.SuperAdmin => "Quản trị hệ thống",
        Roles.ClinicAdmin => "Quản trị cơ sở",
        Roles.FrontDesk => "Tiếp đón",
        Roles.Therapist => "Người khám, điều trị",
        Roles.InsuranceOfficer => "Cán bộ bảo hiểm",
        Roles.ItOperator => "Vận hành CNTT",
        Roles.Auditor => "Kiểm tra, giám sát",
        _ => role,
    };

    /// <summary>Name of a permission; its code when it has none.</summary>
    public static string NameOfPermission(string permission) => permission switch
    {
        Permissions.ReadRecords => "Xem hồ sơ",
        Permissions.ReadSensitive => "Xem dữ liệu HIV",
        Permissions.Ingest => "Nạp hồ sơ",
        Permissions.EditRecords => "Sửa, giữ hồ sơ",
        Permissions.Submit => "Gửi cổng",
        Permissions.ReadSubmissions => "Xem tình trạng gửi",
        Permissions.ManageFacilities => "Cơ sở, tài khoản cổng, chứng thư",
        Permissions.ManageUsers => "Người dùng",
        Permissions.Operate => "Vận hành",
        Permissions.ReadAudit => "Xem nhật ký",
        Permissions.ManageRules => "Quy tắc, ngoại lệ",
        Permissions.ApproveRules => "Duyệt ngoại lệ",
        Permissions.ManageDeadlines => "Hạn nộp, sự cố",
        Permissions.ReadCatalogues => "Xem danh mục",
        Permissions.ManageCatalogues => "Nhập danh mục",
        Permissions.ReadCards => "Xem tra thẻ",
        Permissions.LookUpCards => "Tra thẻ",
        _ => permission,
    };
}
