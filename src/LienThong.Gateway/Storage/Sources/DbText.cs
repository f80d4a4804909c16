using System.Globalization;
using LienThong.Extracts;
using LienThong.Standard;

namespace LienThong.Gateway.Storage.Sources;

/// <summary>Values of drivers as text of extracts.</summary>
internal static class DbText
{

    /// <summary>The text and what it was.</summary>
    /// <exception cref="NotSupportedException">The value is neither text nor number nor date.</exception>
    public static (string Text, CellForm Form) Of(object? value) => value switch
    {
        null or DBNull => ("", CellForm.Text),
        string text => (text, CellForm.Text),
        bool flag => (flag ? "1" : "0", CellForm.Number),
        decimal number => (number.ToString("0.############################", CultureInfo.InvariantCulture), CellForm.Number),
        double number => (Plain(number), CellForm.Number),
        float number => (Plain(number), CellForm.Number),
        sbyte or byte or short or ushort or int or uint or long or ulong or System.Numerics.BigInteger => (((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), CellForm.Number),
        // A moment with a zone is told in Vietnam's; one without already is.
        DateTime { Kind: DateTimeKind.Utc } utc => (Write(utc + VietnamTime.Offset), CellForm.Moment),
        DateTime local => (Write(local), CellForm.Moment),
        DateTimeOffset at => (Write(at.InVietnam().DateTime), CellForm.Moment),
        DateOnly day => (day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), CellForm.Moment),
        Guid or char => (value.ToString()!, CellForm.Text),
        // Intervals, times of day, arrays, blobs: nothing of the model is one.
        _ => throw new NotSupportedException(),
    };

    // Binary fractions of prices: what people see of them, without an exponent.
    private static string Plain(double number) => ((decimal)number).ToString("0.############################", CultureInfo.InvariantCulture);

    private static string Write(DateTime moment) => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
