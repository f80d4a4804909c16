using System.Globalization;
using System.Text;

namespace LienThong.Signing.Tests;

/// <summary>A document with anything XML allows in ours: entities, CDATA, references to CR and tab, namespaces, comments between elements, odd white space. Same seed, same document.</summary>
internal sealed class RandomDocument
{
    private const string Namespaces = """xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" """;
    private const string Declaration = """<?xml version="1.0" encoding="utf-8"?>""";

    private static readonly string[] Pieces =
        ["Nguyễn Thị Đào", "a&amp;b", "&lt;x&gt;", "&quot;&apos;", "&#13;", "&#xD;", "&#9;", "&#10;", "x > y", "<![CDATA[<b>&]]>", "<![CDATA[]]>", "&#x1F600;", "😀",
            "\t", "  ", "ệ̉", "123.45", "]]", "\u0085", "\u2028", "&#xA0;", "PFRPTkdfSE9QPg=="];

    private static readonly string[] PlainPieces = ["Nguyễn Thị Đào", "a&amp;b", "&lt;x&gt;", "\"'", "&#xD;", "\t", "\n", "😀", "ệ̉", "123.45", "]]", "PFRPTkdfSE9QPg=="];
    private static readonly string[] Names = ["MACSKCB", "HO_TEN", "HOSO", "NOIDUNGFILE", "TỔNG_HỢP", "a-b.c"];
    private static readonly string[] Roots = ["GIAMDINHHS", "CHI_TIEU_TRANG_THAI_KCB", "CHI_TIEU_GIAM_DINH_YKHOA"];

    private readonly Random random;
    private readonly bool plain;
    private readonly string line;

    /// <summary>A document with one enveloped signature to come, or form 09/BH with its signed element.</summary>
    internal RandomDocument(int seed, bool plain, bool form = false)
    {
        random = new Random(seed);
        this.plain = plain;
        line = plain ? "\n" : Pick("\n", "\r\n", "");
        string root = form ? "HOSO_DIEUCHINH_GD" : Roots[random.Next(3)];
        string content = form ? line + (plain ? "" : Pick("", "<!-- ngoài -->")) + SignedElement() : Children(0);
        Before = (plain || random.Next(3) > 0 ? "" : "\uFEFF") + Pick("", Declaration + "\n") + (plain ? "" : Prolog()) + "<" + root + (form ? FormAttributes() : RootAttributes()) + ">" + content;
        Slot = plain ? Pick("<CHUKYDONVI></CHUKYDONVI>", "<CHUKYDONVI> \n</CHUKYDONVI>")
            : Pick("<CHUKYDONVI/>", "<CHUKYDONVI />", "<CHUKYDONVI></CHUKYDONVI>", "<CHUKYDONVI>\r\n </CHUKYDONVI >", "<CHUKYDONVI>old<a/></CHUKYDONVI>", "<CHUKYDONVI a='x>y' />", "");
        if (Slot.Length == 0) Before += line;
        After = (Slot.Length == 0 ? "" : line) + "</" + root + (plain ? ">" : Pick(">", " >")) + Pick("", "\n") + (plain ? "" : Pick("", "<!-- end -->", "<?pi end?>\n"));
    }

    internal string Before { get; }

    internal string Slot { get; }

    internal string After { get; }

    internal byte[] Bytes => Encoding.UTF8.GetBytes(Before + Slot + After);

    private string Prolog() => Pick("", "<!-- lời đầu -->\r\n", "<?xml-stylesheet href='x.xsl'?>", "<?pi?>\n<!-- - -->");

    private string RootAttributes() => plain
        ? Pick("", " " + Namespaces.TrimEnd(), " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")
        : Pick("", " " + Namespaces, " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'\r\n xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"",
            " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a&#9;b\" xml:lang='vi' z=\"1\" xmlns:b='urn:b' b:a='&quot;&lt;&#10;'");

    // Whatever else stood on the root of a form would be unsigned.
    private string FormAttributes() => plain
        ? Pick("", " " + Namespaces.TrimEnd(), " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")
        : Pick("", " " + Namespaces, " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'\r\n xmlns:a=\"urn:a\"");

    private string SignedElement()
    {
        string attributes = " Id=\"Id-" + random.Next().ToString(CultureInfo.InvariantCulture) + "\"";
        if (!plain) attributes = Pick("", " xmlns:a='urn:b'", " xmlns:z=\"urn:z\" z:y='&#9;'", " xmlns=''") + attributes + Pick("", " A='1'", " xml:lang=\"vi\"", "\r\n");
        return "<TT_HOSO" + attributes + ">" + Children(1) + line + "</TT_HOSO>";
    }

    private string Children(int depth)
    {
        StringBuilder text = new();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            text.Append(line).Append(plain ? "" : Pick("", "", "<!-- giữa -->", "<?pi giữa?>"));
            text.Append(depth < 3 && random.Next(2) == 0 ? Element(depth, Children(depth + 1) + line) : Element(depth, Value()));
        }

        return text.ToString();
    }

    private string Element(int depth, string content)
    {
        string name = Names[random.Next(plain ? 4 : Names.Length)];
        if (plain) return $"<{name}>{content}</{name}>";
        string prefix = Pick("", "", "", "q:");
        string attributes = (prefix.Length > 0 ? " xmlns:q = \"urn:q:" + random.Next(2).ToString(CultureInfo.InvariantCulture) + "\"" : "")
            + Pick("", "", " xmlns=\"\"", " xmlns='urn:d'", " b='2' a=\"1\"", " t='\t&#9;&#13;&#10;\r\n'", " xml:space='preserve' \u0111='>'", " xmlns:w='urn:w' w:z='1' xmlns:v='urn:x' v:z='2' z=''");
        string tag = prefix + name;
        return content.Length == 0 && depth >= 0 ? $"<{tag}{attributes}/>" : $"<{tag}{attributes} >{content}</{tag} >";
    }

    private string Value()
    {
        StringBuilder text = new();
        string[] pieces = plain ? PlainPieces : Pieces;
        for (int i = random.Next(5); i > 0; i--) text.Append(pieces[random.Next(pieces.Length)]);
        if (random.Next(40) == 0) text.Append('x', random.Next(20_000)).Append("😀");
        return text.ToString();
    }

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
