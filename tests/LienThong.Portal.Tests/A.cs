using System.Text;

namespace LienThong.Portal.Tests;

/// <summary>Invented accounts and documents.</summary>
internal static class A
{
    public const string Password = "matkhau-thu-nghiem";

    public static PortalAccount Account(Uri address, string facility = "99001") =>
        new(address, facility, facility[..2], facility + "_BV", PortalAccount.Digest(Password));

    public static PortalSubmission Record(string maLk = "99001.0001", string facility = "99001", int padding = 0, string release = "QD3176") =>
        new(facility, maLk, PortalService.Record, release, Package(maLk, facility, padding));

    public static byte[] Package(string maLk, string facility = "99001", int padding = 0)
    {
        string inner = $"<TONG_HOP><MA_LK>{maLk}</MA_LK><HO_TEN>TRẦN THỊ VÍ DỤ</HO_TEN><DU_PHONG>{new string('>', padding)}</DU_PHONG></TONG_HOP>";
        return Encoding.UTF8.GetBytes(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<GIAMDINHHS><THONGTINDONVI><MACSKCB>" + facility
            + "</MACSKCB></THONGTINDONVI><THONGTINHOSO><NGAYLAP>20260701</NGAYLAP><SOLUONGHOSO>1</SOLUONGHOSO><DANHSACHHOSO><HOSO>"
            + "<FILEHOSO><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>" + Convert.ToBase64String(Encoding.UTF8.GetBytes(inner))
            + "</NOIDUNGFILE></FILEHOSO></HOSO></DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI></CHUKYDONVI></GIAMDINHHS>");
    }

    public static byte[] CheckIn(string maLk, string facility = "99001") => Encoding.UTF8.GetBytes(
        $"<CHI_TIEU_TRANG_THAI_KCB><DSACH_TRANG_THAI_KCB><TRANG_THAI_KCB><MA_LK>{maLk}</MA_LK><STT>1</STT><MA_CSKCB>{facility}</MA_CSKCB>"
        + "</TRANG_THAI_KCB></DSACH_TRANG_THAI_KCB><CHUKYDONVI/></CHI_TIEU_TRANG_THAI_KCB>");

    public static byte[] Assessment(string minutes) => Encoding.UTF8.GetBytes(
        $"<CHI_TIEU_GIAM_DINH_YKHOA><DSACH_GIAM_DINH_YKHOA><GIAM_DINH_YKHOA><SO_BIEN_BAN>{minutes}</SO_BIEN_BAN>"
        + "</GIAM_DINH_YKHOA></DSACH_GIAM_DINH_YKHOA><CHUKYDONVI/></CHI_TIEU_GIAM_DINH_YKHOA>");
}
