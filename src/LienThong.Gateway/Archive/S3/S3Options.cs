using LienThong.Portal;

namespace LienThong.Gateway.Archive.S3;

/// <summary>Encryption the store is asked for at rest.</summary>
public enum S3Encryption
{
    /// <summary>What the bucket does by default.</summary>
    None,

    /// <summary>Keys of the store (<c>AES256</c>).</summary>
    Aes256,

    /// <summary>A key of the store's key management (<c>aws:kms</c>).</summary>
    Kms,
}

/// <summary>Where an S3-compatible archive is and how it is spoken to.</summary>
public sealed class S3Options
{
    /// <summary>Bucket; has to be there.</summary>
    public required string Bucket { get; init; }

    /// <summary>What the names of objects begin with, such as <c>lienthong</c>; a slash is put behind it. Empty for none.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Address of the store; null for Amazon's of the region. <c>https</c>, or <c>http</c> on this machine.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Region that requests are signed for. Default <c>us-east-1</c>, which most other stores take.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Whether the bucket stands in the path rather than in the host's name. Default yes with an <see cref="Endpoint"/>.</summary>
    public bool? PathStyle { get; init; }

    /// <summary>Who asks.</summary>
    public required S3Credentials Credentials { get; init; }

    /// <summary>Encryption asked for. Default none.</summary>
    public S3Encryption Encryption { get; init; }

    /// <summary>Key of <see cref="S3Encryption.Kms"/>; null for the bucket's.</summary>
    public string? KmsKey { get; init; }

    /// <summary>PEM file with the certificate authorities that are trusted for the store instead of the system's; null for the system's.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Time for a connection. Default 5 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for a request, and for a pause in the middle of a download. Default 30 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Repetitions of a failed request, with a growing pause. Default 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Requests of one call that run side by side. Default 4.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>Size in bytes above which contents are sent in parts, and of a part. Default 8 MiB; stores want at least 5 MiB.</summary>
    public int PartBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>As told to people and noted in the database: <c>s3://bucket/prefix</c>.</summary>
    public string Place => $"s3://{Bucket}/{Prefix.Trim('/')}".TrimEnd('/');

    /// <summary>A Vietnamese sentence when the options can't be used; null when they can.</summary>
    public string? Problem()
    {
        if (Bucket.Length is < 3 or > 63 || !Bucket.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-'))
            return $"tên bucket S3 «{Bucket}» không hợp lệ (3–63 chữ thường, số, dấu chấm, gạch nối)";
        if (Prefix.Length > 200 || !Prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.') || Prefix.Contains("..", StringComparison.Ordinal))
            return $"tiền tố S3 «{Prefix}» không hợp lệ (chữ, số, / - _ .)";
        if (Endpoint is null)
            return null;
        if (!Endpoint.IsAbsoluteUri || (Endpoint.Scheme != Uri.UriSchemeHttps && Endpoint.Scheme != Uri.UriSchemeHttp) || Endpoint.UserInfo.Length > 0)
            return "địa chỉ kho S3 phải có dạng https://máy-chủ[:cổng], không kèm tài khoản";
        return Endpoint.Scheme == Uri.UriSchemeHttp && !ThisMachine.Serves(Endpoint)
            ? "địa chỉ kho S3 không dùng HTTPS; đổi sang https:// để bảo vệ dữ liệu người bệnh"
            : null;
    }
}
