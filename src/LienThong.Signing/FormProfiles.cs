using System.Xml;
using LienThong.Signing.Canonical;

namespace LienThong.Signing;

/// <summary>The forms of TT 12/2026/TT-BTC that are signed with two references, as data: which element of which document is signed.</summary>
public static class FormProfiles
{
    private const string Catalogue = "HSDANHMUC";

    /// <summary>01/DM–06/DM (catalogues), 01/BH (monthly summary) and 09/BH (detail adjustment).</summary>
    public static readonly IReadOnlyList<SignatureProfile> All =
    [
        SignatureProfile.TwoReferenceForm("01/DM", Catalogue, "DANHSACH_DMBOPHANCHUYENMON"),
        SignatureProfile.TwoReferenceForm("02/DM", Catalogue, "DANHSACH_DMNHANLUCKBCB"),
        SignatureProfile.TwoReferenceForm("03/DM", Catalogue, "DANHSACH_DMTHUOCMAUCHEPHAMMAU"),
        SignatureProfile.TwoReferenceForm("04/DM", Catalogue, "DSACH_TBYT"),
        SignatureProfile.TwoReferenceForm("05/DM", Catalogue, "DANHSACH_DMDICHVUKBCB"),
        SignatureProfile.TwoReferenceForm("06/DM", Catalogue, "DSACH_TBYTTHDV"),
        SignatureProfile.TwoReferenceForm("01/BH", "HSTH01BH", "DS_CHITIET"),
        SignatureProfile.TwoReferenceForm("09/BH", "HOSO_DIEUCHINH_GD", "TT_HOSO"),
    ];

    /// <summary>The profile of a form by its name (<c>09/BH</c>); null when there is no such form.</summary>
    public static SignatureProfile? Named(string name)
    {
        foreach (SignatureProfile profile in All)
        {
            if (string.Equals(profile.Name, name, StringComparison.Ordinal)) return profile;
        }

        return null;
    }

    /// <summary>The profile a document of unknown kind has to be judged by, told from its root and the root's first element: a form of <see cref="All"/>, otherwise <see cref="SignatureProfile.EnvelopedPackage"/>.</summary>
    /// <remarks>Only a choice among known profiles; signing and verifying check all of it again.</remarks>
    public static SignatureProfile Of(ReadOnlyMemory<byte> document)
    {
        (string root, string first) = Names(document);
        foreach (SignatureProfile profile in All)
        {
            if (profile.Slot.Knows(root) && string.Equals(profile.SignedElement, first, StringComparison.Ordinal)) return profile;
        }

        return SignatureProfile.EnvelopedPackage;
    }

    private static (string Root, string First) Names(ReadOnlyMemory<byte> document)
    {
        string root = "";
        if (SourceText.Open(document) is not { } source) return (root, "");
        using XmlReader reader = XmlReader.Create(SourceText.Read(source.Utf8), StrictXml.Settings(ConformanceLevel.Document));
        try
        {
            while (reader.Read() && reader.Depth < 2)
            {
                if (reader.NodeType != XmlNodeType.Element) continue;
                if (reader.Depth == 1) return (root, reader.LocalName);
                root = reader.LocalName;
            }
        }
        catch (XmlException)
        {
            // Whoever signs or verifies it next says so.
        }

        return (root, "");
    }
}
