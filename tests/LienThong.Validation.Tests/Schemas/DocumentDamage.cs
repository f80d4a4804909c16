using System.Text.RegularExpressions;

namespace LienThong.Validation.Tests.Schemas;

/// <summary>Breaks table documents at random places: characters, elements, values.</summary>
internal static partial class DocumentDamage
{
    private static readonly string[] Values =
    [
        "", " ", "0", "-0", "-1", "-0.00", "1", "01", "12", "1.5", "1.", ".5", "1,5", "1e3", "abc", "ă", "20260230", "20240229", "19000101", "21010101", "2024022912",
        "202408152460", "202408152359", "20240815;20240816", "20240815,20240816", ";", "1;;2", "1; 2;", "A;B", " 1 ", "99001", "99001;99002", "x y", "1\n", "&amp;", "<b>1</b>",
        "99999999999999999999999", new string('9', 200), new string('ạ', 1600), "1.123456", "-5.2",
    ];

    /// <summary>One damage; the same random gives the same.</summary>
    public static string Apply(string document, Random random)
    {
        MatchCollection fields = Field().Matches(document);
        Match one = fields[random.Next(fields.Count)];
        string name = one.Groups["name"].Value;
        return random.Next(10) switch
        {
            0 => document.Remove(random.Next(document.Length), 1),
            1 => document.Insert(random.Next(document.Length), "<>&\"'/;., 0A\u00e1-"[random.Next(14)].ToString()),
            2 => document.Remove(one.Index, one.Length),
            3 => document.Insert(one.Index, one.Value),
            4 => Put(document, one, $"<KHAC_{name}>1</KHAC_{name}>"),
            5 => Swap(document, one, fields[random.Next(fields.Count)]),
            _ => Put(document, one, $"<{name}>{Values[random.Next(Values.Length)]}</{name}>"),
        };
    }

    private static string Put(string document, Match at, string text) => document[..at.Index] + text + document[(at.Index + at.Length)..];

    private static string Swap(string document, Match one, Match other)
    {
        if (one.Index == other.Index) return document;
        (Match first, Match second) = one.Index < other.Index ? (one, other) : (other, one);
        return Put(Put(document, second, first.Value), first, second.Value);
    }

    [GeneratedRegex("<(?<name>[A-Z0-9_]+)>[^<]*</\\k<name>>|<(?<name>[A-Z0-9_]+)/>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Field();
}
