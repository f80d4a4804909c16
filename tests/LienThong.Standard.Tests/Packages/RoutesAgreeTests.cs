using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LienThong.Standard.Tests.Packages;

/// <summary>The fast and the strict route must give the same records, deviations and problems for every input.</summary>
public sealed class RoutesAgreeTests
{
    private static readonly string[] Pieces =
    [
        "<", ">", "/", "&", "&amp;", "&lt;", "&#13;", "&#x9;", "&#0;", "&#xD800;", "&bad;", "]]>", "<![CDATA[x < y]]>", "<!-- c -->", "<?pi x?>", "\r\n", "\r", "\t", " ",
        "\u0001", "\u00A0", "\uFEFF", "\uFFFE", "ế", "<X/>", "<X>1</X>", "<X a=\"1\">", "</X>", "<MA_LK>2</MA_LK>", "<STT />", "<STT ></STT >", "</TONG_HOP>", "<TONG_HOP>", "<!DOCTYPE x>",
        "<?xml version=\"1.0\" encoding=\"utf-16\"?>", "<?xml version='1.0'?>", "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"", " xmlns=\"urn:x\"", "<HO_TEN>A</HO_TEN>", "<CHI_TIET_THUOC>",
    ];

    [Fact]
    public void On_table_documents_with_anything_put_in_or_cut_out()
    {
        Gen<string> gen =
            from seed in Gen.Choose(0, 1)
            from edits in Gen.Sized(size => Gen.ListOf(Edit, 1 + Math.Min(3, size / 20)))
            select edits.Aggregate(Inner(seed), (text, edit) => edit(text));

        Prop.ForAll(gen.ToArbitrary(), inner => Same(Wrap(inner))).Check(Properties.Times(5000));
    }

    [Fact]
    public void On_envelopes_with_anything_put_in_or_cut_out()
    {
        string package = Encoding.UTF8.GetString(Made.Package(Made.Record("A"), Made.Record("B"))).Replace("><", ">\n<", StringComparison.Ordinal);
        int start = package.IndexOf("<HOSO>", StringComparison.Ordinal);
        Gen<string> gen = from edits in Gen.ListOf(Edit, 2)
                          select package[..start] + edits.Aggregate(package[start..], (text, edit) => edit(text));

        Prop.ForAll(gen.ToArbitrary(), Same).Check(Properties.Times(5000));
    }

    [Fact]
    public void On_arbitrary_bytes_the_reader_never_throws()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Reading.Of(bytes ?? []).Problems.Count > 0).Check(Properties.Times(1000));
        byte[] package = Made.Package(Made.Record("A"), Made.Record("B"));
        Gen<byte[]> flipped = from at in Gen.Choose(0, package.Length - 1)
                              from value in Gen.Choose(0, 255)
                              select package.Select((b, i) => i == at ? (byte)value : b).ToArray();
        Prop.ForAll(flipped.ToArbitrary(), bytes => Enum.IsDefined(Reading.Of(bytes).Kind)).Check(Properties.Times(3000));
    }

    [Fact]
    public void However_the_stream_is_cut_the_reading_is_the_same()
    {
        byte[] package = Made.Package(Made.Record("A"), Made.Record("B"), Made.Record("C"));
        Reading whole = Reading.Of(package);

        foreach (int size in new[] { 1, 2, 3, 7, 64, 1000, 65536 })
        {
            Reading dripped = Reading.Of(new DripStream(package, size));
            Assert.Equal(whole.Records, dripped.Records);
            Assert.Equal(whole.Problems, dripped.Problems);
        }
    }

    private static Gen<Func<string, string>> Edit =>
        from spot in Gen.Choose(0, 10_000)
        from length in Gen.Choose(0, 12)
        from insert in Gen.Frequency((3, Gen.Elements(Pieces)), (1, Gen.Constant("")))
        select (Func<string, string>)(text =>
        {
            int at = (int)((long)spot * text.Length / 10_001);
            return text[..at] + insert + text[Math.Min(text.Length, at + (insert.Length > 0 ? 0 : length))..];
        });

    private static string Inner(int table)
    {
        string all = Encoding.UTF8.GetString(Made.Package(Made.Record("A")));
        string[] parts = all.Split("<NOIDUNGFILE>");
        return Encoding.UTF8.GetString(Convert.FromBase64String(parts[table + 1][..parts[table + 1].IndexOf('<', StringComparison.Ordinal)]));
    }

    private static string Wrap(string inner)
    {
        string loai = inner.Contains("TONG_HOP", StringComparison.Ordinal) ? "XML1" : "XML2";
        string base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(inner));
        return $"<?xml version=\"1.0\"?><GIAMDINHHS><THONGTINDONVI><MACSKCB>00000</MACSKCB></THONGTINDONVI><THONGTINHOSO><NGAYLAP>20260701</NGAYLAP><SOLUONGHOSO>1</SOLUONGHOSO><DANHSACHHOSO><HOSO><FILEHOSO><LOAIHOSO>{loai}</LOAIHOSO><NOIDUNGFILE>{base64}</NOIDUNGFILE></FILEHOSO></HOSO></DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI/></GIAMDINHHS>";
    }

    private static bool Same(string text)
    {
        Reading fast = Reading.Of(text);
        Reading strict = Reading.Of(text, strictOnly: true);
        Assert.Equal(strict.Records.Count, fast.Records.Count);
        for (int i = 0; i < strict.Records.Count; i++) Assert.Equal(strict.Records[i], fast.Records[i]);
        Assert.Equal(strict.Orders, fast.Orders);
        Assert.Equal(strict.Problems, fast.Problems);
        return true;
    }

    private sealed class DripStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, size));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, size)]);
    }
}
