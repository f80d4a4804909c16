using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LienThong.Signing.Verification;

namespace LienThong.Signing;

/// <summary>A certificate authority's list of revoked certificates (CRL, RFC 5280), read once and asked often. What it says counts only under its issuer's signature, which verification checks. Safe to use from several threads.</summary>
public sealed class RevocationList
{
    private readonly RevocationListContent content;
    private readonly ConcurrentDictionary<string, bool> signers = new(StringComparer.Ordinal);

    private RevocationList(RevocationListContent content) => this.content = content;

    /// <summary>When the list was made.</summary>
    public DateTimeOffset ThisUpdate => content.ThisUpdate;

    /// <summary>Until when it is current; <see cref="ThisUpdate"/> when it doesn't say.</summary>
    public DateTimeOffset NextUpdate => content.NextUpdate ?? content.ThisUpdate;

    /// <summary>Number of certificates in it.</summary>
    public int Count => content.Revoked.Count;

    /// <summary>False when it only holds changes or a part of the certificates: who isn't in it may be revoked nevertheless.</summary>
    public bool IsComplete => content.IsComplete;

    /// <summary>Reads a list in DER or PEM (<c>X509 CRL</c>).</summary>
    /// <returns>Null when the bytes are no such list, or one that speaks for several authorities (indirect).</returns>
    public static RevocationList? Read(ReadOnlyMemory<byte> derOrPem)
    {
        try
        {
            return RevocationListContent.Parse(Der(derOrPem)) is { } content ? new RevocationList(content) : null;
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether the list is about certificates of this certificate's issuer.</summary>
    internal bool IsOf(X509Certificate2 certificate) => certificate.IssuerName.RawData.AsSpan().SequenceEqual(content.Issuer);

    /// <summary>Since when a serial is revoked; null when it isn't in the list.</summary>
    internal DateTimeOffset? RevokedAt(ReadOnlySpan<byte> serial) =>
        content.Revoked.TryGetValue(RevocationListContent.Serial(serial), out DateTimeOffset since) ? since : null;

    /// <summary>Whether this certificate bears the issuer's name, may sign lists and did sign this one.</summary>
    internal bool IsSignedBy(X509Certificate2 issuer) =>
        issuer.SubjectName.RawData.AsSpan().SequenceEqual(content.Issuer)
        && signers.GetOrAdd(issuer.GetCertHashString(HashAlgorithmName.SHA256), _ => MaySign(issuer) && content.Verify(issuer));

    private static bool MaySign(X509Certificate2 issuer)
    {
        foreach (X509Extension extension in issuer.Extensions)
        {
            if (extension is X509KeyUsageExtension usage && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign)) return false;
        }

        return true;
    }

    private static ReadOnlyMemory<byte> Der(ReadOnlyMemory<byte> derOrPem)
    {
        if (derOrPem.Span.IndexOf("-----BEGIN X509 CRL-----"u8) < 0) return derOrPem;
        string text = Encoding.ASCII.GetString(derOrPem.Span);
        return PemEncoding.TryFind(text, out PemFields fields) ? Convert.FromBase64String(text[fields.Base64Data]) : ReadOnlyMemory<byte>.Empty;
    }
}
