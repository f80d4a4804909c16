using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The schema of the package that carries the table documents.</summary>
internal static class EnvelopeSchema
{
    public static void Write(Stream stream, Release release)
    {
        using var text = new SchemaText(stream, release, "GIAMDINHHS: khung hồ sơ");
        text.Open("element", "name", "GIAMDINHHS");
        text.Open("complexType");
        text.Open("sequence");
        Facility(text);
        Records(text, release);
        text.SignatureSlot();
        text.Close(3);
    }

    private static void Facility(SchemaText text)
    {
        text.Open("element", "name", "THONGTINDONVI");
        text.Open("complexType");
        text.Open("sequence");
        Value(text, "MACSKCB", "Mã cơ sở khám chữa bệnh", "xs:token", "[0-9A-Za-z]{5}");
        text.Close(3);
    }

    private static void Records(SchemaText text, Release release)
    {
        text.Open("element", "name", "THONGTINHOSO");
        text.Open("complexType");
        text.Open("sequence");
        Value(text, "NGAYLAP", "Ngày lập file", "xs:token", ValuePattern.Day);
        Value(text, "SOLUONGHOSO", "Số hồ sơ trong file", "xs:token", "[0-9]+");
        text.Open("element", "name", "DANHSACHHOSO");
        text.Open("complexType");
        text.Open("sequence");
        Record(text, release);
        text.Close(6);
    }

    private static void Record(SchemaText text, Release release)
    {
        text.Open("element", "name", "HOSO", "maxOccurs", "unbounded");
        text.Open("complexType");
        text.Open("sequence");
        text.Open("element", "name", "FILEHOSO", "maxOccurs", "unbounded");
        text.Open("complexType");
        text.Open("sequence");
        Kind(text, release);
        Value(text, "NOIDUNGFILE", "Nội dung bảng, mã hóa base64", "xs:base64Binary", null);
        text.Close(5);
        text.Open("unique", "name", "LOAIHOSO");
        text.Put("selector", "xpath", "FILEHOSO");
        text.Put("field", "xpath", "LOAIHOSO");
        text.Close(2);
    }

    private static void Kind(SchemaText text, Release release)
    {
        text.Open("element", "name", "LOAIHOSO");
        text.Note("Bảng");
        text.Open("simpleType");
        text.Open("restriction", "base", "xs:token");
        foreach (TableSpec table in release.Tables)
        {
            if (table.LoaiHoSo.Length > 0) text.Put("enumeration", "value", table.LoaiHoSo);
        }

        text.Close(3);
    }

    private static void Value(SchemaText text, string name, string label, string type, string? pattern)
    {
        text.Open("element", "name", name);
        text.Note(label);
        text.Open("simpleType");
        text.Open("restriction", "base", type);
        if (pattern is null) text.Put("minLength", "value", "1");
        else text.Put("pattern", "value", pattern);
        text.Close(3);
    }
}
