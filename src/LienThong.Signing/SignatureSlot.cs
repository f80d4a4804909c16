namespace LienThong.Signing;

/// <summary>Where the signature goes: the element that is the last child of one of the known roots. All names are in no namespace.</summary>
/// <param name="Element">Name of the element that holds the signature.</param>
/// <param name="Roots">Names of the documents that have such a slot.</param>
public sealed record SignatureSlot(string Element, IReadOnlyList<string> Roots)
{
    /// <summary><c>/*/CHUKYDONVI</c> of the record package, the check-in and the medical assessment (XML12).</summary>
    public static readonly SignatureSlot ChuKyDonVi = new(
        "CHUKYDONVI", ["GIAMDINHHS", "CHI_TIEU_TRANG_THAI_KCB", "CHI_TIEU_GIAM_DINH_YKHOA"]);

    /// <summary>Whether a document with this root has the slot.</summary>
    public bool Knows(string root)
    {
        foreach (string known in Roots)
        {
            if (string.Equals(known, root, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
