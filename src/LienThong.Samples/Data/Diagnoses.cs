namespace LienThong.Samples.Data;

/// <summary>An illness with what is usually done for it: the complaint (<c>LY_DO_VV</c>), the key of the examination, medicines and keys of tests.</summary>
internal sealed record Diagnosis(string Code, string Name, string Complaint, string Exam, Drug[] Drugs, string[] Tests)
{
    /// <summary>Code and name, as discharge diagnoses are written.</summary>
    public string Full { get; } = $"{Code} - {Name}";
}

/// <summary>Codes that are in the lists of QĐ 4469 and TT 06/2026 and may be main diagnoses in both.</summary>
internal static class Diagnoses
{
    public static readonly Diagnosis[] Adults =
    [
        new("J02.9", "Viêm họng cấp tính, không xác định", "Đau họng, sốt nhẹ hai ngày", "ent", Drugs.Of("amox", "para", "brom"), ["cbc", "entscope"]),
        new("J20.9", "Viêm phế quản cấp tính, không xác định", "Ho có đờm, sốt ba ngày", "med", Drugs.Of("azit", "brom", "para"), ["cbc", "xray"]),
        new("K29.7", "Viêm dạ dày, không xác định", "Đau thượng vị, ợ chua", "med", Drugs.Of("esom", "domp", "dios"), ["cbc", "ultrasound", "gastroscopy"]),
        new("K21.9", "Bệnh trào ngược dạ dày - thực quản không kèm viêm thực quản", "Nóng rát sau xương ức", "med", Drugs.Of("esom", "domp"), ["cbc", "gastroscopy"]),
        new("N39.0", "Nhiễm trùng đường tiết niệu, vị trí không xác định", "Tiểu buốt, tiểu rắt", "med", Drugs.Of("levo", "para"), ["urine", "cbc", "ultrasound"]),
        new("A09.9", "Viêm dạ dày - ruột và/hoặc đại tràng không xác định căn nguyên", "Đau bụng, đi ngoài phân lỏng", "inf", Drugs.Of("dios", "levo", "para"), ["cbc", "glucose", "creatinine"]),
        new("L23.9", "Viêm da tiếp xúc dị ứng, nguyên nhân không xác định", "Ngứa, nổi mẩn đỏ hai tay", "med", Drugs.Of("clot", "meth"), ["cbc", "urine"]),
        new("H10.9", "Viêm kết mạc, không xác định", "Mắt đỏ, cộm hai ngày", "eye", Drugs.Of("tobr", "para"), ["cbc", "glucose"]),
        new("D50.9", "Thiếu máu thiếu sắt, không xác định", "Mệt mỏi, hoa mắt", "med", Drugs.Of("iron", "esom"), ["cbc", "liver", "urine"]),
        new("H81.1", "Chóng mặt kịch phát lành tính", "Chóng mặt khi đổi tư thế", "med", Drugs.Of("para", "domp"), ["cbc", "ecg", "glucose"]),
        new("M17.9", "Thoái hóa khớp gối, không xác định", "Đau khớp gối hai bên", "med", Drugs.Of("para", "esom"), ["cbc", "creatinine", "urine"]),
        new("R51", "Đau đầu", "Đau đầu từng cơn", "med", Drugs.Of("para"), ["cbc", "ct"]),
    ];

    public static readonly Diagnosis[] Children =
    [
        new("J06.9", "Nhiễm trùng đường hô hấp trên cấp tính, không xác định", "Ho, sốt, chảy mũi", "child", Drugs.Of("para150", "cefi", "brom"), ["cbc", "xray"]),
        new("J03.9", "Viêm amydan cấp tính, không xác định", "Sốt, bỏ ăn", "child", Drugs.Of("para150", "clav"), ["cbc", "glucose"]),
        new("K52.9", "Viêm dạ dày - ruột và/hoặc viêm đại tràng không do nhiễm trùng, không xác định", "Nôn, đi ngoài", "child", Drugs.Of("dios", "para150"), ["cbc", "urine"]),
        new("H66.9", "Viêm tai giữa, không xác định", "Đau tai, quấy khóc", "ent", Drugs.Of("clav", "para150"), ["cbc", "entscope"]),
    ];

    public static readonly Diagnosis[] Chronic =
    [
        new("I10", "Bệnh tăng huyết áp vô căn (nguyên phát)", "Khám định kỳ tăng huyết áp", "med", Drugs.Of("amlo", "telm", "biso", "ator", "clop"), []),
        new("E11.9", "Bệnh đái tháo đường típ 2, không kèm biến chứng", "Khám định kỳ đái tháo đường", "med", Drugs.Of("metf", "glic", "ator", "telm", "clop"), []),
        new("I25.9", "Bệnh tim thiếu máu cục bộ mạn tính, không xác định", "Khám định kỳ bệnh mạch vành", "med", Drugs.Of("clop", "ator", "biso", "telm", "esom"), []),
    ];

    public static readonly Diagnosis[] Wards =
    [
        new("J18.9", "Viêm phổi, không xác định", "Sốt cao, ho, khó thở", "med", [], []),
        new("I50.0", "Suy tim xung huyết", "Khó thở, phù hai chân", "med", [], []),
        new("I63.9", "Nhồi máu não, không xác định", "Yếu nửa người bên phải", "med", [], []),
        new("J44.1", "Bệnh phổi tắc nghẽn mạn tính đợt cấp, không xác định", "Khó thở tăng dần", "med", [], []),
        new("A97.0", "Bệnh sốt xuất huyết Dengue không có dấu hiệu cảnh báo", "Sốt ngày thứ ba, đau mỏi người", "inf", [], []),
    ];

    public static readonly Diagnosis Appendicitis = new("K35.8", "Viêm ruột thừa cấp tính, khác và/hoặc không xác định", "Đau hố chậu phải", "sur", [], []);
    public static readonly Diagnosis Birth = new("O80.0", "Đẻ thường một thai ngôi đầu", "Thai đủ tháng, đau bụng từng cơn", "obs", [], []);
    public static readonly Diagnosis Caesarean = new("O82.0", "Mổ lấy thai chủ động", "Thai đủ tháng, vết mổ cũ", "obs", [], []);
    public static readonly Diagnosis Pregnancy = new("O20.0", "Dọa sảy thai", "Thai 9 tuần, đau bụng nhẹ", "obs", Drugs.Of("iron", "hyos"), ["urine", "ultrasound"]);
    public static readonly Diagnosis Hiv = new("B24", "Bệnh do virus gây suy giảm miễn dịch ở người [HIV] không xác định", "Khám định kỳ theo chương trình", "inf", Drugs.Of("arv"), []);
    public static readonly Diagnosis Tuberculosis = new("A16.2", "Bệnh lao phổi, không đề cập đến việc khẳng định bằng vi khuẩn hoặc mô học", "Ho kéo dài, sút cân", "inf", Drugs.Of("tb", "esom"), ["cbc", "xray", "liver"]);

    /// <summary>Secondary diagnoses that go with anything an adult has.</summary>
    public static readonly (string Code, string Name)[] Secondary =
        [("I10", "Bệnh tăng huyết áp vô căn (nguyên phát)"), ("E78.5", "Tăng lipid máu, không xác định"), ("K21.9", "Bệnh trào ngược dạ dày - thực quản không kèm viêm thực quản")];

    /// <summary>Every main diagnosis.</summary>
    public static IEnumerable<Diagnosis> All => [.. Adults, .. Children, .. Chronic, .. Wards, Appendicitis, Birth, Caesarean, Pregnancy, Hiv, Tuberculosis];
}
