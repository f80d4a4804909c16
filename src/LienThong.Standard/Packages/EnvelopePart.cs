namespace LienThong.Standard;

/// <summary>A place in the envelope that the standard gives an element.</summary>
internal enum EnvelopePart : byte
{
    /// <summary>No element is open.</summary>
    Outside,

    /// <summary><c>GIAMDINHHS</c>.</summary>
    Root,

    /// <summary><c>THONGTINDONVI</c>.</summary>
    Facility,

    /// <summary><c>MACSKCB</c>.</summary>
    FacilityCode,

    /// <summary><c>THONGTINHOSO</c>.</summary>
    Contents,

    /// <summary><c>NGAYLAP</c>.</summary>
    CreatedOn,

    /// <summary><c>SOLUONGHOSO</c>.</summary>
    RecordCount,

    /// <summary><c>DANHSACHHOSO</c>, which holds the records.</summary>
    RecordList,

    /// <summary><c>CHUKYDONVI</c> or anything in it.</summary>
    Signature,

    /// <summary>An element that has no place there, or anything in it.</summary>
    Unknown,
}

/// <summary>Which element leads where.</summary>
internal static class EnvelopeParts
{
    /// <summary>The part that an element opens inside another.</summary>
    public static EnvelopePart Below(EnvelopePart parent, string name) => (parent, name) switch
    {
        (EnvelopePart.Outside, "GIAMDINHHS") => EnvelopePart.Root,
        (EnvelopePart.Root, "THONGTINDONVI") => EnvelopePart.Facility,
        (EnvelopePart.Root, "THONGTINHOSO") => EnvelopePart.Contents,
        (EnvelopePart.Root, "CHUKYDONVI") => EnvelopePart.Signature,
        (EnvelopePart.Facility, "MACSKCB") => EnvelopePart.FacilityCode,
        (EnvelopePart.Contents, "NGAYLAP") => EnvelopePart.CreatedOn,
        (EnvelopePart.Contents, "SOLUONGHOSO") => EnvelopePart.RecordCount,
        (EnvelopePart.Contents, "DANHSACHHOSO") => EnvelopePart.RecordList,
        (EnvelopePart.Signature, _) => EnvelopePart.Signature,
        _ => EnvelopePart.Unknown,
    };
}
