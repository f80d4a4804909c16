using System.Text;
using System.Xml.Linq;
using FsCheck.Fluent;
using LienThong.Signing.Canonical;

namespace LienThong.Signing.Tests;

public sealed class RoundTripTests
{
    private static void ForSeeds(int count, Func<int, bool> holds) =>
        FsCheck.Check.One(Properties.Times(count), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), holds));

    [Fact]
    public void Any_document_verifies_after_signing() => ForSeeds(300, seed =>
    {
        VerificationReport report = SignatureVerifier.Verify(Documents.Sign(new RandomDocument(seed, seed % 3 == 0).Bytes).Bytes, Documents.Policy);
        Assert.True(report.Valid, report.Reason + ": " + report.Message);
        return report.Checks.All(static c => c.State == CheckState.Passed || c.Name is "registered" or "revocation");
    });

    [Fact]
    public void Every_byte_outside_the_slot_stays() => ForSeeds(300, seed =>
    {
        RandomDocument document = new(seed, seed % 3 == 0);
        string signed = Encoding.UTF8.GetString(Documents.Sign(document.Bytes).Bytes);
        return signed.StartsWith(document.Before + "<CHUKYDONVI", StringComparison.Ordinal)
            && signed.EndsWith("</CHUKYDONVI" + (document.Slot.EndsWith(" >", StringComparison.Ordinal) ? " >" : ">") + document.After, StringComparison.Ordinal);
    });

    [Fact]
    public void Plain_and_general_route_agree_on_plain_documents() => ForSeeds(300, seed =>
    {
        byte[] signed = Documents.Sign(new RandomDocument(seed, plain: true).Bytes).Bytes;
        SourceText source = SourceText.Open(signed)!;
        DocumentFacts plain = DocumentReading.Plain(source, SignatureProfile.EnvelopedPackage)!;
        return Same(plain, DocumentWalk.Run(source, SignatureProfile.EnvelopedPackage));
    });

    [Fact]
    public void What_the_plain_route_takes_the_general_route_takes_alike() => ForSeeds(3000, seed =>
    {
        byte[] signed = Damaged(Documents.Sign(new RandomDocument(seed, plain: true).Bytes).Bytes, new Random(seed));
        SourceText? source = SourceText.Open(signed);
        DocumentFacts? plain = source is null ? null : DocumentReading.Plain(source, SignatureProfile.EnvelopedPackage);
        return plain is null || Same(plain, DocumentWalk.Run(source!, SignatureProfile.EnvelopedPackage));
    });

    [Fact]
    public void Any_form_verifies_after_signing_and_keeps_every_byte_outside_the_slot() => ForSeeds(300, seed =>
    {
        RandomDocument document = new(seed, seed % 3 == 0, form: true);
        byte[] signed = Documents.Sign(document.Bytes, options: Forms.Options(Forms.Adjustment)).Bytes;
        VerificationReport report = SignatureVerifier.Verify(signed, Forms.Policy(Forms.Adjustment));
        Assert.True(report.Valid, report.Reason + ": " + report.Message);
        string text = Encoding.UTF8.GetString(signed);
        return text.StartsWith(document.Before + "<CHUKYDONVI", StringComparison.Ordinal)
            && text.EndsWith("</CHUKYDONVI" + (document.Slot.EndsWith(" >", StringComparison.Ordinal) ? " >" : ">") + document.After, StringComparison.Ordinal);
    });

    [Fact]
    public void Both_routes_read_a_plain_form_alike_damaged_or_not() => ForSeeds(2000, seed =>
    {
        byte[] signed = Documents.Sign(new RandomDocument(seed, plain: true, form: true).Bytes, options: Forms.Options(Forms.Adjustment)).Bytes;
        Assert.NotNull(DocumentReading.Plain(SourceText.Open(signed)!, Forms.Adjustment));
        SourceText? source = SourceText.Open(seed % 4 == 0 ? signed : Damaged(signed, new Random(seed)));
        DocumentFacts? plain = source is null ? null : DocumentReading.Plain(source, Forms.Adjustment, keepSigned: true);
        if (plain is null) return true;
        DocumentFacts general = DocumentWalk.Run(source!, Forms.Adjustment, keepSigned: true);
        return Same(plain, general) && plain.PartId == general.PartId && plain.Signed.AsSpan().SequenceEqual(general.Signed);
    });

    [Fact]
    public void A_changed_byte_of_a_form_is_noticed_or_no_parser_sees_it() => ForSeeds(1000, seed =>
    {
        Random random = new(seed);
        byte[] signed = Documents.Sign(new RandomDocument(seed, seed % 2 == 0, form: true).Bytes, options: Forms.Options(Forms.Adjustment)).Bytes;
        byte[] changed = [.. signed];
        changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
        return !SignatureVerifier.Verify(changed, Forms.Policy(Forms.Adjustment)).Valid || SeenAlike(signed, changed, "TT_HOSO");
    });

    [Fact]
    public void A_changed_byte_is_noticed_or_no_parser_sees_it() => ForSeeds(1000, seed =>
    {
        Random random = new(seed);
        byte[] signed = Documents.Sign(new RandomDocument(seed, seed % 2 == 0).Bytes).Bytes;
        byte[] changed = [.. signed];
        changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
        return !SignatureVerifier.Verify(changed, Documents.Policy).Valid || SeenAlike(signed, changed);
    });

    [Fact]
    public void Utf16_is_signed_in_utf16()
    {
        byte[] wide = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Documents.Package.Replace("utf-8", "utf-16", StringComparison.Ordinal))];
        byte[] signed = Documents.Sign(wide).Bytes;
        Assert.StartsWith(Encoding.Unicode.GetString(wide)[..300], Encoding.Unicode.GetString(signed), StringComparison.Ordinal);
        Assert.True(SignatureVerifier.Verify(signed, Documents.Policy).Valid);
    }

    private static bool Same(DocumentFacts plain, DocumentFacts general)
    {
        Assert.Equal(SignatureFault.None, general.Fault);
        Assert.Equal(general.Digest, plain.Digest);
        Assert.Equal(general.Root.Namespaces, plain.Root.Namespaces);
        Assert.Equal(general.Signature is null, plain.Signature is null);
        if (plain.Signature is null || plain.Signature.Children.Count == 0) return true;
        return SubsetForm.Of(plain.Signature.Children[0], plain.Signature, plain.Root).AsSpan()
            .SequenceEqual(SubsetForm.Of(general.Signature!.Children[0], general.Signature, general.Root));
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        List<byte> changed = [.. bytes];
        string[] inserts = ["<", ">", "&", "\r", "\0", "<a>", "</a>", "<!-- -->", "<![CDATA[x]]>", " ", "/", "\uFFFF", "\u00A0", "<CHUKYDONVI></CHUKYDONVI>", "</CHUKYDONVI>", "&#xD;", "&#13;", "]]>", "xmlns=\"\"", "\"", ":", "x", "<x></x>"];
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            // Places that matter are few: near the root's tags and the slot's.
            int[] places = [random.Next(changed.Count), Math.Max(0, changed.Count - 1 - random.Next(45)), Documents.SignatureStart(bytes) + random.Next(-20, 5), Documents.SignatureEnd(bytes) + random.Next(-3, 20)];
            int at = Math.Clamp(places[random.Next(places.Length)], 0, changed.Count - 1);
            if (random.Next(2) == 0) changed[at] = (byte)random.Next(256);
            else changed.InsertRange(at, Encoding.UTF8.GetBytes(inserts[random.Next(inserts.Length)]));
        }

        return [.. changed];
    }

    private static bool SeenAlike(byte[] left, byte[] right, string? element = null)
    {
        XElement Root(byte[] bytes)
        {
            XElement root = XDocument.Load(new MemoryStream(bytes), LoadOptions.PreserveWhitespace).Root!;
            return element is null ? root : root.Element(element)!;
        }

        return XNode.DeepEquals(Root(left), Root(right)) || Data(left) == Data(right);

        // Comments are no data; in the signature the bits base64 leaves unused, its Id and the subject's text prove nothing.
        string Data(byte[] bytes)
        {
            XElement root = Root(bytes);
            root.DescendantNodes().OfType<XComment>().Remove();
            root.Descendants().Where(static e => e.Name.LocalName is "Signature").Remove();
            return root.ToString(SaveOptions.DisableFormatting);
        }
    }
}
