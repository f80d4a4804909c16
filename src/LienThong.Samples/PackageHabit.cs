using System.Collections.Immutable;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using LienThong.Samples.Packages;

namespace LienThong.Samples;

/// <summary>A way in which vendors' packages differ from the printed form without losing anything: every value can still be read.</summary>
public sealed partial class PackageHabit
{
    private readonly Func<byte[], byte[]> apply;

    private PackageHabit(string name, string description, Func<byte[], byte[]> apply)
    {
        Name = name;
        Description = description;
        this.apply = apply;
    }

    /// <summary>All habits; names are unique.</summary>
    public static ImmutableArray<PackageHabit> All { get; } =
    [
        new("inline-xml", "table documents as XML instead of base64", package => PackageText.EditContents(package, c => PackageText.WithoutDeclaration(PackageText.Decode(c)))),
        new("inline-escaped", "table documents as escaped XML", package => PackageText.EditContents(package, c => SecurityElement.Escape(PackageText.Decode(c)))),
        new("inline-cdata", "table documents in CDATA", package => PackageText.EditContents(package, c => $"<![CDATA[{PackageText.Decode(c)}]]>")),
        new("cdata-values", "CDATA around text values", package => PackageText.EditDocuments(package, CDataValues)),
        new("byte-order-mark", "a byte-order mark at the start of the file", package => [0xEF, 0xBB, 0xBF, .. package]),
        new("inner-byte-order-mark", "a byte-order mark at the start of every table document", package => PackageText.EditDocuments(package, d => "\uFEFF" + d)),
        new("utf-16", "the file in UTF-16 with a byte-order mark", Utf16),
        new("base64-lines", "base64 in lines of 76 characters", package => PackageText.EditContents(package, Lines)),
        new("reordered-fields", "fields in reverse order", package => PackageText.EditDocuments(package, Reverse)),
        new("no-declaration", "no XML declaration in front of the envelope", package => PackageText.Edit(package, PackageText.WithoutDeclaration)),
        new("no-inner-declaration", "no XML declaration in front of table documents", package => PackageText.EditDocuments(package, PackageText.WithoutDeclaration)),
        new("no-namespaces", "no namespace declarations", package => PackageText.Edit(package, text => Root().Replace(text, "<GIAMDINHHS>", 1))),
        new("several-records", "the record twice, the second with a key of its own", Twice),
        new("unknown-fields", "a field of the vendor's own in every row", package => PackageText.EditDocuments(package, d => d.Replace("</MA_LK>", "</MA_LK><GHI_CHU_HIS>x</GHI_CHU_HIS>", StringComparison.Ordinal))),
        new("pretty-printed", "an indented envelope with Windows line ends", package => PackageText.Edit(package, Indent)),
        new("pretty-documents", "indented table documents", package => PackageText.EditDocuments(package, Indent)),
        new("summary-last", "XML1 after the other tables", package => PackageText.EditRecord(package, 0, SummaryLast)),
        new("empty-signature-short", "an empty signature in the short form", package => PackageText.Edit(package, text => text.Replace("<CHUKYDONVI></CHUKYDONVI>", "<CHUKYDONVI/>", StringComparison.Ordinal))),
        new("comments", "comments in the envelope", package => PackageText.Edit(package, text => text.Replace("<HOSO>", "<!-- hồ sơ --><HOSO>", StringComparison.Ordinal))),
    ];

    /// <summary>Unique name, in words.</summary>
    public string Name { get; }

    /// <summary>What differs.</summary>
    public string Description { get; }

    /// <summary>Gives the habit's form of a package as <see cref="LienThong.Standard.PackageWriter"/> writes it; the bytes given are not changed.</summary>
    public byte[] Apply(byte[] package) => apply(package);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static byte[] Utf16(byte[] package)
    {
        string text = PackageText.Read(package).Replace("encoding=\"utf-8\"", "encoding=\"utf-16\"", StringComparison.Ordinal);
        return [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)];
    }

    private static string Lines(string base64)
    {
        var result = new StringBuilder(base64.Length + (base64.Length / 38));
        for (int at = 0; at < base64.Length; at += 76) result.Append("\r\n").Append(base64, at, Math.Min(76, base64.Length - at));
        return result.Append("\r\n").ToString();
    }

    // A value element has no markup inside; two or more in a row are the fields of one table row.
    private static string Reverse(string document) => Fields().Replace(document, match =>
        string.Concat(Field().Matches(match.Value).Select(field => field.Value).Reverse()));

    private static string CDataValues(string document) => Field().Replace(document, match =>
    {
        string value = match.Groups["value"].Value;
        bool plain = value.Length > 0 && !value.Contains('&', StringComparison.Ordinal);
        return plain ? $"<{match.Groups["name"].Value}><![CDATA[{value}]]></{match.Groups["name"].Value}>" : match.Value;
    });

    private static byte[] Twice(byte[] package)
    {
        string second = "";
        PackageText.EditRecord(package, 0, record => second = record);
        byte[] copy = PackageText.EditContents(PackageText.Write(second), content => PackageText.Encode(Key().Replace(PackageText.Decode(content), "<MA_LK>${key}-2</MA_LK>")));
        byte[] both = PackageText.EditRecord(package, 0, record => record + PackageText.Read(copy));
        return PackageText.Edit(both, text => Count().Replace(text, "<SOLUONGHOSO>2</SOLUONGHOSO>", 1));
    }

    private static string SummaryLast(string record)
    {
        int from = record.IndexOf("<FILEHOSO>", StringComparison.Ordinal);
        int to = record.IndexOf("</FILEHOSO>", from, StringComparison.Ordinal) + "</FILEHOSO>".Length;
        return record[..from] + record[to..^"</HOSO>".Length] + record[from..to] + "</HOSO>";
    }

    private static string Indent(string text)
    {
        var result = new StringBuilder(text.Length * 2);
        int depth = 0;
        for (int at = 0; at < text.Length;)
        {
            int end = text.IndexOf('>', at) + 1;
            if (end == 0) return result.Append(text, at, text.Length - at).ToString();
            string tag = text[at..end];
            int value = text.IndexOf('<', end);
            bool leaf = tag[1] is not '/' and not '?' and not '!' && tag[^2] != '/' && value >= 0 && text[value + 1] == '/';
            if (tag[1] == '/') depth--;
            result.Append("\r\n".AsSpan(0, result.Length == 0 ? 0 : 2)).Append(' ', Math.Max(0, depth) * 2).Append(tag);
            if (leaf)
            {
                int close = text.IndexOf('>', value) + 1;
                result.Append(text, end, close - end);
                at = close;
            }
            else
            {
                if (tag[1] is not '/' and not '?' and not '!' && tag[^2] != '/') depth++;
                at = end;
            }

            while (at < text.Length && text[at] is '\n' or '\r') at++;
        }

        return result.ToString();
    }

    [GeneratedRegex("<GIAMDINHHS[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Root();

    [GeneratedRegex("<MA_LK>(?<key>[^<]*)</MA_LK>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Key();

    [GeneratedRegex("<SOLUONGHOSO>[^<]*</SOLUONGHOSO>", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Count();

    [GeneratedRegex("<(?<name>[A-Z0-9_]+)>(?<value>[^<]*)</\\k<name>>|<[A-Z0-9_]+/>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Field();

    [GeneratedRegex("((<(?<name>[A-Z0-9_]+)>[^<]*</\\k<name>>)|<[A-Z0-9_]+/>){2,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Fields();
}
