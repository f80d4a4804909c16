using System.Text;
using System.Xml;

namespace LienThong.Signing.Canonical;

/// <summary>An element of the signature as a small tree. Only signatures are ever kept as trees; their size is bounded.</summary>
internal sealed class SignatureElement
{
    private const int MaxElements = 64;
    private const int MaxChars = 256 * 1024;
    private const int MaxDepth = 16;

    private readonly List<object> content = [];

    private SignatureElement(XmlReader reader, StartTag tag)
    {
        (Prefix, LocalName, Namespace) = (reader.Prefix, reader.LocalName, reader.NamespaceURI);
        Declarations = [.. tag.Declarations];
        Attributes = [.. tag.Attributes];
    }

    internal string Prefix { get; }

    internal string LocalName { get; }

    internal string Namespace { get; }

    internal IReadOnlyList<Declaration> Declarations { get; }

    internal IReadOnlyList<Attribute> Attributes { get; }

    /// <summary>Child elements in order.</summary>
    internal List<SignatureElement> Children { get; } = [];

    /// <summary>Strings and <see cref="SignatureElement"/>s in document order.</summary>
    internal IReadOnlyList<object> Content => content;

    /// <summary>All text directly in this element.</summary>
    internal string Text => string.Concat(content.OfType<string>());

    /// <summary>Value of an attribute without prefix, or null.</summary>
    internal string? Attribute(string name)
    {
        foreach (Attribute attribute in Attributes)
        {
            if (attribute.Prefix.Length == 0 && string.Equals(attribute.LocalName, name, StringComparison.Ordinal)) return attribute.Value;
        }

        return null;
    }

    /// <summary>Whether this is the XMLDSig element of that name.</summary>
    internal bool Is(string localName) =>
        string.Equals(LocalName, localName, StringComparison.Ordinal) && string.Equals(Namespace, XmlDsig.Namespace, StringComparison.Ordinal);

    /// <summary>Reads the element the reader stands on and leaves the reader on its end. Null when it is larger than any signature of ours, or holds comments or processing instructions.</summary>
    /// <exception cref="XmlException">The text isn't well-formed.</exception>
    internal static SignatureElement? Read(XmlReader reader)
    {
        StartTag tag = new();
        Stack<SignatureElement> open = new();
        SignatureElement? top = null;
        int elements = 0;
        int chars = 0;
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (++elements > MaxElements || open.Count == MaxDepth || !tag.Read(reader)) return null;
                    SignatureElement element = new(reader, tag);
                    if (open.TryPeek(out SignatureElement? parent)) parent.Add(element);
                    top ??= element;
                    if (!reader.IsEmptyElement) open.Push(element);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    string? text = Bounded(reader, MaxChars - chars);
                    if (text is null) return null;
                    chars += text.Length;
                    open.Peek().content.Add(text);
                    break;
                default:
                    return null;
            }
        }
        while (open.Count > 0 && reader.Read());
        return top;
    }

    private void Add(SignatureElement child)
    {
        content.Add(child);
        Children.Add(child);
    }

    private static string? Bounded(XmlReader reader, int limit)
    {
        StringBuilder text = new();
        char[] chunk = new char[2048];
        int read;
        while ((read = reader.ReadValueChunk(chunk, 0, chunk.Length)) > 0)
        {
            text.Append(chunk, 0, read);
            if (text.Length > limit) return null;
        }

        return text.ToString();
    }
}
