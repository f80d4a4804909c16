using System.Buffers;
using System.Text;
using System.Xml;

namespace LienThong.Signing.Canonical;

/// <summary>Reads a signed document: by its bytes when they are canonical already, otherwise by the general route. Both give the same facts.</summary>
internal static class DocumentReading
{
    internal static DocumentFacts Of(SourceText source, SignatureProfile profile, bool keepSigned = false) =>
        Plain(source, profile, keepSigned) ?? DocumentWalk.Run(source, profile, keepSigned);

    /// <summary>The fast route; null when the document isn't plainly canonical, or anything about its slot is unusual.</summary>
    internal static DocumentFacts? Plain(SourceText source, SignatureProfile profile, bool keepSigned = false)
    {
        ReadOnlyMemory<byte> text = source.Utf8;
        if (PlainScan.Of(source, profile) is not { HasSlot: true } shape) return null;
        ReadOnlyMemory<byte> content = text[shape.SlotStart..shape.SlotEnd];
        int first = content.Span.IndexOf((byte)'<');
        int end = content.Span.LastIndexOf((byte)'>') + 1;
        SignatureElement? signature = null;
        if (first < 0) (first, end) = (content.Length, content.Length);
        else if (end <= first || (signature = Signature(content[first..end], shape.Root)) is null) return null;
        // A carriage return would have another form in the digest.
        if (content.Span[..first].ContainsAnyExcept(" \t\n"u8) || content.Span[end..].ContainsAnyExcept(" \t\n"u8)) return null;
        // A form's ids have to be unique, the signature's included; what isn't plainly so is left to the general route to judge.
        if (shape.Part is not null && signature is not null && !new IdLedger().Note(shape.Part.Id).Note(signature).AreUnique) return null;
        (int cutStart, int cutEnd) = (shape.SlotStart + first, shape.SlotStart + end);
        return new DocumentFacts
        {
            Digest = shape.Digest(text.Span, cutStart, cutEnd),
            Signature = signature,
            Root = shape.Root,
            PartId = shape.Part?.Id,
            Signed = keepSigned ? Copy(shape, text.Span, cutStart, cutEnd) : null,
        };
    }

    private static byte[] Copy(PlainShape shape, ReadOnlySpan<byte> text, int cutStart, int cutEnd)
    {
        ArrayBufferWriter<byte> memory = new();
        using CanonicalWriter writer = new(memory);
        shape.Write(writer, text, cutStart, cutEnd);
        return memory.WrittenSpan.ToArray();
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
