using LienThong.Standard;

namespace LienThong.Validation.Custom;

/// <summary>What a part of an expression stands for.</summary>
internal enum Kind
{
    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>A text; an empty field is the empty text.</summary>
    Text,

    /// <summary>Texts joined with <c>;</c>.</summary>
    List,

    /// <summary>A calendar day.</summary>
    Day,

    /// <summary>A moment to the minute.</summary>
    Moment,

    /// <summary>True or false.</summary>
    Truth,
}

/// <summary>Computes a value; absent and malformed are passed on.</summary>
internal delegate Read<T> Reader<T>(Scope scope)
    where T : struct;

/// <summary>Computes a text without copying it.</summary>
internal delegate Value TextReader(Scope scope);

/// <summary>A compiled part of an expression: its kind, what computes it, and what one computation costs at most, inner loops not counted.</summary>
internal sealed class Node
{
    private Node(Kind kind, int cost) => (Kind, Cost) = (kind, cost);

    public Kind Kind { get; }

    /// <summary>Steps.</summary>
    public int Cost { get; }

    public Reader<decimal> Number { get; private init; } = null!;

    public Reader<DateOnly> Day { get; private init; } = null!;

    public Reader<DateTime> Moment { get; private init; } = null!;

    public Reader<bool> Truth { get; private init; } = null!;

    /// <summary>For texts and lists.</summary>
    public TextReader Text { get; private init; } = null!;

    public static Node Of(Reader<decimal> read, int cost) => new(Kind.Number, cost) { Number = read };

    public static Node Of(Reader<DateOnly> read, int cost) => new(Kind.Day, cost) { Day = read };

    public static Node Of(Reader<DateTime> read, int cost) => new(Kind.Moment, cost) { Moment = read };

    public static Node Of(Reader<bool> read, int cost) => new(Kind.Truth, cost) { Truth = read };

    public static Node Of(TextReader read, int cost, bool list = false) => new(list ? Kind.List : Kind.Text, cost) { Text = read };

    /// <summary>The value as messages show it.</summary>
    public string Show(Scope scope) => Kind switch
    {
        Kind.Number => Shown(Number(scope), Validation.Show.Money),
        Kind.Day => Shown(Day(scope), Validation.Show.Day),
        Kind.Moment => Shown(Moment(scope), static m => m.ToString("yyyyMMddHHmm", System.Globalization.CultureInfo.InvariantCulture)),
        Kind.Truth => Shown(Truth(scope), static t => t ? "có" : "không"),
        _ => Validation.Show.Text(Text(scope)),
    };

    private static string Shown<T>(Read<T> read, Func<T, string> show)
        where T : struct => read.IsPresent ? show(read.Value) : "?";
}
