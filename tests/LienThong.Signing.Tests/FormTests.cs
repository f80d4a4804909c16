using System.Text;

namespace LienThong.Signing.Tests;

/// <summary>Forms of TT 12/2026/TT-BTC: two references and the signing time.</summary>
public sealed class FormTests
{
    private static readonly string Signed = Forms.Sign(Forms.AdjustmentText);
    private static readonly string Id = Forms.IdOf(Forms.AdjustmentText);

    public static TheoryData<string> Names => Forms.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_form_is_signed_and_verified(string form)
    {
        SignatureProfile profile = FormProfiles.Named(form)!;
        string document = Forms.Text(form);
        string signed = Forms.Sign(document, profile);
        VerificationReport report = Forms.Verify(signed, profile);
        Assert.True(report.Valid, report.Reason + ": " + report.Message);
        Assert.Equal("CHUKYDONVI-" + Forms.IdOf(document), report.SignatureId);
        Assert.Equal(document, signed.Replace(Documents.SignatureOf(signed), "", StringComparison.Ordinal));
        Assert.Same(profile, FormProfiles.Of(Encoding.UTF8.GetBytes(signed)));
    }

    [Fact]
    public void The_signature_has_the_accepted_shape()
    {
        string signature = Documents.SignatureOf(Signed);
        Assert.StartsWith($"<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"CHUKYDONVI-{Id}\"><SignedInfo>", signature, StringComparison.Ordinal);
        Assert.Contains($"<Reference URI=\"#Object-CHUKYDONVI-{Id}\"><DigestMethod ", signature, StringComparison.Ordinal);
        Assert.Contains($"<Reference URI=\"#{Id}\"><DigestMethod ", signature, StringComparison.Ordinal);
        Assert.True(signature.IndexOf("#Object-", StringComparison.Ordinal) < signature.IndexOf($"\"#{Id}\"", StringComparison.Ordinal));
        Assert.EndsWith($"</KeyInfo><Object Id=\"Object-CHUKYDONVI-{Id}\"><SignatureProperties xmlns=\"\"><SignatureProperty Id=\"SignatureProperty-CHUKYDONVI-{Id}\" "
            + $"Target=\"#CHUKYDONVI-{Id}\"><SigningTime>2026-03-01T12:00:00</SigningTime></SignatureProperty></SignatureProperties></Object></Signature>", signature, StringComparison.Ordinal);
        Assert.DoesNotContain("Transform", signature, StringComparison.Ordinal);
    }

    [Fact]
    public void The_signing_time_is_vietnams_and_covered()
    {
        Assert.Equal(Authority.Now, Forms.Verify(Signed).SigningTime);
        VerificationReport moved = Forms.Verify(Signed.Replace("2026-03-01T12", "2026-03-01T13", StringComparison.Ordinal));
        Assert.Equal("digest", moved.Reason);
        Assert.Contains("Thời điểm", moved.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Same_form_and_moment_give_same_bytes() => Assert.Equal(Signed, Forms.Sign(Forms.AdjustmentText));

    [Fact]
    public void An_older_signature_is_replaced()
    {
        SignResult.Signed again = Documents.Sign(Encoding.UTF8.GetBytes(Signed), options: Forms.Options(Forms.Adjustment));
        Assert.True(again.Receipt.Replaced);
        Assert.Equal(Signed, Encoding.UTF8.GetString(again.Bytes));
    }

    [Fact]
    public void Content_changed_after_signing_is_noticed() =>
        Assert.Equal("digest", Forms.Verify(Signed.Replace("<TT_GOC>5<", "<TT_GOC>6<", StringComparison.Ordinal)).Reason);

    [Fact]
    public void Root_namespaces_are_covered_and_white_space_outside_is_not()
    {
        Assert.Equal("digest", Forms.Verify(Signed.Replace("<HOSO_DIEUCHINH_GD>", "<HOSO_DIEUCHINH_GD xmlns:a=\"urn:a\">", StringComparison.Ordinal)).Reason);
        Assert.True(Forms.Verify(Signed.Replace("</TT_HOSO>", "</TT_HOSO>\n", StringComparison.Ordinal)).Valid);
        Assert.Equal("digest", Forms.Verify(Signed.Replace("</TT_HOSO>", "\n</TT_HOSO>", StringComparison.Ordinal)).Reason);
    }

    [Fact]
    public void The_slot_may_carry_the_id_as_one_source_shows()
    {
        SignatureProfile profile = FormProfiles.Named("01/BH")! with { SlotCarriesId = true };
        string document = Forms.Text("01/BH");
        string signed = Forms.Sign(document, profile);
        Assert.Contains($"<CHUKYDONVI Id=\"CHUKYDONVI-{Forms.IdOf(document)}\"><Signature ", signed, StringComparison.Ordinal);
        Assert.True(Forms.Verify(signed, profile).Valid);
        Assert.Equal("wrapped", Forms.Verify(signed, FormProfiles.Named("01/BH")!).Reason);
        Assert.Equal("profile", Forms.Verify(Forms.Sign(document, FormProfiles.Named("01/BH")!), profile).Reason);
        Assert.Equal(signed, Forms.Sign(signed, profile));
    }

    [Theory]
    [InlineData(" Id=\"ID-X\"", "", SignatureFault.Profile)]
    [InlineData(" Id=\"ID-X\"", " Id=\"\"", SignatureFault.Profile)]
    [InlineData(" Id=\"ID-X\"", " Id=\"1a\"", SignatureFault.Profile)]
    [InlineData(" Id=\"ID-X\"", " Id=\"xpointer(/)\"", SignatureFault.Profile)]
    [InlineData(" Id=\"ID-X\"", " ID=\"ID-X\"", SignatureFault.Profile)]
    [InlineData("<TT_MAU>", "<TT_MAU id=\"ID-X\">", SignatureFault.Wrapped)]
    [InlineData("<TT_MAU>", "<TT_MAU Id=\"Object-CHUKYDONVI-ID-X\">", SignatureFault.Wrapped)]
    [InlineData("<TT_MAU>", "<TT_MAU Id=\"ID-Y\">", SignatureFault.None)]
    [InlineData("<CHUKYDONVI>", "<CHUKYDONVI Id=\"CHUKYDONVI-ID-X\">", SignatureFault.Wrapped)]
    [InlineData("<TT_MAU>", "<TT_HOSO/><TT_MAU>", SignatureFault.Wrapped)]
    [InlineData("<CHUKYDONVI>", "<TT_HOSO Id=\"Id-2\"/><CHUKYDONVI>", SignatureFault.Wrapped)]
    [InlineData("<CHUKYDONVI>", "<THEM/><CHUKYDONVI>", SignatureFault.Wrapped)]
    [InlineData("<CHUKYDONVI>", "thêm<CHUKYDONVI>", SignatureFault.Wrapped)]
    [InlineData("<HOSO_DIEUCHINH_GD>", "<HOSO_DIEUCHINH_GD KY=\"1\">", SignatureFault.Wrapped)]
    [InlineData("TT_HOSO", "TT_KHAC", SignatureFault.Profile)]
    [InlineData("HOSO_DIEUCHINH_GD", "HSDANHMUC", SignatureFault.Profile)]
    [InlineData("<CHUKYDONVI></CHUKYDONVI></HOSO_DIEUCHINH_GD>", "</HOSO_DIEUCHINH_GD>", SignatureFault.None)]
    public void A_form_whose_signature_would_not_verify_is_not_signed(string from, string to, SignatureFault fault)
    {
        string document = Forms.AdjustmentText.Replace(Id, "ID-X", StringComparison.Ordinal).Replace(from, to, StringComparison.Ordinal);
        SignResult result = PackageSigner.Sign(Encoding.UTF8.GetBytes(document), Authority.Key, Forms.Options(Forms.Adjustment));
        Assert.Equal(fault, result is SignResult.Refused refused ? refused.Fault : SignatureFault.None);
        if (result is SignResult.Signed signed) Assert.True(SignatureVerifier.Verify(signed.Bytes, Forms.Policy(Forms.Adjustment)).Valid);
    }

    [Fact]
    public void A_signature_id_given_for_a_form_is_a_callers_bug() => Assert.Throws<ArgumentException>(
        () => Documents.Sign(Forms.AdjustmentText, options: Forms.Options(Forms.Adjustment) with { SignatureId = "id0" }));

    [Fact]
    public void A_form_is_no_package_and_a_package_no_form()
    {
        Assert.Equal("profile", Documents.Verify(Signed).Reason);
        Assert.Equal("profile", Forms.Verify(Documents.Sign(Documents.Package)).Reason);
        Assert.Same(SignatureProfile.EnvelopedPackage, FormProfiles.Of(Encoding.UTF8.GetBytes(Documents.Package)));
        Assert.Same(SignatureProfile.EnvelopedPackage, FormProfiles.Of("<!DOCTYPE a><a/>"u8.ToArray()));
        Assert.Null(FormProfiles.Named("02/BH"));
    }

    [Fact]
    public void A_certificate_not_valid_at_the_time_the_form_names_is_refused()
    {
        // The signer's clock says a moment at which the certificate didn't exist yet; received when it does.
        using IKeySource key = new LaterCertificate(Authority.Shared.Issue(from: Authority.Now.AddHours(1)));
        string signed = Forms.Sign(Forms.AdjustmentText, key: key).Replace(
            Convert.ToBase64String(Authority.Key.Certificate.RawData), Convert.ToBase64String(((LaterCertificate)key).Real), StringComparison.Ordinal);
        VerificationReport report = Documents.Verify(signed, Forms.Policy(Forms.Adjustment) with { At = Authority.Now.AddDays(1) });
        Assert.Equal("not-yet-valid", report.Reason);
    }

    // Signs with its own key but shows the shared certificate while signing.
    private sealed class LaterCertificate(IKeySource key) : IKeySource
    {
        public System.Security.Cryptography.X509Certificates.X509Certificate2 Certificate => Authority.Key.Certificate;

        internal byte[] Real => key.Certificate.RawData;

        public byte[] SignData(ReadOnlySpan<byte> data) => key.SignData(data);

        public void Dispose() => key.Dispose();
    }
}
