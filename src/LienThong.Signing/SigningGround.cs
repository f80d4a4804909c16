using LienThong.Signing.Canonical;

namespace LienThong.Signing;

/// <summary>What a signature will stand on: the digest of what is signed, and the texts before and behind the signature.</summary>
internal sealed record SigningGround
{
    internal SignatureFault Fault { get; init; }

    internal string Message { get; init; } = "";

    internal byte[] Digest { get; init; } = [];

    /// <summary>The signed element's <c>Id</c>; null when the whole document is signed.</summary>
    internal string? PartId { get; init; }

    internal Inherited Root { get; init; } = Inherited.Nothing;

    internal ReadOnlyMemory<byte> Before { get; init; }

    internal byte[] OpenTag { get; init; } = [];

    internal byte[] CloseTag { get; init; } = [];

    internal ReadOnlyMemory<byte> After { get; init; }

    internal bool Replaced { get; init; }

    internal bool Inserted { get; init; }

    internal static SigningGround Of(SourceText source, SignatureProfile profile) =>
        PlainScan.Of(source, profile) is { HasSlot: true } shape ? Plain(source, shape) : General(source, profile);

    // Already canonical: the digest is that of the bytes themselves.
    private static SigningGround Plain(SourceText source, PlainShape shape)
    {
        ReadOnlyMemory<byte> text = source.Utf8;
        return new SigningGround
        {
            Digest = shape.Digest(text.Span, shape.SlotStart, shape.SlotEnd),
            PartId = shape.Part?.Id,
            Root = shape.Root,
            Before = text[..shape.SlotStart],
            After = text[shape.SlotEnd..],
            Replaced = text.Span[shape.SlotStart..shape.SlotEnd].ContainsAnyExcept(" \t\r\n"u8),
        };
    }

    // The digest is taken from the very text that will be put out, with the slot emptied, and its parser confirms the place.
    private static SigningGround General(SourceText source, SignatureProfile profile)
    {
        ReadOnlyMemory<byte> text = source.Utf8;
        SlotPlace? place = SlotPlace.Find(text.Span, profile.Slot);
        if (place is null) return Explain(source, profile);
        DocumentFacts facts = DocumentWalk.Run([text[..place.Start], place.OpenTag, place.CloseTag, text[place.End..]], profile);
        if (facts.Fault != SignatureFault.None) return Refused(facts.Fault, facts.Message);
        return new SigningGround
        {
            Digest = facts.Digest,
            PartId = facts.PartId,
            Root = facts.Root,
            Before = text[..place.Start],
            OpenTag = profile.SlotCarriesId ? SignatureText.SlotWithId(profile.Slot, facts.PartId!) : place.OpenTag,
            CloseTag = place.CloseTag,
            After = text[place.End..],
            Replaced = place.HadContent,
            Inserted = place.Inserted,
        };
    }

    // The parser knows line and column of what the byte search stumbled over.
    private static SigningGround Explain(SourceText source, SignatureProfile profile)
    {
        DocumentFacts facts = DocumentWalk.Run(source, profile);
        return facts.Fault != SignatureFault.None
            ? Refused(facts.Fault, facts.Message)
            : Refused(SignatureFault.Malformed, "Không tìm được chỗ đặt chữ ký trong tệp; hãy xuất lại tệp.");
    }

    private static SigningGround Refused(SignatureFault fault, string message) => new() { Fault = fault, Message = message };
}
