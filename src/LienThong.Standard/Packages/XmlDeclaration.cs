using System.Text;

namespace LienThong.Standard;

/// <summary>What an XML declaration says of the encoding.</summary>
internal enum DeclaredEncoding
{
    Utf8,
    Utf16,
    Other,

    /// <summary>Not a declaration we can read by sight; a strict parser decides.</summary>
    Unclear,
}

internal static class XmlDeclaration
{
    /// <summary>Reads a whole declaration, <c>&lt;?xml …?&gt;</c>.</summary>
    public static DeclaredEncoding Read(ReadOnlySpan<byte> declaration, out string name)
    {
        name = "";
        if (declaration.SequenceEqual("<?xml version=\"1.0\" encoding=\"utf-8\"?>"u8) || declaration.SequenceEqual("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"u8)) return DeclaredEncoding.Utf8;
        if (declaration.Length > 200 || !Ascii.IsValid(declaration)) return DeclaredEncoding.Unclear;
        string text = Encoding.ASCII.GetString(declaration[5..^2]);
        if (text.Contains('\'', StringComparison.Ordinal))
        {
            if (text.Contains('"', StringComparison.Ordinal)) return DeclaredEncoding.Unclear;
            text = text.Replace('\'', '"');
        }

        string? version = Attribute(ref text, "version");
        string? encoding = Attribute(ref text, "encoding");
        string? standalone = Attribute(ref text, "standalone");
        if (version != "1.0" || text.Trim().Length > 0 || standalone is not (null or "yes" or "no")) return DeclaredEncoding.Unclear;
        if (encoding is null || encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return DeclaredEncoding.Utf8;
        if (!IsName(encoding)) return DeclaredEncoding.Unclear;
        name = encoding;
        return encoding.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? DeclaredEncoding.Utf16 : DeclaredEncoding.Other;
    }

    private static bool IsName(string encoding)
    {
        foreach (char c in encoding)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-')) return false;
        }

        return encoding.Length > 0 && char.IsAsciiLetter(encoding[0]);
    }

    // Takes the next attribute off the text when it has this name; white space must stand before it.
    private static string? Attribute(ref string text, string name)
    {
        string trimmed = text.TrimStart();
        if (trimmed.Length == text.Length || !trimmed.StartsWith(name, StringComparison.Ordinal)) return null;
        string rest = trimmed[name.Length..].TrimStart();
        if (!rest.StartsWith('=')) return null;
        rest = rest[1..].TrimStart();
        int end = rest.StartsWith('"') ? rest.IndexOf('"', 1) : -1;
        if (end < 0) return null;
        text = rest[(end + 1)..];
        return rest[1..end];
    }
}
