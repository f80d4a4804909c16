namespace LienThong.Standard;

/// <summary>How a record differs from the plain form of the standard while it could still be read.</summary>
public enum DeviationKind
{
    /// <summary>An element of a row that no release knows; <see cref="Deviation.Detail"/> names it.</summary>
    UnknownField,

    /// <summary>An element that occurs twice in one row; the first value is used.</summary>
    DuplicateField,

    /// <summary>The rows of one table don't hold their elements in one and the same order; the row is the first that differs.</summary>
    FieldOrderChanges,

    /// <summary>The table document's root or list element has another name; the detail gives it. The rows were found all the same.</summary>
    OtherRootElement,

    /// <summary>No row element of the declared table was found; the detail gives the element found.</summary>
    WrongTableContent,

    /// <summary>A value of <c>LOAIHOSO</c> that no package may hold; the detail gives it. The table isn't judged.</summary>
    UnknownLoaiHoSo,

    /// <summary>XML12 inside a package.</summary>
    AssessmentInPackage,

    /// <summary>The same <c>LOAIHOSO</c> twice; the rows are kept together.</summary>
    DuplicateTable,

    /// <summary>XML1 isn't the first table.</summary>
    SummaryNotFirst,

    /// <summary><c>NOIDUNGFILE</c> is empty or missing.</summary>
    EmptyContent,

    /// <summary><c>NOIDUNGFILE</c> is neither base64 nor XML.</summary>
    BadBase64,

    /// <summary>The table document is not well-formed XML; the detail tells where.</summary>
    MalformedContent,

    /// <summary>The table document declares a DTD or an entity and was refused.</summary>
    ForbiddenDtd,

    /// <summary>The table document isn't UTF-8.</summary>
    NotUtf8,

    /// <summary>The table document's declaration names another encoding than UTF-8, though its bytes are UTF-8.</summary>
    DeclaredEncoding,

    /// <summary>The table document starts with a byte-order mark.</summary>
    ByteOrderMark,

    /// <summary>The table document came as XML instead of base64.</summary>
    InlineXml,

    /// <summary>CDATA around values or around the table document.</summary>
    CData,

    /// <summary>An element inside a field; its text is taken as part of the value.</summary>
    NestedElement,

    /// <summary>The table or record is larger, deeper or longer than the reader's limits; the detail names the limit.</summary>
    OverLimit,

    /// <summary>An element that has no place in <c>HOSO</c> or <c>FILEHOSO</c>; the detail names it.</summary>
    UnknownEnvelopeElement,
}

/// <summary>A deviation with its place in the record.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Table">The table; null when the record as a whole is meant.</param>
/// <param name="Row">Position of the row in its table, from 1; null when the table as a whole is meant.</param>
/// <param name="Field">The field or element; empty when none is meant.</param>
/// <param name="Detail">What was found, shortened to 200 characters.</param>
public sealed record Deviation(DeviationKind Kind, TableId? Table, int? Row, string Field, string Detail);
