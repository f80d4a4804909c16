using System.Text;

namespace LienThong.Samples.Packages;

/// <summary>A written package as text, with the few cuts that variants need. Works on packages of <see cref="LienThong.Standard.PackageWriter"/> only.</summary>
internal static class PackageText
{
    public const string OpenContent = "<NOIDUNGFILE>";
    public const string CloseContent = "</NOIDUNGFILE>";

    /// <summary>UTF-8 without a byte-order mark that refuses broken text.</summary>
    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Read(byte[] package) => Utf8.GetString(package);

    public static byte[] Write(string text) => Utf8.GetBytes(text);

    /// <summary>Rewrites the whole text.</summary>
    public static byte[] Edit(byte[] package, Func<string, string> edit) => Write(edit(Read(package)));

    /// <summary>Rewrites what stands between the tags of every table document.</summary>
    public static byte[] EditContents(byte[] package, Func<string, string> edit) => Edit(package, text =>
    {
        var result = new StringBuilder(text.Length);
        int done = 0;
        for (int at = text.IndexOf(OpenContent, StringComparison.Ordinal); at >= 0; at = text.IndexOf(OpenContent, done, StringComparison.Ordinal))
        {
            int from = at + OpenContent.Length;
            int to = text.IndexOf(CloseContent, from, StringComparison.Ordinal);
            result.Append(text, done, from - done).Append(edit(text[from..to]));
            done = to;
        }

        return result.Append(text, done, text.Length - done).ToString();
    });

    /// <summary>Rewrites every table document; it stays base64.</summary>
    public static byte[] EditDocuments(byte[] package, Func<string, string> edit) => EditContents(package, content => Encode(edit(Decode(content))));

    /// <summary>Rewrites one <c>HOSO</c>, tags included.</summary>
    public static byte[] EditRecord(byte[] package, int hoso, Func<string, string> edit) => Edit(package, text =>
    {
        int from = -1;
        for (int i = 0; i <= hoso; i++) from = text.IndexOf("<HOSO>", from + 1, StringComparison.Ordinal);
        int to = text.IndexOf("</HOSO>", from, StringComparison.Ordinal) + "</HOSO>".Length;
        return text[..from] + edit(text[from..to]) + text[to..];
    });

    /// <summary>Rewrites what stands between the tags of one table document of one record; the first that the record has of those named.</summary>
    public static byte[] EditContent(byte[] package, int hoso, Func<string, string> edit, params string[] tables) => EditRecord(package, hoso, record =>
    {
        foreach (string table in tables)
        {
            int start = record.IndexOf($"<LOAIHOSO>{table}</LOAIHOSO>", StringComparison.Ordinal);
            if (start < 0) continue;
            int from = record.IndexOf(OpenContent, start, StringComparison.Ordinal) + OpenContent.Length;
            int to = record.IndexOf(CloseContent, from, StringComparison.Ordinal);
            return record[..from] + edit(record[from..to]) + record[to..];
        }

        return record;
    });

    public static string Decode(string base64) => Utf8.GetString(Convert.FromBase64String(base64));

    public static string Encode(string document) => Convert.ToBase64String(Utf8.GetBytes(document));

    public static string WithoutDeclaration(string document) =>
        document.StartsWith("<?xml", StringComparison.Ordinal) ? document[(document.IndexOf("?>", StringComparison.Ordinal) + 2)..].TrimStart('\n') : document;
}
