using System.Text;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Tests.Support;
using LienThong.Signing;

namespace LienThong.Gateway.Tests.Signing;

/// <summary>A signing service over HTTP: what it may answer, and what becomes of it.</summary>
public sealed class RemoteSignerTests : IAsyncLifetime
{
    private const string Document = "<GIAMDINHHS><HO_TEN>A</HO_TEN><CHUKYDONVI></CHUKYDONVI></GIAMDINHHS>";
    private static readonly DateTimeOffset Now = new(2026, 7, 10, 2, 0, 0, TimeSpan.Zero);
    private static readonly DemoKeys Keys = DemoKeys.Create("79025", Now);
    private readonly FakeTime time = new(Now);
    private readonly MemoryPinLocks locks = new();
    private SigningServiceStandIn service = null!;

    public async Task InitializeAsync() => service = await SigningServiceStandIn.StartAsync(Keys, Now);

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task An_honest_service_signs_our_bytes()
    {
        using IDocumentSigner signer = await OpenAsync();
        SignResult.Signed signed = Assert.IsType<SignResult.Signed>(await SignAsync(signer));
        using var authority = Keys.OpenAuthority();
        VerificationReport report = SignatureVerifier.Verify(signed.Bytes, new VerificationPolicy { At = Now, Trust = [authority], RegisteredSerials = [Keys.Serial] });
        Assert.True(report.Valid, report.Message);
        Assert.StartsWith("<GIAMDINHHS><HO_TEN>A</HO_TEN><CHUKYDONVI><Signature", Encoding.UTF8.GetString(signed.Bytes), StringComparison.Ordinal);
        Assert.IsType<SignResult.Signed>(await SigningProbe.RunAsync(signer, Now, default));
    }

    [Fact]
    public async Task Account_and_tokens_travel_where_the_service_looks_for_them()
    {
        using IDocumentSigner signer = await OpenAsync(p => p with { HsmType = 2, HsmUserCode = "BV01", HsmSerialNumber = "5401", ApplicationCode = "EMR" });
        await SignAsync(signer);
        var config = service.LastBody.GetProperty("ApiData").GetProperty("ConfigData");
        Assert.Equal((2, "BV01", "5401"), (config.GetProperty("HsmType").GetInt32(), config.GetProperty("HsmUserCode").GetString(), config.GetProperty("HsmSerialNumber").GetString()));
        Assert.Equal(("1234-bí-mật", "sk", "079"), (config.GetProperty("Password").GetString(), config.GetProperty("SecretKey").GetString(), config.GetProperty("IdentityNumber").GetString()));
        Assert.Equal(("xst", "EMR", "tc"), (service.LastHeaders["X-Service-Token"], service.LastHeaders["ApplicationCode"], service.LastHeaders["TokenCode"]));
    }

    [Fact]
    public async Task A_helper_without_account_gets_no_secret_in_the_body()
    {
        using IDocumentSigner signer = await OpenAsync();
        await SignAsync(signer);
        Assert.Equal("{}", service.LastBody.GetProperty("ApiData").GetProperty("ConfigData").GetRawText());
    }

    [Theory]
    [InlineData(ServiceMode.ChangesContent, SignatureFault.BadAnswer)]
    [InlineData(ServiceMode.SignsOtherContent, SignatureFault.BadAnswer)]
    [InlineData(ServiceMode.Unsigned, SignatureFault.BadAnswer)]
    [InlineData(ServiceMode.OtherCertificate, SignatureFault.NotRegistered)]
    [InlineData(ServiceMode.NoData, SignatureFault.BadAnswer)]
    [InlineData(ServiceMode.NoBase64, SignatureFault.BadAnswer)]
    [InlineData(ServiceMode.Oversized, SignatureFault.BadAnswer)]
    [InlineData(ServiceMode.Endless, SignatureFault.BadAnswer)]
    [InlineData(ServiceMode.NoJson, SignatureFault.KeyUnavailable)]
    [InlineData(ServiceMode.Empty, SignatureFault.KeyUnavailable)]
    [InlineData(ServiceMode.Refuses, SignatureFault.KeyUnavailable)]
    [InlineData(ServiceMode.ServerError, SignatureFault.KeyUnavailable)]
    [InlineData(ServiceMode.Redirects, SignatureFault.KeyUnavailable)]
    [InlineData(ServiceMode.Drops, SignatureFault.KeyUnavailable)]
    [InlineData(ServiceMode.Hangs, SignatureFault.KeyUnavailable)]
    [InlineData(ServiceMode.WrongPin, SignatureFault.WrongPassword)]
    [InlineData(ServiceMode.Unauthorized, SignatureFault.WrongPassword)]
    public async Task A_bad_answer_is_refused_with_its_remedy(ServiceMode mode, SignatureFault fault)
    {
        service.Mode = mode;
        using IDocumentSigner signer = await OpenAsync(p => p with { TimeoutSeconds = mode == ServiceMode.Hangs ? 1 : 60 });
        SignResult.Refused refused = Assert.IsType<SignResult.Refused>(await SignAsync(signer));
        Assert.Equal(fault, refused.Fault);
        Assert.StartsWith("Dịch vụ ký số", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1234-bí-mật", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Message, char.IsControl);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_awaited_and_not_hammered()
    {
        using IDocumentSigner signer = await OpenAsync();
        service.Mode = ServiceMode.ServerError;
        for (int i = 0; i < 10; i++)
            Assert.Equal(SignatureFault.KeyUnavailable, await FaultAsync(signer));
        Assert.Equal(1, service.Calls);
        service.Mode = ServiceMode.Honest;
        time.Advance(RemoteSigner.Rest);
        Assert.IsType<SignResult.Signed>(await SignAsync(signer));
    }

    [Fact]
    public async Task Nothing_listening_is_a_transient_refusal()
    {
        await service.DisposeAsync();
        using IDocumentSigner signer = await OpenAsync();
        Assert.Equal(SignatureFault.KeyUnavailable, await FaultAsync(signer));
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once_by_a_whole_batch_and_locks_every_later_signer()
    {
        service.Mode = ServiceMode.WrongPin;
        using (IDocumentSigner signer = await OpenAsync())
        {
            SignatureFault[] faults = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => FaultAsync(signer))));
            Assert.All(faults, static f => Assert.Equal(SignatureFault.WrongPassword, f));
        }
        Assert.Equal(1, service.Calls);
        service.Mode = ServiceMode.Honest;
        using (IDocumentSigner again = await OpenAsync())
            Assert.Equal(SignatureFault.WrongPassword, await FaultAsync(again));
        Assert.Equal(1, service.Calls);
        locks.Unlock(Place.PinScope(Secrets));
        using IDocumentSigner unlocked = await OpenAsync();
        Assert.IsType<SignResult.Signed>(await SignAsync(unlocked));
    }

    [Fact]
    public async Task A_password_that_turns_wrong_later_locks_too()
    {
        using IDocumentSigner signer = await OpenAsync();
        Assert.IsType<SignResult.Signed>(await SignAsync(signer));
        service.Mode = ServiceMode.WrongPin;
        Assert.Equal(SignatureFault.WrongPassword, await FaultAsync(signer));
        Assert.Equal(SignatureFault.WrongPassword, await FaultAsync(signer));
        Assert.Equal(2, service.Calls);
        Assert.Equal(PinState.Locked, await locks.BeginAsync(Place.PinScope(Secrets), default));
    }

    [Fact]
    public async Task A_proven_service_is_called_in_parallel()
    {
        using IDocumentSigner signer = await OpenAsync();
        SignResult[] results = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => SignAsync(signer))));
        Assert.All(results, static r => Assert.IsType<SignResult.Signed>(r));
        Assert.True(service.MostAtOnce > 1);
    }

    [Fact]
    public async Task Whoever_stops_waiting_gets_out_and_locks_nothing()
    {
        service.Mode = ServiceMode.Hangs;
        using IDocumentSigner signer = await OpenAsync();
        using CancellationTokenSource stop = new();
        Task<SignResult> waiting = signer.SignAsync(Encoding.UTF8.GetBytes(Document), new SignOptions { At = Now }, stop.Token).AsTask();
        while (service.Calls == 0)
            await Task.Delay(5);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        service.Mode = ServiceMode.Honest;
        Assert.IsType<SignResult.Signed>(await SignAsync(signer));
    }

    [Fact]
    public async Task Settings_that_are_not_safe_open_nothing()
    {
        SignerFactory factory = new(locks, time);
        Assert.False((await factory.OpenAsync(Place with { Address = new Uri("http://10.0.0.1/") }, Secrets, default)).Ok);
        Assert.Equal(SignatureFault.Certificate, (await factory.OpenAsync(Place with { Certificate = [1] }, Secrets, default)).Fault);
        Assert.False((await factory.OpenAsync(Place, Secrets with { ServiceToken = "mã\r\nX: 1" }, default)).Ok);
    }

    private KeyPlace.Remote Place => new(service.Address, Encoding.ASCII.GetBytes(Keys.CertificatePem));

    private static KeySecrets Secrets => new() { Password = "1234-bí-mật", SecretKey = "sk", IdentityNumber = "079", ServiceToken = "xst", TokenCode = "tc" };

    private async Task<IDocumentSigner> OpenAsync(Func<KeyPlace.Remote, KeyPlace.Remote>? change = null)
    {
        SignerLoad load = await new SignerFactory(locks, time).OpenAsync(change?.Invoke(Place) ?? Place, Secrets, default);
        Assert.True(load.Ok, load.Message);
        return load.Signer;
    }

    private static async Task<SignResult> SignAsync(IDocumentSigner signer) => await signer.SignAsync(Encoding.UTF8.GetBytes(Document), new SignOptions { At = Now }, default);

    private static async Task<SignatureFault> FaultAsync(IDocumentSigner signer) => Assert.IsType<SignResult.Refused>(await SignAsync(signer)).Fault;
}
