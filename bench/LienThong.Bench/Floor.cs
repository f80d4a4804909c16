using System.Xml;

namespace LienThong.Bench;

/// <summary>
/// The floor: the plainest correct way to touch every value. XmlReader over the envelope, base64, XmlReader over each table
/// document, every value copied to its column. It judges nothing.
/// </summary>
internal static class Floor
{
    public static long Read(byte[] file)
    {
        long characters = 0;
        using XmlReader envelope = XmlReader.Create(new MemoryStream(file));
        while (envelope.Read())
        {
            if (envelope.NodeType == XmlNodeType.Element && envelope.LocalName == "NOIDUNGFILE" && !envelope.IsEmptyElement)
            {
                characters += Table(Convert.FromBase64String(envelope.ReadElementContentAsString()));
            }
        }

        return characters;
    }

    private static long Table(byte[] document)
    {
        long characters = 0;
        var columns = new Dictionary<string, string>(64, StringComparer.Ordinal);
        string name = "";
        using XmlReader reader = XmlReader.Create(new MemoryStream(document));
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                name = reader.LocalName;
            }
            else if (reader.NodeType == XmlNodeType.Text)
            {
                columns[name] = reader.Value;
                characters += reader.Value.Length;
            }
        }

        return characters;
    }
}
