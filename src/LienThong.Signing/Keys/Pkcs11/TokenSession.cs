using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LienThong.Signing;

/// <summary>A session on a token, for one thread at a time. With the last session of this process the login ends.</summary>
internal sealed class TokenSession : IDisposable
{
    private const nuint User = 1;
    private const nuint Class = 0x0;
    private const nuint LabelOf = 0x3;
    private const nuint ValueOf = 0x11;
    private const nuint IdOf = 0x102;
    private const nuint AlwaysAuthenticate = 0x202;
    private const nuint PrivateKey = 3;
    private const nuint CertificateClass = 1;
    private const nuint RsaPkcs = 1;
    private const nuint Sensitive = 0x11;
    private const nuint Unknown = 0x12;
    private const nuint TooLarge = 0x150;
    private const int MaxValueBytes = 64 * 1024;
    private const int MaxSignatureBytes = 1024;
    private const int MaxObjects = 64;

    // DigestInfo of SHA-256 (RFC 8017 §9.2): hashed here, because every token knows CKM_RSA_PKCS and not every one CKM_SHA256_RSA_PKCS.
    private static readonly byte[] Sha256 = [0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];

    private readonly Cryptoki cryptoki;
    private readonly nuint session;

    private TokenSession(Cryptoki cryptoki, nuint session) => (this.cryptoki, this.session) = (cryptoki, session);

    /// <summary>Opens a session; null, with the module's return value, when the token doesn't answer.</summary>
    internal static TokenSession? Open(Cryptoki cryptoki, Token token, out nuint code)
    {
        const nuint SerialSession = 4;
        code = cryptoki.OpenSession(token.Slot, SerialSession, 0, 0, out nuint session);
        return code == Cryptoki.Ok ? new TokenSession(cryptoki, session) : null;
    }

    public void Dispose() => cryptoki.CloseSession(session);

    /// <summary>One try with the PIN. <see cref="Cryptoki.AlreadyLoggedIn"/> says nothing about the PIN: another key of this process is open on the token.</summary>
    internal nuint Login(string pin)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(pin);
        try
        {
            return cryptoki.Login(session, User, utf8, (nuint)utf8.Length);
        }
        finally
        {
            Array.Clear(utf8);
        }
    }

    /// <summary>Private keys of that label and id, either of which may be null.</summary>
    /// <exception cref="CryptographicException">The token doesn't answer (any more).</exception>
    internal List<nuint> Keys(string? label, byte[]? id) => Find(PrivateKey, label is null ? null : Encoding.UTF8.GetBytes(label), id);

    /// <summary>Whether the key wants the PIN for every single signature.</summary>
    internal bool AsksAlways(nuint key) => Value(key, AlwaysAuthenticate) is [not 0];

    /// <summary>DER of the certificate that goes with a key: the one of the same id, or the only one on the token; null when there is none.</summary>
    internal byte[]? Certificate(nuint key)
    {
        List<nuint> found = Value(key, IdOf) is { Length: > 0 } id ? Find(CertificateClass, null, id) : [];
        if (found.Count == 0) found = Find(CertificateClass, null, null);
        return found.Count == 1 ? Value(found[0], ValueOf) : null;
    }

    /// <summary>RSA PKCS#1 v1.5 with SHA-256.</summary>
    /// <exception cref="CryptographicException">The token doesn't sign (any more).</exception>
    internal byte[] Sign(nuint key, ReadOnlySpan<byte> data)
    {
        byte[] info = [.. Sha256, .. SHA256.HashData(data)];
        Cryptoki.Mechanism mechanism = new() { Type = RsaPkcs };
        byte[] signature = new byte[MaxSignatureBytes];
        nuint length = MaxSignatureBytes;
        nuint code = cryptoki.SignInit(session, ref mechanism, key);
        if (code == Cryptoki.Ok) code = cryptoki.Sign(session, info, (nuint)info.Length, signature, ref length);
        Check(code);
        return signature[..(int)length];
    }

    private static void Check(nuint code)
    {
        if (code != Cryptoki.Ok) throw new CryptographicException($"The token answered 0x{code:X}.");
    }

    private List<nuint> Find(nuint kind, byte[]? label, byte[]? id)
    {
        using AttributeList wanted = new();
        wanted.Add(Class, nint.Size == 8 ? BitConverter.GetBytes((ulong)kind) : BitConverter.GetBytes((uint)kind));
        if (label is not null) wanted.Add(LabelOf, label);
        if (id is not null) wanted.Add(IdOf, id);
        nuint[] objects = new nuint[MaxObjects];
        Check(cryptoki.FindObjectsInit(session, wanted.ToArray(), (nuint)wanted.Count));
        nuint code = cryptoki.FindObjects(session, objects, MaxObjects, out nuint count);
        cryptoki.FindObjectsFinal(session);
        Check(code);
        return [.. objects.Take((int)Math.Min(count, MaxObjects))];
    }

    private byte[]? Value(nuint item, nuint type)
    {
        using AttributeList buffer = new();
        buffer.Add(type, new byte[MaxValueBytes]);
        Cryptoki.Attribute[] asked = buffer.ToArray();
        nuint code = cryptoki.GetAttributeValue(session, item, asked, 1);
        if (code is Sensitive or Unknown or TooLarge) return null;
        Check(code);
        if (asked[0].Length > MaxValueBytes) return null;
        byte[] value = new byte[(int)asked[0].Length];
        Marshal.Copy(asked[0].Value, value, 0, value.Length);
        return value;
    }

    private sealed class AttributeList : IDisposable
    {
        private readonly List<Cryptoki.Attribute> items = [];

        internal int Count => items.Count;

        public void Dispose() => items.ForEach(static item => Marshal.FreeHGlobal(item.Value));

        internal Cryptoki.Attribute[] ToArray() => [.. items];

        internal void Add(nuint type, byte[] value)
        {
            nint memory = Marshal.AllocHGlobal(value.Length);
            Marshal.Copy(value, 0, memory, value.Length);
            items.Add(new Cryptoki.Attribute { Type = type, Value = memory, Length = (nuint)value.Length });
        }
    }
}
