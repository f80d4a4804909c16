using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing.Tests.Keys;

/// <summary>Which certificate of a Windows store is taken; the store itself exists on Windows only.</summary>
public sealed class StoreChoiceTests
{
    private static readonly X509Certificate2 Good = Issue(-100, 100);
    private static readonly X509Certificate2 Other = Issue(-100, 100);

    [Fact]
    public void Serial_and_thumbprint_are_taken_as_people_copy_them()
    {
        string serial = Good.SerialNumber;
        string spaced = string.Join(' ', serial.ToLowerInvariant().Chunk(2).Select(static c => new string(c)));
        Assert.Same(Good, Pick(new KeyPlace.Windows("\u200E00 " + spaced), Other, Good).Certificate);
        Assert.Same(Good, Pick(new KeyPlace.Windows(Thumbprint: "\u200E" + Good.GetCertHashString(HashAlgorithmName.SHA1).ToLowerInvariant()), Other, Good).Certificate);
        Assert.Same(Good, Pick(new KeyPlace.Windows(Thumbprint: Good.GetCertHashString(HashAlgorithmName.SHA256)), Other, Good).Certificate);
        Assert.Null(Pick(new KeyPlace.Windows(serial, Other.GetCertHashString(HashAlgorithmName.SHA1)), Other, Good).Certificate);
    }

    [Fact]
    public void An_absent_certificate_is_named()
    {
        (X509Certificate2? none, string message) = Pick(new KeyPlace.Windows("AB12"), Good);
        Assert.Null(none);
        Assert.Contains("AB12", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_one_serial_the_one_with_a_key_and_within_its_dates_is_taken()
    {
        byte[] serial = [1, 2, 3, 4, 5, 6, 7, 8];
        X509Certificate2 bare = X509CertificateLoader.LoadCertificate(Issue(-100, 300, serial).RawData);
        X509Certificate2 expired = Issue(-500, -10, serial);
        X509Certificate2 valid = Issue(-100, 100, serial);
        KeyPlace.Windows place = new("0102030405060708");
        Assert.Same(valid, Pick(place, bare, expired, valid).Certificate);
        Assert.Same(valid, Pick(place, valid, expired, bare).Certificate);
        Assert.Same(expired, Pick(place, expired).Certificate); // so that signing can say that it is expired
    }

    [Fact]
    public void Two_equally_good_ones_are_for_a_person_to_choose()
    {
        byte[] serial = [1, 2, 3, 4, 5, 6, 7, 9];
        X509Certificate2 one = Issue(-100, 100, serial);
        X509Certificate2 two = Issue(-100, 200, serial);
        (X509Certificate2? none, string message) = Pick(new KeyPlace.Windows("0102030405060709"), one, two);
        Assert.Null(none);
        Assert.Contains(one.GetCertHashString(HashAlgorithmName.SHA1), message, StringComparison.Ordinal);
        Assert.NotNull(Pick(new KeyPlace.Windows("0102030405060709"), one, one).Certificate);
    }

    [Theory]
    [InlineData(0x8010006B, SignatureFault.WrongPassword)]
    [InlineData(0x8010006C, SignatureFault.WrongPassword)]
    [InlineData(0x80090022, SignatureFault.WrongPassword)]
    [InlineData(0x8009000D, SignatureFault.NoPrivateKey)]
    [InlineData(0x80100069, SignatureFault.KeyUnavailable)]
    [InlineData(0x8010000C, SignatureFault.KeyUnavailable)]
    [InlineData(0x80004005, SignatureFault.KeyUnavailable)]
    public void Windows_error_codes_lead_to_the_right_remedy(uint code, SignatureFault fault)
    {
        KeyLoad load = SmartCardFaults.Explain(unchecked((int)code));
        Assert.Equal(fault, load.Fault);
        Assert.NotEmpty(load.Message);
    }

    [Fact]
    public void Certificate_files_are_read_as_pem_and_der_and_nothing_else()
    {
        Assert.Equal(Good.RawData, CertificateFile.Parse(Good.RawData)!.RawData);
        Assert.Equal(Good.RawData, CertificateFile.Parse(System.Text.Encoding.UTF8.GetBytes("\uFEFFghi chú\n" + Good.ExportCertificatePem()))!.RawData);
        Assert.Null(CertificateFile.Parse([]));
        Assert.Null(CertificateFile.Parse([0x30, 0x82, 1, 1, 1]));
        Assert.Null(CertificateFile.Parse(new byte[100_000]));
        Assert.Null(CertificateFile.Parse("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"u8.ToArray()));
    }

    private static (X509Certificate2? Certificate, string Message) Pick(KeyPlace.Windows place, params X509Certificate2[] store) => StoreChoice.Pick(store, place, Authority.Now);

    private static X509Certificate2 Issue(int fromDays, int toDays, byte[]? serial = null)
    {
        using RSA rsa = RSA.Create(2048);
        CertificateRequest request = new("CN=Cơ sở", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 bare = request.Create(Authority.Shared.Certificate, Authority.Now.AddDays(fromDays), Authority.Now.AddDays(toDays), serial ?? [1, .. RandomNumberGenerator.GetBytes(8)]);
        return bare.CopyWithPrivateKey(rsa);
    }
}
