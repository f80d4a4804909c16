using System.Globalization;
using LienThong.Samples.Building;
using LienThong.Samples.Data;

namespace LienThong.Samples;

/// <summary>
/// The code lists that the invented records are written by: forms 01/DM–06/DM of the facility, and of the national lists the part the
/// records use. Judged with all of them, a clean record has nothing to mend.
/// </summary>
public static class SampleLists
{
    private const int FirstYear = 2023;
    private const int LastYear = 2027;

    private static readonly Department[] Departments =
        [Staff.Outpatients, Staff.Emergency, Staff.Medicine, Staff.Infectious, Staff.Children, Staff.Surgery, Staff.Maternity, Staff.EyesEarsTeeth];

    /// <summary>All lists.</summary>
    public static IReadOnlyList<SampleList> All(SampleOptions options) =>
    [
        OwnDepartments(options), People(options), Medicines(options), Supplies(options), OwnServices(options), Machines(options), .. National(options),
    ];

    private static SampleList OwnDepartments(SampleOptions options) => new(
        "dept_facility", "01_DM.csv", ["STT", "MA_KHOA", "TEN_KHOA", "BAN_KHAM", "GIUONG_PD", "GIUONG_TK", "TU_NGAY", "DEN_NGAY", "MA_CSKCB"],
        Numbered(Departments.Select(d => new[] { d.Code, d.Name, "", d.Bed.Length > 0 ? "999" : "", "", Start, "", options.FacilityCode })));

    private static SampleList People(SampleOptions options) => new(
        "staff_facility", "02_DM.csv",
        ["STT", "MA_KHOA", "TEN_KHOA", "HO_TEN", "GIOI_TINH", "SO_DINH_DANH", "MA_BHXH", "CHUCDANH_NN", "MACCHN", "NGAYCAP_CCHN", "TU_NGAY", "DEN_NGAY", "MA_CSKCB"],
        Numbered(Licences(options).Select((licence, i) => new[]
        {
            "", "", NameOf(licence), i % 2 == 0 ? "1" : "2", $"0990800{i + 1:D5}", licence == Staff.Head ? Era.On(new DateOnly(2024, 7, 1)).HeadId : "", "1", licence, "20200115", Start, "", options.FacilityCode,
        })));

    // A medicine has a tender every year: the row of a year holds for what is ordered in it.
    private static SampleList Medicines(SampleOptions options) => new(
        "drug_facility", "03_DM.csv",
        ["STT", "MA_THUOC", "TEN_HOAT_CHAT", "TEN_THUOC", "DON_VI_TINH", "HAM_LUONG", "MA_DUONG_DUNG", "DANG_BAO_CHE", "SO_DANG_KY", "DON_GIA", "DON_GIA_BH", "TT_THAU", "LOAI_THUOC", "LOAI_THAU", "TU_NGAY", "DEN_NGAY", "MA_CSKCB"],
        Numbered(Years(options).SelectMany(year => Drugs.All.Select(drug => new[]
        {
            drug.Code, drug.Name, drug.Name, drug.Unit, drug.Strength, drug.Route, drug.Form, drug.Registration, Price(drug.Price), Price(drug.Price),
            drug.TenderFor(new DateTime(year, 1, 1)), "1", "1", $"{year}0101", $"{year}1231", options.FacilityCode,
        }))));

    private static SampleList Supplies(SampleOptions options) => new(
        "device_facility", "04_DM.csv",
        ["STT", "MA_VAT_TU", "TEN_VAT_TU", "DON_VI_TINH", "DON_GIA", "DON_GIA_BH", "TYLE_TT_BH", "TT_THAU", "LOAI_THAU", "TU_NGAY", "DEN_NGAY", "MA_CSKCB"],
        Numbered(Years(options).SelectMany(year => Services.WardSupplies.Concat(Services.TheatreSupplies).Select(s => new[]
        {
            s.Code, s.Name, s.Unit, Price(s.Price), Price(s.Price), "100", string.Format(CultureInfo.InvariantCulture, s.Tender, year - 1), "1", $"{year}0101", $"{year}1231", options.FacilityCode,
        }))));

    private static SampleList OwnServices(SampleOptions options) => new(
        "service_facility", "05_DM.csv", ["STT", "MA_DICH_VU", "TEN_DICH_VU", "DON_GIA", "GIA_THANH_TOAN", "MA_NHOM", "TU_NGAY", "DEN_NGAY", "MA_CSKCB"],
        Numbered(Services.All.Select(s => new[] { s.Code, s.Name, Price(s.Price), Price(s.Price), s.Group, Start, "", options.FacilityCode })
            .Concat(Wards().Select(w => new[] { w.Bed, Services.BedName(w), Price(Services.BedPrice), Price(Services.BedPrice), "15", Start, "", options.FacilityCode }))));

    private static SampleList Machines(SampleOptions options) => new(
        "equipment_facility", "06_DM.csv", ["STT", "TEN_TB", "MA_MAY", "TU_NGAY", "DEN_NGAY", "MA_CSKCB"],
        Numbered(Services.All.Select(s => s.Machine).Where(m => m.Length > 0).Distinct(StringComparer.Ordinal).Select(m => new[] { $"Máy Mẫu {m[..2]}", m, Start, "", options.FacilityCode })));

    private static IEnumerable<SampleList> National(SampleOptions options) =>
    [
        Plain("icd10", [.. Diagnoses.All.Select(d => (d.Code, d.Name)).Concat(Diagnoses.Secondary)]),
        Plain("long_prescription_icd", [.. Diagnoses.Chronic.Select(d => (d.Code, d.Name))]),
        Plain("icd9cm", [("47.01", "Cắt ruột thừa nội soi"), ("74.99", "Mổ lấy thai khác")]),
        Plain("service_national", [.. Services.All.Where(s => s.Group != "13").Select(s => (s.Code, s.Name))]),
        Plain("exam_service", [.. Services.All.Where(s => s.Group == "13").Select(s => (s.Code, s.Name))]),
        Plain("bed_service", [.. Wards().Select(w => (w.Bed, Services.BedName(w)))]),
        Plain("cls_index", [.. Services.All.SelectMany(s => s.Reports.Select(r => (r.Code, r.Name)))]),
        Plain("route", [.. Drugs.All.Select(d => (d.Route, d.Form))]),
        Plain("occupation", [.. Data.People.Occupations.Select(o => (o, $"Nghề {o}"))]),
        Plain("arv_drug", [(Drugs.Get("arv").Code, "ARV")]),
        Plain("tb_drug", [(Drugs.Get("tb").Code, "Lao")]),
        new("drug_active", "drug_active.csv", ["code", "name", "rate"], [.. Drugs.All.DistinctBy(d => d.Code, StringComparer.Ordinal).Select(d => new[] { d.Code, d.Name, d.Rate.ToString(CultureInfo.InvariantCulture) })]),
        new("commune", "commune.csv", ["code", "name", "province", "TU_NGAY", "DEN_NGAY"],
            [.. Data.People.Places.SelectMany(p => new[] { new[] { p.Commune, p.CommuneName, p.Province, "20250701", "" }, [p.OldCommune, p.OldCommuneName, p.Province, "20040701", "20250630"] })]),
        new("facility", "facility.csv", ["code", "name", "kind"], [[options.FacilityCode, "Bệnh viện đa khoa Mẫu", "BV"], [options.OtherFacilityCode, "Cơ sở Mẫu khác", "BV"]]),
    ];

    private static SampleList Plain(string name, (string Code, string Name)[] codes) =>
        new(name, $"{name}.csv", ["code", "name"], [.. codes.DistinctBy(c => c.Code, StringComparer.Ordinal).Select(c => new[] { c.Code, c.Name })]);

    private static string Start => $"{FirstYear}0101";

    private static IEnumerable<int> Years(SampleOptions options) => Enumerable.Range(FirstYear, Math.Max(LastYear, options.To.Year) - FirstYear + 1);

    private static IEnumerable<Department> Wards() => Departments.Where(d => d.Bed.Length > 0);

    private static string Price(decimal price) => price.ToString(CultureInfo.InvariantCulture);

    private static List<string[]> Numbered(IEnumerable<string[]> rows) => [.. rows.Select((row, i) => (string[])[(i + 1).ToString(CultureInfo.InvariantCulture), .. row])];

    private static IEnumerable<string> Licences(SampleOptions options) =>
        ((string[])[Staff.Head, Staff.Laboratory, Staff.LaboratoryDoctor, Staff.Imaging, Staff.Functional, Staff.Anaesthetist, Staff.Nurse])
        .Concat(Departments.Select(d => d.Doctor))
        .Concat(Services.All.SelectMany(s => s.Performer.Split(';', StringSplitOptions.RemoveEmptyEntries)))
        .Distinct(StringComparer.Ordinal)
        .SelectMany(licence => Enumerable.Range(0, Roster.Teams(options.Days)).Select(team => Roster.OnDuty(licence, team)))
        .Distinct(StringComparer.Ordinal);

    private static string NameOf(string licence) =>
        licence == Staff.Head ? Staff.HeadName : Array.Find(Departments, d => d.Doctor == licence)?.DoctorName ?? $"Người Mẫu {licence[..6]}";
}
