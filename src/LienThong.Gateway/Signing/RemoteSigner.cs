using System.Security.Cryptography.X509Certificates;
using LienThong.Signing;

namespace LienThong.Gateway.Signing;

/// <summary>Signs through a service that takes whole documents. The service is trusted with nothing: <see cref="HandedOut"/> judges what comes back.</summary>
/// <remarks>
/// Until the account has worked once, one call is made at a time, so that a wrong password costs one try and not one for each document of a batch.
/// After a call that failed, the service is left alone for a few seconds; the documents meanwhile get the same answer at once.
/// </remarks>
internal sealed class RemoteSigner : IDocumentSigner
{
    /// <summary>Larger documents aren't sent: a record package has well below 1 MB.</summary>
    internal const int MaxDocumentBytes = 32 * 1024 * 1024;

    internal static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly SigningCall call;
    private readonly PinGuard guard;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim first = new(1, 1);
    private readonly Lock gate = new();
    private bool proven;
    private SignResult.Refused? standing;
    private long standingSince;

    private RemoteSigner(SigningCall call, X509Certificate2 certificate, PinGuard guard, TimeProvider time) =>
        (this.call, Certificate, this.guard, this.time) = (call, certificate, guard, time);

    /// <inheritdoc/>
    public X509Certificate2 Certificate { get; }

    /// <summary>Makes a signer; nothing is called yet.</summary>
    public static SignerLoad Open(KeyPlace.Remote place, KeySecrets secrets, PinGuard guard, TimeProvider time)
    {
        if (!SigningCall.Sendable(secrets.ServiceToken) || !SigningCall.Sendable(secrets.TokenCode) || !SigningCall.Sendable(place.ApplicationCode))
            return SignerLoad.Failed(SignatureFault.WrongPassword, "Mã truy cập dịch vụ ký số có ký tự không gửi được (chữ có dấu, xuống dòng); hãy chép lại mã.");
        X509Certificate2? certificate = CertificateFile.Parse(place.Certificate);
        return certificate is null
            ? SignerLoad.Failed(SignatureFault.Certificate, "Không đọc được tệp chứng thư của dịch vụ ký số (cần PEM hoặc DER); hãy chọn lại tệp.")
            : SignerLoad.Loaded(new RemoteSigner(new SigningCall(place, secrets), certificate, guard, time));
    }

    /// <inheritdoc/>
    public async ValueTask<SignResult> SignAsync(ReadOnlyMemory<byte> document, SignOptions options, CancellationToken ct)
    {
        HandedOut handed = HandedOut.Of(document, Certificate, options with { MaxBytes = Math.Min(options.MaxBytes, MaxDocumentBytes) });
        if (handed.Refusal is { } refusal)
            return refusal;
        if (!Volatile.Read(ref proven) && await ProveAsync(handed, ct) is { } result)
            return result;
        return Standing() ?? await ProvenAsync(handed, ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        call.Dispose();
        first.Dispose();
        Certificate.Dispose();
    }

    // Null when another document has proven the account meanwhile.
    private async Task<SignResult?> ProveAsync(HandedOut handed, CancellationToken ct)
    {
        await first.WaitAsync(ct);
        try
        {
            return proven ? null : Standing() ?? await FirstAsync(handed, ct);
        }
        finally
        {
            first.Release();
        }
    }

    private async Task<SignResult> FirstAsync(HandedOut handed, CancellationToken ct)
    {
        if (await guard.EnterAsync(ct) is { } locked)
            return locked;
        SignatureFault outcome = SignatureFault.None; // a call that was broken off tells nothing about the password
        try
        {
            SignResult result = Noted(await call.RunAsync(handed, ct));
            outcome = (result as SignResult.Refused)?.Fault ?? SignatureFault.None;
            Volatile.Write(ref proven, outcome == SignatureFault.None);
            return result;
        }
        finally
        {
            await guard.LeaveAsync(outcome);
        }
    }

    private async Task<SignResult> ProvenAsync(HandedOut handed, CancellationToken ct)
    {
        SignResult result = Noted(await call.RunAsync(handed, ct));
        if (result is SignResult.Refused { Fault: SignatureFault.WrongPassword })
            await guard.LeaveAsync(SignatureFault.WrongPassword);
        return result;
    }

    private SignResult Noted(SignResult result)
    {
        if (result is SignResult.Refused { Fault: SignatureFault.WrongPassword or SignatureFault.KeyUnavailable } refused)
        {
            lock (gate)
                (standing, standingSince) = (refused, time.GetTimestamp());
        }
        return result;
    }

    // A wrong password stands for good, a failed call for a moment.
    private SignResult.Refused? Standing()
    {
        lock (gate)
            return standing is { Fault: SignatureFault.KeyUnavailable } && time.GetElapsedTime(standingSince) >= Rest ? standing = null : standing;
    }
}
