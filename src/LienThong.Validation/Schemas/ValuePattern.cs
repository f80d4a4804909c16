using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The form of a value as a pattern of XML Schema; blanks at its ends are already taken off there.</summary>
internal static class ValuePattern
{
    private const string Year = "(19[0-9]{2}|20[0-9]{2}|2100)";
    private const string LeapYear = "((19|20)(0[48]|[2468][048]|[13579][26])|2000)";

    /// <summary>A real calendar day from 1900 to 2100.</summary>
    public const string Day =
        "(" + Year + "((0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])(29|30)|(0[13578]|1[02])31)|" + LeapYear + "0229)";

    /// <summary>A minute of such a day.</summary>
    public const string Minute = "(" + Day + "([01][0-9]|2[0-3])[0-5][0-9])";

    // A minus before nothing but zeros says zero.
    private const string Number = "[0-9]+(\\.[0-9]+)?|-0+(\\.0+)?";

    /// <summary>The pattern of a field; null when any text will do.</summary>
    public static string? Of(FieldCheck field, bool required)
    {
        string? form = field.OwnForm ? null : Form(field);
        if (form is null) return null;
        return required ? form : $"({form})?";
    }

    private static string? Form(FieldCheck field) => field.Kind switch
    {
        FieldKind.Date8 => field.IsList ? Items(Day) : Day,
        FieldKind.DateTime12 => field.IsList ? Items(Minute) : Minute,
        _ when field.Form is { } form => field.IsList ? Joined(form.Source[1..^1]) : form.Source[1..^1],
        FieldKind.Integer => "[0-9]+",
        FieldKind.Decimal => Number,
        _ => null,
    };

    // Empty items are a warning of their own.
    private static string Items(string item) => $"({item})?( ?;( ?{item})?)*";

    // The pattern already holds the separators; blanks beside them and separators left at the end don't count.
    private static string Joined(string list) => $"({list.Replace(";", " ?; ?", StringComparison.Ordinal)})( ?;)*";
}
