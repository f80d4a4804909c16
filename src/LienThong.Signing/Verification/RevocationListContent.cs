using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing.Verification;

/// <summary>The parts of a CRL (RFC 5280 §5.1) that matter here, out of its DER.</summary>
internal sealed class RevocationListContent
{
    private const string InvalidityDate = "2.5.29.24";
    private const string DeltaIndicator = "2.5.29.27";
    private const string IssuingPoint = "2.5.29.28";
    private const string CertificateIssuer = "2.5.29.29";
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag UsersOnlyFlag = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag IndirectFlag = new(TagClass.ContextSpecific, 4);

    private ReadOnlyMemory<byte> toBeSigned;
    private ReadOnlyMemory<byte> innerAlgorithm;
    private byte[] signature = [];
    private string algorithm = "";

    internal byte[] Issuer { get; private set; } = [];

    internal DateTimeOffset ThisUpdate { get; private set; }

    internal DateTimeOffset? NextUpdate { get; private set; }

    internal bool IsComplete { get; private set; } = true;

    /// <summary>By serial (<see cref="Serial"/>): since when.</summary>
    internal Dictionary<string, DateTimeOffset> Revoked { get; } = new(StringComparer.Ordinal);

    /// <summary>A serial as a key: hexadecimal without leading zeros.</summary>
    internal static string Serial(ReadOnlySpan<byte> bigEndian) => Convert.ToHexString(bigEndian.TrimStart((byte)0));

    /// <summary>Null for a list that speaks for several authorities.</summary>
    /// <exception cref="AsnContentException">The bytes are no CRL.</exception>
    internal static RevocationListContent? Parse(ReadOnlyMemory<byte> der)
    {
        RevocationListContent list = new();
        AsnReader whole = new(der, AsnEncodingRules.DER);
        AsnReader outer = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        list.toBeSigned = outer.PeekEncodedValue();
        bool isDirect = list.ReadList(outer.ReadSequence());
        bool isOneAlgorithm = outer.PeekEncodedValue().Span.SequenceEqual(list.innerAlgorithm.Span);
        list.algorithm = outer.ReadSequence().ReadObjectIdentifier();
        list.signature = outer.ReadBitString(out int unused);
        outer.ThrowIfNotEmpty();
        return isDirect && isOneAlgorithm && unused == 0 ? list : null;
    }

    /// <summary>Whether the list's signature is this certificate's. SHA-2 with RSA or an elliptic key only.</summary>
    internal bool Verify(X509Certificate2 issuer)
    {
        (HashAlgorithmName hash, bool isRsa) = algorithm switch
        {
            "1.2.840.113549.1.1.11" => (HashAlgorithmName.SHA256, true),
            "1.2.840.113549.1.1.12" => (HashAlgorithmName.SHA384, true),
            "1.2.840.113549.1.1.13" => (HashAlgorithmName.SHA512, true),
            "1.2.840.10045.4.3.2" => (HashAlgorithmName.SHA256, false),
            "1.2.840.10045.4.3.3" => (HashAlgorithmName.SHA384, false),
            "1.2.840.10045.4.3.4" => (HashAlgorithmName.SHA512, false),
            _ => default,
        };
        if (hash.Name is null) return false;
        using RSA? rsa = isRsa ? issuer.GetRSAPublicKey() : null;
        using ECDsa? elliptic = isRsa ? null : issuer.GetECDsaPublicKey();
        return rsa?.VerifyData(toBeSigned.Span, signature, hash, RSASignaturePadding.Pkcs1)
            ?? elliptic?.VerifyData(toBeSigned.Span, signature, hash, DSASignatureFormat.Rfc3279DerSequence) ?? false;
    }

    private bool ReadList(AsnReader list)
    {
        if (list.PeekTag().HasSameClassAndValue(Asn1Tag.Integer)) list.ReadInteger();
        innerAlgorithm = list.ReadEncodedValue();
        Issuer = list.ReadEncodedValue().ToArray();
        ThisUpdate = Time(list);
        if (list.HasData && IsTime(list)) NextUpdate = Time(list);
        bool isDirect = true;
        if (list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence)) isDirect = ReadEntries(list.ReadSequence());
        if (list.HasData) isDirect &= ReadExtensions(list.ReadSequence(Extensions).ReadSequence());
        list.ThrowIfNotEmpty();
        return isDirect;
    }

    private bool ReadEntries(AsnReader entries)
    {
        while (entries.HasData)
        {
            AsnReader entry = entries.ReadSequence();
            string serial = Serial(entry.ReadIntegerBytes().Span);
            DateTimeOffset since = Time(entry);
            if (entry.HasData)
            {
                foreach ((string oid, ReadOnlyMemory<byte> value, _) in All(entry.ReadSequence()))
                {
                    if (oid is CertificateIssuer) return false;
                    // A key known to be stolen earlier makes signatures from then on worthless.
                    if (oid is InvalidityDate && new AsnReader(value, AsnEncodingRules.DER).ReadGeneralizedTime() is var earlier && earlier < since) since = earlier;
                }
            }

            if (!Revoked.TryGetValue(serial, out DateTimeOffset known) || since < known) Revoked[serial] = since;
        }

        return true;
    }

    // A delta, a list of some certificates only, or with something critical that isn't understood, can prove a revocation but not its absence.
    private bool ReadExtensions(AsnReader extensions)
    {
        foreach ((string oid, ReadOnlyMemory<byte> value, bool isCritical) in All(extensions))
        {
            if (oid is not IssuingPoint) IsComplete &= oid is not DeltaIndicator && !isCritical;
            else if (!ReadScope(new AsnReader(value, AsnEncodingRules.DER).ReadSequence())) return false;
        }

        return true;
    }

    // Which certificates the list covers; false when it speaks for several authorities. Signers are users, so "users only" covers them.
    private bool ReadScope(AsnReader scope)
    {
        while (scope.HasData)
        {
            Asn1Tag tag = scope.PeekTag();
            if (tag.HasSameClassAndValue(IndirectFlag)) return !scope.ReadBoolean(IndirectFlag);
            if (!tag.HasSameClassAndValue(UsersOnlyFlag)) IsComplete = false;
            scope.ReadEncodedValue();
        }

        return true;
    }

    private static IEnumerable<(string Oid, ReadOnlyMemory<byte> Value, bool IsCritical)> All(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            AsnReader extension = extensions.ReadSequence();
            string oid = extension.ReadObjectIdentifier();
            bool isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            yield return (oid, extension.ReadOctetString(), isCritical);
        }
    }

    private static bool IsTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) || reader.PeekTag().HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static DateTimeOffset Time(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
}
