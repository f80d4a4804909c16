using System.Text;

namespace LienThong.Signing.Tests;

/// <summary>Invented documents of the three kinds, and short ways to sign and verify them.</summary>
internal static class Documents
{
    internal const string Namespaces = """xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" """;
    internal const string Declaration = """<?xml version="1.0" encoding="utf-8"?>""";
    internal const string EmptySlot = "<CHUKYDONVI></CHUKYDONVI>";

    internal static readonly string Package = Declaration + "\n<GIAMDINHHS " + Namespaces.TrimEnd() + "><THONGTINDONVI><MACSKCB>99001</MACSKCB></THONGTINDONVI>"
        + "<THONGTINHOSO><NGAYLAP>20260301</NGAYLAP><SOLUONGHOSO>1</SOLUONGHOSO><DANHSACHHOSO><HOSO><FILEHOSO><LOAIHOSO>XML1</LOAIHOSO>"
        + "<NOIDUNGFILE>PFRPTkdfSE9QPjwvVE9OR19IT1A+</NOIDUNGFILE></FILEHOSO></HOSO></DANHSACHHOSO></THONGTINHOSO>" + EmptySlot + "</GIAMDINHHS>";

    internal const string CheckIn = "<CHI_TIEU_TRANG_THAI_KCB><DSACH_TRANG_THAI_KCB><TRANG_THAI_KCB><MA_LK>L1</MA_LK><HO_TEN>Trần Thị Bưởi</HO_TEN>"
        + "</TRANG_THAI_KCB></DSACH_TRANG_THAI_KCB>" + EmptySlot + "</CHI_TIEU_TRANG_THAI_KCB>";

    internal const string Assessment = "<CHI_TIEU_GIAM_DINH_YKHOA><DSACH_GIAM_DINH_YKHOA><GIAM_DINH_YKHOA><HO_TEN>Lê Văn Cam</HO_TEN>"
        + "</GIAM_DINH_YKHOA></DSACH_GIAM_DINH_YKHOA>\r\n\t<CHUKYDONVI/></CHI_TIEU_GIAM_DINH_YKHOA>";

    internal static SignOptions Options => new() { At = Authority.Now };

    internal static VerificationPolicy Policy => new() { At = Authority.Now, Trust = [Authority.Shared.Certificate] };

    internal static string Package_with(string body) => Package.Replace(EmptySlot, body, StringComparison.Ordinal);

    internal static SignResult.Signed Sign(byte[] document, IKeySource? key = null, SignOptions? options = null) =>
        PackageSigner.Sign(document, key ?? Authority.Key, options ?? Options) switch
        {
            SignResult.Signed signed => signed,
            SignResult.Refused refused => throw new Xunit.Sdk.XunitException($"{refused.Fault}: {refused.Message}"),
            _ => throw new Xunit.Sdk.XunitException("no such result"),
        };

    internal static string Sign(string document, IKeySource? key = null, SignOptions? options = null) =>
        Encoding.UTF8.GetString(Sign(Encoding.UTF8.GetBytes(document), key, options).Bytes);

    internal static SignResult.Refused Refusal(string document, IKeySource? key = null, SignOptions? options = null) =>
        Assert.IsType<SignResult.Refused>(PackageSigner.Sign(Encoding.UTF8.GetBytes(document), key ?? Authority.Key, options ?? Options));

    internal static VerificationReport Verify(string document, VerificationPolicy? policy = null) =>
        SignatureVerifier.Verify(Encoding.UTF8.GetBytes(document), policy ?? Policy);

    internal static int SignatureStart(byte[] signed) => signed.AsSpan().IndexOf("<Signature "u8);

    internal static int SignatureEnd(byte[] signed) => signed.AsSpan().IndexOf("</Signature>"u8) + "</Signature>".Length;

    /// <summary>The <c>Signature</c> element of a signed document.</summary>
    internal static string SignatureOf(string signed)
    {
        int start = signed.IndexOf("<Signature ", StringComparison.Ordinal);
        return signed[start..(signed.IndexOf("</Signature>", StringComparison.Ordinal) + "</Signature>".Length)];
    }
}
