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
    string Message, string Fix, string LegalBasis, bool FromFile)
{
    /// <summary>The right value when the rule can tell it; otherwise null.</summary>
    public string? Expected { get; init; }

    /// <summary>Department of the row, else of the record, as received; empty when unknown.</summary>
    public string Department { get; init; } = "";

    /// <summary>Who ordered, performed or signed the row, as received; empty when unknown.</summary>
    public string Doctor { get; init; } = "";

    /// <summary>The drug, supply, service or disease code it is about; empty when there is none.</summary>
    public string Item { get; init; } = "";

    /// <summary>VND that the fund could cut if the finding stands; null when it can't be told. How: <see cref="Validation.Finding.AtRisk"/>.</summary>
    public decimal? AtRisk { get; init; }

    /// <summary>The other cells the rule read.</summary>
    public IReadOnlyList<StoredCell> Related { get; init; } = [];

    /// <summary>The weight the rule itself gave, when an exception changed it; otherwise null.</summary>
    public Severity? Given { get; init; }

    /// <summary>Id of the exception that changed it; empty when none did.</summary>
    public string Exception { get; init; } = "";

    /// <summary>An exception keeps it from counting.</summary>
    public bool Suppressed { get; init; }
}

/// <summary>A cell that a rule read beside the one it points at.</summary>
/// <param name="Table">Table code.</param>
/// <param name="Row">Position of the row, from 1; null when the whole column was read.</param>
/// <param name="Field">Field name.</param>
/// <param name="Value">Text as received, or the sum of the column.</param>
public sealed record StoredCell(string Table, int? Row, string Field, string Value);

/// <summary>All findings of a version in one value: JSON arrays, deflated when that saves room.</summary>
public static class PackedFindings
{
    private const byte Plain = 0;
    private const byte Deflated = 1;

    // Members of a finding; what was packed before its surroundings were kept has 11.
    private const int WithContext = 17;
    private const int WithException = 20;

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
            StoredFinding finding = new(
                Text(f, 0), (Severity)f[1].GetInt32(), Text(f, 2), Row(f, 3),
                Text(f, 4), Text(f, 5), Text(f, 6), Text(f, 7), Text(f, 8), Text(f, 9), f[10].GetBoolean());
            if (f.GetArrayLength() >= WithContext)
            {
                finding = finding with
                {
                    Expected = f[11].GetString(),
                    Department = Text(f, 12),
                    Doctor = Text(f, 13),
                    Item = Text(f, 14),
                    AtRisk = f[15].ValueKind == JsonValueKind.Null ? null : f[15].GetDecimal(),
                    Related = Cells(f[16]),
                };
            }
            if (f.GetArrayLength() >= WithException)
                finding = finding with { Given = (Severity)f[17].GetInt32(), Exception = Text(f, 18), Suppressed = f[19].GetBoolean() };
            findings.Add(finding);
        }
        return findings;
    }

    private static string Text(JsonElement finding, int at) => finding[at].GetString()!;

    private static int? Row(JsonElement finding, int at) => finding[at].ValueKind == JsonValueKind.Null ? null : finding[at].GetInt32();

    private static StoredCell[] Cells(JsonElement array)
    {
        if (array.GetArrayLength() == 0)
            return [];
        StoredCell[] cells = new StoredCell[array.GetArrayLength()];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = new StoredCell(Text(array[i], 0), Row(array[i], 1), Text(array[i], 2), Text(array[i], 3));
        return cells;
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<StoredFinding> findings)
    {
        json.WriteStartArray();
        foreach (StoredFinding f in findings)
        {
            json.WriteStartArray();
            json.WriteStringValue(f.Rule);
            json.WriteNumberValue((int)f.Severity);
            json.WriteStringValue(f.Table);
            WriteRow(json, f.Row);
            json.WriteStringValue(f.Field);
            json.WriteStringValue(f.Stt);
            json.WriteStringValue(Whole(f.Value));
            json.WriteStringValue(f.Message);
            json.WriteStringValue(f.Fix);
            json.WriteStringValue(f.LegalBasis);
            json.WriteBooleanValue(f.FromFile);
            WriteContext(json, f);
            if (f is { Given: { } given, Exception.Length: > 0 })
            {
                json.WriteNumberValue((int)given);
                json.WriteStringValue(f.Exception);
                json.WriteBooleanValue(f.Suppressed);
            }
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void WriteContext(Utf8JsonWriter json, StoredFinding f)
    {
        json.WriteStringValue(f.Expected);
        json.WriteStringValue(f.Department);
        json.WriteStringValue(f.Doctor);
        json.WriteStringValue(f.Item);
        if (f.AtRisk is { } vnd)
            json.WriteNumberValue(vnd);
        else
            json.WriteNullValue();
        json.WriteStartArray();
        foreach (StoredCell cell in f.Related)
        {
            json.WriteStartArray();
            json.WriteStringValue(cell.Table);
            WriteRow(json, cell.Row);
            json.WriteStringValue(cell.Field);
            json.WriteStringValue(Whole(cell.Value));
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, int? row)
    {
        if (row is { } position)
            json.WriteNumberValue(position);
        else
            json.WriteNullValue();
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
