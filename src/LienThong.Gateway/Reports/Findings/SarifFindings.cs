using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Reports.Findings;

/// <summary>
/// Findings as SARIF 2.1.0, for tools that show such results beside files: one run, a result per finding with its file and, as logical
/// location, its table, row and field. The rules that occur follow at the end with their help, so that nothing has to be held back.
/// </summary>
public sealed class SarifFindings : IDisposable
{
    /// <summary>Content type of the result.</summary>
    public const string ContentType = "application/sarif+json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };
    private readonly SortedSet<string> rules = new(StringComparer.Ordinal);
    private readonly Utf8JsonWriter json;

    private readonly string version;

    /// <summary>Begins a report. Call <see cref="Finish"/> after the last finding.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="version">Version of the program it names; null for this one's.</param>
    public SarifFindings(IBufferWriter<byte> output, string? version = null)
    {
        this.version = version ?? typeof(SarifFindings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteString("columnKind", "unicodeCodePoints");
        json.WriteStartArray("results");
    }

    /// <summary>Writes one finding.</summary>
    public void Write(FindingLine finding)
    {
        rules.Add(finding.Rule);
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule);
        json.WriteString("level", LevelOf(finding.Severity));
        json.WriteStartObject("message");
        json.WriteString("text", finding.Fix.Length == 0 ? finding.Message : $"{finding.Message} {finding.Fix}");
        json.WriteEndObject();
        WriteLocation(finding);
        WriteProperties(finding);
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Writes what follows the findings.</summary>
    public void Finish()
    {
        json.WriteEndArray();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "LienThong");
        json.WriteString("semanticVersion", version);
        json.WriteString("language", "vi");
        json.WriteStartArray("rules");
        foreach (string rule in rules) WriteRule(rule);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => json.Dispose();

    private static string LevelOf(Severity severity) => severity switch
    {
        Severity.Block => "error",
        Severity.Warn => "warning",
        _ => "note",
    };

    private void WriteLocation(FindingLine finding)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        if (finding.Source.File.Length > 0) WriteFile(finding);
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", finding.Field.Length > 0 ? finding.Field : finding.Table.Length > 0 ? finding.Table : "HOSO");
        json.WriteString("fullyQualifiedName", Path(finding));
        json.WriteString("kind", "element");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteFile(FindingLine finding)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri(finding.Source.File));
        json.WriteEndObject();
        if (finding.Line is { } line)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", line);
            if (finding.Position is { } position) json.WriteNumber("startColumn", position);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // Relative as given; every part escaped, since a name may hold anything.
    private static string Uri(string file) =>
        (System.IO.Path.IsPathRooted(file) ? "file://" : "") + string.Join('/', file.Replace('\\', '/').Split('/').Select(System.Uri.EscapeDataString));

    private static string Path(FindingLine finding)
    {
        string record = finding.Source.Hoso is { } hoso ? string.Create(CultureInfo.InvariantCulture, $"HOSO[{hoso}]") : finding.Source.MaLk;
        string[] parts = [record, finding.Place.Replace('.', '/')];
        return string.Join('/', parts.Where(p => p.Length > 0)) is { Length: > 0 } path ? path : "GIAMDINHHS";
    }

    private void WriteProperties(FindingLine finding)
    {
        json.WriteStartObject("properties");
        Member("maLk", finding.Source.MaLk);
        Member("maCskcb", finding.Source.Facility);
        Member("release", finding.Source.Release);
        Member("stt", finding.Stt);
        Member("value", finding.Value);
        Member("expected", finding.Expected ?? "");
        Member("department", finding.Department);
        Member("doctor", finding.Doctor);
        Member("item", finding.Item);
        Member("auditGroup", finding.AuditGroup?.Id ?? "");
        if (finding.AtRisk is { } vnd) json.WriteNumber("atRisk", vnd);
        json.WriteEndObject();
    }

    private void Member(string name, string value)
    {
        if (value.Length > 0) json.WriteString(name, value);
    }

    private void WriteRule(string code)
    {
        json.WriteStartObject();
        json.WriteString("id", code);
        if (RuleCatalogue.Find(code) is { } rule)
        {
            Text("shortDescription", rule.MessageVi);
            Text("help", string.Join(' ', new[] { rule.Fix, $"Căn cứ: {rule.LegalBasis}." }.Where(t => t.Length > 0)));
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", LevelOf(rule.Severity));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Text(string member, string text)
    {
        json.WriteStartObject(member);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
