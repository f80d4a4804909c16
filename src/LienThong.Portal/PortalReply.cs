using System.Globalization;
using System.Text;
using System.Text.Json;
using LienThong.Standard;

namespace LienThong.Portal;

/// <summary>The members of a JSON answer, read as the field taught: names in any case, codes as string or number.</summary>
internal sealed class PortalReply
{
    private const int LongestCode = 100;
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: false);
    private readonly JsonElement root;

    private PortalReply(JsonElement root, string code) => (this.root, Code) = (root, code);

    /// <summary><c>maKetQua</c>, trimmed, never empty.</summary>
    public string Code { get; }

    /// <summary>The whole object, for answers with more members.</summary>
    public JsonElement Root => root;

    /// <summary>Reads a whole JSON object with <c>maKetQua</c>; null for anything else.</summary>
    public static PortalReply? TryRead(PortalAnswer answer)
    {
        if (TryReadJson(answer) is not { } whole)
            return null;
        string code = Text(whole, "maKetQua").Trim();
        return code.Length is 0 or > LongestCode ? null : new PortalReply(whole, code);
    }

    /// <summary>Reads a whole JSON object, whatever its members; null for anything else.</summary>
    public static JsonElement? TryReadJson(PortalAnswer answer)
    {
        if (!answer.IsWhole || answer.Body.Length == 0)
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(Decode(answer.Body));
            JsonElement whole = document.RootElement.Clone();
            return whole.ValueKind == JsonValueKind.Object ? whole : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Why an answer can't be read, as a sentence.</summary>
    public static string WhyUnreadable(PortalAnswer answer) => answer switch
    {
        { IsWhole: false } => $"Cổng trả lời dở dang (HTTP {answer.HttpStatus}, nhận {answer.Body.Length} byte)",
        { HttpStatus: >= 500 } => $"Cổng gặp sự cố (HTTP {answer.HttpStatus})",
        { Body.Length: 0 } => $"Cổng trả lời rỗng (HTTP {answer.HttpStatus})",
        _ => $"Cổng trả lời không đúng mẫu (HTTP {answer.HttpStatus})",
    };

    /// <summary>A member as text; empty when absent, null or an object.</summary>
    public string Text(string name) => Text(root, name);

    /// <summary>As <see cref="Text(string)"/>, of any object.</summary>
    public static string Text(JsonElement element, string name) => Member(element, name) is { } value
        ? value.ValueKind switch
        {
            JsonValueKind.String => AsText(value),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => "",
        }
        : "";

    /// <summary>The first member with that name in any case; null when absent.</summary>
    public static JsonElement? Member(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (NameOf(property).Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }

    /// <summary>A member's name; empty when it is no text (half a surrogate pair in an escape).</summary>
    public static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>A text; as it is spelt in the JSON when it holds half a surrogate pair, which a cut message may.</summary>
    internal static string AsText(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return text.GetRawText().Trim('"');
        }
    }

    /// <summary><c>yyyyMMddHHmmss</c> in Vietnam time; null when it isn't that.</summary>
    public static DateTimeOffset? Moment(string text) =>
        DateTime.TryParseExact(text.Trim(), "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)
            ? new DateTimeOffset(local, VietnamTime.Offset)
            : null;

    /// <summary>UTF-8 unless a byte-order mark or the zero bytes of UTF-16 say otherwise; what can't be decoded becomes U+FFFD, the codes are ASCII anyway.</summary>
    private static string Decode(byte[] body) => body switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Utf8.GetString(body, 3, body.Length - 3),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(body, 2, body.Length - 2),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(body, 2, body.Length - 2),
        [not 0, 0, ..] => Encoding.Unicode.GetString(body),
        _ => Utf8.GetString(body),
    };
}
