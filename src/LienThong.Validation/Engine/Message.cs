using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// Fills the placeholders of a message template: <c>{value}</c>, <c>{field}</c>, <c>{table}</c>, <c>{stt}</c>, <c>{expected}</c>,
/// what the rule gave, and any field of the row or of XML1 by its code.
/// </summary>
internal readonly struct Message(RecordView record, Cell cell, string stt, string value, Breach? breach, Row row)
{
    private const string Nothing = "trống";

    public string Fill(string template) => Fill(template, Look);

    /// <summary>Fills the placeholders of a template with what the function says of their names.</summary>
    public static string Fill(string template, Func<string, string> look)
    {
        int open = template.IndexOf('{', StringComparison.Ordinal);
        if (open < 0) return template;
        var text = new StringBuilder(template.Length + 32);
        int at = 0;
        while (open >= 0)
        {
            int close = template.IndexOf('}', open);
            if (close < 0) break;
            text.Append(template, at, open - at).Append(look(template[(open + 1)..close]));
            at = close + 1;
            open = template.IndexOf('{', at);
        }

        return text.Append(template, at, template.Length - at).ToString();
    }

    private string Look(string name) => breach?.Find(name) ?? name switch
    {
        "value" => value.Length > 0 ? value : Nothing,
        "field" => cell.Field ?? "",
        "table" => cell.Table,
        "stt" => stt.Length > 0 ? stt : cell.Row is { } position ? Show.Number(position) : "",
        "expected" => breach?.Expected ?? "",
        "label" => Label(),
        _ => FieldText(name),
    };

    private string Label() =>
        TableNames.TryParse(cell.Table, out TableId table) && FieldId.TryParse(table, cell.Field, out FieldId field)
            && record.Release.Field(field) is { LabelVi.Length: > 0 } spec
            ? LowerFirst(spec.LabelVi) : cell.Field ?? "";

    // «ICD» stays, «Họ tên» becomes «họ tên» inside a sentence.
    private static string LowerFirst(string label) =>
        label.Length > 1 && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;

    private string FieldText(string name)
    {
        if (row.Table is { } table && FieldId.TryParse(table.Id, name, out FieldId own)) return own.Table == TableId.Xml6 ? Show.Hidden : Shown(row[own]);
        if (record.HasSummary && FieldId.TryParse(TableId.Xml1, name, out FieldId field)) return Shown(record.Summary[field]);
        return "";
    }

    private static string Shown(Value value) => value.IsEmpty ? Nothing : Show.Text(value);
}
