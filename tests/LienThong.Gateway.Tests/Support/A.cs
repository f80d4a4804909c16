using System.Buffers;
using LienThong.Standard;
using Record = LienThong.Standard.Record;

namespace LienThong.Gateway.Tests.Support;

/// <summary>Invented records and packages.</summary>
internal static class A
{
    public const string Facility = "99001";

    public static RecordBuilder Patient(string maLk, string reason = "Đau đầu", string name = "Nguyễn Thị Thử", string ngayRa = "202607031500")
    {
        RecordBuilder builder = new RecordBuilder()
            .Set(Xml1.MA_LK, maLk).Set(Xml1.STT, "1").Set(Xml1.MA_BN, "BN" + maLk).Set(Xml1.HO_TEN, name).Set(Xml1.MA_CSKCB, Facility)
            .Set(Xml1.NGAY_VAO, "202607030800").Set(Xml1.NGAY_RA, ngayRa).Set(Xml1.MA_LOAI_KCB, "01").Set(Xml1.LY_DO_VV, reason)
            .Set(Xml1.T_TONGCHI_BV, "150000.125").Set(Xml1.T_BHTT, "120000");
        builder.AddRow(TableId.Xml3).Set(Xml3.MA_LK, maLk).Set(Xml3.STT, "1").Set(Xml3.TEN_DICH_VU, "Khám nội").Set(Xml3.THANH_TIEN_BV, "150000.125");
        return builder;
    }

    public static byte[] Package(params RecordBuilder[] patients) => PackageOf(Facility, patients);

    public static byte[] PackageOf(string facility, params RecordBuilder[] patients)
    {
        ArrayBufferWriter<byte> output = new();
        PackageWriter writer = new(output, PackageHeader.For(facility, new DateOnly(2026, 7, 3), patients.Length));
        foreach (RecordBuilder patient in patients)
        {
            using Record record = patient.Build();
            writer.Add(record, Releases.Get("QD3176"));
        }
        writer.End();
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Many(int count, string prefix = "LK") =>
        Package([.. Enumerable.Range(0, count).Select(i => Patient($"{prefix}{i:D5}"))]);
}
