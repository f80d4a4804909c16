using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LienThong.Gateway.Catalogues;

/// <summary>A row of a list as an import brings it.</summary>
/// <param name="Line">Line in the sheet, from 1.</param>
/// <param name="Key">What makes it the same row in the next file, without its validity.</param>
/// <param name="Content">Its cells that hold anything, as <see cref="RowContent"/> writes them.</param>
/// <param name="From">First day it is valid; null when it always was.</param>
/// <param name="To">Last day it is valid; null while nothing ends it.</param>
/// <param name="Accepted">Whether the portal took it; null when unknown.</param>
/// <param name="AcceptedOn">When it did.</param>
internal sealed record ListRow(int Line, string Key, string Content, DateOnly? From, DateOnly? To, bool? Accepted, DateOnly? AcceptedOn);

/// <summary>A sheet that was read as a list.</summary>
/// <param name="Layout">Which list, with the columns kept.</param>
/// <param name="Sheet">Name of the sheet; empty for CSV.</param>
/// <param name="Rows">Rows that may go in.</param>
/// <param name="Refused">Rows that may not.</param>
/// <param name="HasValidity">Whether the sheet has a column that says from when a row is valid.</param>
internal sealed record ReadSheet(ListLayout Layout, string Sheet, List<ListRow> Rows, int Refused, bool HasValidity);

/// <summary>Cells of a row as one text: a JSON object in the order of the columns, empty cells left out. Same cells, same text.</summary>
internal sealed class RowContent
{
    /// <summary>Name under which <c>unconfirmed</c> marks a code that rests on one secondary source.</summary>
    public const string Status = "status";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ArrayBufferWriter<byte> buffer = new(1024);

    /// <summary>Writes cells.</summary>
    public string Write(IReadOnlyList<LayoutColumn> columns, string?[] cells, bool unconfirmed)
    {
        buffer.ResetWrittenCount();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            for (int i = 0; i < cells.Length; i++)
            {
                if (cells[i] is { } text)
                    json.WriteString(columns[i].Name, text);
            }
            if (unconfirmed)
                json.WriteString(Status, "unconfirmed");
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads cells into the places of the columns; a column that is unknown today is passed over.</summary>
    /// <returns>Whether the code is unconfirmed.</returns>
    public static bool Read(string content, IReadOnlyDictionary<string, int> places, string?[] cells)
    {
        Array.Clear(cells);
        byte[] rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(content.Length));
        try
        {
            Utf8JsonReader json = new(rented.AsSpan(0, Encoding.UTF8.GetBytes(content, rented)));
            bool unconfirmed = false;
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                string name = json.GetString()!;
                json.Read();
                if (places.TryGetValue(name, out int at))
                    cells[at] = json.GetString();
                unconfirmed |= name == Status;
            }
            return unconfirmed;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The cells by name, in the order they were written.</summary>
    public static Dictionary<string, string> Read(string content) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(content) ?? throw new FormatException("A stored row of a list isn't an object.");

    /// <summary>A day as it is stored; null stays null.</summary>
    public static string? Store(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A stored day.</summary>
    public static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
