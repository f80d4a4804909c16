using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>A key on a token, with a session of its own as long as it is open.</summary>
internal sealed class TokenKey(X509Certificate2 certificate, Cryptoki cryptoki, TokenSession session, nuint key) : IKeySource
{
    private readonly Lock gate = new();
    private bool closed;

    public X509Certificate2 Certificate => certificate;

    public byte[] SignData(ReadOnlySpan<byte> data)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            return session.Sign(key, data);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (closed) return;
            closed = true;
            session.Dispose();
            cryptoki.Dispose();
            certificate.Dispose();
        }
    }
}
