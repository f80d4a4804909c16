namespace LienThong.Portal;

/// <summary>What kind of document goes to the portal; decides path and <c>loaiHoSo</c> together with the release.</summary>
public enum PortalService
{
    /// <summary>Check-in (<c>CHI_TIEU_TRANG_THAI_KCB</c>, XML0), <c>loaiHoSo</c> 0.</summary>
    CheckIn,

    /// <summary>Treatment record (<c>GIAMDINHHS</c>), <c>loaiHoSo</c> 130.</summary>
    Record,

    /// <summary>Medical assessment (<c>CHI_TIEU_GIAM_DINH_YKHOA</c>, XML12), <c>loaiHoSo</c> 12.</summary>
    MedicalAssessment,

    /// <summary>Form 01/DM, departments and beds (<c>HSDANHMUC</c>), <c>loaiHs</c> 70.</summary>
    DepartmentsForm,

    /// <summary>Form 02/DM, staff (<c>HSDANHMUC</c>), <c>loaiHs</c> 71.</summary>
    StaffForm,

    /// <summary>Form 03/DM, drugs and blood (<c>HSDANHMUC</c>), <c>loaiHs</c> 10.</summary>
    DrugsForm,

    /// <summary>Form 04/DM, supplies (<c>HSDANHMUC</c>), <c>loaiHs</c> 11.</summary>
    SuppliesForm,

    /// <summary>Form 05/DM, services (<c>HSDANHMUC</c>), <c>loaiHs</c> 12.</summary>
    ServicesForm,

    /// <summary>Form 06/DM, equipment (<c>HSDANHMUC</c>), <c>loaiHs</c> 72.</summary>
    EquipmentForm,

    /// <summary>Form 01/BH, monthly summary (<c>HSTH01BH</c>), <c>loaiHs</c> 5; needs <see cref="PortalSubmission.Period"/>.</summary>
    MonthlySummary,

    /// <summary>Form 09/BH, adjustment of details (<c>HOSO_DIEUCHINH_GD</c>), <c>loaiHs</c> 73; needs <see cref="PortalSubmission.Period"/>.</summary>
    Adjustments,
}

/// <summary>One document on its way to the portal.</summary>
/// <param name="FacilityCode"><c>maCSKCB</c> the document belongs to; must be the account's.</param>
/// <param name="MaLk"><c>MA_LK</c> of the record, or our own number of a form; for logs, messages and the file name of a drop only.</param>
/// <param name="Service">Which service takes it.</param>
/// <param name="ReleaseId">Release of the data standard, for example <c>QD3176</c>; of no account for forms.</param>
/// <param name="Document">The signed XML, byte for byte as archived. A UTF-8 BOM in front is left out on the wire (CV 3190 clients' experience); nothing else changes.</param>
public sealed record PortalSubmission(
    string FacilityCode, string MaLk, PortalService Service, string ReleaseId, ReadOnlyMemory<byte> Document)
{
    /// <summary><c>kyQT</c>, the settlement period <c>yyyyMM</c> of a form that has one; empty elsewhere.</summary>
    public string Period { get; init; } = "";
}
