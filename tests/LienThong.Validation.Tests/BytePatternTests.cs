using System.Text;
using System.Text.RegularExpressions;

namespace LienThong.Validation.Tests;

public sealed class BytePatternTests
{
    [Theory]
    [InlineData("^[A-Z]{2}[0-9]{13}$", "GD4000000000017", true)]
    [InlineData("^[A-Z]{2}[0-9]{13}$", "GD400000000017", false)]
    [InlineData("^[A-Z][0-9]{2}(\\.[0-9]{1,2})?([*+]|†)?$", "A17.0†", true)]
    [InlineData("^[A-Z][0-9]{2}(\\.[0-9]{1,2})?([*+]|†)?$", "A17.012", false)]
    [InlineData("^(C|K|M|H)\\.[0-9A-Za-z]{5}$", "K.99001", true)]
    [InlineData("^(0?[1-9]|1[0-9])$", "20", false)]
    [InlineData("^(0?[1-9]|1[0-9])$", "19", true)]
    [InlineData("^[1-9](;[1-9])*$", "1;2;3", true)]
    [InlineData("^[1-9](;[1-9])*$", "1;;3", false)]
    [InlineData("^[^\\s;,<>&\"']{1,100}$", "ĐT-01", true)]
    [InlineData("^[^\\s;,<>&\"']{1,100}$", "ĐT 01", false)]
    [InlineData("^a+b*$", "aab", true)]
    [InlineData("^a+b*$", "b", false)]
    public void Matches_like_the_regular_expression_it_is(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, BytePattern.Of(pattern).Matches(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(expected, Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Agrees_with_Regex_on_every_pattern_of_the_standard()
    {
        string[] words = ["", "1", "0", "01", "12", "13", "19", "99001", "9900A", "K.99001", "H001", "T12", "G1", "CT07", "K1", "K4", "1;2", "202608150915", "20260815", "65.5", "1.234"];
        foreach (LienThong.Standard.Release release in LienThong.Standard.Releases.All)
        {
            foreach (string pattern in release.Tables.SelectMany(t => t.Fields).Select(f => f.Pattern).Where(p => p.Length > 0 && !p.Contains("(?")).Distinct())
            {
                BytePattern compiled = BytePattern.Of(pattern);
                foreach (string word in words)
                {
                    Assert.Equal(Regex.IsMatch(word, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), compiled.Matches(Encoding.UTF8.GetBytes(word)));
                }
            }
        }
    }
}
