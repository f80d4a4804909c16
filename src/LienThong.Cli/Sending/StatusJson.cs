using System.Text.Json;
using LienThong.Gateway.Records;

namespace LienThong.Cli.Sending;

/// <summary>States of records as JSON; state names are those of <see cref="RecordState"/>.</summary>
internal static class StatusJson
{
    /// <summary>Member <c>states</c>: every state with its number of records.</summary>
    public static void WriteCounts(Utf8JsonWriter json, IReadOnlyList<RecordStatus> records)
    {
        Dictionary<RecordState, long> counts = records.GroupBy(r => r.State).ToDictionary(g => g.Key, g => g.LongCount());
        WriteCounts(json, counts);
    }

    /// <summary>Member <c>states</c>: every state with its number of records.</summary>
    public static void WriteCounts(Utf8JsonWriter json, IReadOnlyDictionary<RecordState, long> counts)
    {
        json.WriteStartObject("states");
        foreach (RecordState state in RecordStates.All) json.WriteNumber(state.ToString(), counts.GetValueOrDefault(state));
        json.WriteEndObject();
    }

    /// <summary>Member <c>records</c>.</summary>
    public static void WriteRecords(Utf8JsonWriter json, IEnumerable<RecordStatus> records)
    {
        json.WriteStartArray("records");
        foreach (RecordStatus record in records) Write(json, record);
        json.WriteEndArray();
    }

    /// <summary>One record.</summary>
    public static void Write(Utf8JsonWriter json, RecordStatus record)
    {
        json.WriteStartObject();
        json.WriteString("id", record.Id);
        json.WriteString("facility", record.Facility);
        json.WriteString("maLk", record.MaLk);
        json.WriteNumber("version", record.Version);
        json.WriteString("state", record.State.ToString());
        json.WriteString("maGiaoDich", record.MaGiaoDich);
        json.WriteNumber("attempts", record.Attempts);
        json.WriteString("lastError", record.LastError);
        json.WriteEndObject();
    }
}
