using LienThong.Standard;

namespace LienThong.Cli.Converting;

/// <summary>What <c>convert</c> was asked to do with packages.</summary>
/// <param name="Paths">Files and folders, at least one.</param>
/// <param name="From">The release the records are in; null to tell it from each record.</param>
/// <param name="To">The release wanted; null for the one in force on each record's <c>NGAY_RA</c>.</param>
/// <param name="Out">Folder for the packages and reports; null to report only.</param>
/// <param name="Json">The report as JSON instead of text.</param>
internal sealed record ConvertArguments(IReadOnlyList<string> Paths, Release? From, Release? To, string? Out, bool Json);
