using System.Globalization;
using LienThong.Gateway.Deliveries;

namespace LienThong.Server.Api.Deliveries;

/// <summary>Answers about deliveries, check-ins and destinations.</summary>
internal static class DeliveryResults
{
    /// <summary>What became of a change: 204, or why not.</summary>
    public static IResult Of(DeliveryChange change) => change switch
    {
        { Done: true } => TypedResults.NoContent(),
        { Code: "not-found" } => NotFound(),
        { Code: "forbidden" } => ApiResults.Problem(403, "forbidden", "Không có quyền", change.Message),
        { Code: "wrong-state" } => ApiResults.Problem(409, change.Code, "Không thực hiện được", change.Message),
        _ => ApiResults.Problem(422, change.Code, "Yêu cầu thiếu hoặc sai", change.Message),
    };

    public static IResult NotFound() => ApiResults.Problem(404, "not-found", "Không tìm thấy", "Không có mục này, hoặc không thuộc cơ sở của bạn.");

    /// <summary>Reads a name of an enumeration; notes the error when it is none.</summary>
    public static T? Read<T>(string name, string? text, Dictionary<string, string[]> errors) where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (Enum.TryParse(text, ignoreCase: false, out T value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]))
            return value;
        errors[name] = [$"Chỉ nhận {string.Join(", ", Enum.GetNames<T>())}."];
        return null;
    }

    /// <summary>Reads how many rows are asked for; 50 when not said.</summary>
    public static int Rows(string? take, Dictionary<string, string[]> errors)
    {
        int rows = 50;
        if (take is not null && !(int.TryParse(take, NumberStyles.None, CultureInfo.InvariantCulture, out rows) && rows is >= 1 and <= 500))
            errors["take"] = ["Số dòng phải từ 1 đến 500."];
        return rows;
    }

    /// <summary>Reads a number of a delivery; 0, which none has, when it is no number.</summary>
    public static long Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : 0;
}
