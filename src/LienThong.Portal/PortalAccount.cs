using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace LienThong.Portal;

/// <summary>
/// Everything one call needs to prove who calls: host, facility, account and digest travel together, so that a token
/// of one facility can never be used with the code of another.
/// </summary>
/// <param name="BaseAddress">Portal host, for example <c>https://daotaoegw.baohiemxahoi.gov.vn</c>; configuration, never a constant.</param>
/// <param name="FacilityCode"><c>maCSKCB</c>, 5 characters.</param>
/// <param name="ProvinceCode"><c>maTinh</c>, 2 characters; in practice the first two of the facility code.</param>
/// <param name="UserName">Account name, by convention <c>&lt;facility code&gt;_BV</c>.</param>
/// <param name="PasswordDigest">Result of <see cref="Digest"/>. Whoever has it has the account: treat it as the password itself.</param>
/// <remarks>Source: CV 3190/BHXH-CNTT 2023, CV 1923/BHXH-CNTT 2024.</remarks>
public sealed record PortalAccount(
    Uri BaseAddress, string FacilityCode, string ProvinceCode, string UserName, string PasswordDigest)
{
    /// <summary>The digest the portal asks for: upper-case hexadecimal MD5 of the password's UTF-8 bytes, 32 characters.</summary>
    /// <param name="password">The clear password; not kept.</param>
    public static string Digest(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(password)));
    }

    /// <summary>A Vietnamese sentence when the account can't be used as configured; null when it can.</summary>
    internal string? Problem(PortalOptions options)
    {
        if (!BaseAddress.IsAbsoluteUri || (BaseAddress.Scheme != Uri.UriSchemeHttps && BaseAddress.Scheme != Uri.UriSchemeHttp))
            return "Địa chỉ Cổng không hợp lệ; cần dạng https://…";
        if (BaseAddress.Scheme == Uri.UriSchemeHttp && !IsThisMachine(BaseAddress.Host) && !options.AllowPlainHttp)
            return "Địa chỉ Cổng không dùng HTTPS; đổi sang https:// để bảo vệ dữ liệu người bệnh";
        return PasswordDigest.Length == 32 && PasswordDigest.All(char.IsAsciiHexDigit)
            ? null
            : "Mật khẩu Cổng của cơ sở chưa được lưu đúng cách; nhập lại mật khẩu";
    }

    /// <summary>Whether a host is this machine itself, by name or loopback address.</summary>
    // Uri.IsLoopback isn't safe for threads that ask a new address at the same time: it can say no of 127.0.0.1.
    public static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>An address below the portal's host; a path in the base address (reverse proxy) is kept.</summary>
    internal Uri At(string pathAndQuery) => new(BaseAddress.AbsoluteUri.TrimEnd('/') + pathAndQuery);

    /// <summary>Host, facility and account; never the digest.</summary>
    public override string ToString() => $"{UserName} ({FacilityCode}) @ {BaseAddress}";
}
