using System.Text;
using System.Text.Json;

namespace LienThong.PortalSimulator;

/// <summary>
/// The fields of a request, percent-decoded in place over the request's own buffer. A raw <c>+</c> becomes a space, as
/// with every form reader: that is how a wrongly encoded base64 shows.
/// </summary>
internal sealed class FormFields
{
    private const int MostFields = 32;
    private readonly List<(string Name, Memory<byte> Value)> fields = [];

    /// <summary>True when the fields came as a JSON object, which one client does.</summary>
    public bool WasJson { get; private init; }

    /// <summary>A field as text; empty when absent.</summary>
    public string this[string name] => Encoding.UTF8.GetString(Bytes(name).Span);

    /// <summary>A field's bytes, writable; empty when absent.</summary>
    public Memory<byte> Bytes(string name)
    {
        foreach ((string known, Memory<byte> value) in fields)
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
                return value;
        }

        return default;
    }

    /// <summary>Reads a form or a JSON object; null when it is neither.</summary>
    public static FormFields? Read(Memory<byte> body, string? contentType)
    {
        contentType ??= "";
        if (contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            return ReadJson(body);
        return contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? ReadForm(body) : null;
    }

    private static FormFields? ReadForm(Memory<byte> body)
    {
        var form = new FormFields();
        while (!body.IsEmpty)
        {
            int end = body.Span.IndexOf((byte)'&');
            Memory<byte> pair = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            int equals = pair.Span.IndexOf((byte)'=');
            if (equals < 0 || form.fields.Count == MostFields)
                return null;
            if (Decode(pair[..equals].Span) is not (>= 0 and <= 100 and var nameLength) || Decode(pair[(equals + 1)..].Span) is not (>= 0 and var length))
                return null;
            form.fields.Add((Encoding.UTF8.GetString(pair.Span[..nameLength]), pair.Slice(equals + 1, length)));
        }

        return form;
    }

    /// <summary>Percent-decodes in place; the new length, or -1 when a % isn't followed by two hexadecimal digits.</summary>
    private static int Decode(Span<byte> text)
    {
        int read = text.IndexOfAny((byte)'%', (byte)'+');
        if (read < 0)
            return text.Length;
        int written = read;
        while (read < text.Length)
        {
            byte b = text[read];
            if (b == '%')
            {
                if (read + 2 >= text.Length || !byte.TryParse(text.Slice(read + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out byte value))
                    return -1;
                text[written++] = value;
                read += 3;
            }
            else if (b == '+')
            {
                text[written++] = (byte)' ';
                read++;
            }
            else
            {
                int run = text[read..].IndexOfAny((byte)'%', (byte)'+');
                run = run < 0 ? text.Length - read : run;
                text.Slice(read, run).CopyTo(text[written..]);
                written += run;
                read += run;
            }
        }

        return written;
    }

    private static FormFields? ReadJson(Memory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var form = new FormFields { WasJson = true };
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                string value = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
                form.fields.Add((property.Name, Encoding.UTF8.GetBytes(value)));
            }

            return form;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
