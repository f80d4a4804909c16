using System.Buffers;

namespace LienThong.Signing.Canonical;

/// <summary>The canonical form of a child of the signature (<c>SignedInfo</c>, <c>Object</c>) as a part of its document: namespaces in scope at its place appear on it, whether used or not.</summary>
internal static class SubsetForm
{
    /// <summary>Of a child of a parsed signature. The slot between root and signature declares nothing (checked before).</summary>
    internal static byte[] Of(SignatureElement element, SignatureElement signature, Inherited root)
    {
        ArrayBufferWriter<byte> memory = new();
        using CanonicalWriter writer = new(memory);
        NamespaceScope scope = new();
        writer.Raw("<"u8);
        writer.Name(element.Prefix, element.LocalName);
        foreach (Declaration declaration in root.Over(signature.Declarations, element.Declarations))
        {
            if (scope.Declare(declaration, 0)) writer.Declaration(declaration);
        }

        Attributes(writer, element, root.XmlAttributes);
        Content(writer, element, scope, 1);
        writer.Flush();
        return memory.WrittenSpan.ToArray();
    }

    /// <summary>Of one that we write ourselves in the default namespace, its inside already canonical.</summary>
    /// <param name="name">Name of the element.</param>
    /// <param name="id">Value of its <c>Id</c>; null for none.</param>
    /// <param name="inside">What stands between its tags.</param>
    /// <param name="root">What the document's root hands down.</param>
    internal static byte[] Of(string name, string? id, ReadOnlySpan<byte> inside, Inherited root)
    {
        ArrayBufferWriter<byte> memory = new();
        using CanonicalWriter writer = new(memory);
        writer.Raw("<"u8);
        writer.Name(name);
        writer.Declaration(new Declaration("", XmlDsig.Namespace));
        foreach (Declaration d in root.Namespaces) writer.Declaration(d);
        if (id is not null) writer.Attribute(new Attribute("", "Id", "", id));
        foreach (Attribute a in root.XmlAttributes) writer.Attribute(a);
        writer.Raw(">"u8);
        writer.Raw(inside);
        writer.Raw("</"u8);
        writer.Name(name);
        writer.Raw(">"u8);
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

    // Inherited xml: attributes sort behind those without namespace; the profiles allow no prefixed ones of its own.
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
