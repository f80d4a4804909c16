using System.Text;
using System.Xml.Linq;
using LienThong.Standard;

namespace LienThong.Signing.Tests;

/// <summary>What is read is what was verified: the report hands on the covered bytes, and the package reader sees nothing in a valid file that the signature doesn't cover.</summary>
public sealed class VerifiedBytesTests
{
    private static readonly byte[] Package = Make();

    [Fact]
    public void The_covered_bytes_of_a_package_are_the_package_without_signature()
    {
        byte[] signed = Documents.Sign(Package).Bytes;
        VerificationReport report = SignatureVerifier.Verify(signed, Documents.Policy with { KeepSigned = true });
        Assert.True(report.Valid, report.Message);
        Assert.Equal(Values(signed), Values(report.Signed!.Value.ToArray()));
        Assert.DoesNotContain("Signature", Encoding.UTF8.GetString(report.Signed.Value.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void The_covered_bytes_of_a_form_are_its_signed_element()
    {
        foreach (SignatureProfile profile in FormProfiles.All)
        {
            string signed = Forms.Sign(Forms.Text(profile.Name), profile);
            foreach (string document in new[] { signed, signed.Replace("<CHUKYDONVI>", "<CHUKYDONVI >", StringComparison.Ordinal) })
            {
                VerificationReport report = Documents.Verify(document, Forms.Policy(profile) with { KeepSigned = true });
                XElement element = XElement.Parse(Encoding.UTF8.GetString(report.Signed!.Value.Span), LoadOptions.PreserveWhitespace);
                Assert.Equal(profile.SignedElement, element.Name.LocalName);
                Assert.Equal(XElement.Parse(signed, LoadOptions.PreserveWhitespace).Element(profile.SignedElement!)!.Value, element.Value);
            }
        }
    }

    [Fact]
    public void Covered_bytes_are_handed_on_only_when_asked_and_only_when_valid()
    {
        string signed = Documents.Sign(Documents.Package);
        Assert.Null(Documents.Verify(signed).Signed);
        VerificationPolicy policy = Documents.Policy with { KeepSigned = true };
        Assert.NotNull(Documents.Verify(signed, policy).Signed);
        Assert.Null(Documents.Verify(signed.Replace("99001", "99002", StringComparison.Ordinal), policy).Signed);
        Assert.Null(Documents.Verify(signed, policy with { Trust = [] }).Signed);
        Assert.Null(Documents.Verify(signed, policy with { RegisteredSerials = ["1"] }).Signed);
    }

    [Theory]
    [InlineData("<DANHSACHHOSO>", "<DANHSACHHOSO><!-- <HOSO><FILEHOSO><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>PFRPTkdfSE9QPjwvVE9OR19IT1A+</NOIDUNGFILE></FILEHOSO></HOSO> -->")]
    [InlineData("<THONGTINDONVI>", "<!-- <THONGTINDONVI><MACSKCB>99002</MACSKCB></THONGTINDONVI> --><THONGTINDONVI>")]
    [InlineData("<MACSKCB>99001</MACSKCB>", "<!-- <MACSKCB>99002</MACSKCB> --><MACSKCB>99001</MACSKCB>")]
    [InlineData("<MACSKCB>99001</MACSKCB>", "<MACSKCB><![CDATA[99001]]></MACSKCB>")]
    [InlineData("<MACSKCB>99001</MACSKCB>", "<MACSKCB>9900&#49;</MACSKCB>")]
    [InlineData("</GIAMDINHHS>", "</GIAMDINHHS><!-- <HOSO/> -->")]
    [InlineData("<GIAMDINHHS", "<!-- <GIAMDINHHS><HOSO/></GIAMDINHHS> --><GIAMDINHHS")]
    [InlineData("<MACSKCB>99001</MACSKCB>", "<MACSKCB>99<!-- -->001</MACSKCB>")]
    [InlineData("<MACSKCB>99001</MACSKCB>", "<MACSKCB>99<?x?>001</MACSKCB>")]
    [InlineData("<HOSO>", "<HOSO><HOSO>")]
    public void What_can_be_added_to_a_valid_file_changes_nothing_the_reader_sees(string from, string to)
    {
        byte[] signed = Documents.Sign(Package).Bytes;
        byte[] changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(signed).Replace(from, to, StringComparison.Ordinal));
        Assert.NotEqual(signed, changed);
        if (SignatureVerifier.Verify(changed, Documents.Policy).Valid) AssertSame(signed, changed);
    }

    [Fact]
    public void Whatever_edit_leaves_a_file_valid_the_reader_reads_the_same()
    {
        byte[] signed = Documents.Sign(Package).Bytes;
        Random random = new(20261130);
        string[] inserts = ["<!-- x -->", "<!--<HOSO>-->", "<?x y?>", "<![CDATA[]]>", " ", "\n", "\r", "&#32;", "<HOSO>", "</HOSO>", "<a/>", "A", "=", "\uFEFF", "<!-- </HOSO> -->", "<CHUKYDONVI/>", "<!--", "-->", "<![CDATA[", "]]>", "\0", "&amp;"];
        int valid = 0;
        for (int i = 0; i < 6000; i++)
        {
            List<byte> edited = [.. signed];
            for (int n = random.Next(1, 3); n > 0; n--)
            {
                int at = random.Next(edited.Count + 1);
                // Mostly where something begins: inside base64 any edit is plainly noticed.
                if (random.Next(4) > 0) at = edited.FindIndex(Math.Min(at, edited.Count - 1), static b => b is (byte)'<' or (byte)'>') is var found and >= 0 ? found + random.Next(2) : edited.Count;
                edited.InsertRange(at, Encoding.UTF8.GetBytes(inserts[random.Next(inserts.Length)]));
            }

            if (!SignatureVerifier.Verify(edited.ToArray(), Documents.Policy).Valid) continue;
            valid++;
            AssertSame(signed, [.. edited]);
        }

        Assert.True(valid > 100, $"only {valid} edits left the file valid: the test looks at nothing");
    }

    private static byte[] Make()
    {
        Standard.Record record = new RecordBuilder().Set(Xml1.MA_LK, "L1").Set(Xml1.HO_TEN, "Nguyễn Thị \"Ổi\" & <Mận>").Set(Xml14.MA_LK, "L1").Set(Xml14.DU_PHONG, "c2ln").Build();
        return PackageWriter.WriteSingle(record, Releases.Get("QD3176"), "99001", new DateOnly(2026, 3, 1));
    }

    // The reader doesn't join a header value written in pieces or references; it may then only say so, never read another one in silence.
    private static void AssertSame(byte[] signed, byte[] changed)
    {
        (string records, string header, bool complains) = Read(changed);
        (string was, string hadHeader, _) = Read(signed);
        Assert.True(was == records && (hadHeader == header || complains), Encoding.UTF8.GetString(changed));
    }

    private static string Values(byte[] package) => Read(package) is var (records, header, _) ? records + header : "";

    // Everything the reader gives: every value of every record in its canonical form, header, count, and whether it found something wrong.
    private static (string Records, string Header, bool Complains) Read(byte[] package)
    {
        StringBuilder all = new();
        using PackageReader reader = new(new MemoryStream(package));
        while (reader.Read(out Standard.Record? record))
            all.Append(Encoding.UTF8.GetString(PackageWriter.WriteSingle(record, Releases.Get("QD3176"), "0", new DateOnly(2026, 3, 1)))).Append('\n');
        return (all.Append(reader.Count).ToString(), reader.Header.ToString(), reader.Problems.Count > 0);
    }
}
