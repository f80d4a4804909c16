using System.Text;

namespace LienThong.Signing.Tests;

/// <summary>Wrapping and misplacing: right mathematics must not carry other content.</summary>
public sealed class PlaceTests
{
    private static readonly string Signed = Documents.Sign(Documents.Package);
    private static readonly string Signature = Documents.SignatureOf(Signed);

    private static string Without => Signed.Replace(Signature, "", StringComparison.Ordinal);

    [Fact]
    public void Unsigned_documents_are_missing_a_signature()
    {
        Assert.Equal("missing", Documents.Verify(Documents.Package).Reason);
        Assert.Equal("missing", Documents.Verify(Documents.Package.Replace(Documents.EmptySlot, "", StringComparison.Ordinal)).Reason);
        Assert.Equal("missing", Documents.Verify(Documents.Package_with("<CHUKYDONVI>c2lnbmVk</CHUKYDONVI>")).Reason);
    }

    [Theory]
    [InlineData("<THONGTINDONVI>")]
    [InlineData("<HOSO>")]
    public void A_moved_signature_is_in_the_wrong_place(string before) =>
        Assert.Equal("wrong-place", Documents.Verify(Without.Replace(before, Signature + before, StringComparison.Ordinal)).Reason);

    [Fact]
    public void A_signature_deeper_in_the_slot_is_in_the_wrong_place() =>
        Assert.Equal("wrong-place", Documents.Verify(Signed.Replace(Signature, "<X>" + Signature + "</X>", StringComparison.Ordinal)).Reason);

    [Fact]
    public void A_slot_deeper_in_the_document_is_in_the_wrong_place() => Assert.Equal("wrong-place", Documents.Verify(
        Without.Replace(Documents.EmptySlot, "", StringComparison.Ordinal).Replace("</HOSO>", "<CHUKYDONVI>" + Signature + "</CHUKYDONVI></HOSO>", StringComparison.Ordinal)).Reason);

    [Fact]
    public void A_slot_that_is_not_last_is_in_the_wrong_place() =>
        Assert.Equal("wrong-place", Documents.Verify(Signed.Replace("</GIAMDINHHS>", "<HOSO>thêm</HOSO></GIAMDINHHS>", StringComparison.Ordinal)).Reason);

    [Fact]
    public void Text_behind_the_slot_is_in_the_wrong_place() =>
        Assert.Equal("wrong-place", Documents.Verify(Signed.Replace("</GIAMDINHHS>", "x</GIAMDINHHS>", StringComparison.Ordinal)).Reason);

    [Fact]
    public void Content_beside_the_signature_is_in_the_wrong_place()
    {
        Assert.Equal("wrong-place", Documents.Verify(Signed.Replace(Signature, Signature + "<HOSO/>", StringComparison.Ordinal)).Reason);
        Assert.Equal("wrong-place", Documents.Verify(Signed.Replace(Signature, "x" + Signature, StringComparison.Ordinal)).Reason);
    }

    [Fact]
    public void A_second_signature_is_wrapping()
    {
        Assert.Equal("wrapped", Documents.Verify(Signed.Replace(Signature, Signature + Signature, StringComparison.Ordinal)).Reason);
        Assert.Equal("wrapped", Documents.Verify(Signed.Replace("<HOSO>", Signature + "<HOSO>", StringComparison.Ordinal)).Reason);
    }

    [Fact]
    public void A_second_slot_is_wrapping()
    {
        Assert.Equal("wrapped", Documents.Verify(Signed.Replace("<THONGTINDONVI>", Documents.EmptySlot + "<THONGTINDONVI>", StringComparison.Ordinal)).Reason);
        Assert.Equal("wrapped", Documents.Verify(Signed.Replace("</GIAMDINHHS>", Documents.EmptySlot + "</GIAMDINHHS>", StringComparison.Ordinal)).Reason);
        Assert.Equal("wrapped", Documents.Verify(Signed.Replace("<HOSO>", "<HOSO>" + Documents.EmptySlot, StringComparison.Ordinal)).Reason);
    }

    [Fact]
    public void A_signed_document_inside_another_root_is_refused()
    {
        Assert.Equal("profile", Documents.Verify("<X>" + Signed[Documents.Declaration.Length..] + "</X>").Reason);
        Assert.Equal("profile", Documents.Verify(Signed.Replace("GIAMDINHHS", "KHAC", StringComparison.Ordinal)).Reason);
        Assert.Equal("profile", Documents.Verify(Signed.Replace("<GIAMDINHHS ", "<GIAMDINHHS xmlns=\"urn:x\" ", StringComparison.Ordinal)).Reason);
    }

    [Fact]
    public void Content_outside_the_root_is_not_xml() =>
        Assert.Equal("malformed", Documents.Verify(Signed + "<HOSO/>").Reason);

    [Fact]
    public void A_namespace_on_the_slot_is_refused_by_signer_and_verifier()
    {
        string slot = "<CHUKYDONVI xmlns:a=\"urn:a\">";
        Assert.Equal("profile", Documents.Verify(Signed.Replace("<CHUKYDONVI>", slot, StringComparison.Ordinal)).Reason);
        Assert.Equal(SignatureFault.Profile, Documents.Refusal(Documents.Package_with(slot + "</CHUKYDONVI>")).Fault);
    }

    [Fact]
    public void A_comment_that_splits_a_value_is_refused()
    {
        string split = "<MACSKCB>99<!-- -->001</MACSKCB>";
        Assert.Equal("profile", Documents.Verify(Signed.Replace("<MACSKCB>99001</MACSKCB>", split, StringComparison.Ordinal)).Reason);
        Assert.Equal(SignatureFault.Profile, Documents.Refusal(Documents.Package.Replace("<MACSKCB>99001</MACSKCB>", split, StringComparison.Ordinal)).Fault);
    }

    [Theory]
    [InlineData("<CHUKYDONVI></CHUKYDONVI><X/>", SignatureFault.WrongPlace)]
    [InlineData("<CHUKYDONVI></CHUKYDONVI><CHUKYDONVI/>", SignatureFault.Wrapped)]
    [InlineData("<X><CHUKYDONVI/></X>", SignatureFault.Wrapped)]
    [InlineData("<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/><CHUKYDONVI/>", SignatureFault.WrongPlace)]
    public void A_document_whose_signature_would_not_verify_is_not_signed(string slot, SignatureFault fault) =>
        Assert.Equal(fault, Documents.Refusal(Documents.Package_with(slot)).Fault);

    [Fact]
    public void A_missing_slot_is_inserted_as_last_child()
    {
        SignResult.Signed signed = Documents.Sign(Encoding.UTF8.GetBytes(Documents.Package.Replace(Documents.EmptySlot, "", StringComparison.Ordinal)));
        Assert.True(signed.Receipt.SlotInserted);
        Assert.EndsWith("</Signature></CHUKYDONVI></GIAMDINHHS>", Encoding.UTF8.GetString(signed.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_signature_is_replaced()
    {
        SignResult.Signed again = Documents.Sign(Encoding.UTF8.GetBytes(Signed));
        Assert.True(again.Receipt.Replaced);
        Assert.Equal(Signed.Length, Encoding.UTF8.GetString(again.Bytes).Length);
        Assert.NotEqual(Signed, Encoding.UTF8.GetString(again.Bytes));
        Assert.True(SignatureVerifier.Verify(again.Bytes, Documents.Policy).Valid);
    }
}
