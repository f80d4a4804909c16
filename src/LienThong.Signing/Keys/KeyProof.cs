using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LienThong.Signing;

/// <summary>Shows that a certificate and a key that came from two places (token, store, file) belong together.</summary>
internal static class KeyProof
{
    /// <summary>Takes over the key when a signature made with it holds under its certificate; otherwise disposes it and says why not.</summary>
    /// <param name="key">The key with the certificate supposed to be its own.</param>
    /// <param name="explain">Why it couldn't sign.</param>
    internal static KeyLoad Of(IKeySource key, Func<CryptographicException, KeyLoad> explain)
    {
        KeyLoad? failure = Mismatch(key, explain);
        if (failure is null) return KeyLoad.Loaded(key);
        key.Dispose();
        return failure;
    }

    private static KeyLoad? Mismatch(IKeySource key, Func<CryptographicException, KeyLoad> explain)
    {
        SignatureFault fault = CertificateRules.Rsa(key.Certificate);
        if (fault != SignatureFault.None) return KeyLoad.Failed(fault, CertificateRules.Message(fault, key.Certificate));
        byte[] probe = RandomNumberGenerator.GetBytes(32);
        try
        {
            byte[] signature = key.SignData(probe);
            using RSA own = key.Certificate.GetRSAPublicKey()!;
            return own.VerifyData(probe, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? null
                : KeyLoad.Failed(SignatureFault.NoPrivateKey, $"Khóa trên thiết bị ký không thuộc chứng thư số sê-ri {key.Certificate.SerialNumber}; hãy khai báo đúng chứng thư hoặc đúng khóa.");
        }
        catch (CryptographicException e)
        {
            return explain(e);
        }
    }
}
