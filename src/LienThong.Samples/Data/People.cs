namespace LienThong.Samples.Data;

/// <summary>A place with its codes before and after the end of the districts (01/07/2025). The places exist; nobody invented lives there.</summary>
internal sealed record Place(string Province, string ProvinceName, string Commune, string CommuneName, string OldDistrict, string OldDistrictName, string OldCommune, string OldCommuneName);

/// <summary>Parts of invented names: every name holds the word Mẫu (sample).</summary>
internal static class People
{
    public static readonly string[] FamilyNames =
        ["NGUYỄN", "TRẦN", "LÊ", "PHẠM", "HOÀNG", "HUỲNH", "VŨ", "VÕ", "ĐẶNG", "BÙI", "ĐỖ", "HỒ", "NGÔ", "DƯƠNG", "LÝ", "ĐINH", "TRỊNH", "ĐOÀN"];

    public static readonly string[] MaleNames =
        ["VĂN MẪU AN", "ĐỨC MẪU BÌNH", "HỮU MẪU CƯỜNG", "QUỐC MẪU DŨNG", "MINH MẪU ĐỨC", "CÔNG MẪU HẢI", "XUÂN MẪU KHÁNH", "THÀNH MẪU LONG", "NGỌC MẪU PHƯỚC", "THẾ MẪU QUỲNH", "VĂN MẪU TUẤN", "ĐÌNH MẪU VƯỢNG"];

    public static readonly string[] FemaleNames =
        ["THỊ MẪU ÁNH", "THỊ MẪU BÍCH", "NGỌC MẪU DIỆP", "THU MẪU HẰNG", "THỊ MẪU HƯỜNG", "MỸ MẪU LỆ", "THỊ MẪU NGUYỆT", "KIM MẪU PHƯỢNG", "THỊ MẪU QUẾ", "THANH MẪU THỦY", "THỊ MẪU TUYẾT", "HẢI MẪU YẾN"];

    public static readonly string[] ForeignNames = ["KIM MAU SEO", "SATO MAU HARU", "SOMCHAI MAU KEO", "MARTIN MAU LUC"];

    /// <summary>Codes of Korea, Japan, Laos and France, in the order of <see cref="ForeignNames"/>.</summary>
    public static readonly string[] ForeignNations = ["174", "232", "193", "240"];

    public static readonly string[] Streets = ["đường Ví Dụ", "đường Mẫu Đơn", "phố Hoa Sữa Mẫu", "đường Thử Nghiệm", "ngõ Mẫu Mực", "đường Minh Họa"];

    public static readonly string[] Occupations = ["22", "23", "41", "52", "61", "71", "81", "92"];

    public static readonly string[] BloodGroups = ["A+", "B+", "O+", "AB+", "", ""];

    public static readonly Place[] Places =
    [
        new("01", "thành phố Hà Nội", "00008", "phường Ngọc Hà", "001", "quận Ba Đình", "00001", "phường Phúc Xá"),
        new("22", "tỉnh Quảng Ninh", "06652", "phường Hà Tu", "193", "thành phố Hạ Long", "06649", "phường Hà Khánh"),
        new("38", "tỉnh Thanh Hóa", "14758", "phường Hàm Rồng", "380", "thành phố Thanh Hóa", "14755", "phường Hàm Rồng"),
        new("40", "tỉnh Nghệ An", "16681", "phường Thành Vinh", "412", "thành phố Vinh", "16663", "phường Đông Vĩnh"),
        new("48", "thành phố Đà Nẵng", "20194", "phường Hải Vân", "490", "quận Liên Chiểu", "20194", "phường Hòa Hiệp Bắc"),
        new("79", "thành phố Hồ Chí Minh", "25747", "phường Thủ Dầu Một", "760", "quận 1", "26734", "phường Tân Định"),
        new("92", "thành phố Cần Thơ", "31135", "phường Ninh Kiều", "916", "quận Ninh Kiều", "31117", "phường Cái Khế"),
    ];
}
