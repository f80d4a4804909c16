using System.Security.Cryptography;
using System.Text;

namespace LienThong.PortalSimulator.Tests;

/// <summary>Invented packages, built by hand so that every part can be wrong.</summary>
internal sealed record Parts
{
    public string Root { get; init; } = "GIAMDINHHS";

    public string Facility { get; init; } = "99001";

    public string Declared { get; init; } = "1";

    public int Hoso { get; init; } = 1;

    public string Slot { get; init; } = "<CHUKYDONVI></CHUKYDONVI>";

    public string AfterSlot { get; init; } = "";

    public (string Type, string Content)[] Files { get; init; } =
        [("XML1", Inner("TONG_HOP", "L1")), ("XML3", Inner("CHITIEU_CHITIET_DVKT_VTYT", "L1"))];

    public static string Inner(string root, string maLk) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"<{root}><A><MA_LK>{maLk}</MA_LK></A></{root}>"));

    public static Parts For(string maLk) => new() { Files = [("XML1", Inner("TONG_HOP", maLk))] };

    public byte[] Build()
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        xml.Append('<').Append(Root).Append("><THONGTINDONVI><MACSKCB>").Append(Facility).Append("</MACSKCB></THONGTINDONVI>")
            .Append("<THONGTINHOSO><NGAYLAP>20260701</NGAYLAP><SOLUONGHOSO>").Append(Declared).Append("</SOLUONGHOSO><DANHSACHHOSO>");
        for (int i = 0; i < Hoso; i++)
        {
            xml.Append("<HOSO>");
            foreach ((string type, string content) in Files)
                xml.Append("<FILEHOSO><LOAIHOSO>").Append(type).Append("</LOAIHOSO><NOIDUNGFILE>").Append(content).Append("</NOIDUNGFILE></FILEHOSO>");
            xml.Append("</HOSO>");
        }

        xml.Append("</DANHSACHHOSO></THONGTINHOSO>").Append(Slot).Append(AfterSlot).Append("</").Append(Root).Append('>');
        return Encoding.UTF8.GetBytes(xml.ToString());
    }
}

/// <summary>A clock that moves when told.</summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 7, 1, 8, 30, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}

/// <summary>MD5 as the portal wants it, written down apart from the client's.</summary>
internal static class Digest
{
    public static string Of(string password) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(password)));
}
