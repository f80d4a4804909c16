using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LienThong.PortalSimulator;

/// <summary>An answer in the portal's shape, before a fault spoils it.</summary>
/// <param name="Code"><c>maKetQua</c>.</param>
/// <param name="Body">The JSON's members in order, without <c>maKetQua</c>.</param>
internal sealed record Reply(string Code, IReadOnlyList<(string Name, object? Value)> Body)
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>maGiaoDich</c>; empty when nothing was received.</summary>
    public string TransactionCode { get; init; } = "";

    public static Reply Of(string code, string message, params (string Name, object? Value)[] more) =>
        new(code, [.. more, ("thongDiep", message)]);

    public static Reply Received(string transactionCode, string receivedAt) =>
        new("200", [("maGiaoDich", transactionCode), ("thoiGianTiepNhan", receivedAt), ("thongDiep", "Tiếp nhận thành công")])
        {
            TransactionCode = transactionCode,
        };

    public byte[] ToJson(bool numericCode)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["maKetQua"] = numericCode && int.TryParse(Code, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : Code,
        };
        foreach ((string name, object? value) in Body)
            members[name] = value;
        return JsonSerializer.SerializeToUtf8Bytes(members, AsWritten);
    }
}
