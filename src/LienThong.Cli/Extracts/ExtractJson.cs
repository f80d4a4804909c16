using System.Text.Json;
using LienThong.Extracts;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Extracts;

/// <summary>JSON for programs about an extract.</summary>
internal static class ExtractJson
{
    /// <summary>Writes the ledger as members of an open object.</summary>
    public static void Ledger(Utf8JsonWriter json, ExtractLedger ledger, ExtractReader reader)
    {
        json.WriteNumber("found", ledger.Found);
        json.WriteNumber("built", ledger.Built);
        json.WriteNumber("blocked", ledger.Blocked);
        json.WriteNumber("refused", ledger.Refused);
        json.WriteStartArray("tables");
        foreach ((string table, long rows) in reader.Tables)
        {
            json.WriteStartObject();
            json.WriteString("name", table);
            json.WriteNumber("rows", rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("examples", reader.Remarks);
        json.WriteNumber("spilledBytes", reader.Spilled);
        json.WriteStartArray("problems");
        foreach (ExtractProblem problem in ledger.Told) Problem(json, problem);
        json.WriteEndArray();
        json.WriteNumber("moreProblems", ledger.Problems.Sum() - ledger.Told.Count);
        json.WriteStartArray("blocks");
        foreach ((string visit, Finding finding) in ledger.Blocks) Finding(json, finding, visit);
        json.WriteEndArray();
    }

    /// <summary>Writes a problem.</summary>
    public static void Problem(Utf8JsonWriter json, ExtractProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("code", problem.Code);
        json.WriteString("severity", Name(problem.Severity));
        json.WriteString("file", problem.File);
        json.WriteNumber("line", problem.Line);
        json.WriteString("column", problem.Column);
        json.WriteString("value", problem.Value);
        json.WriteString("visit", problem.Visit);
        json.WriteString("message", problem.Message);
        json.WriteString("fix", problem.Fix);
        json.WriteEndObject();
    }

    /// <summary>Writes a finding.</summary>
    public static void Finding(Utf8JsonWriter json, Finding finding, string visit)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule);
        json.WriteString("severity", Name(finding.Severity));
        json.WriteString("visit", visit);
        json.WriteString("at", finding.At.ToString());
        json.WriteString("value", finding.Value);
        json.WriteString("message", finding.Message);
        json.WriteString("fix", finding.Fix);
        json.WriteEndObject();
    }

    private static string Name(Severity severity) => severity switch
    {
        Severity.Block => "block",
        Severity.Warn => "warn",
        _ => "info",
    };
}
