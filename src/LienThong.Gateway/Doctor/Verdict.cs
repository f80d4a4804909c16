namespace LienThong.Gateway.Doctor;

/// <summary>What a step came to.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Message">What was found, in Vietnamese.</param>
/// <param name="Remedy">What to do, in Vietnamese; may be empty.</param>
internal sealed record Verdict(DoctorStatus Status, string Message, string Remedy)
{
    public static Verdict Ok(string message) => new(DoctorStatus.Ok, message, "");

    public static Verdict NotDone(string message, string remedy = "") => new(DoctorStatus.NotDone, message, remedy);

    public static Verdict Warning(string message, string remedy) => new(DoctorStatus.Warning, message, remedy);

    public static Verdict Failed(string message, string remedy) => new(DoctorStatus.Failed, message, remedy);

    /// <summary>A step's name for people.</summary>
    public static string NameOf(string step) => step switch
    {
        "address" => "Địa chỉ Cổng",
        "dns" => "Tìm tên máy chủ (DNS)",
        "tcp" => "Kết nối (TCP)",
        "tls" => "Kết nối bảo mật (TLS)",
        "clock" => "Đồng hồ máy",
        "account-format" => "Dạng tên tài khoản",
        "login" => "Đăng nhập",
        "facility" => "Mã cơ sở khớp tài khoản",
        "permission" => "Quyền gửi hồ sơ",
        "signing-key" => "Khóa ký số",
        "registration" => "Đăng ký chứng thư trên Cổng",
        "allow-list" => "Địa chỉ IP đã đăng ký",
        "training" => "Gửi thử",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "No such step."),
    };
}
