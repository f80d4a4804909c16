using System.Text.RegularExpressions;

namespace LienThong.Server.Tests.Support;

/// <summary>Finds pieces of a page.</summary>
public static class Html
{
    /// <summary>The first piece that fits; the group <c>it</c> of it when the pattern has one; empty when nothing fits.</summary>
    public static string Find(string html, string pattern)
    {
        Match match = Regex.Match(html, pattern, RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        return match.Groups["it"] is { Success: true } it ? it.Value : match.Value;
    }
}
