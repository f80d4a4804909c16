using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LienThong.Standard;

namespace LienThong.Portal.Channels;

/// <summary>Names of dropped files: <c>&lt;MA_CSKCB&gt;_&lt;yyyyMMddHHmmss&gt;_&lt;MA_LK safe&gt;.xml</c>, plain ASCII without anything a path could be made of.</summary>
internal static class DropNames
{
    public const string Extension = ".xml";
    private const int LongestKey = 100;

    /// <summary>The name of a document.</summary>
    /// <param name="facilityCode">Letters and digits.</param>
    /// <param name="at">The moment, written in Vietnam time.</param>
    /// <param name="maLk">Anything.</param>
    public static string Of(string facilityCode, DateTimeOffset at, string maLk) => string.Create(
        CultureInfo.InvariantCulture, $"{facilityCode}_{at.InVietnam():yyyyMMddHHmmss}_{Safe(maLk)}{Extension}");

    /// <summary>
    /// <c>MA_LK</c> with every character that isn't an ASCII letter, digit, dot, hyphen or underscore as an underscore; when that
    /// changed or cut something, a piece of its hash keeps two different keys apart.
    /// </summary>
    public static string Safe(string maLk)
    {
        string safe = string.Concat(maLk.Take(LongestKey).Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
        return safe == maLk && safe.Length > 0
            ? safe
            : $"{safe}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(maLk)))[..8]}";
    }

    /// <summary>A name nobody takes for a document and no other drop uses.</summary>
    public static string Temporary(string name) => $"{name}.{Guid.NewGuid().ToString("N")[..8]}.tmp";

    /// <summary>Whether a text is a name of ours, so that it may be looked for.</summary>
    public static bool IsOne(string name) =>
        name.Length is > 0 and <= 200 && name.EndsWith(Extension, StringComparison.Ordinal)
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && char.IsAsciiLetterOrDigit(name[0]);
}
