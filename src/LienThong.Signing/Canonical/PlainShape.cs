namespace LienThong.Signing.Canonical;

/// <summary>Places in a document whose bytes from root to end are already canonical, as offsets into its UTF-8 text.</summary>
/// <param name="RootStart">Offset of the root's <c>&lt;</c>.</param>
/// <param name="RootEnd">Offset behind the root's end tag.</param>
/// <param name="RootClose">Offset of the root's end tag.</param>
/// <param name="SlotStart">Offset of the first byte inside the slot; -1 when the document has none.</param>
/// <param name="SlotEnd">Offset of the slot's end tag.</param>
/// <param name="Namespaces">What the root declares, sorted by prefix.</param>
internal sealed record PlainShape(int RootStart, int RootEnd, int RootClose, int SlotStart, int SlotEnd, IReadOnlyList<Declaration> Namespaces)
{
    internal bool HasSlot => SlotStart >= 0;

    internal Inherited Root => new(Namespaces, []);
}
