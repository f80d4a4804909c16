using System.Buffers;
using LienThong.Signing.Canonical;
using LienThong.Standard;

namespace LienThong.Signing.Tests;

/// <summary>What the standard's writer makes is canonical already, so that signing it is hashing bytes.</summary>
public sealed class OwnPackageTests
{
    [Fact]
    public void Packages_of_our_writer_take_the_fast_route()
    {
        Standard.Record record = new RecordBuilder().Set(Xml1.MA_LK, "L1").Set(Xml1.HO_TEN, "Nguyễn Thị \"Ổi\" & <Mận>\r\n").Build();
        ArrayBufferWriter<byte> output = new();
        PackageWriter.Write(output, PackageHeader.For("99001", new DateOnly(2026, 3, 1), 2), Releases.Get("QD3176"), record, record);
        byte[] written = output.WrittenSpan.ToArray();
        Assert.True(PlainScan.Of(SourceText.Open(written)!, SignatureProfile.EnvelopedPackage) is { HasSlot: true });
        byte[] signed = Documents.Sign(written).Bytes;
        Assert.NotNull(DocumentReading.Plain(SourceText.Open(signed)!, SignatureProfile.EnvelopedPackage));
        Assert.True(SignatureVerifier.Verify(signed, Documents.Policy).Valid);
    }
}
