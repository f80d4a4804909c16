using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace LienThong.Signing.Canonical;

/// <summary>Reads a signed document: by its bytes when they are canonical already, otherwise by the general route. Both give the same facts.</summary>
internal static class DocumentReading
{
    internal static DocumentFacts Of(SourceText source, SignatureSlot slot) =>
        Plain(source, slot) ?? DocumentWalk.Run(source, slot);

    /// <summary>The fast route; null when the document isn't plainly canonical, or anything about its slot is unusual.</summary>
    internal static DocumentFacts? Plain(SourceText source, SignatureSlot slot)
    {
        ReadOnlyMemory<byte> text = source.Utf8;
        if (PlainScan.Of(source, slot) is not { HasSlot: true } shape) return null;
        ReadOnlyMemory<byte> content = text[shape.SlotStart..shape.SlotEnd];
        int first = content.Span.IndexOf((byte)'<');
        int end = content.Span.LastIndexOf((byte)'>') + 1;
        SignatureElement? signature = null;
        if (first < 0) (first, end) = (content.Length, content.Length);
        else if (end <= first || (signature = Signature(content[first..end], shape.Root)) is null) return null;
        // A carriage return would have another form in the digest.
        if (content.Span[..first].ContainsAnyExcept(" \t\n"u8) || content.Span[end..].ContainsAnyExcept(" \t\n"u8)) return null;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(text.Span[shape.RootStart..(shape.SlotStart + first)]);
        hash.AppendData(text.Span[(shape.SlotStart + end)..shape.RootEnd]);
        return new DocumentFacts { Digest = hash.GetHashAndReset(), Signature = signature, Root = shape.Root };
    }

    // The one element in the slot, parsed strictly in the namespaces of the root.
    private static SignatureElement? Signature(ReadOnlyMemory<byte> content, Inherited root)
    {
        NameTable names = new();
        XmlNamespaceManager scope = new(names);
        foreach (Declaration d in root.Namespaces) scope.AddNamespace(d.Prefix, d.Uri);
        XmlParserContext context = new(names, scope, null, XmlSpace.None, Encoding.UTF8);
        try
        {
            using XmlReader reader = XmlReader.Create(SourceText.Read(content), StrictXml.Settings(ConformanceLevel.Fragment), context);
            if (!reader.Read() || reader.NodeType != XmlNodeType.Element) return null;
            SignatureElement? signature = SignatureElement.Read(reader);
            return signature is not null && signature.Is("Signature") && !reader.Read() ? signature : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
