using System.Text.Encodings.Web;
using System.Text.Json;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Standard;

namespace LienThong.Cli.Converting;

/// <summary>The whole report as JSON: every line of every record. Of one file (beside the package), or of a run (all files in one document).</summary>
internal sealed class ConvertJson : IConvertReport, IDisposable
{
    private readonly Utf8JsonWriter json;
    private readonly bool isRun;

    /// <summary>Starts the document.</summary>
    /// <param name="stream">Where it goes; not closed.</param>
    /// <param name="isRun">It holds several files, and their sum at the end.</param>
    public ConvertJson(Stream stream, bool isRun)
    {
        this.isRun = isRun;
        json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        if (!isRun) return;
        json.WriteStartObject();
        json.WriteStartArray("files");
    }

    /// <summary>Name of a kind of change for programs.</summary>
    public static string NameOf(ChangeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <inheritdoc/>
    public void BeginFile(PlannedFile file)
    {
        json.WriteStartObject();
        json.WriteString("file", file.Input.Path);
        json.WriteStartArray("records");
    }

    /// <inheritdoc/>
    public void Converted(Record record, Conversion conversion)
    {
        Begin(record);
        json.WriteBoolean("converted", true);
        json.WriteString("from", conversion.From.Id);
        json.WriteString("to", conversion.To.Id);
        json.WriteStartArray("changes");
        foreach (Change change in conversion.Changes) Write(change);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    /// <inheritdoc/>
    public void LeftOut(Record record, string why)
    {
        Begin(record);
        json.WriteBoolean("converted", false);
        json.WriteString("why", why);
        json.WriteEndObject();
        json.Flush();
    }

    /// <inheritdoc/>
    public void EndFile(PlannedFile file, IReadOnlyList<Problem> problems, ConvertTally tally)
    {
        json.WriteEndArray();
        json.WriteString("output", tally.Written > 0 ? file.Output : null);
        json.WriteBoolean("signatureDropped", tally.SignaturesDropped > 0);
        json.WriteStartArray("problems");
        foreach (Problem problem in problems) ProblemJson.Write(json, problem);
        json.WriteEndArray();
        Summary(tally);
        json.WriteEndObject();
        json.Flush();
    }

    /// <inheritdoc/>
    public void End(ConvertTally tally)
    {
        if (!isRun) return;
        json.WriteEndArray();
        Summary(tally);
        json.WriteEndObject();
        json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => json.Dispose();

    private void Begin(Record record)
    {
        json.WriteStartObject();
        json.WriteNumber("index", record.Index);
        json.WriteString("maLk", Identity.MaLk(record));
    }

    private void Write(Change change)
    {
        json.WriteStartObject();
        json.WriteString("kind", NameOf(change.Kind));
        json.WriteString("table", change.Table.Code());
        json.WriteNumberOrNull("row", change.Row);
        json.WriteString("field", change.Field);
        json.WriteString("target", change.Target);
        json.WriteString("old", change.Old);
        json.WriteString("new", change.New);
        json.WriteString("why", change.Why);
        json.WriteString("basis", change.Basis);
        json.WriteEndObject();
    }

    private void Summary(ConvertTally tally)
    {
        json.WriteStartObject("summary");
        if (isRun) json.WriteNumber("files", tally.Files);
        json.WriteNumber("found", tally.Found);
        json.WriteNumber("converted", tally.Converted);
        json.WriteNumber("written", tally.Written);
        foreach ((ChangeKind kind, long count) in tally.Counts) json.WriteNumber(NameOf(kind), count);
        json.WriteEndObject();
    }
}
