using System.Buffers;

namespace LienThong.Standard.Tests.Packages;

/// <summary>Small records made by hand for the reader's and writer's tests.</summary>
internal static class Made
{
    public static Release Release => Releases.Newest;

    public static Record Record(string maLk, int notes = 2)
    {
        var builder = new RecordBuilder();
        builder.AddRow(TableId.Xml1).Set(Xml1.MA_LK, maLk).Set(Xml1.HO_TEN, "NGUYỄN VĂN MẪU").Set(Xml1.CHAN_DOAN_RV, "a < b & c > d \"x\" 'y'").Set(Xml1.NGAY_RA, "202607010930").FillWith(Release);
        builder.AddRow(TableId.Xml2).Set(Xml2.MA_LK, maLk).Set(Xml2.STT, "1").Set(Xml2.T_BHTT, "8004.00").FillWith(Release);
        for (int i = 1; i <= notes; i++)
        {
            builder.AddRow(TableId.Xml5).Set(Xml5.MA_LK, maLk).Set(Xml5.STT, $"{i}").Set(Xml5.DIEN_BIEN_LS, $"Diễn biến thứ {i}\ndòng hai\r\nđã đỡ").FillWith(Release);
        }

        return builder.Build();
    }

    public static byte[] Package(params Record[] records)
    {
        var output = new ArrayBufferWriter<byte>();
        PackageWriter.Write(output, PackageHeader.For("00000", new DateOnly(2026, 7, 1), records.Length), Release, records);
        return output.WrittenSpan.ToArray();
    }
}
