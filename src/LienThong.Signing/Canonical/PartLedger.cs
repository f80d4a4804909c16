namespace LienThong.Signing.Canonical;

/// <summary>What stands where in a two-reference form: one signed element under the root, with an id of its own, and nothing unsigned beside it.</summary>
internal sealed class PartLedger(SignatureProfile profile)
{
    private readonly string name = profile.SignedElement!;
    private readonly IdLedger ids = new();
    private int parts;
    private bool isUnderRoot;
    private bool hasUnsigned;

    /// <summary>Value of the signed element's <c>Id</c>; null when it has none.</summary>
    internal string? Id { get; private set; }

    /// <summary>Value of the slot's <c>Id</c>, if any.</summary>
    internal string? SlotId { get; private set; }

    /// <summary>Notes a start tag outside the signature; true when it is the signed element in its place.</summary>
    internal bool Enter(string localName, string ns, int depth, bool isSlot, StartTag tag)
    {
        if (isSlot && depth == 1) SlotId ??= IdOf(tag);
        // The slot's id repeats the signature's in the one source that shows it; no reference names it.
        if (!(isSlot && profile.SlotCarriesId)) ids.Note(tag.Attributes);
        if (depth == 0) hasUnsigned |= tag.Attributes.Count > 0;
        bool isPart = ns.Length == 0 && string.Equals(localName, name, StringComparison.Ordinal);
        if (isPart) parts++;
        if (depth != 1 || isSlot) return false;
        if (!isPart) hasUnsigned = true;
        if (!isPart || isUnderRoot) return false;
        isUnderRoot = true;
        Id = IdOf(tag);
        return true;
    }

    /// <summary>Notes the ids of the signature in the slot.</summary>
    internal void Signature(SignatureElement signature) => ids.Note(signature);

    /// <summary>Notes the ids a signature is going to have.</summary>
    internal void Reserve()
    {
        if (Id is not null) ids.Note(SignatureText.SignatureId(Id)).Note(SignatureText.ObjectId(Id)).Note(SignatureText.PropertyId(Id));
    }

    /// <summary>Notes text directly under the root.</summary>
    internal void RootText() => hasUnsigned = true;

    /// <summary>What comes before the signature's own place: several elements that could be taken for the signed one.</summary>
    internal (SignatureFault Fault, string Message) JudgeWrapping() => this switch
    {
        { parts: > 1 } => (SignatureFault.Wrapped, $"Tệp có {parts} thẻ {name}; chỉ được có một, vì chữ ký chỉ bảo vệ một."),
        { ids.AreUnique: false } => (SignatureFault.Wrapped, "Tệp có hai thẻ cùng Id (hoặc quá nhiều Id): không biết chữ ký bảo vệ thẻ nào."),
        _ => (SignatureFault.None, ""),
    };

    /// <summary>What comes behind it.</summary>
    internal (SignatureFault Fault, string Message) Judge() => this switch
    {
        { isUnderRoot: false } => (SignatureFault.Profile, $"Tệp không có thẻ {name} ngay dưới thẻ gốc."),
        { Id: null or "" } => (SignatureFault.Profile, $"Thẻ {name} chưa có Id; Id được tạo một lần khi lập biểu."),
        { hasUnsigned: true } => (SignatureFault.Wrapped, $"Ngoài {name} và chữ ký còn nội dung khác, không được chữ ký bảo vệ."),
        _ => (SignatureFault.None, ""),
    };

    private static string? IdOf(StartTag tag)
    {
        foreach (Attribute attribute in tag.Attributes)
        {
            if (attribute.Prefix.Length == 0 && attribute.LocalName is "Id") return attribute.Value;
        }

        return null;
    }
}
