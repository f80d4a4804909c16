namespace LienThong.Gateway.Reports;

/// <summary>A cell of a CSV file.</summary>
public static class CsvCell
{
    /// <summary>The text quoted where it must be. What a spreadsheet would take for a formula gets an apostrophe in front.</summary>
    public static string Of(string text)
    {
        if (text.Length == 0) return text;
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
