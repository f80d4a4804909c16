using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Signing;
using LienThong.Standard;

namespace LienThong.Gateway.Signing;

/// <summary>A key as it is stored, and how it stands at a moment.</summary>
internal sealed class StoredKey
{
    private const string Day = "yyyy-MM-dd";

    public StoredKey(SigningKeyRow row)
    {
        Row = row;
        Place = JsonSerializer.Deserialize<KeyPlace>(row.Place)!;
        RegisteredOn = row.RegisteredOn is { } day ? DateOnly.ParseExact(day, Day, CultureInfo.InvariantCulture) : null;
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(row.Certificate);
        (Subject, Issuer, Thumbprint) = (certificate.Subject, certificate.Issuer, certificate.GetCertHashString(HashAlgorithmName.SHA256));
        NotBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
        NotAfter = DateTimeOffset.FromUnixTimeMilliseconds(row.NotAfter);
    }

    public SigningKeyRow Row { get; }

    public KeyPlace Place { get; }

    public string Subject { get; }

    public string Issuer { get; }

    public string Thumbprint { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    public DateOnly? RegisteredOn { get; }

    /// <summary>How it stands by its own dates; <see cref="SigningKeyState.InUse"/> when nothing keeps it from signing.</summary>
    public SigningKeyState StateAt(DateTimeOffset now) =>
        Row.RetiredAt is not null ? SigningKeyState.Retired
        : now > NotAfter ? SigningKeyState.Expired
        : now < NotBefore ? SigningKeyState.NotYetValid
        : RegisteredOn is not { } day || day > now.VietnamDay() ? SigningKeyState.Unregistered
        : Row.ActiveFrom > now.ToUnixTimeMilliseconds() ? SigningKeyState.Coming
        : SigningKeyState.InUse;

    /// <summary>Why it doesn't sign at a moment, in Vietnamese; null when it may.</summary>
    public string? Obstacle(DateTimeOffset now) => StateAt(now) switch
    {
        SigningKeyState.InUse => null,
        SigningKeyState.Expired => $"Chứng thư {Row.Serial} đã hết hạn ngày {Shown(NotAfter)}; hãy thêm chứng thư mới ở trang Chứng thư số và đăng ký trên Cổng.",
        SigningKeyState.NotYetValid => $"Chứng thư {Row.Serial} chỉ có hiệu lực từ {Shown(NotBefore)}; hồ sơ chờ đến lúc đó.",
        SigningKeyState.Unregistered => RegisteredOn is { } day
            ? $"Chứng thư {Row.Serial} được Cổng nhận từ ngày {day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)}; hồ sơ chờ đến ngày đó."
            : $"Chứng thư {Row.Serial} chưa đăng ký trên Cổng; đăng ký ở Cổng rồi ghi ngày đăng ký ở trang Chứng thư số.",
        SigningKeyState.Coming => $"Chứng thư {Row.Serial} được dùng từ {Shown(DateTimeOffset.FromUnixTimeMilliseconds(Row.ActiveFrom))}; trước lúc đó chưa có chứng thư nào ký được.",
        _ => "Chứng thư đã ngừng dùng.",
    };

    /// <summary>Whether what keeps it from signing passes with time alone.</summary>
    public bool Passes(DateTimeOffset now) => StateAt(now) is SigningKeyState.NotYetValid or SigningKeyState.Coming || (StateAt(now) == SigningKeyState.Unregistered && RegisteredOn is not null);

    public KeySecrets Open(Secrets secrets)
    {
        KeySecrets others = Row.KeyOthers is { } stored ? JsonSerializer.Deserialize<KeySecrets>(secrets.Reveal(stored))! : new KeySecrets();
        return others with
        {
            File = Row.KeyFile is { } file ? secrets.Reveal(file) : null,
            Password = Row.KeyPassword is { } password ? secrets.RevealText(password) : null,
        };
    }

    public SigningKeyView View(SigningKeyState state) => new(
        Row.KeyId, Row.Facility, Row.Name, Place, Row.Serial, Subject, Issuer, Thumbprint, NotBefore, NotAfter, RegisteredOn,
        DateTimeOffset.FromUnixTimeMilliseconds(Row.ActiveFrom), Row.RetiredAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, state,
        Row.CreatedBy, DateTimeOffset.FromUnixTimeMilliseconds(Row.CreatedAt));

    public static SigningKeyRow ToRow(SigningKeyDraft draft, X509Certificate2 certificate, Secrets secrets, string actor, DateTimeOffset now)
    {
        KeySecrets given = draft.Secrets;
        KeySecrets others = given with { File = null, Password = null };
        return new SigningKeyRow
        {
            KeyId = Guid.CreateVersion7(now).ToString(),
            Facility = draft.Facility,
            Name = draft.Name,
            Place = JsonSerializer.Serialize(draft.Place),
            KeyFile = given.File is { } file ? secrets.Protect(file) : null,
            KeyPassword = given.Password is { } password ? secrets.Protect(password) : null,
            KeyOthers = others == new KeySecrets() ? null : secrets.Protect(JsonSerializer.SerializeToUtf8Bytes(others)),
            Certificate = certificate.RawData,
            Serial = certificate.SerialNumber,
            NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()).ToUnixTimeMilliseconds(),
            RegisteredOn = Stored(draft.RegisteredOn),
            ActiveFrom = (draft.ActiveFrom ?? now).ToUnixTimeMilliseconds(),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            CreatedBy = actor,
        };
    }

    /// <summary>A day as it is stored.</summary>
    public static string? Stored(DateOnly? day) => day?.ToString(Day, CultureInfo.InvariantCulture);

    private static string Shown(DateTimeOffset at) => at.InVietnam().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
