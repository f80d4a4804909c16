namespace LienThong.PortalSimulator;

/// <summary>A submission service of the portal.</summary>
/// <param name="Name">checkin, record or assessment.</param>
/// <param name="RecordType">The only <c>loaiHoSo</c> it takes.</param>
/// <param name="Shape">What its document looks like.</param>
internal sealed record SimulatorService(string Name, string RecordType, DocumentShape Shape)
{
    private static readonly SimulatorService CheckIn = new("checkin", "0", DocumentShape.CheckIn);
    private static readonly SimulatorService TreatmentRecord = new("record", "130", DocumentShape.TreatmentRecord);
    private static readonly SimulatorService Assessment = new("assessment", "12", DocumentShape.Assessment);

    /// <summary>By path, spelt exactly: check-in writes <c>Qd</c>, the record service <c>QD</c>.</summary>
    public static IReadOnlyDictionary<string, SimulatorService> ByPath { get; } = new Dictionary<string, SimulatorService>(StringComparer.Ordinal)
    {
        ["/api/qd130/checkInKcbQd130"] = CheckIn,
        ["/api/qd130/checkInKcbQd4750"] = CheckIn,
        ["/api/qd130/checkInKcbQd3176"] = CheckIn,
        ["/api/qd130/guiHoSoXmlQD130"] = TreatmentRecord,
        ["/api/qd130/guiHoSoXmlQD4750"] = TreatmentRecord,
        ["/api/qd130/guiHoSoXmlQD3176"] = TreatmentRecord,
        ["/api/qd130/guiDuLieuGdykQd130"] = Assessment,
    };
}

/// <summary>Element names of a document.</summary>
/// <param name="Root">Document element.</param>
/// <param name="List">Element that holds the items; empty when the document is a package.</param>
/// <param name="Item">Element of one item.</param>
/// <param name="FacilityElement">Element with the facility code; empty when the document names none.</param>
/// <param name="KeyElement">Element that identifies the item; one key may stand several times, but always with one value.</param>
internal sealed record DocumentShape(string Root, string List, string Item, string FacilityElement, string KeyElement)
{
    public static readonly DocumentShape TreatmentRecord = new("GIAMDINHHS", "DANHSACHHOSO", "HOSO", "MACSKCB", "MA_LK");
    public static readonly DocumentShape CheckIn = new("CHI_TIEU_TRANG_THAI_KCB", "DSACH_TRANG_THAI_KCB", "TRANG_THAI_KCB", "MA_CSKCB", "MA_LK");

    /// <summary>XML12 has no MA_LK: the number in the council's minutes identifies it.</summary>
    public static readonly DocumentShape Assessment =
        new("CHI_TIEU_GIAM_DINH_YKHOA", "DSACH_GIAM_DINH_YKHOA", "GIAM_DINH_YKHOA", "", "SO_BIEN_BAN");

    public bool IsPackage => ReferenceEquals(this, TreatmentRecord);
}
