using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>One JSON object, written while the files are judged. Member names are a contract for scripts.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A writer over a buffer holds nothing that has to be given back.")]
internal sealed class JsonReport : IReport
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Vietnamese stays readable; this is no HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private Utf8JsonWriter? writer;

    /// <inheritdoc/>
    public void Start(Stream output) => output.Write("{\"files\":["u8);

    /// <inheritdoc/>
    public void BeginFile(OrderedOutput.Part part, string path)
    {
        part.Buffer.Write(part.Index == 0 ? "\n"u8 : ",\n"u8);
        if (writer is null) writer = new Utf8JsonWriter(part.Buffer, Options);
        else writer.Reset(part.Buffer);
        writer.WriteStartObject();
        writer.WriteString("file"u8, path);
        writer.WriteStartArray("records"u8);
    }

    /// <inheritdoc/>
    public void Record(Record record, string facility, Judgement judgement, bool blocked)
    {
        Utf8JsonWriter json = writer!;
        json.WriteStartObject();
        json.WriteNumber("index"u8, record.Index);
        json.WriteString("maLk"u8, Identity.MaLk(record));
        json.WriteString("maCskcb"u8, Identity.MaCskcb(record, facility));
        json.WriteString("release"u8, judgement.Release.Id);
        if (judgement.ReleaseNote.Length > 0) json.WriteString("note"u8, judgement.ReleaseNote);
        json.WriteBoolean("blocked"u8, blocked);
        json.WriteStartArray("findings"u8);
        foreach (Finding finding in judgement.Findings) Write(json, finding);
        json.WriteEndArray();
        WriteNotChecked(json, judgement.NotChecked);
        json.WriteEndObject();
        json.Flush();
    }

    /// <inheritdoc/>
    public void EndFile(IReadOnlyList<Problem> problems)
    {
        Utf8JsonWriter json = writer!;
        json.WriteEndArray();
        json.WriteStartArray("problems"u8);
        foreach (Problem problem in problems) Write(json, problem);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    /// <inheritdoc/>
    public void Finish(Stream output, Tally tally)
    {
        output.Write("],\n\"summary\":"u8);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("files"u8, tally.Files);
            json.WriteNumber("unreadable"u8, tally.Unreadable);
            json.WriteNumber("records"u8, tally.Records);
            json.WriteNumber("blocked"u8, tally.Blocked);
            WriteCounts(json, "findings"u8, tally.Findings);
            WriteCounts(json, "problems"u8, tally.Problems);
            json.WriteStartArray("notChecked"u8);
            foreach (NotCheckedTotal total in tally.NotChecked) Write(json, total.Cause, total.List, total.Count);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("}\n"u8);
    }

    /// <summary>The severity as programs read it.</summary>
    internal static ReadOnlySpan<byte> NameOf(Severity severity) => severity switch
    {
        Severity.Block => "block"u8,
        Severity.Warn => "warn"u8,
        _ => "info"u8,
    };

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, finding.Rule);
        json.WriteString("severity"u8, NameOf(finding.Severity));
        json.WriteString("table"u8, finding.At.Table);
        if (finding.At.Row is { } row) json.WriteNumber("row"u8, row);
        else json.WriteNull("row"u8);
        json.WriteString("stt"u8, finding.Stt);
        json.WriteString("field"u8, finding.At.Field);
        json.WriteString("value"u8, finding.Value);
        json.WriteString("message"u8, finding.Message);
        json.WriteString("legalBasis"u8, finding.LegalBasis);
        json.WriteString("fix"u8, finding.Fix);
        if (finding.Expected is not null) json.WriteString("expected"u8, finding.Expected);
        json.WriteEndObject();
    }

    /// <summary>A problem of a file, as in every JSON result.</summary>
    internal static void Write(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, problem.Code);
        json.WriteString("severity"u8, NameOf(problem.Severity));
        json.WriteString("message"u8, problem.Message);
        json.WriteString("fix"u8, problem.Fix);
        WriteNumber(json, "line"u8, problem.Line);
        WriteNumber(json, "position"u8, problem.Position);
        WriteNumber(json, "hoso"u8, problem.Hoso);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }

    // Lists that aren't loaded are the same for every record of a run: the summary tells them once.
    private static void WriteNotChecked(Utf8JsonWriter json, IReadOnlyList<NotCheckedCount> counts)
    {
        bool open = false;
        for (int i = 0; i < counts.Count; i++)
        {
            if (counts[i].Cause == NotCheckedCause.ListNotLoaded) continue;
            if (!open) json.WriteStartArray("notChecked"u8);
            open = true;
            Write(json, counts[i].Cause, counts[i].List, counts[i].Count);
        }

        if (open) json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, NotCheckedCause cause, string list, long count)
    {
        json.WriteStartObject();
        json.WriteString("cause"u8, cause switch
        {
            NotCheckedCause.ListNotLoaded => "listNotLoaded"u8,
            NotCheckedCause.PartUnreadable => "partUnreadable"u8,
            _ => "malformedValue"u8,
        });
        if (list.Length > 0) json.WriteString("list"u8, list);
        json.WriteNumber("count"u8, count);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, ReadOnlySpan<byte> name, long[] counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("block"u8, counts[(int)Severity.Block]);
        json.WriteNumber("warn"u8, counts[(int)Severity.Warn]);
        json.WriteNumber("info"u8, counts[(int)Severity.Info]);
        json.WriteEndObject();
    }
}
