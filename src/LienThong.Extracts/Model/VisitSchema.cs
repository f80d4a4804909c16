using System.Text.Encodings.Web;
using System.Text.Json;

namespace LienThong.Extracts;

/// <summary>The JSON Schema (draft 2020-12) of a visit, written from the model.</summary>
public static class VisitSchema
{
    /// <summary>Name under which it is published.</summary>
    public const string FileName = "visit-1.schema.json";

    private const string Moment = "yyyy-MM-dd HH:mm, yyyy-MM-ddTHH:mm:ss+07:00, dd/MM/yyyy HH:mm, yyyyMMddHHmm";
    private const string Day = "yyyy-MM-dd, dd/MM/yyyy, yyyyMMdd";
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as UTF-8.</summary>
    public static byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options)) Write(json);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.WriteString("$id", "/schemas/" + FileName);
        json.WriteString("title", "Lượt khám bệnh, chữa bệnh do HIS chuyển sang");
        json.WriteString("type", "object");
        json.WriteStartArray("required");
        json.WriteStringValue("visit");
        json.WriteStringValue("patient");
        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteStartObject("model");
        json.WriteString("const", VisitModel.Version);
        json.WriteEndObject();
        foreach (SectionSpec section in VisitModel.Sections) Write(json, section);
        json.WriteEndObject();
        Close(json);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SectionSpec section)
    {
        json.WriteStartObject(section.Name);
        json.WriteString("title", section.LabelVi);
        json.WriteString("description", section.AboutVi);
        if (section.IsMany)
        {
            json.WriteString("type", "array");
            json.WriteStartObject("items");
        }

        json.WriteString("type", "object");
        VisitFieldSpec[] required = [.. section.Fields.Where(f => f.IsRequired && f.Default.Length == 0)];
        if (required.Length > 0)
        {
            json.WriteStartArray("required");
            foreach (VisitFieldSpec field in required) json.WriteStringValue(field.Name);
            json.WriteEndArray();
        }

        json.WriteStartObject("properties");
        foreach (VisitFieldSpec field in section.Fields) Write(json, field);
        json.WriteEndObject();
        Close(json);
        if (section.IsMany) json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, VisitFieldSpec field)
    {
        json.WriteStartObject(field.Name);
        json.WriteString("title", field.LabelVi);
        if (field.AboutVi.Length > 0) json.WriteString("description", field.AboutVi);
        switch (field.Kind)
        {
            case ValueKind.Number or ValueKind.Count:
                Types(json, "number", "string");
                break;
            case ValueKind.Codes or ValueKind.Days:
                Types(json, "string", "array");
                json.WriteStartObject("items");
                json.WriteString("type", "string");
                json.WriteEndObject();
                break;
            case ValueKind.Role:
                Words(json, "main", "secondary");
                break;
            case ValueKind.Payer:
                Words(json, "patient", "NSNN", "VTNN", "VTTN", "CL");
                break;
            default:
                json.WriteString("type", "string");
                break;
        }

        if (field.Kind is ValueKind.Moment or ValueKind.Birth) json.WriteString("$comment", Moment);
        if (field.Kind is ValueKind.Day or ValueKind.Days) json.WriteString("$comment", Day);
        if (field.Default.Length > 0) json.WriteString("default", field.Default);
        json.WriteEndObject();
    }

    private static void Types(Utf8JsonWriter json, params ReadOnlySpan<string> types)
    {
        json.WriteStartArray("type");
        foreach (string type in types) json.WriteStringValue(type);
        json.WriteEndArray();
    }

    private static void Words(Utf8JsonWriter json, params ReadOnlySpan<string> words)
    {
        json.WriteStartArray("enum");
        foreach (string word in words) json.WriteStringValue(word);
        json.WriteEndArray();
    }

    // Members beginning with $ are ours: where a row stood in its source.
    private static void Close(Utf8JsonWriter json)
    {
        json.WriteStartObject("patternProperties");
        json.WriteStartObject("^\\$");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
    }
}
