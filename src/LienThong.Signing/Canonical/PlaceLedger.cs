namespace LienThong.Signing.Canonical;

/// <summary>Counts what stands where while a document is read, and says whether root, slot and signature are where they must be.</summary>
internal sealed class PlaceLedger(SignatureProfile profile)
{
    private readonly SignatureSlot slot = profile.Slot;
    private string root = "";
    private bool rootKnown;
    private int slots;
    private int signatures;
    private int signaturesInSlot;
    private bool slotUnderRoot;
    private bool slotBound;
    private bool behindSlot;
    private bool besideSignature;
    private bool unreadableSignature;
    private ulong textIn;
    private ulong breakIn;
    private bool brokenText;

    /// <summary>Whether the reader is directly inside the slot under the root.</summary>
    internal bool InSlot { get; private set; }

    /// <summary>The signed element and what is around it; null when the whole document is signed.</summary>
    internal PartLedger? Part { get; } = profile.SignedElement is null ? null : new PartLedger(profile);

    /// <summary>Notes a start tag and says what it begins.</summary>
    internal Place Enter(string localName, string ns, int depth, StartTag tag)
    {
        textIn &= ~(1UL << depth);
        breakIn &= ~(1UL << depth);
        if (depth == 0) (root, rootKnown) = (localName, ns.Length == 0 && slot.Knows(localName));
        bool isSignature = localName is "Signature" && ns is XmlDsig.Namespace;
        if (isSignature) signatures++;
        if (InSlot && depth == 2)
        {
            if (!isSignature) besideSignature = true;
            else if (++signaturesInSlot == 1) return Place.Signature;
        }

        bool isSlot = ns.Length == 0 && string.Equals(localName, slot.Element, StringComparison.Ordinal);
        if (depth == 1) EnterUnderRoot(isSlot, tag);
        if (isSlot) slots++;
        return Part is not null && Part.Enter(localName, ns, depth, isSlot, tag) ? Place.SignedElement : Place.Anywhere;
    }

    internal void Leave(int depth)
    {
        if (depth == 1) InSlot = false;
    }

    internal void Text(int parentDepth)
    {
        textIn |= 1UL << parentDepth;
        if (parentDepth == 1 && InSlot) besideSignature = true;
        if (parentDepth == 0 && slotUnderRoot) behindSlot = true;
        if (parentDepth == 0) Part?.RootText();
        brokenText |= (textIn & breakIn) != 0;
    }

    /// <summary>Notes a comment or processing instruction: beside a value it would let two readers see two values.</summary>
    internal void Break(int parentDepth)
    {
        breakIn |= 1UL << parentDepth;
        brokenText |= (textIn & breakIn) != 0;
    }

    internal void Unreadable() => unreadableSignature = true;

    /// <summary>The verdict on places after the whole document.</summary>
    /// <param name="signature">The signature in the slot, if there is one.</param>
    internal (SignatureFault Fault, string Message) Judge(SignatureElement? signature)
    {
        if (signature is not null) Part?.Signature(signature);
        else if (signatures == 0) Part?.Reserve();
        if (!rootKnown) return (SignatureFault.Profile, $"Không ký/kiểm tra được tài liệu có thẻ gốc «{root}»; cần {string.Join(", ", slot.Roots)}.");
        if (Part?.JudgeWrapping() is { Fault: not SignatureFault.None } wrapped) return wrapped;
        (SignatureFault Fault, string Message) place = JudgePlace();
        return place.Fault == SignatureFault.None && Part is not null ? Part.Judge() : place;
    }

    private (SignatureFault Fault, string Message) JudgePlace() => this switch
    {
        { brokenText: true } => (SignatureFault.Profile, "Có chú thích hoặc chỉ thị XML nằm lẫn trong giá trị; hãy bỏ đi rồi xuất lại tệp."),
        { signatures: > 1 } => (SignatureFault.Wrapped, $"Tệp có {signatures} chữ ký; chỉ được có một, trong {slot.Element}."),
        { slots: > 1 } => (SignatureFault.Wrapped, $"Tệp có {slots} thẻ {slot.Element}; chỉ được có một."),
        { signatures: 1, signaturesInSlot: 0 } => (SignatureFault.WrongPlace, $"Chữ ký không nằm trực tiếp trong {slot.Element} của thẻ gốc."),
        { slots: 0 } => (SignatureFault.Missing, $"Tệp không có thẻ {slot.Element}."),
        { slotUnderRoot: false } => (SignatureFault.WrongPlace, $"Thẻ {slot.Element} không nằm trực tiếp dưới thẻ gốc."),
        { behindSlot: true } => (SignatureFault.WrongPlace, $"Thẻ {slot.Element} phải là thẻ cuối cùng của thẻ gốc."),
        { slotBound: true } => (SignatureFault.Profile, $"Thẻ {slot.Element} khai báo không gian tên hoặc thuộc tính xml:; chỉ được khai báo ở thẻ gốc."),
        { besideSignature: true, signatures: 1 } => (SignatureFault.WrongPlace, $"Trong {slot.Element} còn nội dung khác ngoài chữ ký."),
        { unreadableSignature: true } => (SignatureFault.Profile, "Chữ ký có chú thích, chỉ thị XML hoặc lớn quá mức cho phép."),
        _ => (SignatureFault.None, ""),
    };

    private void EnterUnderRoot(bool isSlot, StartTag tag)
    {
        if (slotUnderRoot) behindSlot = true;
        if (!isSlot) return;
        InSlot = slotUnderRoot = true;
        slotBound |= tag.Declarations.Count > 0 || tag.Attributes.Exists(static a => a.Prefix is "xml");
    }
}

/// <summary>What a start tag begins.</summary>
internal enum Place
{
    /// <summary>Nothing special.</summary>
    Anywhere,

    /// <summary>The signature in its slot.</summary>
    Signature,

    /// <summary>The element a two-reference form signs.</summary>
    SignedElement,
}
