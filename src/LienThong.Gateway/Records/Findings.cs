using System.IO.Compression;
using System.Text.Json;
using LienThong.Standard;

namespace LienThong.Gateway.Records;

/// <summary>A stored finding: what is wrong, where, and how to mend it.</summary>
/// <param name="Rule">Rule or problem code.</param>
/// <param name="Severity">Weight.</param>
/// <param name="Table">Table code (<c>XML3</c>); empty when the record as a whole is meant.</param>
/// <param name="Row">Position of the row in its table, from 1; null when the table is meant.</param>
/// <param name="Field">Field name; empty when none is meant.</param>
/// <param name="Stt"><c>STT</c> of the row as received; empty when it has none.</param>
/// <param name="Value">The text as received.</param>
/// <param name="Message">What is wrong, in Vietnamese.</param>
/// <param name="Fix">What to do, in Vietnamese.</param>
/// <param name="LegalBasis">Where it is written.</param>
/// <param name="FromFile">Found in the file the record came in, so that judging the stored record again can't make it go away.</param>
public sealed record StoredFinding(
    string Rule, Severity Severity, string Table, int? Row, string Field, string Stt, string Value,
    string Message, string Fix, string LegalBasis, bool FromFile);

/// <summary>All findings of a version in one value: JSON arrays, deflated when that saves room.</summary>
public static class PackedFindings
{
    private const byte Plain = 0;
    private const byte Deflated = 1;

    /// <summary>Packs findings; null for none.</summary>
    public static byte[]? Pack(IReadOnlyList<StoredFinding> findings)
    {
        if (findings.Count == 0)
            return null;
        using MemoryStream packed = new(findings.Count * 96);
        packed.WriteByte(Deflated);
        using (DeflateStream deflate = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (Utf8JsonWriter json = new(deflate))
            Write(json, findings);
        return packed.ToArray();
    }

    /// <summary>Unpacks what <see cref="Pack"/> made.</summary>
    public static IReadOnlyList<StoredFinding> Unpack(byte[]? packed)
    {
        if (packed is null || packed.Length == 0)
            return [];
        using Stream body = new MemoryStream(packed, 1, packed.Length - 1, writable: false);
        using Stream plain = packed[0] switch
        {
            Plain => body,
            Deflated => new DeflateStream(body, CompressionMode.Decompress),
            _ => throw new InvalidDataException($"Unknown packing {packed[0]} of findings."),
        };
        using JsonDocument document = JsonDocument.Parse(plain);
        List<StoredFinding> findings = new(document.RootElement.GetArrayLength());
        foreach (JsonElement f in document.RootElement.EnumerateArray())
        {
            findings.Add(new StoredFinding(
                Text(f, 0), (Severity)f[1].GetInt32(), Text(f, 2), f[3].ValueKind == JsonValueKind.Null ? null : f[3].GetInt32(),
                Text(f, 4), Text(f, 5), Text(f, 6), Text(f, 7), Text(f, 8), Text(f, 9), f[10].GetBoolean()));
        }
        return findings;
    }

    private static string Text(JsonElement finding, int at) => finding[at].GetString()!;

    private static void Write(Utf8JsonWriter json, IReadOnlyList<StoredFinding> findings)
    {
        json.WriteStartArray();
        foreach (StoredFinding f in findings)
        {
            json.WriteStartArray();
            json.WriteStringValue(f.Rule);
            json.WriteNumberValue((int)f.Severity);
            json.WriteStringValue(f.Table);
            if (f.Row is { } row)
                json.WriteNumberValue(row);
            else
                json.WriteNullValue();
            json.WriteStringValue(f.Field);
            json.WriteStringValue(f.Stt);
            json.WriteStringValue(Whole(f.Value));
            json.WriteStringValue(f.Message);
            json.WriteStringValue(f.Fix);
            json.WriteStringValue(f.LegalBasis);
            json.WriteBooleanValue(f.FromFile);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    // Values are shown beside their cell; a novel in a text field stays in the record.
    private static string Whole(string value)
    {
        if (value.Length <= 500)
            return value;
        int end = char.IsHighSurrogate(value[499]) ? 499 : 500;
        return string.Concat(value.AsSpan(0, end), "…");
    }
}
