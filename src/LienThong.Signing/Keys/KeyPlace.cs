using System.Text.Json.Serialization;

namespace LienThong.Signing;

/// <summary>Where a facility's signing key is. Plain data without any secret (those are in <see cref="KeySecrets"/>); reads and writes as JSON, told apart by <c>kind</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Pfx), "pfx")]
[JsonDerivedType(typeof(Pem), "pem")]
[JsonDerivedType(typeof(Pkcs11), "pkcs11")]
[JsonDerivedType(typeof(Windows), "windows")]
[JsonDerivedType(typeof(Remote), "remote")]
public abstract record KeyPlace
{
    private KeyPlace()
    {
    }

    /// <summary>What is missing or not allowed in these settings, in Vietnamese; null when they can be used.</summary>
    public virtual string? Complaint() => null;

    /// <summary>What a PIN or password belongs to: after one wrong one, nothing with the same name is tried until a person unlocks it.</summary>
    /// <param name="secrets">The secrets that go with these settings; only a file's digest goes into the name.</param>
    public abstract string PinScope(KeySecrets secrets);

    /// <summary>A PKCS#12 file, its bytes in <see cref="KeySecrets.File"/>: tests and small clinics.</summary>
    public sealed record Pfx : KeyPlace
    {
        /// <inheritdoc/>
        public override string PinScope(KeySecrets secrets) => secrets.FileScope();
    }

    /// <summary>PEM text with the end certificate first and its private key, in <see cref="KeySecrets.File"/>.</summary>
    public sealed record Pem : KeyPlace
    {
        /// <inheritdoc/>
        public override string PinScope(KeySecrets secrets) => secrets.FileScope();
    }

    /// <summary>A key on a USB token or HSM, reached through the PKCS#11 module that p11-kit knows (Linux). The token is named by label or serial, the key by label or id.</summary>
    /// <param name="Token">Label of the token; null when the serial is given.</param>
    /// <param name="TokenSerial">Serial number of the token (not of the certificate); null when the label is given. Better, because two tokens may share a label.</param>
    /// <param name="Object">Label of the private key; null when the id is given.</param>
    /// <param name="ObjectId">Id of the private key, hexadecimal; null when the label is given.</param>
    /// <param name="Certificate">The end certificate, PEM or DER; null to read it from the token.</param>
    public sealed record Pkcs11(string? Token = null, string? TokenSerial = null, string? Object = null, string? ObjectId = null, byte[]? Certificate = null) : KeyPlace
    {
        /// <inheritdoc/>
        public override string? Complaint()
        {
            if (string.IsNullOrEmpty(Token) && string.IsNullOrEmpty(TokenSerial)) return "Chưa khai báo thiết bị ký; hãy nhập nhãn hoặc số sê-ri của thiết bị (token).";
            if (string.IsNullOrEmpty(Object) && string.IsNullOrEmpty(ObjectId)) return "Chưa khai báo khóa trong thiết bị ký; hãy nhập nhãn (label) hoặc ID của khóa.";
            return string.IsNullOrEmpty(ObjectId) || Pkcs11KeySource.IdOf(ObjectId) is not null ? null : $"ID của khóa «{ObjectId}» không phải số hệ 16 (ví dụ 01 hoặc a1b2); hãy sửa lại.";
        }

        /// <inheritdoc/>
        public override string PinScope(KeySecrets secrets) => "token:" + (string.IsNullOrEmpty(TokenSerial) ? Token : TokenSerial);
    }

    /// <summary>A certificate in the Windows store <c>My</c>, the current user's first, then the machine's.</summary>
    /// <param name="Serial">Serial of the certificate, hexadecimal; blanks, colons and leading zeros don't matter. Null when the thumbprint is given.</param>
    /// <param name="Thumbprint">SHA-1 (as Windows shows it) or SHA-256 thumbprint, hexadecimal; null when the serial is given.</param>
    public sealed record Windows(string? Serial = null, string? Thumbprint = null) : KeyPlace
    {
        /// <inheritdoc/>
        public override string? Complaint() => StoreChoice.Complaint(this);

        /// <inheritdoc/>
        public override string PinScope(KeySecrets secrets) =>
            "windows:" + (string.IsNullOrEmpty(Thumbprint) ? CertificateRules.Hexadecimal(Serial ?? "").TrimStart('0') : CertificateRules.Hexadecimal(Thumbprint));
    }

    /// <summary>A service that takes a whole document over HTTP and gives it back signed: a helper on the machine that holds the token, or a hospital's HSM service.</summary>
    /// <param name="Address">Full address of the call, such as <c>https://hsm.benhvien.vn/api/EmrSign/SignXmlBhyt</c>. Only <c>https</c>, or <c>http</c> to <c>127.0.0.1</c>.</param>
    /// <param name="Certificate">The certificate the service signs with, PEM or DER: an answer signed by any other is refused.</param>
    public sealed record Remote(Uri Address, byte[] Certificate) : KeyPlace
    {
        /// <summary>Longest call in seconds, 1–300. Default 30.</summary>
        public int TimeoutSeconds { get; init; } = 30;

        /// <summary><c>HsmType</c> of the HSM service; null for a helper that needs no <c>ConfigData</c>.</summary>
        public int? HsmType { get; init; }

        /// <summary><c>HsmUserCode</c>: the account at the HSM service.</summary>
        public string? HsmUserCode { get; init; }

        /// <summary><c>HsmSerialNumber</c>: which certificate of the account.</summary>
        public string? HsmSerialNumber { get; init; }

        /// <summary>Value of the header <c>ApplicationCode</c>; null to leave it out.</summary>
        public string? ApplicationCode { get; init; }

        /// <inheritdoc/>
        public override string? Complaint()
        {
            bool safe = Address is { IsAbsoluteUri: true } && (Address.Scheme == Uri.UriSchemeHttps || (Address.Scheme == Uri.UriSchemeHttp && Address.Host == "127.0.0.1"));
            if (!safe) return "Địa chỉ dịch vụ ký số phải là https://… (hoặc http://127.0.0.1… trên chính máy này), vì hồ sơ có dữ liệu người bệnh.";
            if (Address.UserInfo.Length > 0) return "Địa chỉ dịch vụ ký số không được chứa tên và mật khẩu; hãy nhập chúng vào ô riêng.";
            if (Certificate is not { Length: > 0 }) return "Chưa có chứng thư của dịch vụ ký số; hãy chọn tệp chứng thư (PEM hoặc DER).";
            return TimeoutSeconds is < 1 or > 300 ? "Thời gian chờ dịch vụ ký số phải từ 1 đến 300 giây." : null;
        }

        /// <inheritdoc/>
        public override string PinScope(KeySecrets secrets) => $"remote:{Address.GetLeftPart(UriPartial.Path)} {HsmUserCode}".TrimEnd();
    }
}
