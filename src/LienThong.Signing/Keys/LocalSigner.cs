using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>Signs with a key this machine can reach itself. A key that drops out (token unplugged) is opened again at the next document, so that a waiting queue goes on by itself.</summary>
public sealed class LocalSigner : IDocumentSigner
{
    private readonly Func<KeyLoad> open;
    private readonly PinGuard guard;
    private readonly SemaphoreSlim opening = new(1, 1);
    private IKeySource? key;

    private LocalSigner(Func<KeyLoad> open, PinGuard guard, IKeySource key)
    {
        (this.open, this.guard, this.key) = (open, guard, key);
        _ = CertificateFacts.Of(key.Certificate); // decoded while nobody can dispose it
        Certificate = X509CertificateLoader.LoadCertificate(key.Certificate.RawData);
    }

    /// <inheritdoc/>
    public X509Certificate2 Certificate { get; }

    /// <summary>Opens a key. A wrong PIN costs one try and locks.</summary>
    /// <param name="open">Opens the key, as often as it is needed; see <see cref="KeyOpening.Open"/>.</param>
    /// <param name="guard">Stands before every opening.</param>
    /// <param name="ct">Stops waiting for leave to try.</param>
    public static async Task<SignerLoad> OpenAsync(Func<KeyLoad> open, PinGuard guard, CancellationToken ct)
    {
        KeyLoad load = await LoadAsync(open, guard, ct);
        return load.Ok ? SignerLoad.Loaded(new LocalSigner(open, guard, load.Key)) : SignerLoad.Failed(load.Fault, load.Message);
    }

    /// <inheritdoc/>
    public async ValueTask<SignResult> SignAsync(ReadOnlyMemory<byte> document, SignOptions options, CancellationToken ct)
    {
        IKeySource? current = Volatile.Read(ref key);
        if (current is null)
        {
            (current, SignResult.Refused? refused) = await AgainAsync(ct);
            if (current is null) return refused!;
        }

        SignResult result;
        try
        {
            result = PackageSigner.Sign(document, current, options);
        }
        catch (ObjectDisposedException)
        {
            return new SignResult.Refused(SignatureFault.KeyUnavailable, PackageSigner.Unreachable); // another thread found the key gone
        }

        // The certificate belongs to the source, so nobody else may still need it: signatures carry copies.
        if (result is SignResult.Refused { Fault: SignatureFault.KeyUnavailable } && Interlocked.CompareExchange(ref key, null, current) == current)
            current.Dispose();
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Interlocked.Exchange(ref key, null)?.Dispose();
        Certificate.Dispose();
        opening.Dispose();
    }

    private async Task<(IKeySource? Key, SignResult.Refused? Refused)> AgainAsync(CancellationToken ct)
    {
        await opening.WaitAsync(ct);
        try
        {
            if (Volatile.Read(ref key) is { } there) return (there, null);
            KeyLoad load = await LoadAsync(open, guard, ct);
            if (!load.Ok) return (null, new SignResult.Refused(load.Fault, load.Message));
            if (!load.Key.Certificate.RawDataMemory.Span.SequenceEqual(Certificate.RawDataMemory.Span))
            {
                load.Key.Dispose();
                return (null, new SignResult.Refused(SignatureFault.NotRegistered, "Thiết bị ký vừa cắm lại có chứng thư khác lúc trước; hãy cắm đúng thiết bị hoặc khai báo lại chứng thư."));
            }

            Volatile.Write(ref key, load.Key);
            return (load.Key, null);
        }
        finally
        {
            opening.Release();
        }
    }

    private static async Task<KeyLoad> LoadAsync(Func<KeyLoad> open, PinGuard guard, CancellationToken ct)
    {
        if (await guard.EnterAsync(ct) is { } refused) return KeyLoad.Failed(refused.Fault, refused.Message);
        SignatureFault outcome = SignatureFault.WrongPassword; // until it is known to be otherwise
        try
        {
            KeyLoad load = open();
            outcome = load.Fault;
            return load;
        }
        finally
        {
            await guard.LeaveAsync(outcome);
        }
    }
}
