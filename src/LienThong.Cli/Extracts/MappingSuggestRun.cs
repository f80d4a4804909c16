using System.Text;
using LienThong.Cli.Terminal;
using LienThong.Extracts;

namespace LienThong.Cli.Extracts;

/// <summary><c>mapping suggest</c>: guesses a mapping and writes it as YAML for a person to look at.</summary>
internal static class MappingSuggestRun
{
    /// <summary>Runs it.</summary>
    /// <param name="path">The extract.</param>
    /// <param name="file">Where the YAML goes; null: the output.</param>
    /// <param name="asJson">The guesses as JSON.</param>
    /// <returns>0 every column was recognised, 1 some weren't or a table couldn't be read.</returns>
    public static int Execute(string path, string? file, bool asJson)
    {
        MappingProposal proposal = MappingSuggester.Suggest(ExtractReader.TablesOf(path));
        string yaml = MappingWriter.Write(proposal.Mapping, proposal.Columns);
        if (file is not null && File.Exists(file)) throw CommandFailure.Usage($"{file} đã có; chọn tên khác, không ghi đè tệp ánh xạ.");
        if (file is not null) Files.WriteAll(file, Encoding.UTF8.GetBytes(yaml));
        if (asJson) Print(proposal, yaml);
        else Write(proposal, yaml, file);
        foreach (ExtractProblem problem in proposal.Problems) Screen.Fail($"{Words.Plain(problem.File, 200)}: {problem.Message} {problem.Fix}");
        return proposal.Problems.Count > 0 || proposal.Columns.Any(c => c.Field is null) ? ExitCode.Blocked : ExitCode.Fine;
    }

    private static void Write(MappingProposal proposal, string yaml, string? file)
    {
        if (file is null)
        {
            Screen.Out.Write(yaml);
            return;
        }

        foreach (ColumnProposal column in proposal.Columns)
        {
            string target = column.Field?.ToString() ?? "?";
            Screen.Out.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{column.Confidence:0.00}  {Words.Plain(column.Table, 40)} · {Words.Plain(column.Column, 40)} → {target}  {Words.Faint(column.Reason)}"));
        }

        Screen.Out.WriteLine($"{proposal.Columns.Count(c => c.Field is not null)} / {proposal.Columns.Count} cột đã nhận ra; ghi vào {file}. Xem lại rồi chạy: lienthong mapping check {file} --on …");
    }

    private static void Print(MappingProposal proposal, string yaml) => Json.Print(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("columns");
        foreach (ColumnProposal column in proposal.Columns)
        {
            json.WriteStartObject();
            json.WriteString("table", column.Table);
            json.WriteString("column", column.Column);
            json.WriteString("field", column.Field?.ToString());
            json.WriteBoolean("key", column.IsKey);
            json.WriteNumber("confidence", Math.Round(column.Confidence, 2));
            json.WriteString("reason", column.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("yaml", yaml);
        json.WriteEndObject();
    });
}
