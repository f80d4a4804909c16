using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>One JSON object, written while the files are judged. Member names are a contract for scripts.</summary>
internal sealed class JsonReport : IReport
{
    private readonly JsonText json = new();

    /// <inheritdoc/>
    public void Start(Stream output) => output.Write("{\"files\":["u8);

    /// <inheritdoc/>
    public void BeginFile(OrderedOutput.Part part, string path)
    {
        part.Buffer.Write(part.Index == 0 ? "\n"u8 : ",\n"u8);
        json.Start(part.Buffer);
        json.StartObject();
        json.String("file"u8, path);
        json.StartArray("records"u8);
    }

    /// <inheritdoc/>
    public void Record(Record record, string facility, Judgement judgement, bool blocked)
    {
        json.StartObject();
        json.Number("index"u8, record.Index);
        json.String("maLk"u8, Identity.MaLk(record));
        json.String("maCskcb"u8, Identity.MaCskcb(record, facility));
        json.String("release"u8, judgement.Release.Id);
        if (judgement.ReleaseNote.Length > 0) json.String("note"u8, judgement.ReleaseNote);
        json.Boolean("blocked"u8, blocked);
        if (judgement.Confidential) json.Boolean("confidential"u8, true);
        json.StartArray("findings"u8);
        foreach (Finding finding in judgement.Findings) Write(json, finding);
        json.EndArray();
        WriteNotChecked(json, judgement.NotChecked);
        json.EndObject();
    }

    /// <inheritdoc/>
    public void EndFile(IReadOnlyList<Problem> problems)
    {
        json.EndArray();
        json.StartArray("problems"u8);
        foreach (Problem problem in problems) Write(json, problem);
        json.EndArray();
        json.EndObject();
    }

    /// <inheritdoc/>
    public void Finish(Stream output, Tally tally)
    {
        var buffer = new ByteBuffer(4096);
        buffer.Write("],\n\"summary\":"u8);
        json.Start(buffer);
        json.StartObject();
        json.Number("files"u8, tally.Files);
        json.Number("unreadable"u8, tally.Unreadable);
        json.Number("records"u8, tally.Records);
        json.Number("blocked"u8, tally.Blocked);
        WriteCounts(json, "findings"u8, tally.Findings);
        WriteCounts(json, "problems"u8, tally.Problems);
        json.StartArray("auditGroups"u8);
        foreach (AuditCounts.Row row in tally.Audit.Found) Write(json, row);
        json.EndArray();
        json.StartArray("notChecked"u8);
        foreach (NotCheckedTotal total in tally.NotChecked) Write(json, total.Cause, total.List, total.Count);
        json.EndArray();
        json.EndObject();
        buffer.Write("}\n"u8);
        output.Write(buffer.Written);
    }

    /// <summary>The severity as programs read it.</summary>
    internal static ReadOnlySpan<byte> NameOf(Severity severity) => severity switch
    {
        Severity.Block => "block"u8,
        Severity.Warn => "warn"u8,
        _ => "info"u8,
    };

    private static void Write(JsonText json, Finding finding)
    {
        json.StartObject();
        json.String("code"u8, finding.Rule);
        json.String("severity"u8, NameOf(finding.Severity));
        json.String("table"u8, finding.At.Table);
        json.Number("row"u8, finding.At.Row);
        json.String("stt"u8, finding.Stt);
        json.String("field"u8, finding.At.Field);
        json.String("value"u8, finding.Value);
        json.String("message"u8, finding.Message);
        json.String("legalBasis"u8, finding.LegalBasis);
        json.String("fix"u8, finding.Fix);
        json.String("auditGroup"u8, RuleCatalogue.Find(finding.Rule)?.AuditGroup?.Id);
        if (finding.Expected is not null) json.String("expected"u8, finding.Expected);
        json.String("department"u8, finding.Department);
        json.String("doctor"u8, finding.Doctor);
        json.String("item"u8, finding.Item);
        json.Money("atRisk"u8, finding.AtRisk);
        json.StartArray("related"u8);
        for (int i = 0; i < finding.Related.Count; i++) Write(json, finding.Related[i]);
        json.EndArray();
        json.EndObject();
    }

    private static void Write(JsonText json, RelatedCell cell)
    {
        json.StartObject();
        json.String("table"u8, cell.At.Table);
        json.Number("row"u8, cell.At.Row);
        json.String("field"u8, cell.At.Field);
        json.String("value"u8, cell.Value);
        json.EndObject();
    }

    // Null is what belongs to no group.
    private static void Write(JsonText json, AuditCounts.Row row)
    {
        json.StartObject();
        json.String("auditGroup"u8, row.Group?.Id);
        json.String("title"u8, row.Group?.TitleVi);
        json.Number("records"u8, row.Records);
        WriteCounts(json, "findings"u8, row.Findings);
        json.EndObject();
    }

    private static void Write(JsonText json, Problem problem)
    {
        json.StartObject();
        json.String("code"u8, problem.Code);
        json.String("severity"u8, NameOf(problem.Severity));
        json.String("message"u8, problem.Message);
        json.String("fix"u8, problem.Fix);
        json.Number("line"u8, problem.Line);
        json.Number("position"u8, problem.Position);
        json.Number("hoso"u8, problem.Hoso);
        json.String("field"u8, problem.Field);
        json.EndObject();
    }

    // Lists that aren't loaded are the same for every record of a run: the summary tells them once.
    private static void WriteNotChecked(JsonText json, IReadOnlyList<NotCheckedCount> counts)
    {
        bool open = false;
        for (int i = 0; i < counts.Count; i++)
        {
            if (counts[i].Cause == NotCheckedCause.ListNotLoaded) continue;
            if (!open) json.StartArray("notChecked"u8);
            open = true;
            Write(json, counts[i].Cause, counts[i].List, counts[i].Count);
        }

        if (open) json.EndArray();
    }

    private static void Write(JsonText json, NotCheckedCause cause, string list, long count)
    {
        json.StartObject();
        json.String("cause"u8, cause switch
        {
            NotCheckedCause.ListNotLoaded => "listNotLoaded"u8,
            NotCheckedCause.PartUnreadable => "partUnreadable"u8,
            NotCheckedCause.TooLong => "tooLong"u8,
            _ => "malformedValue"u8,
        });
        if (list.Length > 0) json.String("list"u8, list);
        json.Number("count"u8, count);
        json.EndObject();
    }

    private static void WriteCounts(JsonText json, ReadOnlySpan<byte> name, long[] counts)
    {
        json.StartObject(name);
        json.Number("block"u8, counts[(int)Severity.Block]);
        json.Number("warn"u8, counts[(int)Severity.Warn]);
        json.Number("info"u8, counts[(int)Severity.Info]);
        json.EndObject();
    }
}
