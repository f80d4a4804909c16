using System.Text;
using System.Xml;

namespace LienThong.Standard;

/// <summary>
/// Keeps everything of an envelope but its records, so that a strict parser can judge its form when it isn't plain,
/// and knows the open elements and the namespaces of the root.
/// </summary>
internal sealed class EnvelopeSkeleton
{
    private byte[] bytes = new byte[512];
    private readonly List<string> open = [];
    private EnvelopePart[] parts = new EnvelopePart[16];
    private bool plain = true;

    public int Depth => open.Count;

    public int Size { get; private set; }

    /// <summary>Where in the envelope the innermost open element is.</summary>
    public EnvelopePart Part => open.Count == 0 ? EnvelopePart.Outside : parts[open.Count - 1];

    /// <summary>The open elements as people read them, e.g. <c>GIAMDINHHS/THONGTINDONVI</c>.</summary>
    public string Path => string.Join('/', open);

    private ReadOnlySpan<byte> Kept => bytes.AsSpan(0, Size);

    public void Keep(ReadOnlySpan<byte> piece, bool isPlain)
    {
        if (bytes.Length - Size < piece.Length) Array.Resize(ref bytes, Math.Max(Size + piece.Length, bytes.Length * 2));
        piece.CopyTo(bytes.AsSpan(Size));
        Size += piece.Length;
        plain &= isPlain;
    }

    public void Push(string name)
    {
        if (open.Count == parts.Length) Array.Resize(ref parts, parts.Length * 2);
        parts[open.Count] = EnvelopeParts.Below(Part, name);
        open.Add(name);
    }

    /// <summary>Closes the innermost element; false when the end tag names another one.</summary>
    public bool Pop(ReadOnlySpan<byte> name)
    {
        if (open.Count == 0 || !Ascii.Equals(name, open[^1])) return false;
        open.RemoveAt(open.Count - 1);
        return true;
    }

    /// <summary>Judges what was kept, with the open elements closed; null when it is well-formed. A plain envelope never loads the XML library.</summary>
    public Place? Judge() => plain ? null : JudgeStrictly();

    private Place? JudgeStrictly()
    {
        var text = new StringBuilder();
        try
        {
            text.Append(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Kept));
        }
        catch (DecoderFallbackException)
        {
            return new Place(1, 1);
        }

        string root = Prefix(text.ToString());
        for (int i = open.Count - 1; i >= 0; i--) text.Append("</").Append(i == 0 ? root : "").Append(open[i]).Append('>');
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text.ToString()), StrictTable.Settings(Size + 4096));
            while (reader.Read())
            {
            }

            return null;
        }
        catch (XmlException e)
        {
            return new Place(e.LineNumber, e.LinePosition);
        }
    }

    /// <summary>The namespaces the root declares; a record may use their prefixes.</summary>
    public XmlNamespaceManager Namespaces()
    {
        var manager = new XmlNamespaceManager(new NameTable());
        if (plain)
        {
            manager.AddNamespace("xsi", "http://www.w3.org/2001/XMLSchema-instance");
            manager.AddNamespace("xsd", "http://www.w3.org/2001/XMLSchema");
            return manager;
        }

        string text = Encoding.UTF8.GetString(Kept);
        using XmlReader reader = XmlReader.Create(new StringReader(text), StrictTable.Settings(Size + 4096));
        try
        {
            if (reader.MoveToContent() != XmlNodeType.Element) return manager;
            while (reader.MoveToNextAttribute())
            {
                if (reader.Prefix == "xmlns") manager.AddNamespace(reader.LocalName, reader.Value);
                else if (reader.Name == "xmlns") manager.AddNamespace("", reader.Value);
            }
        }
        catch (XmlException)
        {
            // Judge() reports it with its place.
        }

        return manager;
    }

    /// <summary>Where an envelope stops being well-formed, both from 1.</summary>
    public readonly record struct Place(int LineNumber, int LinePosition);

    // Only the root may carry a prefix here; others make the judge answer "not well-formed", which a prefixed envelope is for the portal too.
    private static string Prefix(string text)
    {
        int at = 0;
        while ((at = text.IndexOf('<', at)) >= 0 && at + 1 < text.Length && text[at + 1] is '?' or '!') at++;
        if (at < 0) return "";
        int end = at + 1;
        while (end < text.Length && text[end] is not (' ' or '\t' or '\r' or '\n' or '>' or '/')) end++;
        string name = end < text.Length ? text[(at + 1)..end] : "";
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? "" : name[..(colon + 1)];
    }
}
