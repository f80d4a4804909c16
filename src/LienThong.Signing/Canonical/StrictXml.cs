using System.Xml;

namespace LienThong.Signing.Canonical;

/// <summary>How this room parses XML: nothing is fetched, expanded or executed.</summary>
internal static class StrictXml
{
    internal static XmlReaderSettings Settings(ConformanceLevel level) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = true,
        ConformanceLevel = level,
        IgnoreComments = false,
        IgnoreProcessingInstructions = false,
        IgnoreWhitespace = false,
        CloseInput = true,
    };

    internal static string Message(XmlException e) =>
        $"Tệp không phải XML đúng cú pháp hoặc có DTD (dòng {e.LineNumber}, cột {e.LinePosition}); hãy xuất lại tệp.";
}
