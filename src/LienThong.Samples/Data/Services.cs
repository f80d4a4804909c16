namespace LienThong.Samples.Data;

/// <summary>One result of a test: code, name, unit and the range that invented values are taken from.</summary>
internal sealed record Indicator(string Code, string Name, string Unit, int Low, int High, int Decimals);

/// <summary>A service with its group, price (VND), machine and, for tests, what it reports.</summary>
internal sealed record Service(string Code, string Name, string Group, decimal Price, string Machine, string Performer, Indicator[] Reports)
{
    /// <summary>Words of an image report; empty for numbers.</summary>
    public string Finding { get; init; } = "";

    /// <summary>Conclusion of an image report.</summary>
    public string Conclusion { get; init; } = "";

    /// <summary>Department of an examination; null elsewhere.</summary>
    public Department? Place { get; init; }
}

/// <summary>A supply; its ceiling is what the insurance pays at most per piece, 0 when there is none.</summary>
internal sealed record Supply(string Code, string Name, string Unit, decimal Price, string Tender, decimal Ceiling = 0, bool Reusable = false);

/// <summary>Services: true codes, invented prices and machines.</summary>
internal static class Services
{
    public const decimal BedPrice = 200_000;

    private static readonly Dictionary<string, Service> ByKey = new(StringComparer.Ordinal)
    {
        ["emergency"] = Exam("01.02", "Khám Cấp cứu", Staff.Emergency),
        ["med"] = Exam("02.03", "Khám Nội", Staff.Outpatients),
        ["inf"] = Exam("02.11", "Khám Truyền nhiễm", Staff.Infectious),
        ["child"] = Exam("03.18", "Khám Nhi", Staff.Children),
        ["sur"] = Exam("10.19", "Khám Ngoại", Staff.Surgery),
        ["obs"] = Exam("13.27", "Khám Phụ sản", Staff.Maternity),
        ["eye"] = Exam("14.30", "Khám Mắt", Staff.EyesEarsTeeth),
        ["ent"] = Exam("15.28", "Khám Tai mũi họng", Staff.EyesEarsTeeth),
        ["cbc"] = new("22.0120.1370", "Tổng phân tích tế bào máu ngoại vi (bằng máy đếm tổng trở)", "1", 44_000, "HH.1.MAUHH0001", Staff.Laboratory,
        [
            new("WBC", "Số lượng bạch cầu", "G/L", 40, 110, 1), new("RBC", "Số lượng hồng cầu", "T/L", 390, 560, 2), new("HGB", "Huyết sắc tố", "g/L", 118, 165, 0),
            new("HCT", "Thể tích khối hồng cầu", "L/L", 36, 48, 2), new("MCV", "Thể tích trung bình hồng cầu", "fL", 80, 98, 0), new("PLT", "Số lượng tiểu cầu", "G/L", 150, 390, 0),
            new("NEU", "Bạch cầu trung tính", "%", 45, 74, 0), new("LYM", "Bạch cầu lympho", "%", 20, 42, 0),
        ]),
        ["urine"] = new("23.0206.1596", "Tổng phân tích nước tiểu (Bằng máy tự động)", "1", 29_000, "DN.1.MAUDN0001", Staff.Laboratory,
        [
            new("PH", "pH nước tiểu", "", 50, 75, 1), new("SG", "Tỷ trọng nước tiểu", "", 1005, 1029, 3), new("PRO", "Protein niệu", "g/L", 0, 14, 2),
            new("GLU", "Glucose niệu", "mmol/L", 0, 8, 1), new("LEU", "Bạch cầu niệu", "/µL", 0, 24, 0),
        ]),
        ["glucose"] = Biochemistry("23.0075.1494", "Định lượng Glucose [Máu]", "GLU", "Glucose máu", "mmol/L", 39, 71, 1),
        ["creatinine"] = Biochemistry("23.0051.1494", "Định lượng Creatinin (máu)", "CREA", "Creatinin máu", "µmol/L", 53, 115, 0),
        ["urea"] = Biochemistry("23.0166.1494", "Định lượng Urê máu [Máu]", "URE", "Urê máu", "mmol/L", 25, 75, 1),
        ["liver"] = Biochemistry("23.0020.1493", "Đo hoạt độ AST (GOT) [Máu]", "AST", "AST (GOT)", "U/L", 12, 37, 0),
        ["alt"] = Biochemistry("23.0019.1493", "Đo hoạt độ ALT (GPT) [Máu]", "ALT", "ALT (GPT)", "U/L", 10, 40, 0),
        ["ultrasound"] = Image("18.0015.0001", "Siêu âm ổ bụng (gan mật, tụy, lách, thận, bàng quang)", "2", 55_000, "SA.1.MAUSA0001", Staff.Imaging,
            "Gan không to, bờ đều, nhu mô đồng nhất. Túi mật thành mỏng, không sỏi. Tụy, lách bình thường. Hai thận không sỏi, không ứ nước.", "Chưa thấy bất thường trên siêu âm ổ bụng"),
        ["xray"] = Image("18.0119.0028", "Chụp Xquang ngực thẳng", "2", 72_000, "XQ.1.MAUXQ0001", Staff.Imaging,
            "Hai trường phổi sáng đều, rốn phổi không đậm. Bóng tim không to. Góc sườn hoành hai bên nhọn.", "Hình ảnh tim phổi bình thường"),
        ["ct"] = Image("18.0149.0040", "Chụp CLVT sọ não không tiêm thuốc cản quang (từ 1-32 dãy)", "2", 540_000, "CL.3[vaynganhang].MAUCL0001", Staff.Imaging,
            "Không thấy ổ tăng hoặc giảm tỷ trọng bất thường trong nhu mô não. Hệ thống não thất cân đối. Đường giữa không lệch.", "Không thấy tổn thương nội sọ"),
        ["ecg"] = Image("21.0014.1778", "Điện tim thường", "3", 37_000, "ĐT.1.MAUDT0002", Staff.Functional, "Nhịp xoang đều, tần số 78 chu kỳ/phút, trục trung gian.", "Điện tim trong giới hạn bình thường"),
        ["gastroscopy"] = Image("20.0080.0135", "Nội soi thực quản, dạ dày, tá tràng", "3", 270_000, "NS.1.MAUNS0001;MAUNS0002", Staff.Functional,
            "Thực quản niêm mạc hồng. Dạ dày niêm mạc hang vị xung huyết nhẹ. Hành tá tràng không loét.", "Viêm xung huyết hang vị"),
        ["entscope"] = Image("20.0013.0933", "Nội soi tai mũi họng", "3", 110_000, "NS.1.MAUNS0003", Staff.Functional,
            "Niêm mạc họng đỏ, amydan hai bên không mủ. Tai, mũi chưa thấy bất thường.", "Viêm họng cấp"),
        ["nebuliser"] = new("02.0032.0898", "Khí dung thuốc giãn phế quản", "18", 23_000, "", Staff.Nurse, []),
        ["dressing"] = new("15.0303.2047", "Thay băng vết mổ", "18", 90_000, "", Staff.Nurse, []),
        ["exercise"] = new("17.0053.0267", "Tập vận động có trợ giúp", "18", 50_000, "", Staff.Nurse, []),
        ["appendix"] = new("27.0187.2039", "Phẫu thuật nội soi cắt ruột thừa", "8", 2_900_000, "", "000014/MAU-GPHN;000015/MAU-GPHN;" + Staff.Anaesthetist, []),
        ["caesarean"] = new("13.0007.0671", "Phẫu thuật lấy thai lần đầu", "8", 2_500_000, "", "000017/MAU-GPHN;000018/MAU-GPHN;" + Staff.Anaesthetist, []),
        ["delivery"] = new("13.0033.0614", "Đỡ đẻ thường ngôi chỏm", "18", 750_000, "", "000018/MAU-GPHN", []),
    };

    /// <summary>Tests that a ward repeats every day.</summary>
    public static readonly Service[] WardTests = Array.ConvertAll(["cbc", "urine", "glucose", "creatinine", "urea", "liver", "alt"], Get);

    public static readonly Service[] WardImages = Array.ConvertAll(["xray", "ecg", "ultrasound"], Get);

    public static readonly Service[] WardProcedures = Array.ConvertAll(["nebuliser", "exercise", "dressing"], Get);

    public static readonly Supply[] WardSupplies =
    [
        new("N03.01.020", "Bơm tiêm Mẫu 5ml", "Cái", 650, "19.99001;G1;N0;{0}"), new("N03.01.020", "Bơm tiêm Mẫu 50ml", "Cái", 4200, "19.99001;G1;N0;{0}"),
        new("N02.03.020", "Gạc phẫu thuật Mẫu 10x10", "Miếng", 780, "19.99001;G1;N0;{0}"), new("N04.01.090", "Sonde Foley Mẫu 16Fr", "Cái", 14_200, "19.99001;G1;N0;{0}"),
        new("N04.01.090", "Sonde hút đờm Mẫu 12", "Cái", 2600, "19.99001;G1;N0;{0}"), new("N03.06.050", "Găng phẫu thuật Mẫu số 7", "Đôi", 5200, "19.99001;G1;N0;{0}"),
    ];

    /// <summary>What an operation uses: one piece dearer than its ceiling, one used again.</summary>
    public static readonly Supply[] TheatreSupplies =
    [
        new("N07.06.040", "Ghim khâu nối Mẫu", "Cái", 4_650_000, "19.99001;G1;N0;{0}", 4_000_000),
        new("N08.00.010", "Băng đạn nội soi Mẫu 60mm", "Cái", 370_000, "19.99001;G1;N0;{0}", 0, true),
    ];

    /// <summary>Everything the facility does, beds aside.</summary>
    public static IEnumerable<Service> All => ByKey.Values;

    /// <summary>Name of a ward's bed day.</summary>
    public static string BedName(Department ward) => $"Giường điều trị nội trú, {ward.Name}";

    public static Service Get(string key) => ByKey[key];

    private static Service Exam(string code, string name, Department place) => new(code, name, "13", 40_000, "", place.Doctor, []) { Place = place };

    private static Service Biochemistry(string code, string name, string index, string indexName, string unit, int low, int high, int decimals) =>
        new(code, name, "1", 23_000, "SH.1.MAUSH0001", Staff.LaboratoryDoctor, [new(index, indexName, unit, low, high, decimals)]);

    private static Service Image(string code, string name, string group, decimal price, string machine, string performer, string finding, string conclusion) =>
        new(code, name, group, price, machine, performer, []) { Finding = finding, Conclusion = conclusion };
}
