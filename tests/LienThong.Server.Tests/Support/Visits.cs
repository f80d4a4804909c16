using System.Text;

namespace LienThong.Server.Tests.Support;

/// <summary>Invented visits as a hospital system sends them.</summary>
public static class Visits
{
    /// <summary>One visit of one examination.</summary>
    /// <param name="maLk">Its key.</param>
    /// <param name="more">More members of <c>visit</c>.</param>
    /// <param name="reason">Why the patient came.</param>
    /// <param name="ngayRa">When it ended; empty for one that goes on.</param>
    /// <param name="facility">Its facility.</param>
    public static string One(string maLk, string more = "", string reason = "Đau đầu", string ngayRa = "202610011500", string facility = RunningServer.Facility) => $$"""
        {"model":"lienthong-visit/1",
         "visit":{ {{more}}"MA_LK":"{{maLk}}","MA_CSKCB":"{{facility}}","MA_LOAI_KCB":"01","MA_DOITUONG_KCB":"1","NGAY_VAO":"202610010800","NGAY_RA":"{{ngayRa}}","NGAY_TTOAN":"{{ngayRa}}","LY_DO_VV":"{{reason}}"},
         "patient":{"MA_BN":"BN{{maLk}}","HO_TEN":"Nguyễn Thị Thử","NGAY_SINH":"19850402","GIOI_TINH":"2"},
         "cards":[{"MA_THE_BHYT":"DN4990100000001","MA_DKBD":"{{facility}}","GT_THE_TU":"20260101","GT_THE_DEN":"20261231"}],
         "diagnoses":[{"role":"main","MA_BENH":"R51","name":"Đau đầu"}],
         "exams":[
           {"MA_DICH_VU":"02.1896","TEN_DICH_VU":"Khám Nội","DON_GIA_BV":50600,"DON_GIA_BH":50600,"MA_KHOA":"K01","MA_BAC_SI":"000123/HP-CCHN","NGAY_YL":"202610010805","NGAY_TH_YL":"202610010810","NGAY_KQ":"202610010830"}]}
        """;

    /// <summary>JSON as a request's content.</summary>
    public static StringContent Json(string json, string type = "application/json") => new(json, Encoding.UTF8, type);
}
