using System.Text;
using System.Text.Json;

namespace LienThong.Signing.Tests.Keys;

public sealed class KeyPlaceTests
{
    private static readonly byte[] Certificate = Encoding.ASCII.GetBytes(Authority.Shared.Pem);

    [Fact]
    public void Every_kind_survives_json_and_is_told_by_its_kind()
    {
        (KeyPlace Place, string Kind)[] all =
        [
            (new KeyPlace.Pfx(), "pfx"),
            (new KeyPlace.Pem(), "pem"),
            (new KeyPlace.Pkcs11("Token", "0123", "ký", "a1"), "pkcs11"),
            (new KeyPlace.Windows("00AB", "ff"), "windows"),
            (new KeyPlace.Remote(new Uri("https://hsm.example/api/EmrSign/SignXmlBhyt"), Certificate) { HsmType = 2, TimeoutSeconds = 5, ApplicationCode = "EMR" }, "remote"),
        ];
        foreach ((KeyPlace place, string kind) in all)
        {
            string json = JsonSerializer.Serialize(place);
            Assert.Contains($"\"kind\":\"{kind}\"", json, StringComparison.Ordinal);
            KeyPlace back = JsonSerializer.Deserialize<KeyPlace>(json)!;
            Assert.Equal(json, JsonSerializer.Serialize(back));
            Assert.Equal(place.GetType(), back.GetType());
        }
    }

    [Theory]
    [InlineData("https://hsm.benhvien.vn/api/EmrSign/SignXmlBhyt", true)]
    [InlineData("http://127.0.0.1:18081/api/EmrSign/SignXmlBhyt", true)]
    [InlineData("http://192.168.7.2:1415/api/EmrSign/SignXmlBhyt", false)]
    [InlineData("http://localhost.example.com/", false)]
    [InlineData("http://127.0.0.1.example.com/", false)]
    [InlineData("https://user:pass@hsm.benhvien.vn/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/api", false)]
    public void A_service_is_called_over_tls_or_on_this_machine(string address, bool allowed) =>
        Assert.Equal(allowed, new KeyPlace.Remote(new Uri(address, UriKind.RelativeOrAbsolute), Certificate).Complaint() is null);

    [Fact]
    public void Settings_that_name_no_key_are_complained_about()
    {
        Assert.NotNull(new KeyPlace.Pkcs11(Object: "x").Complaint());
        Assert.NotNull(new KeyPlace.Pkcs11("t").Complaint());
        Assert.NotNull(new KeyPlace.Pkcs11("t", ObjectId: "xyz").Complaint());
        Assert.Null(new KeyPlace.Pkcs11("t", ObjectId: "01:Ab").Complaint());
        Assert.NotNull(new KeyPlace.Windows().Complaint());
        Assert.NotNull(new KeyPlace.Windows(Thumbprint: "abc").Complaint());
        Assert.NotNull(new KeyPlace.Windows(Serial: "không").Complaint());
        Assert.NotNull(new KeyPlace.Remote(new Uri("https://a/"), Certificate) { TimeoutSeconds = 0 }.Complaint());
        Assert.NotNull(JsonSerializer.Deserialize<KeyPlace>("""{"kind":"remote"}""")!.Complaint());
        Assert.NotNull(JsonSerializer.Deserialize<KeyPlace>("""{"kind":"remote","Address":"https://a/"}""")!.Complaint());
    }

    [Fact]
    public void What_can_not_be_opened_says_why_and_throws_nothing()
    {
        KeySecrets none = new();
        Assert.Equal(SignatureFault.NoPrivateKey, KeyOpening.Open(new KeyPlace.Pfx(), none, Authority.Now).Fault);
        Assert.Equal(SignatureFault.NoPrivateKey, KeyOpening.Open(new KeyPlace.Pem(), none, Authority.Now).Fault);
        Assert.Equal(SignatureFault.NoPrivateKey, KeyOpening.Open(new KeyPlace.Pkcs11("t"), none, Authority.Now).Fault);
        if (!OperatingSystem.IsWindows()) Assert.Equal(SignatureFault.KeyUnavailable, KeyOpening.Open(new KeyPlace.Windows("ab"), none, Authority.Now).Fault);
        Assert.Throws<ArgumentException>(() => KeyOpening.Open(new KeyPlace.Remote(new Uri("https://a/"), Certificate), none, Authority.Now));
    }

    [Fact]
    public void Files_open_through_the_same_door()
    {
        KeySecrets pfx = new() { File = Authority.Shared.Pfx("bí mật"), Password = "bí mật" };
        KeyOpening.Open(new KeyPlace.Pfx(), pfx, Authority.Now).Key!.Dispose();
        Assert.Equal(SignatureFault.WrongPassword, KeyOpening.Open(new KeyPlace.Pfx(), pfx with { Password = "sai" }, Authority.Now).Fault);
    }

    [Fact]
    public void What_a_pin_belongs_to_is_the_same_however_it_is_written()
    {
        KeySecrets none = new();
        Assert.Equal(new KeyPlace.Windows("00:ab cd").PinScope(none), new KeyPlace.Windows("ABCD").PinScope(none));
        Assert.Equal(new KeyPlace.Pkcs11("t", "0123", "a").PinScope(none), new KeyPlace.Pkcs11(null, "0123", "b").PinScope(none));
        Assert.NotEqual(new KeyPlace.Pfx().PinScope(new KeySecrets { File = [1] }), new KeyPlace.Pfx().PinScope(new KeySecrets { File = [2] }));
    }

    [Fact]
    public void Secrets_stay_out_of_text()
    {
        KeySecrets secrets = new() { Password = "mật-khẩu", SecretKey = "khóa-bí-mật", ServiceToken = "mã", File = [7] };
        Assert.Equal("KeySecrets", $"{secrets}");
        KeySecrets back = JsonSerializer.Deserialize<KeySecrets>(JsonSerializer.Serialize(secrets))!; // as they are encrypted for storage
        Assert.Equal((secrets.Password, secrets.SecretKey, secrets.ServiceToken, 7), (back.Password, back.SecretKey, back.ServiceToken, back.File![0]));
        Assert.DoesNotContain("mật-khẩu", new KeyPlace.Pkcs11("t", Object: "x").PinScope(secrets), StringComparison.Ordinal);
    }
}
