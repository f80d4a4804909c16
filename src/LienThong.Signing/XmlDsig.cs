using System.Xml;

namespace LienThong.Signing;

/// <summary>The names of XMLDSig that the profiles allow; every other algorithm is refused before anything is computed.</summary>
internal static class XmlDsig
{
    internal const string Namespace = "http://www.w3.org/2000/09/xmldsig#";
    internal const string C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    internal const string RsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    internal const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    internal const string SigningTimeFormat = "yyyy-MM-dd'T'HH:mm:ss";
    internal const string Enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

    /// <summary>Whether a text can be an id: an XML name without colon.</summary>
    internal static bool IsName(string text)
    {
        try
        {
            XmlConvert.VerifyNCName(text);
            return true;
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            return false;
        }
    }
}
