using LienThong.Standard;

namespace LienThong.Signing;

/// <summary>A paper whose row carries signature data of its own, as data. The annex of QĐ 3176/QĐ-BYT names the field; in which form the data stand there no source says, so the text is opaque to us.</summary>
/// <param name="Field">Where the text goes.</param>
/// <param name="Since">Id of the first release in which the field has this meaning.</param>
public sealed record PaperSignatureProfile(FieldId Field, string Since)
{
    /// <summary>Transfer (table 13), re-examination appointment (14) and tuberculosis (15): the facility's signature in <c>DU_PHONG</c>. None of them is on until it is handed to <see cref="PaperSignatures.Fill"/>.</summary>
    public static readonly IReadOnlyList<PaperSignatureProfile> Known =
        [new(Xml13.DU_PHONG, "QD3176"), new(Xml14.DU_PHONG, "QD3176"), new(Xml15.DU_PHONG, "QD3176")];

    /// <summary>Whether the field has this meaning in a release.</summary>
    internal bool AppliesTo(Release release)
    {
        for (Release? r = release; r is not null; r = r.Parent.Length == 0 ? null : Releases.Get(r.Parent))
        {
            if (string.Equals(r.Id, Since, StringComparison.Ordinal)) return release.Field(Field) is not null;
        }

        return false;
    }
}
