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

    /// <summary>A check-in: an examination as first cost.</summary>
    public static RecordBuilder CheckIn(string maLk, string category = "1.1", string card = "DN4990100000001", string admitted = "", string code = "02.1896", string name = "Nguyễn Thị Thử") =>
        new RecordBuilder()
            .Set(Xml0.MA_LK, maLk).Set(Xml0.STT, "1").Set(Xml0.MA_BN, "BN" + maLk).Set(Xml0.HO_TEN, name).Set(Xml0.NGAY_SINH, "198504020000").Set(Xml0.GIOI_TINH, "2")
            .Set(Xml0.MA_THE_BHYT, card).Set(Xml0.MA_DKBD, Facility).Set(Xml0.GT_THE_TU, "20260101").Set(Xml0.GT_THE_DEN, "20261231")
            .Set(Xml0.MA_DOITUONG_KCB, category).Set(Xml0.NGAY_VAO, "202607100800").Set(Xml0.NGAY_VAO_NOI_TRU, admitted).Set(Xml0.LY_DO_VNT, admitted.Length > 0 ? "Sốt" : "")
            .Set(Xml0.MA_LOAI_KCB, "01").Set(Xml0.MA_CSKCB, Facility).Set(Xml0.MA_DICH_VU, code).Set(Xml0.TEN_DICH_VU, "Khám Nội")
            .Set(Xml0.NGAY_YL, admitted.Length > 0 ? admitted : "202607100805");

    /// <summary>A check-in document.</summary>
    public static byte[] CheckInXml(params RecordBuilder[] checkIns)
    {
        ArrayBufferWriter<byte> output = new();
        Record[] records = [.. checkIns.Select(c => c.Build())];
        DocumentWriter.WriteCheckIn(output, Releases.Get("QD3176"), records);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A visit as a hospital system sends it: one examination.</summary>
    /// <param name="maLk">Its key.</param>
    /// <param name="more">More members of <c>visit</c>, which stand before the usual ones.</param>
    public static string Visit(string maLk, string more = "", string reason = "Đau đầu", string ngayRa = "202607031500", string ngayTtoan = "202607031505", string facility = Facility) => $$"""
        {"model":"lienthong-visit/1",
         "visit":{ {{more}}"MA_LK":"{{maLk}}","MA_CSKCB":"{{facility}}","MA_LOAI_KCB":"01","MA_DOITUONG_KCB":"1","NGAY_VAO":"202607030800","NGAY_RA":"{{ngayRa}}","NGAY_TTOAN":"{{ngayTtoan}}","LY_DO_VV":"{{reason}}"},
         "patient":{"MA_BN":"BN{{maLk}}","HO_TEN":"Nguyễn Thị Thử","NGAY_SINH":"19850402","GIOI_TINH":"2"},
         "cards":[{"MA_THE_BHYT":"DN4990100000001","MA_DKBD":"{{facility}}","GT_THE_TU":"20260101","GT_THE_DEN":"20261231"}],
         "diagnoses":[{"role":"main","MA_BENH":"R51","name":"Đau đầu"}],
         "exams":[
           {"MA_DICH_VU":"02.1896","TEN_DICH_VU":"Khám Nội","DON_GIA_BV":50600,"DON_GIA_BH":50600,"MA_KHOA":"K01","MA_BAC_SI":"000123/HP-CCHN","NGAY_YL":"202607030805","NGAY_TH_YL":"202607030810","NGAY_KQ":"202607030830"}]}
        """;
}
