using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LienThong.Signing.Tests.Keys;

/// <summary>Puts a certificate on a token, which <c>softhsm2-util</c> can't.</summary>
internal static class TokenWriter
{
    internal static void AddCertificate(string token, string pin, X509Certificate2 certificate, string label, byte[] id)
    {
        Check(Raw.KitFunctions(out nint list));
        Check(Raw.Of<Raw.One>(list, Raw.Initialize)(0));
        Check(Raw.Of<Raw.SessionOf>(list, Raw.OpenSession)(SlotOf(list, token), 6, 0, 0, out nuint session));
        byte[] utf8 = Encoding.UTF8.GetBytes(pin);
        Check(Raw.Of<Raw.LoginOf>(list, Raw.Login)(session, 1, utf8, (nuint)utf8.Length));
        Raw.Attribute[] attributes =
        [
            Value(0x0, BitConverter.GetBytes(1L)), Value(0x80, BitConverter.GetBytes(0L)), Value(0x1, [1]), Value(0x2, [0]), Value(0x3, Encoding.UTF8.GetBytes(label)),
            Value(0x102, id), Value(0x101, certificate.SubjectName.RawData), Value(0x11, certificate.RawData),
        ];
        Check(Raw.Of<Raw.CreateOf>(list, Raw.CreateObject)(session, attributes, (nuint)attributes.Length, out _));
        foreach (Raw.Attribute attribute in attributes) Marshal.FreeHGlobal(attribute.Value);
        Check(Raw.Of<Raw.One>(list, Raw.CloseSession)((nint)session));
        Check(Raw.Of<Raw.One>(list, Raw.Finalize)(0));
    }

    private static nuint SlotOf(nint list, string token)
    {
        nuint[] slots = new nuint[64];
        nuint count = 64;
        Check(Raw.Of<Raw.SlotsOf>(list, Raw.GetSlotList)(1, slots, ref count));
        return slots.Take((int)count).First(slot =>
        {
            byte[] info = new byte[512];
            Check(Raw.Of<Raw.InfoOf>(list, Raw.GetTokenInfo)(slot, info));
            return Encoding.UTF8.GetString(info, 0, 32).TrimEnd() == token;
        });
    }

    private static Raw.Attribute Value(uint type, byte[] bytes)
    {
        nint memory = Marshal.AllocHGlobal(bytes.Length);
        Marshal.Copy(bytes, 0, memory, bytes.Length);
        return new Raw.Attribute { Type = type, Value = memory, Length = (nuint)bytes.Length };
    }

    private static void Check(nuint code) => Assert.Equal(0u, code);
}
