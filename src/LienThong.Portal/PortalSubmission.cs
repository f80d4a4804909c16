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
}

/// <summary>One document on its way to the portal.</summary>
/// <param name="FacilityCode"><c>maCSKCB</c> the document belongs to; must be the account's.</param>
/// <param name="MaLk"><c>MA_LK</c> of the record, for logs and messages only.</param>
/// <param name="Service">Which service takes it.</param>
/// <param name="ReleaseId">Release of the data standard, for example <c>QD3176</c>.</param>
/// <param name="Document">The signed XML, byte for byte as archived. A UTF-8 BOM in front is left out on the wire (CV 3190 clients' experience); nothing else changes.</param>
public sealed record PortalSubmission(
    string FacilityCode, string MaLk, PortalService Service, string ReleaseId, ReadOnlyMemory<byte> Document);
