using System.Globalization;
using LienThong.Gateway.Records;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Reports.Findings;

/// <summary>The record, or file, that findings of a report belong to.</summary>
/// <param name="File">File as its person named it; empty for stored records.</param>
/// <param name="Hoso">Position of the record in its file, from 1; null when the file is meant or the record is stored.</param>
/// <param name="MaLk"><c>MA_LK</c> as received; empty when unknown.</param>
/// <param name="Facility"><c>MA_CSKCB</c>; empty when unknown.</param>
/// <param name="Release">Id of the release it was judged by; empty for files.</param>
public sealed record FindingSource(string File, int? Hoso, string MaLk, string Facility, string Release);

/// <summary>One line of a report: a finding, or what is wrong with a file, with all that people sort and search by.</summary>
public sealed record FindingLine
{
    /// <summary>Where it was found.</summary>
    public required FindingSource Source { get; init; }

    /// <summary>Weight.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Rule or problem code.</summary>
    public required string Rule { get; init; }

    /// <summary>What is wrong, in Vietnamese.</summary>
    public required string Message { get; init; }

    /// <summary>What to do, in Vietnamese; may be empty.</summary>
    public required string Fix { get; init; }

    /// <summary>Table code; empty when the record or file is meant.</summary>
    public string Table { get; init; } = "";

    /// <summary>Position of the row in its table, from 1; null when the table is meant.</summary>
    public int? Row { get; init; }

    /// <summary><c>STT</c> of the row as received.</summary>
    public string Stt { get; init; } = "";

    /// <summary>Field; empty when none is meant.</summary>
    public string Field { get; init; } = "";

    /// <summary>Text as received, shortened; of other cells a report shows no value that belongs to a person.</summary>
    public string Value { get; init; } = "";

    /// <summary>The right value; null when the rule can't tell it.</summary>
    public string? Expected { get; init; }

    /// <summary>Where it is written.</summary>
    public string LegalBasis { get; init; } = "";

    /// <summary>Department; empty when unknown.</summary>
    public string Department { get; init; } = "";

    /// <summary>Who ordered, performed or signed; empty when unknown.</summary>
    public string Doctor { get; init; } = "";

    /// <summary>Code of the drug, supply, service or disease; empty when there is none.</summary>
    public string Item { get; init; } = "";

    /// <summary>VND that the fund could cut; null when it can't be told.</summary>
    public decimal? AtRisk { get; init; }

    /// <summary>Line in the file, from 1; known for problems of files only.</summary>
    public long? Line { get; init; }

    /// <summary>Character in that line, from 1.</summary>
    public long? Position { get; init; }

    /// <summary>The content of the automatic audit that the rule belongs to; null for none.</summary>
    public AuditGroup? AuditGroup => RuleCatalogue.Find(Rule)?.AuditGroup;

    /// <summary>The cell, or the element of the envelope, as people quote it; empty when the record or file is meant.</summary>
    public string Place => (Table, Row, Field) switch
    {
        ("", _, _) => Field,
        (_, { } row, "") => string.Create(CultureInfo.InvariantCulture, $"{Table}[{row}]"),
        (_, { } row, _) => string.Create(CultureInfo.InvariantCulture, $"{Table}[{row}].{Field}"),
        (_, null, "") => Table,
        _ => $"{Table}.{Field}",
    };

    /// <summary>A finding just made.</summary>
    public static FindingLine Of(FindingSource source, Finding f) => new()
    {
        Source = source,
        Severity = f.Severity,
        Rule = f.Rule,
        Message = f.Message,
        Fix = f.Fix,
        Table = f.At.Table,
        Row = f.At.Row,
        Stt = f.Stt,
        Field = f.At.Field ?? "",
        Value = f.Value,
        Expected = f.Expected,
        LegalBasis = f.LegalBasis,
        Department = f.Department,
        Doctor = f.Doctor,
        Item = f.Item,
        AtRisk = f.AtRisk,
    };

    /// <summary>A stored finding.</summary>
    public static FindingLine Of(FindingSource source, StoredFinding f) => new()
    {
        Source = source,
        Severity = f.Severity,
        Rule = f.Rule,
        Message = f.Message,
        Fix = f.Fix,
        Table = f.Table,
        Row = f.Row,
        Stt = f.Stt,
        Field = f.Field,
        Value = f.Value,
        Expected = f.Expected,
        LegalBasis = f.LegalBasis,
        Department = f.Department,
        Doctor = f.Doctor,
        Item = f.Item,
        AtRisk = f.AtRisk,
    };

    /// <summary>What is wrong with a file.</summary>
    public static FindingLine Of(string file, Problem problem) => new()
    {
        Source = new FindingSource(file, problem.Hoso + 1, "", "", ""),
        Severity = problem.Severity,
        Rule = problem.Code,
        Message = problem.Message,
        Fix = problem.Fix,
        Field = problem.Field ?? "",
        Line = problem.Line,
        Position = problem.Position,
    };
}
