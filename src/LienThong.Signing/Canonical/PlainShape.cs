using System.Security.Cryptography;

namespace LienThong.Signing.Canonical;

/// <summary>Places in a document whose bytes from root to end are already canonical, as offsets into its UTF-8 text.</summary>
/// <param name="RootStart">Offset of the root's <c>&lt;</c>.</param>
/// <param name="RootEnd">Offset behind the root's end tag.</param>
/// <param name="SlotStart">Offset of the first byte inside the slot; -1 when the document has none.</param>
/// <param name="SlotEnd">Offset of the slot's end tag.</param>
/// <param name="Part">The signed element of a two-reference form; null when the whole document is signed.</param>
/// <param name="Namespaces">What the root declares, sorted by prefix.</param>
internal sealed record PlainShape(int RootStart, int RootEnd, int SlotStart, int SlotEnd, PlainPart? Part, IReadOnlyList<Declaration> Namespaces)
{
    internal bool HasSlot => SlotStart >= 0;

    internal Inherited Root => new(Namespaces, []);

    /// <summary>What is hashed: the signed element, or the whole document without the bytes from <paramref name="cutStart"/> to <paramref name="cutEnd"/>.</summary>
    internal void Write(CanonicalWriter writer, ReadOnlySpan<byte> text, int cutStart, int cutEnd)
    {
        if (Part is null)
        {
            writer.Raw(text[RootStart..cutStart]);
            writer.Raw(text[cutEnd..RootEnd]);
        }
        else
        {
            // As a document of its own the element shows the namespaces that its root declares.
            writer.Raw(text[Part.Start..Part.NameEnd]);
            foreach (Declaration d in Namespaces) writer.Declaration(d);
            writer.Raw(text[Part.NameEnd..Part.End]);
        }

        writer.Flush();
    }

    /// <summary>SHA-256 of what <see cref="Write"/> writes.</summary>
    internal byte[] Digest(ReadOnlySpan<byte> text, int cutStart, int cutEnd)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using CanonicalWriter writer = new(hash);
        Write(writer, text, cutStart, cutEnd);
        return hash.GetHashAndReset();
    }
}

/// <summary>The signed element of a form that is plainly canonical.</summary>
/// <param name="Start">Offset of its <c>&lt;</c>.</param>
/// <param name="NameEnd">Offset behind its name.</param>
/// <param name="End">Offset behind its end tag.</param>
/// <param name="Id">Value of its <c>Id</c>.</param>
internal sealed record PlainPart(int Start, int NameEnd, int End, string Id);
