using System.Globalization;
using System.Text.Json;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Records.Comparing;
using LienThong.Gateway.Reports;

namespace LienThong.Cli.Records;

/// <summary>A comparison as text, JSON or CSV.</summary>
internal static class DiffOutput
{
    private const int LongestCell = 120;

    /// <summary>Reads <c>--output</c>.</summary>
    /// <exception cref="CommandFailure">Not text, json or csv.</exception>
    public static string FormatOf(string? output) => output switch
    {
        null or "" or "text" => "text",
        "json" or "csv" => output,
        _ => throw CommandFailure.Usage($"--output chỉ nhận text, json hoặc csv, không nhận «{Words.Plain(output, 40)}»."),
    };

    /// <summary>Prints it.</summary>
    /// <param name="diff">What differs.</param>
    /// <param name="format">As from <see cref="FormatOf"/>.</param>
    /// <param name="heading">What is compared, for people.</param>
    /// <param name="about">Further members of the JSON object.</param>
    public static void Print(RecordDiff diff, string format, string heading, Action<Utf8JsonWriter>? about = null)
    {
        switch (format)
        {
            case "json":
                Json.Print(j => Write(j, diff, about));
                break;
            case "csv":
                PrintCsv(diff);
                break;
            default:
                PrintText(diff, heading);
                break;
        }
    }

    private static void PrintText(RecordDiff diff, string heading)
    {
        Screen.Out.WriteLine(heading);
        foreach (MoneyChange m in diff.Money.Where(m => m.IsChanged))
            Screen.Out.WriteLine($"  {m.Field,-16} {Amount(m.Old)} → {Amount(m.New)}  ({(m.Difference > 0 ? "+" : "")}{Words.Money(m.Difference)})");
        if (diff.IsEmpty) Screen.Out.WriteLine("  Không có gì khác nhau.");
        foreach (TableDiff table in diff.Tables)
        {
            Screen.Out.WriteLine($"{table.Table} {table.Name}: {table.Added} dòng thêm, {table.Removed} bỏ, {table.Changed} sửa, {table.Renumbered} chỉ đổi số thứ tự");
            foreach (RowDiff row in table.Rows.Where(r => r.Kind != RowChange.Renumbered))
            {
                string place = row.OldRow == row.NewRow || row.NewRow is null ? $"{row.OldRow}" : row.OldRow is null ? $"{row.NewRow}" : $"{row.OldRow}→{row.NewRow}";
                Screen.Out.WriteLine($"  {Sign(row.Kind)} dòng {place} {Words.Plain(row.Title, LongestCell)}");
                foreach (CellDiff c in row.Cells)
                    Screen.Out.WriteLine($"      {c.Field}: {(row.Kind == RowChange.Changed ? $"{Cell(c.Old)} → {Cell(c.New)}" : Cell(c.New ?? c.Old))}");
            }
        }
        if (diff.IsCut) Screen.Out.WriteLine("(Khác nhau quá nhiều: các dòng cuối không nêu từng ô.)");
    }

    private static void PrintCsv(RecordDiff diff)
    {
        Screen.Out.WriteLine("table,change,old_row,new_row,title,field,label,old,new");
        foreach (MoneyChange m in diff.Money.Where(m => m.IsChanged))
            Line("XML1", "total", 1, 1, "", m.Field, m.Label, m.Old?.ToString(CultureInfo.InvariantCulture), m.New?.ToString(CultureInfo.InvariantCulture));
        foreach (TableDiff table in diff.Tables)
        {
            foreach (RowDiff row in table.Rows.Where(r => r.Kind != RowChange.Renumbered))
            {
                foreach (CellDiff c in row.Cells)
                    Line(table.Table, row.Kind.ToString().ToLowerInvariant(), row.OldRow, row.NewRow, row.Title, c.Field, c.Label, c.Old, c.New);
            }
        }
    }

    private static void Line(string table, string change, int? old, int? now, string title, string field, string label, string? before, string? after) =>
        Screen.Out.WriteLine(string.Join(',', new[] { table, change, $"{old}", $"{now}", title, field, label, before ?? "", after ?? "" }.Select(CsvCell.Of)));

    private static void Write(Utf8JsonWriter json, RecordDiff diff, Action<Utf8JsonWriter>? about)
    {
        json.WriteStartObject();
        about?.Invoke(json);
        json.WriteBoolean("same", diff.IsEmpty);
        json.WriteBoolean("isCut", diff.IsCut);
        json.WriteStartArray("money");
        foreach (MoneyChange m in diff.Money)
        {
            json.WriteStartObject();
            json.WriteString("field", m.Field);
            json.WriteString("label", m.Label);
            Number(json, "old", m.Old);
            Number(json, "new", m.New);
            json.WriteNumber("difference", m.Difference);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("tables");
        foreach (TableDiff table in diff.Tables) WriteTable(json, table);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTable(Utf8JsonWriter json, TableDiff table)
    {
        json.WriteStartObject();
        json.WriteString("table", table.Table);
        json.WriteNumber("oldRows", table.OldRows);
        json.WriteNumber("newRows", table.NewRows);
        json.WriteNumber("added", table.Added);
        json.WriteNumber("removed", table.Removed);
        json.WriteNumber("changed", table.Changed);
        json.WriteNumber("renumbered", table.Renumbered);
        json.WriteStartArray("rows");
        foreach (RowDiff row in table.Rows.Where(r => r.Kind != RowChange.Renumbered))
        {
            json.WriteStartObject();
            json.WriteString("kind", row.Kind.ToString());
            json.WriteNumberOrNull("oldRow", row.OldRow);
            json.WriteNumberOrNull("newRow", row.NewRow);
            json.WriteString("title", row.Title);
            json.WriteStartArray("cells");
            foreach (CellDiff c in row.Cells)
            {
                json.WriteStartObject();
                json.WriteString("field", c.Field);
                json.WriteString("old", c.Old);
                json.WriteString("new", c.New);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? amount)
    {
        if (amount is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }

    private static string Amount(decimal? amount) => amount is { } known ? Words.Money(known) : "(trống)";

    private static string Cell(string? text) => string.IsNullOrEmpty(text) ? "(trống)" : Words.Plain(text, LongestCell);

    private static char Sign(RowChange kind) => kind switch
    {
        RowChange.Added => '+',
        RowChange.Removed => '-',
        _ => '~',
    };
}
