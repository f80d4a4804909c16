using System.Text.Json;
using LienThong.Standard;

namespace LienThong.Server.Api.Checking;

/// <summary>Reads the tables of one visit from JSON.</summary>
internal static class TablesJson
{
    /// <summary>Reads them.</summary>
    /// <returns>What is wrong, in Vietnamese; null when nothing is.</returns>
    public static string? Read(Stream body, out RecordBuilder record, out string facility)
    {
        record = new RecordBuilder();
        facility = "";
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("tables", out JsonElement tables) || tables.ValueKind != JsonValueKind.Object)
                return "Nội dung phải là một đối tượng JSON có «tables».";
            if (document.RootElement.TryGetProperty("MACSKCB", out JsonElement code) && code.ValueKind == JsonValueKind.String)
                facility = code.GetString()!.Trim();
            foreach (JsonProperty table in tables.EnumerateObject())
            {
                if (ReadTable(table, record) is { } wrong)
                    return wrong;
            }
            return record.Rows(TableId.Xml1).Count == 0 ? "Thiếu XML1: mỗi lượt khám cần một dòng XML1." : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "Nội dung không phải JSON hợp lệ.";
        }
    }

    private static string? ReadTable(JsonProperty table, RecordBuilder record)
    {
        if (!TableNames.TryParse(table.Name, out TableId id))
            return $"Không có bảng «{Short(table.Name)}» trong chuẩn.";
        if (table.Value.ValueKind != JsonValueKind.Array)
            return $"{table.Name} phải là một mảng các dòng.";
        int position = 0;
        foreach (JsonElement row in table.Value.EnumerateArray())
        {
            position++;
            if (row.ValueKind != JsonValueKind.Object)
                return $"{table.Name}[{position}] phải là một đối tượng «trường: giá trị».";
            RowBuilder built = record.AddRow(id);
            foreach (JsonProperty cell in row.EnumerateObject())
            {
                if (!FieldId.TryParse(id, cell.Name, out FieldId field))
                    return $"{table.Name}[{position}]: không có trường «{Short(cell.Name)}» trong chuẩn.";
                if (cell.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.True or JsonValueKind.False)
                    return $"{table.Name}[{position}].{cell.Name} phải là chuỗi hoặc số.";
                built.Set(field, cell.Value.ValueKind switch
                {
                    JsonValueKind.String => cell.Value.GetString(),
                    JsonValueKind.Number => cell.Value.GetRawText(),
                    _ => "",
                });
            }
        }
        return null;
    }

    private static string Short(string name) => name.Length > 40 ? name[..40] : name;
}
