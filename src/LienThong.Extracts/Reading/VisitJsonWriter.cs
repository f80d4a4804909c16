using System.Text.Encodings.Web;
using System.Text.Json;

namespace LienThong.Extracts;

/// <summary>Writes visits as JSON of the model; what it writes reads back as the same visit.</summary>
public static class VisitJsonWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Plain with { Indented = true };

    /// <summary>Writes a visit.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="indented">For people; otherwise on one line.</param>
    /// <param name="places">Also where each row stood and what its columns were called (<c>$at</c>, <c>$columns</c>).</param>
    public static void Write(Stream stream, Visit visit, bool indented = false, bool places = false)
    {
        using var json = new Utf8JsonWriter(stream, indented ? Indented : Plain);
        json.WriteStartObject();
        json.WriteString("model", VisitModel.Version);
        foreach (SectionSpec section in VisitModel.Sections)
        {
            IReadOnlyList<VisitRow> rows = visit[section.Id];
            if (rows.Count == 0) continue;
            json.WritePropertyName(section.Name);
            if (section.IsMany) json.WriteStartArray();
            foreach (VisitRow row in rows) Write(json, section, row, places);
            if (section.IsMany) json.WriteEndArray();
        }

        if (places && visit.Columns.Count > 0) Columns(json, visit);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SectionSpec section, VisitRow row, bool places)
    {
        json.WriteStartObject();
        foreach (VisitFieldSpec field in section.Fields)
        {
            if (!row.Has(field.Id)) continue;
            string value = row[field.Id];
            if (field.Kind is ValueKind.Number or ValueKind.Count)
            {
                json.WritePropertyName(field.Name);
                json.WriteRawValue(value);
            }
            else
            {
                json.WriteString(field.Name, value);
            }
        }

        if (places && row.Place.Line > 0) json.WriteString("$at", $"{row.Place.File}:{row.Place.Line}");
        json.WriteEndObject();
    }

    private static void Columns(Utf8JsonWriter json, Visit visit)
    {
        json.WriteStartObject("$columns");
        foreach ((SectionId section, IReadOnlyDictionary<string, string> columns) in visit.Columns)
        {
            json.WriteStartObject(VisitModel.Of(section).Name);
            foreach ((string field, string column) in columns) json.WriteString(field, column);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
