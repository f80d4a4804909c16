using System.Globalization;
using System.Text;
using LienThong.Standard;

namespace LienThong.Cli.Terminal;

/// <summary>Words and their looks in text output.</summary>
internal static class Words
{
    /// <summary>Room under a label, so that what follows stands in one column.</summary>
    public const string Indent = "            ";

    private static readonly bool Colours = Screen.IsWatched
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>The severity as people read it, 8 characters wide.</summary>
    public static string Label(Severity severity) => severity switch
    {
        Severity.Block => Paint("CHẶN    ", severity),
        Severity.Warn => Paint("CẢNH BÁO", severity),
        _ => "GỢI Ý   ",
    };

    /// <summary>Coloured by severity when a person watches.</summary>
    public static string Paint(string text, Severity severity) => !Colours ? text : severity switch
    {
        Severity.Block => $"\e[31;1m{text}\e[0m",
        Severity.Warn => $"\e[33m{text}\e[0m",
        _ => text,
    };

    /// <summary>Less conspicuous when a person watches.</summary>
    public static string Faint(string text) => Colours ? $"\e[2m{text}\e[0m" : text;

    /// <summary>A day in Vietnam as people write it.</summary>
    public static string Day(DateTimeOffset moment) => moment.InVietnam().ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>A number of bytes as people read it.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} byte"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MB"),
    };

    /// <summary>An amount in VND as people write it, e.g. <c>1.234.567,5 đ</c>.</summary>
    public static string Money(decimal vnd) => vnd.ToString("#,0.##", CultureInfo.GetCultureInfo("vi-VN")) + " đ";

    /// <summary>Numbers of findings or problems in words.</summary>
    public static string Counts(long[] counts) => string.Create(
        CultureInfo.InvariantCulture, $"{counts[(int)Severity.Block]} chặn, {counts[(int)Severity.Warn]} cảnh báo, {counts[(int)Severity.Info]} gợi ý");

    /// <summary>
    /// Text from outside as it may stand on a terminal: one line, no control characters (an escape sequence in a file could
    /// rewrite what the person sees), cut after <paramref name="longest"/> characters.
    /// </summary>
    public static string Plain(string text, int longest)
    {
        bool plain = text.Length <= longest;
        for (int i = 0; plain && i < text.Length; i++) plain = !IsUnfit(text[i]);
        if (plain) return text;
        var result = new StringBuilder(Math.Min(text.Length, longest) + 1);
        foreach (char c in text)
        {
            if (result.Length == longest) return result.Append('…').ToString();
            if (c is '\n' or '\t') result.Append(' ');
            else if (c != '\r') result.Append(IsUnfit(c) ? '\uFFFD' : c);
        }

        return result.ToString();
    }

    // Controls, and the marks that turn the direction of writing.
    private static bool IsUnfit(char c) => char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
