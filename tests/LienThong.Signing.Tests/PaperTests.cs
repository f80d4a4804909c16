using LienThong.Standard;

namespace LienThong.Signing.Tests;

/// <summary>Signature data of papers (tables 13–15): opaque, off until configured, covered by the package's signature.</summary>
public sealed class PaperTests
{
    private static readonly Release Release = Releases.Get("QD3176");

    private static Standard.Record Record(string? present = null) => new RecordBuilder()
        .Set(Xml1.MA_LK, "L1").Set(Xml13.MA_LK, "L1").Set(Xml14.MA_LK, "L1").Set(Xml14.DU_PHONG, present).Set(Xml15.MA_LK, "L1").Build();

    private static Standard.Record Read(byte[] package)
    {
        PackageReader reader = new(new MemoryStream(package));
        Assert.True(reader.Read(out Standard.Record? record));
        return record;
    }

    private static byte[] Write(Standard.Record record) => PackageWriter.WriteSingle(record, Release, "99001", new DateOnly(2026, 3, 1));

    [Fact]
    public void Opaque_text_survives_writing_signing_and_reading()
    {
        const string Opaque = "PFNpZ25hdHVyZT4=\n<Signature>&amp; \"ký\"</Signature>";
        byte[] signed = Documents.Sign(Write(Record(Opaque))).Bytes;
        Assert.True(SignatureVerifier.Verify(signed, Documents.Policy).Valid);
        Assert.Equal(Opaque, Read(signed)[TableId.Xml14]![0][Xml14.DU_PHONG].Text);
    }

    [Fact]
    public void Nothing_is_asked_until_a_profile_is_on()
    {
        Signer signer = new("x");
        Standard.Record record = Record();
        Assert.Same(record, PaperSignatures.Fill(record, Release, [], signer).Record);
        Assert.Empty(signer.Asked);
    }

    [Fact]
    public void Enabled_papers_are_filled_before_the_package_is_signed_and_covered_by_it()
    {
        Signer signer = new("chữ-ký-giấy");
        PaperSigning filled = PaperSignatures.Fill(Record("có sẵn"), Release, PaperSignatureProfile.Known, signer);
        Assert.Null(filled.Problem);
        Assert.Equal([TableId.Xml13, TableId.Xml15], signer.Asked);
        byte[] signed = Documents.Sign(Write(filled.Record)).Bytes;
        Standard.Record read = Read(signed);
        Assert.Equal("chữ-ký-giấy", read[TableId.Xml13]![0][Xml13.DU_PHONG].Text);
        Assert.Equal("có sẵn", read[TableId.Xml14]![0][Xml14.DU_PHONG].Text);
        Assert.Equal("chữ-ký-giấy", read[TableId.Xml15]![0][Xml15.DU_PHONG].Text);
        Assert.True(SignatureVerifier.Verify(signed, Documents.Policy).Valid);
    }

    [Fact]
    public void Only_releases_that_know_the_meaning_are_filled()
    {
        Signer signer = new("x");
        Standard.Record record = Record();
        Assert.Same(record, PaperSignatures.Fill(record, Releases.Get("QD4750"), PaperSignatureProfile.Known, signer).Record);
        Assert.Empty(signer.Asked);
        Assert.NotSame(record, PaperSignatures.Fill(record, Releases.Get("QD1931"), PaperSignatureProfile.Known, signer).Record);
    }

    [Fact]
    public void A_signer_may_leave_a_paper_and_must_not_break_the_record()
    {
        Standard.Record record = Record();
        Assert.Same(record, PaperSignatures.Fill(record, Release, PaperSignatureProfile.Known, new Signer(null)).Record);
        Assert.NotNull(PaperSignatures.Fill(record, Release, PaperSignatureProfile.Known, new Signer("\0")).Problem);
        if (Release.Field(Xml13.DU_PHONG)!.MaxLength is { } most)
            Assert.NotNull(PaperSignatures.Fill(record, Release, PaperSignatureProfile.Known, new Signer(new string('A', most + 1))).Problem);
    }

    private sealed class Signer(string? answer) : IPaperSigner
    {
        internal List<TableId> Asked { get; } = [];

        public string? Sign(Row paper, Release release)
        {
            Asked.Add(paper.Table.Id);
            return answer;
        }
    }
}
