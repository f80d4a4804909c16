namespace LienThong.Cli.Validate;

/// <summary>How the results of <c>validate</c> are written.</summary>
internal enum OutputFormat
{
    /// <summary>Text for people.</summary>
    Text,

    /// <summary>One JSON object.</summary>
    Json,

    /// <summary>A line per finding.</summary>
    Csv,

    /// <summary>An Excel workbook.</summary>
    Xlsx,

    /// <summary>SARIF 2.1.0.</summary>
    Sarif,
}
