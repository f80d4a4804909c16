namespace LienThong.Gateway.Access;

/// <summary>What became of a change to users, sessions or tokens.</summary>
/// <param name="Code">Stable word for programs: <c>done</c>, <c>no-such-user</c>, <c>beyond-reach</c>, <c>name-taken</c>, <c>bad-password</c>…</param>
/// <param name="Message">What is wrong and what to do, Vietnamese; empty when done.</param>
/// <param name="User">The user as it is now; null when there is nothing to show.</param>
/// <param name="Secret">What is shown once: a new password or token; null for none.</param>
public sealed record AccessChange(string Code, string Message, UserView? User = null, string? Secret = null)
{
    /// <summary>Whether it was done.</summary>
    public bool Done => Code == "done";

    /// <summary>Whether what it was about doesn't exist for the caller.</summary>
    public bool Missing => Code.StartsWith("no-such", StringComparison.Ordinal);

    internal static AccessChange Of(UserView? user = null, string? secret = null) => new("done", "", user, secret);

    /// <summary>Nobody by this id whom the caller sees.</summary>
    public static AccessChange NoSuchUser() => new("no-such-user", "Không có người dùng này, hoặc không thuộc cơ sở của bạn.");

    internal static AccessChange NoSuchSession() => new("no-such-session", "Không có phiên hoặc mã này, hoặc đã hết hạn.");

    internal static AccessChange BeyondReach() => new("beyond-reach", "Người dùng này, hoặc quyền muốn cấp, vượt quá quyền của bạn. Nhờ người quản trị cấp trên.");

    internal static AccessChange OwnAccount() => new("own-account", "Không tự làm việc này cho mình ở đây. Dùng trang «Tài khoản của tôi», hoặc nhờ người quản trị khác.");

    internal static AccessChange DirectoryUser() => new("directory-user", "Tài khoản này do danh bạ (LDAP) của đơn vị quản lý. Sửa ở danh bạ.");
}
