using System.Collections.Immutable;
using System.Text;
using LienThong.Samples.Packages;

namespace LienThong.Samples;

/// <summary>A way in which a package's bytes get broken. Each leaves the other records of the file as they are.</summary>
public sealed class PackageDamage
{
    private readonly Func<byte[], int, byte[]> apply;

    private PackageDamage(string name, string code, string description, bool wholeFile, Func<byte[], int, byte[]> apply)
    {
        Name = name;
        Code = code;
        Description = description;
        WholeFile = wholeFile;
        this.apply = apply;
    }

    /// <summary>All damages; names are unique.</summary>
    public static ImmutableArray<PackageDamage> All { get; } =
    [
        Content("broken-base64", "PKG-B64-001", "a character that base64 doesn't have", content => content[..8] + "*!" + content[10..]),
        Content("empty-content", "PKG-B64-001", "an empty NOIDUNGFILE", _ => ""),
        Content("malformed-inner", "PKG-XML-001", "a table document without its last end tag", Document(text => text[..text.LastIndexOf("</", StringComparison.Ordinal)])),
        Content("inner-dtd", "PKG-XML-002", "a table document with a DTD and an external entity", Document(text =>
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///no/such/file\">]>" + PackageText.WithoutDeclaration(text))),
        Content("inner-bad-utf8", "PKG-ENC-001", "a table document with bytes that are no UTF-8", BadUtf8),
        Content("wrong-root", "PKG-INNER-001", "a table document with rows of another kind", Document(_ => "<?xml version=\"1.0\" encoding=\"utf-8\"?><KHAC><DONG><A>1</A></DONG></KHAC>")),
        Record("unknown-kind", "PKG-LOAI-001", "LOAIHOSO XML16", record => Replace(record, "<LOAIHOSO>XML3</LOAIHOSO>", "<LOAIHOSO>XML16</LOAIHOSO>")),
        Record("assessment-inside", "PKG-LOAI-002", "XML12 inside a package", record => Replace(record, "<LOAIHOSO>XML3</LOAIHOSO>", "<LOAIHOSO>XML12</LOAIHOSO>")),
        Record("duplicate-table", "PKG-LOAI-003", "the same table twice", DuplicateServices),
        Record("no-summary", "PKG-XML1-001", "no XML1", WithoutSummary),
        Record("missing-end-tag", "PKG-XML-001", "a FILEHOSO without its end tag", record => Replace(record, "</FILEHOSO></HOSO>", "</HOSO>")),
        Record("record-not-closed", "PKG-XML-001", "a HOSO without its end tag", record => record[..^"</HOSO>".Length]),
        File("wrong-count", "PKG-SOLUONG-001", "SOLUONGHOSO 7", text => Between(text, "<SOLUONGHOSO>", "</SOLUONGHOSO>", "7")),
        File("other-facility", "PKG-MACSKCB-002", "MACSKCB of another facility", text => Between(text, "<MACSKCB>", "</MACSKCB>", "99009")),
        File("facility-short", "PKG-MACSKCB-001", "MACSKCB of four digits", text => Between(text, "<MACSKCB>", "</MACSKCB>", "9900")),
        File("truncated", "PKG-XML-001", "the file ends in the middle", text => text[..(text.Length * 2 / 3)]),
        File("outer-dtd", "PKG-XML-002", "a DTD in front of the envelope", text => Replace(text, "<GIAMDINHHS", "<!DOCTYPE GIAMDINHHS [<!ENTITY a \"b\">]><GIAMDINHHS")),
        File("other-root", "PKG-ROOT-001", "another root element", text => Replace(Replace(text, "<GIAMDINHHS", "<HOSOKHAC"), "</GIAMDINHHS>", "</HOSOKHAC>")),
        File("not-xml", "PKG-XML-001", "a page of a web server", _ => "Lỗi máy chủ: không có hồ sơ nào\n"),
        File("other-encoding", "PKG-ENC-001", "an encoding that the portal refuses", text => Replace(text, "encoding=\"utf-8\"", "encoding=\"windows-1258\"")),
    ];

    /// <summary>Unique name, in words.</summary>
    public string Name { get; }

    /// <summary>The code of the problem or finding that must tell of it.</summary>
    public string Code { get; }

    /// <summary>What is broken.</summary>
    public string Description { get; }

    /// <summary>True when the envelope is broken, false when one record is.</summary>
    public bool WholeFile { get; }

    /// <summary>Breaks a package as <see cref="LienThong.Standard.PackageWriter"/> writes it.</summary>
    /// <param name="package">The bytes; they are not changed.</param>
    /// <param name="hoso">Which record, from 0; without meaning when the whole file is damaged.</param>
    public byte[] Apply(byte[] package, int hoso = 0) => apply(package, hoso);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Code})";

    // XML3 is in every record; XML1 would take the record's identity away.
    private static PackageDamage Content(string name, string code, string description, Func<string, string> edit) =>
        new(name, code, description, false, (package, hoso) => PackageText.EditContent(package, hoso, edit, "XML3"));

    private static PackageDamage Record(string name, string code, string description, Func<string, string> edit) =>
        new(name, code, description, false, (package, hoso) => PackageText.EditRecord(package, hoso, edit));

    private static PackageDamage File(string name, string code, string description, Func<string, string> edit) =>
        new(name, code, description, true, (package, _) => PackageText.Edit(package, edit));

    private static Func<string, string> Document(Func<string, string> edit) => content => PackageText.Encode(edit(PackageText.Decode(content)));

    private static string BadUtf8(string content)
    {
        byte[] bytes = Convert.FromBase64String(content);
        int name = bytes.AsSpan().IndexOf("<TEN_DICH_VU>"u8) + "<TEN_DICH_VU>".Length;
        bytes[name] = 0xC3;
        bytes[name + 1] = (byte)'(';
        return Convert.ToBase64String(bytes);
    }

    private static string DuplicateServices(string record)
    {
        int from = record.IndexOf("<FILEHOSO><LOAIHOSO>XML3<", StringComparison.Ordinal);
        int to = record.IndexOf("</FILEHOSO>", from, StringComparison.Ordinal) + "</FILEHOSO>".Length;
        return record.Insert(to, record[from..to]);
    }

    private static string WithoutSummary(string record)
    {
        int from = record.IndexOf("<FILEHOSO><LOAIHOSO>XML1<", StringComparison.Ordinal);
        int to = record.IndexOf("</FILEHOSO>", from, StringComparison.Ordinal) + "</FILEHOSO>".Length;
        return record.Remove(from, to - from);
    }

    private static string Replace(string text, string from, string to)
    {
        int at = text.IndexOf(from, StringComparison.Ordinal);
        return at < 0 ? throw new ArgumentException($"The package holds no {from}.", nameof(text)) : new StringBuilder(text).Remove(at, from.Length).Insert(at, to).ToString();
    }

    private static string Between(string text, string open, string close, string value)
    {
        int from = text.IndexOf(open, StringComparison.Ordinal) + open.Length;
        return text[..from] + value + text[text.IndexOf(close, from, StringComparison.Ordinal)..];
    }
}
