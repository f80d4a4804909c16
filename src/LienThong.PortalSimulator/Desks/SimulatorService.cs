namespace LienThong.PortalSimulator;

/// <summary>A submission service of the portal.</summary>
/// <param name="Name">checkin, record, assessment, or a form's name such as 01/DM.</param>
/// <param name="RecordType">The only <c>loaiHoSo</c> (forms: <c>loaiHs</c>) it takes.</param>
/// <param name="Shape">What its document looks like.</param>
internal sealed record SimulatorService(string Name, string RecordType, DocumentShape Shape)
{
    /// <summary>The JSON service wants its own spelling of the facility's field.</summary>
    private const string JsonFacility = "maCskcb";

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
        ["/api/DanhMucGW/GuiDanhMuc01_BPCMKBCB"] = Form("01/DM", "70", DocumentShape.Catalogue("DANHSACH_DMBOPHANCHUYENMON", "DMBOPHANCHUYENMON")),
        ["/api/DanhMucGW/GuiDanhMuc02_NLKCB"] = Form("02/DM", "71", DocumentShape.Catalogue("DANHSACH_DMNHANLUCKBCB", "DMNHANLUCKBCB")),
        ["/api/DanhMucGW/GuiDanhMuc03_DMTHUOC"] = Form("03/DM", "10", DocumentShape.Catalogue("DANHSACH_DMTHUOCMAUCHEPHAMMAU", "DMTHUOCMAUCHEPHAMMAU")),
        ["/api/DanhMucGW/GuiDanhMuc04_DMVTYT"] = Form("04/DM", "11", DocumentShape.Catalogue("DSACH_TBYT", "DM_TBYT")),
        ["/api/DanhMucGW/GuiDanhMuc05_DVKT"] = Form("05/DM", "12", DocumentShape.Catalogue("DANHSACH_DMDICHVUKBCB", "DMDICHVUKBCB")),
        ["/api/DanhMucGW/GuiDanhMuc05_DMDVKT"] = Form("05/DM", "12", DocumentShape.Catalogue("DANHSACH_DMDICHVUKBCB", "DMDICHVUKBCB")),
        ["/api/DanhMucGW/GuiDanhMuc06_DMTBYT"] = Form("06/DM", "72", DocumentShape.Catalogue("DSACH_TBYTTHDV", "DM_TBYTTHDV")),
        ["/api/HoSoTongHop7980/GuiHoSoTongHop01BH"] = Form("01/BH", "5", DocumentShape.Summary) with { HasPeriod = true },
        ["/api/HSDCTT12/GuiHoSoDieuChinh09BH"] = Form("09/BH", "73", DocumentShape.Adjustments) with { HasPeriod = true, IsJson = true },
    };

    /// <summary>A form of TT 12/2026: other names of fields, and codes with other meanings.</summary>
    public bool IsForm { get; private init; }

    /// <summary>Takes <c>kyQT</c>.</summary>
    public bool HasPeriod { get; private init; }

    /// <summary>Takes JSON only, with user name and digest in it.</summary>
    public bool IsJson { get; private init; }

    /// <summary>Name of the field with the record type.</summary>
    public string TypeField => IsForm ? "loaiHs" : "loaiHoSo";

    /// <summary>Name of the field with the document.</summary>
    public string DocumentField => IsForm ? "fileHsBase64" : "fileHSBase64";

    /// <summary>Fields that must be there besides the facility.</summary>
    public IEnumerable<string> Fields =>
        ["username", TypeField, "maTinh", DocumentField, .. HasPeriod ? ["kyQT"] : Array.Empty<string>(), .. IsJson ? ["password"] : Array.Empty<string>()];

    /// <summary>The facility; the forms know two spellings of its field, the JSON service one.</summary>
    public string Facility(FormFields form) =>
        IsForm && form[JsonFacility] is { Length: > 0 } facility ? facility : IsJson ? "" : form["maCSKCB"];

    private static SimulatorService Form(string name, string type, DocumentShape shape) => new(name, type, shape) { IsForm = true };
}

/// <summary>Element names of a document.</summary>
/// <param name="Root">Document element.</param>
/// <param name="List">Element that holds the items; empty when the document is a package.</param>
/// <param name="Item">Element of one item.</param>
/// <param name="FacilityElement">Element with the facility code; empty when the document names none.</param>
/// <param name="KeyElement">Element that identifies the item; one key may stand several times, but always with one value. Empty when there is none: forms.</param>
internal sealed record DocumentShape(string Root, string List, string Item, string FacilityElement, string KeyElement)
{
    public static readonly DocumentShape TreatmentRecord = new("GIAMDINHHS", "DANHSACHHOSO", "HOSO", "MACSKCB", "MA_LK");
    public static readonly DocumentShape CheckIn = new("CHI_TIEU_TRANG_THAI_KCB", "DSACH_TRANG_THAI_KCB", "TRANG_THAI_KCB", "MA_CSKCB", "MA_LK");

    /// <summary>XML12 has no MA_LK: the number in the council's minutes identifies it.</summary>
    public static readonly DocumentShape Assessment =
        new("CHI_TIEU_GIAM_DINH_YKHOA", "DSACH_GIAM_DINH_YKHOA", "GIAM_DINH_YKHOA", "", "SO_BIEN_BAN");

    public static readonly DocumentShape Summary = new("HSTH01BH", "DS_CHITIET", "CHITIET_HS01BH", "", "") { ListHasId = true };
    public static readonly DocumentShape Adjustments = new("HOSO_DIEUCHINH_GD", "TT_HOSO", "TT_DIEUCHINH", "", "") { ListHasId = true };

    /// <summary>A catalogue: the list carries the <c>Id</c> that is signed.</summary>
    public static DocumentShape Catalogue(string list, string item) => new("HSDANHMUC", list, item, "", "") { ListHasId = true };

    /// <summary>The list element must have an attribute <c>Id</c>.</summary>
    public bool ListHasId { get; private init; }

    public bool IsPackage => ReferenceEquals(this, TreatmentRecord);
}
