using System.Xml;

namespace LienThong.Signing.Canonical;

/// <summary>Namespace declarations and attributes of the element a reader stands on, sorted as canonical XML wants them. Reused from element to element.</summary>
internal sealed class StartTag
{
    private const string XmlnsUri = "http://www.w3.org/2000/xmlns/";
    private static readonly Comparison<Declaration> ByPrefix = static (a, b) => string.CompareOrdinal(a.Prefix, b.Prefix);
    private static readonly Comparison<Attribute> ByName = static (a, b) =>
        string.CompareOrdinal(a.Namespace, b.Namespace) is var order and not 0 ? order : string.CompareOrdinal(a.LocalName, b.LocalName);

    internal List<Declaration> Declarations { get; } = [];

    internal List<Attribute> Attributes { get; } = [];

    /// <summary>Reads the current element; the reader stands on the element again afterwards. False when a namespace name is relative, which canonical XML forbids.</summary>
    internal bool Read(XmlReader reader)
    {
        Declarations.Clear();
        Attributes.Clear();
        if (!reader.HasAttributes) return true;
        bool absolute = true;
        while (reader.MoveToNextAttribute())
        {
            if (string.Equals(reader.NamespaceURI, XmlnsUri, StringComparison.Ordinal))
            {
                absolute &= reader.Value.Length == 0 || reader.Value.Contains(':', StringComparison.Ordinal);
                Declarations.Add(new Declaration(reader.Prefix.Length == 0 ? "" : reader.LocalName, reader.Value));
            }
            else
            {
                Attributes.Add(new Attribute(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value));
            }
        }

        reader.MoveToElement();
        Declarations.Sort(ByPrefix);
        Attributes.Sort(ByName);
        return absolute;
    }

    /// <summary>What this element hands down when it is the root.</summary>
    internal Inherited Inheritance() => new(
        Declarations.FindAll(static d => d.Prefix is not "xml" && d.Uri.Length > 0),
        Attributes.FindAll(static a => a.Prefix is "xml"));
}
