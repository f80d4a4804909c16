using System.Diagnostics;
using System.Text;

namespace LienThong.Signing.Tests;

/// <summary>Every byte from outside is hostile: bounded, no DTD, an answer instead of an exception.</summary>
public sealed class HostileInputTests
{
    private static readonly string Signed = Documents.Sign(Documents.Package);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("<")]
    [InlineData("<GIAMDINHHS")]
    [InlineData("<GIAMDINHHS>")]
    [InlineData("<GIAMDINHHS/>")]
    [InlineData("<GIAMDINHHS><CHUKYDONVI>")]
    [InlineData("<GIAMDINHHS><CHUKYDONVI></CHUKYDONVI>")]
    [InlineData("<GIAMDINHHS><CHUKYDONVI></GIAMDINHHS></CHUKYDONVI>")]
    [InlineData("</GIAMDINHHS>")]
    [InlineData("<></>")]
    [InlineData("<GIAMDINHHS a=\"<CHUKYDONVI></CHUKYDONVI></GIAMDINHHS>")]
    [InlineData("<?xml version=\"1.1\"?><GIAMDINHHS><CHUKYDONVI/></GIAMDINHHS>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"windows-1258\"?><GIAMDINHHS><CHUKYDONVI/></GIAMDINHHS>")]
    [InlineData("<GIAMDINHHS>\0<CHUKYDONVI/></GIAMDINHHS>")]
    [InlineData("<GIAMDINHHS>&bomb;<CHUKYDONVI/></GIAMDINHHS>")]
    [InlineData("<GIAMDINHHS><a:b/><CHUKYDONVI/></GIAMDINHHS>")]
    [InlineData("<GIAMDINHHS><b a='1' a='2'/><CHUKYDONVI/></GIAMDINHHS>")]
    public void Broken_documents_are_neither_signed_nor_verified(string document)
    {
        Assert.False(Documents.Verify(document).Valid);
        Assert.NotEqual(SignatureFault.None, Documents.Refusal(document).Fault);
    }

    [Fact]
    public void A_document_type_is_refused_whatever_it_declares()
    {
        string[] types =
        [
            "<!DOCTYPE GIAMDINHHS>",
            "<!DOCTYPE GIAMDINHHS SYSTEM \"file:///etc/passwd\">",
            "<!DOCTYPE GIAMDINHHS [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>",
        ];
        foreach (string type in types)
        {
            Assert.Equal("malformed", Documents.Verify(Signed.Replace("<GIAMDINHHS ", type + "<GIAMDINHHS ", StringComparison.Ordinal)).Reason);
            Assert.Equal(SignatureFault.Malformed, Documents.Refusal(Documents.Package.Replace("<GIAMDINHHS ", type + "<GIAMDINHHS ", StringComparison.Ordinal)).Fault);
        }
    }

    [Fact]
    public void Encodings_a_parser_would_guess_are_refused()
    {
        byte[][] guessed = [[.. Encoding.Unicode.GetBytes(Documents.CheckIn)], [.. Encoding.UTF32.GetBytes(Documents.CheckIn)], [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Documents.CheckIn)]];
        foreach (byte[] bytes in guessed)
        {
            Assert.Equal("malformed", SignatureVerifier.Verify(bytes, Documents.Policy).Reason);
            Assert.Equal(SignatureFault.Malformed, Assert.IsType<SignResult.Refused>(PackageSigner.Sign(bytes, Authority.Key, Documents.Options)).Fault);
        }
    }

    [Fact]
    public void Invalid_utf8_is_refused()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Signed);
        bytes[Signed.IndexOf("99001", StringComparison.Ordinal)] = 0xFF;
        Assert.Equal("malformed", SignatureVerifier.Verify(bytes, Documents.Policy).Reason);
    }

    [Fact]
    public void A_depth_bomb_is_bounded()
    {
        string bomb = "<GIAMDINHHS>" + string.Concat(Enumerable.Repeat("<a>", 10_000_000));
        Stopwatch clock = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] bytes = Encoding.UTF8.GetBytes(bomb);
        long held = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal("malformed", SignatureVerifier.Verify(bytes, Documents.Policy).Reason);
        Assert.Equal(SignatureFault.Malformed, Assert.IsType<SignResult.Refused>(PackageSigner.Sign(bytes, Authority.Key, Documents.Options)).Fault);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before - held < 4_000_000, "allocations must not grow with depth");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Sixty_four_levels_pass_and_sixty_five_do_not()
    {
        Assert.IsType<string>(Documents.Sign(Deep(63)));
        Assert.Equal(SignatureFault.Malformed, Documents.Refusal(Deep(64)).Fault);
        Assert.Equal(SignatureFault.Malformed, Documents.Refusal(Deep(64).Replace("<a>", "<a >", StringComparison.Ordinal)).Fault);

        static string Deep(int levels) => "<GIAMDINHHS>" + string.Concat(Enumerable.Repeat("<a>", levels)) + string.Concat(Enumerable.Repeat("</a>", levels))
            + Documents.EmptySlot + "</GIAMDINHHS>";
    }

    [Fact]
    public void A_document_over_the_limit_is_not_read()
    {
        Assert.Equal("malformed", Documents.Verify(Signed, Documents.Policy with { MaxBytes = 100 }).Reason);
        Assert.Equal(SignatureFault.Malformed, Documents.Refusal(Documents.Package, options: Documents.Options with { MaxBytes = 100 }).Fault);
    }

    [Theory]
    [InlineData("<X>", "</X>", 100_000)]
    [InlineData("<X/>", "", 100_000)]
    [InlineData("A", "", 30_000_000)]
    public void A_bloated_signature_is_refused(string open, string close, int count)
    {
        string bloat = string.Concat(Enumerable.Repeat(open, count)) + string.Concat(Enumerable.Repeat(close, count));
        VerificationReport report = Documents.Verify(Signed.Replace("</KeyInfo>", bloat + "</KeyInfo>", StringComparison.Ordinal));
        Assert.False(report.Valid);
        Assert.Contains(report.Reason, new[] { "profile", "malformed" });
    }

    [Fact]
    public void Many_slots_end_quickly()
    {
        string many = Documents.Package_with(string.Concat(Enumerable.Repeat("<CHUKYDONVI></X>", 500_000)));
        Stopwatch clock = Stopwatch.StartNew();
        Assert.Equal("malformed", Documents.Verify(many).Reason);
        Assert.Equal(SignatureFault.Malformed, Documents.Refusal(many).Fault);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_signature_id_that_is_no_name_is_a_callers_bug() =>
        Assert.Throws<ArgumentException>(() => Documents.Sign(Documents.Package, options: Documents.Options with { SignatureId = "1\"" }));
}
