using System.Text;
using System.Xml;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Writes the elements of an XML Schema.</summary>
internal sealed class SchemaText : IDisposable
{
    private const string Namespace = "http://www.w3.org/2001/XMLSchema";
    private readonly XmlWriter xml;

    public SchemaText(Stream stream, Release release, string about)
    {
        xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), CloseOutput = false });
        xml.WriteStartDocument();
        xml.WriteStartElement("xs", "schema", Namespace);
        Note($"{about}. {release.DecisionNumber}.");
    }

    /// <summary>Opens an element; attributes come in pairs of name and value, those without a value are left out.</summary>
    public void Open(string element, params ReadOnlySpan<string?> attributes)
    {
        xml.WriteStartElement(element, Namespace);
        for (int i = 0; i < attributes.Length; i += 2)
        {
            if (attributes[i + 1] is { } value) xml.WriteAttributeString(attributes[i]!, value);
        }
    }

    public void Close(int levels = 1)
    {
        while (levels-- > 0) xml.WriteEndElement();
    }

    /// <summary>An element without content.</summary>
    public void Put(string element, params ReadOnlySpan<string?> attributes)
    {
        Open(element, attributes);
        Close();
    }

    /// <summary>Words for people about the element just opened.</summary>
    public void Note(string words)
    {
        Open("annotation");
        Open("documentation");
        xml.WriteString(words);
        Close(2);
    }

    /// <summary>The last child of a signed document: anything, or nothing.</summary>
    public void SignatureSlot()
    {
        Open("element", "name", "CHUKYDONVI", "minOccurs", "0");
        Open("complexType", "mixed", "true");
        Open("sequence");
        Put("any", "processContents", "skip", "minOccurs", "0", "maxOccurs", "unbounded");
        Close(3);
    }

    public void Dispose()
    {
        xml.WriteEndElement();
        xml.WriteEndDocument();
        xml.Flush();
        xml.Dispose();
    }
}
