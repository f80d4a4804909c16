using System.Text;

namespace LienThong.Signing.Tests;

/// <summary>The measured rows for the enveloped profile: what may happen to a signed file on its way, and what may not.</summary>
public sealed class InteroperabilityTests
{
    private static readonly string Signed = Documents.Sign(Documents.Package.Replace("><", ">\n<", StringComparison.Ordinal));

    [Fact]
    public void Baseline_holds_with_every_check_made()
    {
        VerificationReport report = Documents.Verify(Signed);
        Assert.Equal(("ok", true), (report.Reason, report.Valid));
        Assert.Equal(["well-formed", "place", "profile", "digest", "value", "registered", "dates", "trust", "key-usage", "revocation"], report.Checks.Select(static c => c.Name));
        Assert.Equal(Authority.Key.Certificate.SerialNumber, report.Serial);
        Assert.Contains("Nguyễn Văn Ất", report.Signer, StringComparison.Ordinal);
        Assert.Equal("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", report.Algorithm);
        Assert.NotNull(report.NotAfter);
    }

    [Fact]
    public void Check_in_and_assessment_without_namespaces_hold()
    {
        Assert.True(Documents.Verify(Documents.Sign(Documents.CheckIn)).Valid);
        Assert.True(Documents.Verify(Documents.Sign(Documents.Assessment)).Valid);
    }

    [Fact]
    public void Removed_root_namespaces_break_the_signature() =>
        Assert.Equal("digest", Documents.Verify(Signed.Replace(" " + Documents.Namespaces.TrimEnd(), "", StringComparison.Ordinal)).Reason);

    [Fact]
    public void Indenting_breaks_the_signature() =>
        Assert.Equal("digest", Documents.Verify(Signed.Replace("<HOSO>", "  <HOSO>", StringComparison.Ordinal)).Reason);

    [Fact]
    public void White_space_in_the_slot_is_covered() =>
        Assert.Equal("digest", Documents.Verify(Signed.Replace("<CHUKYDONVI>", "<CHUKYDONVI>\n", StringComparison.Ordinal)).Reason);

    [Fact]
    public void Line_ends_changed_in_transport_hold() =>
        Assert.True(Documents.Verify(Signed.Replace("\n", "\r\n", StringComparison.Ordinal)).Valid);

    [Fact]
    public void A_mark_put_in_front_holds() => Assert.True(Documents.Verify("\uFEFF" + Signed).Valid);

    [Fact]
    public void Self_closing_and_cdata_make_no_difference()
    {
        string signed = Documents.Sign(Documents.Package.Replace("<LOAIHOSO>XML1</LOAIHOSO>", "<LOAIHOSO></LOAIHOSO>", StringComparison.Ordinal));
        Assert.True(Documents.Verify(signed.Replace("<LOAIHOSO></LOAIHOSO>", "<LOAIHOSO/>", StringComparison.Ordinal)).Valid);
        Assert.True(Documents.Verify(signed.Replace(">99001<", "><![CDATA[99001]]><", StringComparison.Ordinal)).Valid);
    }

    [Fact]
    public void Same_document_and_id_give_same_bytes()
    {
        SignOptions options = Documents.Options with { SignatureId = "id0" };
        Assert.Equal(Documents.Sign(Documents.Package, options: options), Documents.Sign(Documents.Package, options: options));
    }

    [Fact]
    public async Task Two_hundred_concurrent_signings_have_distinct_ids()
    {
        byte[] document = Encoding.UTF8.GetBytes(Documents.Package);
        SignResult.Signed[] all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => Documents.Sign(document))));
        Assert.Equal(200, all.Select(static s => s.Receipt.SignatureId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(all, static s => Assert.StartsWith("id", s.Receipt.SignatureId, StringComparison.Ordinal));
        Assert.All(all, static s => Assert.True(SignatureVerifier.Verify(s.Bytes, Documents.Policy).Valid));
    }

    [Fact]
    public void Receipt_names_certificate_and_digest()
    {
        SignResult.Signed signed = Documents.Sign(Encoding.UTF8.GetBytes(Documents.Package));
        Assert.Equal(Authority.Key.Certificate.RawData, signed.Receipt.Certificate);
        Assert.Contains("<DigestValue>" + signed.Receipt.DigestValue, Encoding.UTF8.GetString(signed.Bytes), StringComparison.Ordinal);
        Assert.Equal(Authority.Now, signed.Receipt.SignedAt);
        Assert.False(signed.Receipt.Replaced);
    }
}
