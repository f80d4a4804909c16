using System.Buffers;
using System.Text.Json;
using LienThong.Signing;

namespace LienThong.Gateway.Signing;

/// <summary>What a signing service answered.</summary>
/// <param name="Success">Its <c>Success</c>.</param>
/// <param name="Document">Its <c>Data</c>, decoded; null when there is none or it is no base64.</param>
/// <param name="Messages">Its <c>Param.Messages</c> in one line, without control characters, at most 300 characters.</param>
internal sealed record SigningAnswer(bool Success, byte[]? Document, string Messages);

/// <summary>The messages of <c>POST /api/EmrSign/SignXmlBhyt</c>, as helpers for USB tokens and HSM services of hospital systems speak it.</summary>
internal static class SigningMessage
{
    private const int MaxMessages = 20;
    private const int MaxText = 300;

    /// <summary><c>{ApiData: {XmlBase64, TagStoreSignatureValue, ConfigData}}</c>, UTF-8.</summary>
    public static byte[] Write(KeyPlace.Remote place, KeySecrets secrets, byte[] document)
    {
        ArrayBufferWriter<byte> output = new((document.Length * 4 / 3) + 1024);
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            json.WriteStartObject("ApiData");
            json.WriteBase64String("XmlBase64", document);
            json.WriteString("TagStoreSignatureValue", SignatureSlot.ChuKyDonVi.Element);
            json.WriteStartObject("ConfigData");
            Config(json, place, secrets);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Null when the bytes aren't such an answer.</summary>
    public static SigningAnswer? Read(byte[] body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("Success", out JsonElement success))
                return null;
            if (success.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                return null;
            byte[]? document = json.RootElement.TryGetProperty("Data", out JsonElement data) && data.ValueKind == JsonValueKind.String
                && data.TryGetBytesFromBase64(out byte[]? bytes) ? bytes : null;
            return new SigningAnswer(success.GetBoolean(), document, Messages(json.RootElement));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Config(Utf8JsonWriter json, KeyPlace.Remote place, KeySecrets secrets)
    {
        if (place.HsmType is not { } type)
            return;
        json.WriteNumber("HsmType", type);
        json.WriteString("HsmUserCode", place.HsmUserCode);
        json.WriteString("Password", secrets.Password);
        json.WriteString("SecretKey", secrets.SecretKey);
        json.WriteString("IdentityNumber", secrets.IdentityNumber);
        json.WriteString("HsmSerialNumber", place.HsmSerialNumber);
    }

    private static string Messages(JsonElement root)
    {
        if (!root.TryGetProperty("Param", out JsonElement param) || param.ValueKind != JsonValueKind.Object
            || !param.TryGetProperty("Messages", out JsonElement messages) || messages.ValueKind != JsonValueKind.Array)
            return "";
        string all = string.Join("; ", messages.EnumerateArray().Take(MaxMessages).Where(m => m.ValueKind == JsonValueKind.String).Select(m => m.GetString()));
        string plain = string.Concat(all.Where(c => !char.IsControl(c)));
        return plain.Length <= MaxText ? plain : plain[..MaxText] + "…";
    }
}
