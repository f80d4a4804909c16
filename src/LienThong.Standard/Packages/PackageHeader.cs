namespace LienThong.Standard;

/// <summary>Which of the three documents a file is.</summary>
public enum DocumentKind
{
    /// <summary>Not recognised (yet).</summary>
    Unknown,

    /// <summary>A treatment package, <c>GIAMDINHHS</c>: one or more records.</summary>
    Package,

    /// <summary>A check-in document, <c>CHI_TIEU_TRANG_THAI_KCB</c>: rows of XML0.</summary>
    CheckIn,

    /// <summary>A medical-assessment document, <c>CHI_TIEU_GIAM_DINH_YKHOA</c>: rows of XML12.</summary>
    MedicalAssessment,
}

/// <summary>What stands around the records of a package.</summary>
/// <param name="FacilityCode"><c>MACSKCB</c>, as received; empty when missing.</param>
/// <param name="CreatedOn"><c>NGAYLAP</c>, <c>yyyyMMdd</c> as received; empty when missing.</param>
/// <param name="DeclaredCount"><c>SOLUONGHOSO</c>; null when missing or no number.</param>
public sealed record PackageHeader(string FacilityCode, string CreatedOn, int? DeclaredCount)
{
    /// <summary>A header with nothing known.</summary>
    public static PackageHeader Empty { get; } = new("", "", null);

    /// <summary>The header of a package that we write.</summary>
    public static PackageHeader For(string facilityCode, DateOnly createdOn, int count) =>
        new(facilityCode, createdOn.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture), count);
}
