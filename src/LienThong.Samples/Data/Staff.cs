namespace LienThong.Samples.Data;

/// <summary>Invented staff of the invented facility, by department. Licence numbers end in MAU and belong to nobody.</summary>
internal static class Staff
{
    public const string Head = "000001/MAU-GPHN";
    public const string HeadName = "Phạm Mẫu Giám";
    public const string Laboratory = "000027/MAU-GPHN";
    public const string LaboratoryDoctor = "000028/MAU-GPHN";
    public const string Imaging = "000024/MAU-GPHN";
    public const string Functional = "000026/MAU-GPHN";
    public const string Anaesthetist = "000016/MAU-GPHN";
    public const string Nurse = "000030/MAU-GPHN";

    public static readonly Department Outpatients = new("K01", "Khoa Khám bệnh", "000002/MAU-GPHN", "Nguyễn Mẫu An", "");
    public static readonly Department Emergency = new("K02", "Khoa Hồi sức cấp cứu", "000005/MAU-GPHN", "Phạm Mẫu Dũng", "");
    public static readonly Department Medicine = new("K03", "Khoa Nội tổng hợp", "000008/MAU-GPHN", "Đặng Mẫu Khánh", "K03.NO2");
    public static readonly Department Infectious = new("K11", "Khoa Truyền nhiễm", "000010/MAU-GPHN", "Đỗ Mẫu Minh", "K11.NO2");
    public static readonly Department Children = new("K18", "Khoa Nhi", "000012/MAU-GPHN", "Ngô Mẫu Oanh", "K18.NO2");
    public static readonly Department Surgery = new("K19", "Khoa Ngoại tổng hợp", "000014/MAU-GPHN", "Lý Mẫu Quang", "K19.NG3");
    public static readonly Department Maternity = new("K27", "Khoa Phụ sản", "000017/MAU-GPHN", "Trịnh Mẫu Uyên", "K27.NO2");
    public static readonly Department EyesEarsTeeth = new("K282930", "Liên chuyên khoa Tai Mũi Họng - Răng Hàm Mặt - Mắt", "000019/MAU-GPHN", "Cao Mẫu Xuân", "");
}

/// <summary>A department with the doctor who signs there and the service code of its bed day.</summary>
internal sealed record Department(string Code, string Name, string Doctor, string DoctorName, string Bed);
