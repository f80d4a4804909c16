using System.Buffers;
using System.Security.Cryptography;
using System.Xml;

namespace LienThong.Signing.Canonical;

/// <summary>The general route: one streaming pass that canonicalises any well-formed document, or the signed element of a form (inclusive C14N 1.0 without comments), leaves out the signature in the slot, and notes where everything stands.</summary>
/// <remarks>Not <c>SignedXml</c>: that loses <c>&amp;#13;</c> in text and <c>&amp;#9;</c> in attributes, keeps the whole document in memory, and looks for namespaces only on the root.</remarks>
internal sealed class DocumentWalk : IDisposable
{
    /// <summary>Deepest nesting accepted; the official documents need 6.</summary>
    internal const int MaxDepth = 64;

    private readonly XmlReader reader;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CanonicalWriter writer;
    private readonly ArrayBufferWriter<byte>? kept;
    private readonly PlaceLedger places;
    private readonly NamespaceScope scope = new();
    private readonly StartTag tag = new();
    private readonly char[] chunk = new char[8192];
    private Inherited root = Inherited.Nothing;
    private SignatureElement? signature;
    private bool afterRoot;
    private bool isSigned;

    private DocumentWalk(XmlReader reader, SignatureProfile profile, bool keepSigned)
    {
        this.reader = reader;
        kept = keepSigned ? new ArrayBufferWriter<byte>() : null;
        writer = new CanonicalWriter(hash, kept);
        places = new PlaceLedger(profile);
        isSigned = profile.SignedElement is null;
    }

    public void Dispose()
    {
        writer.Dispose();
        hash.Dispose();
        reader.Dispose();
    }

    /// <summary>Reads the whole document. Never throws for what it holds.</summary>
    internal static DocumentFacts Run(SourceText source, SignatureProfile profile, bool keepSigned = false) => Run([source.Utf8], profile, keepSigned);

    /// <summary>Reads a document that lies in pieces of UTF-8 text.</summary>
    internal static DocumentFacts Run(ReadOnlyMemory<byte>[] utf8, SignatureProfile profile, bool keepSigned = false)
    {
        using DocumentWalk walk = new(XmlReader.Create(SourceText.Read(utf8), StrictXml.Settings(ConformanceLevel.Document)), profile, keepSigned);
        try
        {
            return walk.Run();
        }
        catch (XmlException e)
        {
            return DocumentFacts.Broken(SignatureFault.Malformed, StrictXml.Message(e));
        }
    }

    private DocumentFacts Run()
    {
        while (reader.Read())
        {
            if (reader.Depth >= MaxDepth)
                return DocumentFacts.Broken(SignatureFault.Malformed, $"Tệp XML lồng nhau quá {MaxDepth} cấp.");
            if (!Node()) return DocumentFacts.Broken(SignatureFault.Malformed, "Tệp khai báo không gian tên tương đối, chuẩn C14N không cho phép.");
        }

        writer.Flush();
        (SignatureFault fault, string message) = places.Judge(signature);
        return new DocumentFacts
        {
            Fault = fault,
            Message = message,
            Digest = hash.GetHashAndReset(),
            Signature = signature,
            Root = root,
            PartId = places.Part?.Id,
            SlotId = places.Part?.SlotId,
            Signed = kept?.WrittenSpan.ToArray(),
        };
    }

    private bool Node()
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                return Element();
            case XmlNodeType.EndElement:
                End(reader.Depth);
                return true;
            case XmlNodeType.Text or XmlNodeType.CDATA:
                places.Text(reader.Depth - 1);
                Text();
                return true;
            case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when reader.Depth > 0:
                Text();
                return true;
            case XmlNodeType.Comment when reader.Depth > 0:
                places.Break(reader.Depth - 1);
                return true;
            case XmlNodeType.ProcessingInstruction:
                Instruction();
                return true;
            default:
                return true;
        }
    }

    private bool Element()
    {
        int depth = reader.Depth;
        bool empty = reader.IsEmptyElement;
        if (!tag.Read(reader)) return false;
        if (depth == 0) root = tag.Inheritance();
        switch (places.Enter(reader.LocalName, reader.NamespaceURI, depth, tag))
        {
            case Place.Signature:
                signature = SignatureElement.Read(reader);
                // An unreadable signature leaves the reader somewhere inside: the rest is only read for well-formedness.
                if (signature is null) places.Unreadable();
                return true;
            case Place.SignedElement:
                // It hands down what its root declares, as if it were a document of its own.
                isSigned = true;
                Start(root.Over(tag.Declarations), depth);
                break;
            default:
                if (isSigned) Start(tag.Declarations, depth);
                break;
        }

        if (empty) End(depth);
        return true;
    }

    private void Start(List<Declaration> declarations, int depth)
    {
        writer.Raw("<"u8);
        writer.Name(reader.Prefix, reader.LocalName);
        foreach (Declaration d in declarations)
        {
            if (scope.Declare(d, depth)) writer.Declaration(d);
        }

        foreach (Attribute a in tag.Attributes) writer.Attribute(a);
        writer.Raw(">"u8);
    }

    private void End(int depth)
    {
        if (isSigned)
        {
            writer.Raw("</"u8);
            writer.Name(reader.Prefix, reader.LocalName);
            writer.Raw(">"u8);
            scope.Leave(depth);
        }

        places.Leave(depth);
        if (places.Part is not null && depth == 1) isSigned = false;
        afterRoot |= depth == 0;
    }

    private void Text()
    {
        if (!isSigned) return;
        int rest = 0;
        int read;
        while ((read = reader.ReadValueChunk(chunk, rest, chunk.Length - rest)) > 0)
        {
            int length = rest + read;
            rest = char.IsHighSurrogate(chunk[length - 1]) ? 1 : 0;
            writer.Text(chunk.AsSpan(0, length - rest));
            if (rest == 1) chunk[0] = chunk[length - 1];
        }
    }

    private void Instruction()
    {
        if (reader.Depth > 0) places.Break(reader.Depth - 1);
        if (!isSigned) return;
        if (afterRoot) writer.Raw("\n"u8);
        writer.Raw("<?"u8);
        writer.Name(reader.LocalName);
        if (reader.Value.Length > 0)
        {
            writer.Raw(" "u8);
            writer.Name(reader.Value);
        }

        writer.Raw("?>"u8);
        if (reader.Depth == 0 && !afterRoot) writer.Raw("\n"u8);
    }
}
