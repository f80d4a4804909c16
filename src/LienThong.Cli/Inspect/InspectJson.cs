using System.Text.Json;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Standard;

namespace LienThong.Cli.Inspect;

/// <summary>What a file holds, as JSON.</summary>
internal static class InspectJson
{
    /// <summary>Prints it.</summary>
    /// <returns>Whether the file could be read to its end.</returns>
    public static bool Print(string path, long bytes, PackageReader reader)
    {
        Json.Print(json =>
        {
            json.WriteStartObject();
            json.WriteString("file", path);
            json.WriteNumber("bytes", bytes);
            json.WriteStartArray("records");
            while (reader.Read(out Record? record))
            {
                Write(json, record, reader.Header.FacilityCode);
                json.Flush();
            }

            json.WriteEndArray();
            json.WriteString("kind", KindName(reader.Kind));
            json.WriteString("facility", reader.Header.FacilityCode);
            json.WriteString("createdOn", reader.Header.CreatedOn);
            json.WriteNumberOrNull("declared", reader.Header.DeclaredCount);
            json.WriteNumber("found", reader.Count);
            json.WriteBoolean("signature", reader.HasSignature);
            json.WriteStartArray("problems");
            foreach (Problem problem in reader.Problems) ProblemJson.Write(json, problem);
            json.WriteEndArray();
            json.WriteEndObject();
        });
        return InspectRun.IsWhole(reader.Problems);
    }

    private static string KindName(DocumentKind kind) => kind switch
    {
        DocumentKind.Package => "package",
        DocumentKind.CheckIn => "checkIn",
        DocumentKind.MedicalAssessment => "medicalAssessment",
        _ => "unknown",
    };

    private static void Write(Utf8JsonWriter json, Record record, string facility)
    {
        json.WriteStartObject();
        json.WriteNumber("index", record.Index);
        json.WriteString("maLk", Identity.MaLk(record));
        json.WriteString("maCskcb", Identity.MaCskcb(record, facility));
        json.WriteString("release", InspectRun.ReleaseOf(record)?.Id);
        json.WriteBoolean("damaged", record.IsDamaged);
        json.WriteStartArray("tables");
        foreach (Table table in InspectRun.Tables(record))
        {
            json.WriteStartObject();
            json.WriteString("table", table.Id.Code());
            json.WriteNumber("rows", table.Count);
            json.WriteNumber("bytes", InspectRun.Size(table));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("deviations");
        foreach (Deviation deviation in record.Deviations)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(deviation.Kind.ToString()));
            json.WriteString("table", deviation.Table?.Code());
            json.WriteNumberOrNull("row", deviation.Row);
            json.WriteString("field", deviation.Field);
            json.WriteString("detail", deviation.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
