using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Extracts;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Extracts;

/// <summary><c>mapping check</c>: reads everything and shows what the mapping makes of it.</summary>
internal static class MappingCheckRun
{
    /// <summary>Runs it.</summary>
    /// <param name="mapping">File with the mapping; null: by name.</param>
    /// <param name="path">The extract.</param>
    /// <param name="asJson">The result as JSON.</param>
    /// <returns>0 nothing blocks, 1 something does.</returns>
    public static int Execute(string? mapping, string path, bool asJson)
    {
        ExtractMapping loaded = ExtractReader.MappingOf(mapping);
        RecordPreview? first = null;
        (ExtractLedger ledger, ExtractReader reader) = ReadProgress.Watch(progress =>
        {
            var reader = new ExtractReader(path, loaded, progress);
            return (ExtractBuild.Run(reader.Read(), ValidateRun.Context(null, null), (_, record, release, judgement) => first ??= RecordPreview.Of(record, release, judgement)), reader);
        });
        if (asJson) Print(ledger, reader, first);
        else Write(ledger, reader, first);
        return ledger.IsBlocked ? ExitCode.Blocked : ExitCode.Fine;
    }

    private static void Print(ExtractLedger ledger, ExtractReader reader, RecordPreview? first) => Json.Print(json =>
    {
        json.WriteStartObject();
        ExtractJson.Ledger(json, ledger, reader);
        if (first is not null)
        {
            json.WriteStartObject("preview");
            json.WriteString("release", first.Release);
            json.WriteStartArray("rows");
            foreach ((string table, int row, IReadOnlyList<(string Field, string Value)> cells) in first.Rows)
            {
                json.WriteStartObject();
                json.WriteString("table", table);
                json.WriteNumber("row", row);
                json.WriteStartObject("cells");
                foreach ((string field, string value) in cells) json.WriteString(field, value);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("findings");
            foreach (Finding finding in first.Findings) ExtractJson.Finding(json, finding, first.Visit);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    private static void Write(ExtractLedger ledger, ExtractReader reader, RecordPreview? first)
    {
        ExtractText.Problems(ledger);
        if (first is not null)
        {
            Screen.Out.WriteLine($"Hồ sơ đầu tiên: {Words.Plain(first.Visit, 100)}, {first.Release}");
            foreach ((string table, int row, IReadOnlyList<(string Field, string Value)> cells) in first.Rows)
                Screen.Out.WriteLine($"  {table} dòng {row}: {string.Join(" · ", cells.Select(c => $"{c.Field}={Words.Plain(c.Value, 60)}"))}");
            foreach (Finding finding in first.Findings) ExtractText.Finding(finding);
        }

        ExtractText.Ledger(ledger, reader);
    }
}

/// <summary>A built record as it is shown to somebody who tries a mapping.</summary>
/// <param name="Visit">Its <c>MA_LK</c>.</param>
/// <param name="Release">Number of its decision.</param>
/// <param name="Rows">Its rows with the cells that hold anything.</param>
/// <param name="Findings">Its findings.</param>
internal sealed record RecordPreview(string Visit, string Release, IReadOnlyList<(string Table, int Row, IReadOnlyList<(string Field, string Value)> Cells)> Rows, IReadOnlyList<Finding> Findings)
{
    private const int MostRows = 40;

    /// <summary>Takes what is shown out of a record.</summary>
    public static RecordPreview Of(Record record, Release release, Judgement judgement)
    {
        var rows = new List<(string Table, int Row, IReadOnlyList<(string Field, string Value)> Cells)>();
        foreach (TableSpec table in release.Tables)
        {
            if (record[table.Id] is not { } content) continue;
            for (int i = 0; i < content.Count && rows.Count < MostRows; i++)
            {
                Row row = content[i];
                rows.Add((table.Id.Code(), i + 1, [.. table.Fields.Select(f => (f.Name, row[f.Id].Text)).Where(c => c.Text.Length > 0)]));
            }
        }

        return new RecordPreview(Identity.MaLk(record), release.DecisionNumber, rows, judgement.Findings);
    }
}
