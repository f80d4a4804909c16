using System.Text;

namespace LienThong.Signing.Tests.Keys;

/// <summary>After one wrong PIN nothing is tried any more until a person unlocks.</summary>
public sealed class PinGuardTests
{
    private readonly MemoryPinLocks locks = new();
    private int tries;

    [Fact]
    public async Task The_first_wrong_pin_is_the_last_try_until_a_person_unlocks()
    {
        Assert.Equal(SignatureFault.WrongPassword, (await OpenAsync("sai")).Fault);
        SignerLoad locked = await OpenAsync("đúng");
        Assert.Equal((SignatureFault.WrongPassword, 1), (locked.Fault, tries));
        Assert.Contains("mở khóa", locked.Message, StringComparison.Ordinal);
        locks.Unlock("token");
        Assert.True((await OpenAsync("đúng")).Ok);
        Assert.True((await OpenAsync("đúng")).Ok);
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task Other_keys_are_not_locked_with_it()
    {
        await OpenAsync("sai");
        Assert.True((await OpenAsync("đúng", "khác")).Ok);
    }

    [Fact]
    public async Task A_missing_token_does_not_lock()
    {
        Assert.Equal(SignatureFault.KeyUnavailable, (await OpenAsync("vắng")).Fault);
        Assert.True((await OpenAsync("đúng")).Ok);
    }

    [Fact]
    public async Task Of_many_at_once_one_tries()
    {
        SignerLoad[] all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => OpenAsync("sai"))));
        Assert.Equal(1, tries);
        Assert.All(all, static load => Assert.Contains(load.Fault, new[] { SignatureFault.WrongPassword, SignatureFault.KeyUnavailable }));
    }

    [Fact]
    public async Task A_try_that_blew_up_counts_as_wrong()
    {
        PinGuard guard = new(locks, "token");
        await Assert.ThrowsAsync<InvalidOperationException>(() => LocalSigner.OpenAsync(() => throw new InvalidOperationException(), guard, default));
        Assert.Equal(SignatureFault.WrongPassword, (await OpenAsync("đúng")).Fault);
    }

    [Fact]
    public async Task A_pin_changed_while_the_token_was_away_costs_one_try()
    {
        string pin = "đúng";
        Flaky? key = null;
        SignerLoad load = await LocalSigner.OpenAsync(() => Try(pin, () => key = new Flaky()), new PinGuard(locks, "token"), default);
        using IDocumentSigner signer = load.Signer!;
        key!.Gone = true;
        Assert.Equal(SignatureFault.KeyUnavailable, await FaultAsync(signer));
        pin = "sai";
        for (int i = 0; i < 4; i++) Assert.Equal(SignatureFault.WrongPassword, await FaultAsync(signer));
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task A_token_exchanged_for_another_is_refused()
    {
        using IKeySource other = Authority.Shared.Issue();
        Flaky? key = null;
        SignerLoad load = await LocalSigner.OpenAsync(() => KeyLoad.Loaded(key is null ? key = new Flaky() : other), new PinGuard(locks, "token"), default);
        using IDocumentSigner signer = load.Signer!;
        key!.Gone = true;
        Assert.Equal(SignatureFault.KeyUnavailable, await FaultAsync(signer));
        Assert.Equal(SignatureFault.NotRegistered, await FaultAsync(signer));
    }

    [Fact]
    public async Task A_probe_shows_that_a_signer_works()
    {
        SignerLoad load = await OpenAsync("đúng");
        using IDocumentSigner signer = load.Signer!;
        Assert.IsType<SignResult.Signed>(await SigningProbe.RunAsync(signer, Authority.Now, default));
        Assert.Equal(SignatureFault.Expired, Assert.IsType<SignResult.Refused>(await SigningProbe.RunAsync(signer, Authority.Now.AddYears(3), default)).Fault);
    }

    private static async Task<SignatureFault> FaultAsync(IDocumentSigner signer) =>
        Assert.IsType<SignResult.Refused>(await signer.SignAsync(Encoding.UTF8.GetBytes(Documents.Package), Documents.Options, default)).Fault;

    private Task<SignerLoad> OpenAsync(string pin, string scope = "token") => LocalSigner.OpenAsync(() => Try(pin, static () => new Flaky()), new PinGuard(locks, scope), default);

    private KeyLoad Try(string pin, Func<IKeySource> make)
    {
        Interlocked.Increment(ref tries);
        return pin switch
        {
            "đúng" => KeyLoad.Loaded(make()),
            "vắng" => KeyLoad.Failed(SignatureFault.KeyUnavailable, "Chưa cắm."),
            _ => KeyLoad.Failed(SignatureFault.WrongPassword, "Sai PIN."),
        };
    }

    /// <summary>A key on a token that can be pulled out.</summary>
    private sealed class Flaky : IKeySource
    {
        internal bool Gone { get; set; }

        public System.Security.Cryptography.X509Certificates.X509Certificate2 Certificate => Authority.Key.Certificate;

        public byte[] SignData(ReadOnlySpan<byte> data) => Gone ? throw new System.Security.Cryptography.CryptographicException("removed") : Authority.Key.SignData(data);

        public void Dispose()
        {
        }
    }
}
