using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LienThong.Signing.Tests.Keys;

/// <summary>Keys on a token, through p11-kit and a real module (softhsm2).</summary>
[Collection("softhsm")]
public sealed class Pkcs11Tests
{
    private readonly SoftHsm hsm;
    private readonly ModuleSpy spy;
    private readonly int before;

    public Pkcs11Tests(SoftHsm hsm)
    {
        (this.hsm, spy) = (hsm, hsm.Spy);
        if (!SoftHsm.Present) return;
        spy.PlugIn(); // what other tests left open is gone, as after a token was pulled out
        before = spy.Logins;
    }

    private int Logins => spy.Logins - before;

    [SoftHsmFact]
    public void A_key_on_a_token_signs_what_verifies()
    {
        using IKeySource key = Open(SoftHsm.Place);
        Assert.True(Documents.Verify(Documents.Sign(Documents.Package, key)).Valid);
    }

    [SoftHsmFact]
    public void Token_and_key_are_found_by_label_serial_and_id()
    {
        string serial;
        using (Cryptoki cryptoki = Cryptoki.Take()!) serial = Token.Present(cryptoki).Single(static t => t.Label == SoftHsm.Label).Serial;
        Open(new KeyPlace.Pkcs11(TokenSerial: serial, ObjectId: "A1:b2")).Dispose();
        Open(new KeyPlace.Pkcs11(SoftHsm.Label, serial, SoftHsm.KeyLabel, SoftHsm.KeyId)).Dispose();
    }

    [SoftHsmFact]
    public void The_certificate_comes_from_the_token_or_from_a_file()
    {
        using (IKeySource key = Open(SoftHsm.Place)) Assert.Equal(hsm.Certificate, key.Certificate.ExportCertificatePem());
        KeyPlace.Pkcs11 bare = SoftHsm.Place with { Token = SoftHsm.BareLabel };
        Assert.Equal(SignatureFault.Certificate, Pkcs11KeySource.Load(bare, SoftHsm.Pin).Fault);
        using IKeySource filed = Open(bare with { Certificate = Encoding.ASCII.GetBytes(hsm.Certificate) });
        Assert.True(Documents.Verify(Documents.Sign(Documents.Package, filed)).Valid);
        Assert.Equal(SignatureFault.Certificate, Pkcs11KeySource.Load(bare with { Certificate = [1, 2, 3] }, SoftHsm.Pin).Fault);
    }

    [SoftHsmFact]
    public void A_certificate_of_another_key_is_refused() => Assert.Equal(SignatureFault.NoPrivateKey,
        Pkcs11KeySource.Load(SoftHsm.Place with { Certificate = Authority.Key.Certificate.RawData }, SoftHsm.Pin).Fault);

    [SoftHsmFact]
    public void A_wrong_pin_costs_exactly_one_try()
    {
        KeyLoad load = Pkcs11KeySource.Load(SoftHsm.Place, "000000");
        Assert.Equal((SignatureFault.WrongPassword, 1), (load.Fault, Logins));
        Assert.Contains("PIN", load.Message, StringComparison.Ordinal);
        Assert.Equal(SignatureFault.WrongPassword, Pkcs11KeySource.Load(SoftHsm.Place, new string('9', 200)).Fault);
        Assert.Equal(2, Logins);
        Open(SoftHsm.Place).Dispose();
        Assert.Equal(3, Logins);
    }

    [SoftHsmFact]
    public void A_pin_that_can_not_be_one_costs_no_try()
    {
        Assert.Equal(SignatureFault.WrongPassword, Pkcs11KeySource.Load(SoftHsm.Place, "").Fault);
        Assert.Equal(SignatureFault.WrongPassword, Pkcs11KeySource.Load(SoftHsm.Place, "1\0").Fault);
        Assert.Equal(0, Logins);
    }

    [SoftHsmFact]
    public void A_token_that_is_blocked_or_has_one_try_left_is_not_tried()
    {
        foreach (long flag in new[] { 0x20000L, 0x40000L })
        {
            spy.ExtraFlags = flag;
            Assert.Equal(SignatureFault.WrongPassword, Pkcs11KeySource.Load(SoftHsm.Place, SoftHsm.Pin).Fault);
        }

        Assert.Equal(0, Logins);
    }

    [SoftHsmFact]
    public void A_missing_token_and_a_missing_key_are_told_apart()
    {
        KeyLoad token = Pkcs11KeySource.Load(SoftHsm.Place with { Token = "khác" }, SoftHsm.Pin);
        Assert.Equal((SignatureFault.KeyUnavailable, 0), (token.Fault, Logins));
        Assert.Contains(SoftHsm.Label, token.Message, StringComparison.Ordinal);
        KeyLoad key = Pkcs11KeySource.Load(SoftHsm.Place with { Object = "khác" }, SoftHsm.Pin);
        Assert.Equal(SignatureFault.NoPrivateKey, key.Fault);
        Assert.Contains("«khác»", key.Message, StringComparison.Ordinal);
    }

    [SoftHsmFact]
    public void A_token_pulled_out_while_it_is_opened_is_not_taken_for_one_without_the_key()
    {
        spy.FailsAfterLogin = true;
        Assert.Equal(SignatureFault.KeyUnavailable, Pkcs11KeySource.Load(SoftHsm.Place, SoftHsm.Pin).Fault);
    }

    [SoftHsmFact]
    public async Task An_unplugged_token_waits_and_goes_on_by_itself()
    {
        SignerLoad load = await LocalSigner.OpenAsync(() => KeyOpening.Open(SoftHsm.Place, new KeySecrets { Password = SoftHsm.Pin }, Authority.Now), Guard(), default);
        Assert.True(load.Ok, load.Message);
        using IDocumentSigner signer = load.Signer;
        Assert.IsType<SignResult.Signed>(await SignAsync(signer));
        spy.Unplug();
        for (int i = 0; i < 3; i++) Assert.Equal(SignatureFault.KeyUnavailable, Assert.IsType<SignResult.Refused>(await SignAsync(signer)).Fault);
        int soFar = Logins;
        spy.PlugIn();
        SignResult result = await SignAsync(signer);
        Assert.True(result is SignResult.Signed, (result as SignResult.Refused)?.Message);
        Assert.Equal(soFar + 1, Logins);
    }

    [SoftHsmFact]
    public async Task Many_threads_live_through_a_token_that_comes_and_goes()
    {
        SignerLoad load = await LocalSigner.OpenAsync(() => KeyOpening.Open(SoftHsm.Place, new KeySecrets { Password = SoftHsm.Pin }, Authority.Now), Guard(), default);
        using IDocumentSigner signer = load.Signer!;
        int signed = 0;
        using CancellationTokenSource stop = new();
        Task[] threads = [.. Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                SignResult result = await SignAsync(signer);
                if (result is SignResult.Signed good && Documents.Verify(Encoding.UTF8.GetString(good.Bytes)).Valid) Interlocked.Increment(ref signed);
                else Assert.Equal(SignatureFault.KeyUnavailable, Assert.IsType<SignResult.Refused>(result).Fault);
            }
        }))];
        for (int i = 0; i < 10; i++)
        {
            int soFar = Volatile.Read(ref signed);
            while (Volatile.Read(ref signed) <= soFar && !threads.Any(static t => t.IsFaulted)) await Task.Delay(2);
            spy.Unplug();
            await Task.Delay(5);
            spy.PlugIn();
        }

        await stop.CancelAsync();
        await Task.WhenAll(threads);
        Assert.True(signed >= 10);
    }

    [SoftHsmFact]
    public void Many_threads_share_one_key()
    {
        using IKeySource key = Open(SoftHsm.Place);
        using RSA own = key.Certificate.GetRSAPublicKey()!;
        int good = 0;
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            byte[] data = BitConverter.GetBytes(i);
            if (own.VerifyData(data, key.SignData(data), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) Interlocked.Increment(ref good);
        });
        Assert.Equal(400, good);
    }

    [SoftHsmFact]
    public void A_closed_key_leaves_no_login_behind()
    {
        Open(SoftHsm.Place).Dispose();
        Assert.Equal(SignatureFault.WrongPassword, Pkcs11KeySource.Load(SoftHsm.Place, "000000").Fault);
        using IKeySource first = Open(SoftHsm.Place);
        Open(SoftHsm.Place).Dispose();
        Assert.True(Documents.Verify(Documents.Sign(Documents.Package, first)).Valid);
    }

    private static ValueTask<SignResult> SignAsync(IDocumentSigner signer) => signer.SignAsync(Encoding.UTF8.GetBytes(Documents.Package), Documents.Options, default);

    private static PinGuard Guard() => new(new MemoryPinLocks(), "thử");

    private static IKeySource Open(KeyPlace.Pkcs11 place)
    {
        KeyLoad load = Pkcs11KeySource.Load(place, SoftHsm.Pin);
        Assert.True(load.Ok, load.Message);
        return load.Key;
    }
}
