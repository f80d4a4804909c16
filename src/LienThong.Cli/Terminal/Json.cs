using System.Text.Encodings.Web;
using System.Text.Json;

namespace LienThong.Cli.Terminal;

/// <summary>JSON results of the verbs whose results are small.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>Prints one JSON value and a line end.</summary>
    public static void Print(Action<Utf8JsonWriter> write)
    {
        using Stream output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, Options)) write(json);
        output.Write("\n"u8);
    }

    /// <summary>A number, or null.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }

    /// <summary>A moment as ISO 8601 in UTC, or null.</summary>
    public static void WriteMoment(this Utf8JsonWriter json, string name, DateTimeOffset? at) =>
        json.WriteString(name, at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
}
