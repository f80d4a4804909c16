using System.Buffers;

namespace LienThong.Signing.Canonical;

/// <summary>The canonical form of <c>SignedInfo</c> as a part of its document: namespaces in scope at its place appear on it, whether used or not.</summary>
internal static class SignedInfoForm
{
    /// <summary>From a parsed signature. The slot between root and signature declares nothing (checked before).</summary>
    internal static byte[] Of(SignatureElement signedInfo, SignatureElement signature, Inherited root)
    {
        SortedDictionary<string, string> inScope = new(StringComparer.Ordinal);
        foreach (Declaration d in root.Namespaces) inScope[d.Prefix] = d.Uri;
        foreach (Declaration d in signature.Declarations) inScope[d.Prefix] = d.Uri;
        foreach (Declaration d in signedInfo.Declarations) inScope[d.Prefix] = d.Uri;
        ArrayBufferWriter<byte> memory = new();
        using CanonicalWriter writer = new(memory);
        NamespaceScope scope = new();
        writer.Raw("<"u8);
        writer.Name(signedInfo.Prefix, signedInfo.LocalName);
        foreach ((string prefix, string uri) in inScope)
        {
            Declaration declaration = new(prefix, uri);
            if (scope.Declare(declaration, 0)) writer.Declaration(declaration);
        }

        Attributes(writer, signedInfo, root.XmlAttributes);
        Content(writer, signedInfo, scope, 1);
        writer.Flush();
        return memory.WrittenSpan.ToArray();
    }

    /// <summary>From the inside of a <c>SignedInfo</c> that we write ourselves in the default namespace, already canonical.</summary>
    internal static byte[] Of(ReadOnlySpan<byte> inside, Inherited root)
    {
        ArrayBufferWriter<byte> memory = new();
        using CanonicalWriter writer = new(memory);
        writer.Raw("<SignedInfo"u8);
        writer.Declaration(new Declaration("", XmlDsig.Namespace));
        foreach (Declaration d in root.Namespaces) writer.Declaration(d);
        foreach (Attribute a in root.XmlAttributes) writer.Attribute(a);
        writer.Raw(">"u8);
        writer.Raw(inside);
        writer.Raw("</SignedInfo>"u8);
        writer.Flush();
        return memory.WrittenSpan.ToArray();
    }

    private static void Element(CanonicalWriter writer, SignatureElement element, NamespaceScope scope, int depth)
    {
        writer.Raw("<"u8);
        writer.Name(element.Prefix, element.LocalName);
        foreach (Declaration d in element.Declarations)
        {
            if (scope.Declare(d, depth)) writer.Declaration(d);
        }

        Attributes(writer, element, []);
        Content(writer, element, scope, depth + 1);
        scope.Leave(depth);
    }

    // Inherited xml: attributes sort behind those without namespace; the profile allows SignedInfo no prefixed ones of its own.
    private static void Attributes(CanonicalWriter writer, SignatureElement element, IReadOnlyList<Attribute> inherited)
    {
        foreach (Attribute a in element.Attributes) writer.Attribute(a);
        foreach (Attribute a in inherited) writer.Attribute(a);
        writer.Raw(">"u8);
    }

    private static void Content(CanonicalWriter writer, SignatureElement element, NamespaceScope scope, int depth)
    {
        foreach (object part in element.Content)
        {
            if (part is SignatureElement child) Element(writer, child, scope, depth);
            else writer.Text((string)part);
        }

        writer.Raw("</"u8);
        writer.Name(element.Prefix, element.LocalName);
        writer.Raw(">"u8);
    }
}
