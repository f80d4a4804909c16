namespace LienThong.Portal.Channels;

/// <summary>One reply of an FTP server.</summary>
/// <param name="Code">Three digits, 100–599.</param>
/// <param name="Text">Text of its last line, at most 200 characters, without control characters.</param>
internal sealed record FtpReply(int Code, string Text)
{
    private const int LongestText = 200;

    /// <summary>2xx.</summary>
    public bool IsDone => Code / 100 == 2;

    /// <summary>4xx and 5xx: the server refuses, so what was asked for didn't happen.</summary>
    public bool IsRefusal => Code / 100 is 4 or 5;

    /// <summary>Reads a line that begins with a code; null when it doesn't.</summary>
    public static FtpReply? Of(string line)
    {
        if (line.Length < 3 || !char.IsAsciiDigit(line[0]) || !char.IsAsciiDigit(line[1]) || !char.IsAsciiDigit(line[2]) || line[0] is < '1' or > '5')
            return null;
        int code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
        string text = line.Length > 4 ? line[4..Math.Min(line.Length, 4 + LongestText)] : "";
        return new FtpReply(code, string.Concat(text.Where(static c => !char.IsControl(c))));
    }

    /// <summary>The port of a reply to <c>EPSV</c> (229, <c>(|||port|)</c>) or <c>PASV</c> (227, six numbers); null when there is none.</summary>
    /// <remarks>The address in a 227 is not used: the data connection goes to the server we talk to, or a hostile one could point it anywhere.</remarks>
    public int? DataPort()
    {
        int open = Text.IndexOf('(', StringComparison.Ordinal), close = Text.IndexOf(')', StringComparison.Ordinal);
        if (open < 0 || close < open + 2)
            return null;
        string inside = Text[(open + 1)..close];
        string[] parts = inside.Split(Code == 229 ? inside[0] : ',');
        int? port = Code switch
        {
            229 when parts.Length == 5 => Number(parts[3], 65535),
            227 when parts.Length == 6 => (Number(parts[4], 255) * 256) + Number(parts[5], 255),
            _ => null,
        };
        return port is > 0 ? port : null;
    }

    private static int? Number(string text, int most) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) && number <= most
            ? number
            : null;
}
