using System.Globalization;
using Sprache;

namespace LienThong.Validation.Custom;

/// <summary>Words and signs of the expression language, each with the blanks behind it; and repetition that keeps the place of a mistake.</summary>
internal static class Tokens
{
    private static readonly string[] Reserved = ["and", "or", "not", "in", "like", "between", "where"];

    /// <summary>Blanks and line ends.</summary>
    public static readonly Parser<int> Blank = static input => Sprache.Result.Success(0, SkipBlank(input));

    /// <summary>The end of the text.</summary>
    public static readonly Parser<int> End = static input =>
        input.AtEnd ? Sprache.Result.Success(0, input) : Sprache.Result.Failure<int>(input, "", ["phép toán (and, or, =, <, in …) hoặc hết biểu thức"]);

    /// <summary>A name: letters, digits and underscores, no reserved word.</summary>
    public static readonly Parser<(int At, string Value)> Name = static input =>
    {
        int end = WordEnd(input);
        string word = input.Source[input.Position..end];
        return word.Length == 0 || char.IsAsciiDigit(word[0]) || Reserved.Contains(word, StringComparer.Ordinal)
            ? Sprache.Result.Failure<(int, string)>(input, "", ["tên"])
            : Sprache.Result.Success((input.Position, word), Move(input, end));
    };

    /// <summary>A text in double or single quotes; a quote inside is written twice.</summary>
    public static readonly Parser<(int At, string Value)> Text = static input =>
    {
        if (input.AtEnd || input.Current is not ('"' or '\'')) return Sprache.Result.Failure<(int, string)>(input, "", ["\"chữ trong ngoặc kép\""]);
        char quote = input.Current;
        string source = input.Source;
        int at = input.Position + 1;
        while (at < source.Length && (source[at] != quote || (at + 1 < source.Length && source[at + 1] == quote))) at += source[at] == quote ? 2 : 1;
        if (at >= source.Length) return Sprache.Result.Failure<(int, string)>(Jump(input, source.Length), "", [$"dấu {quote} đóng chữ"]);
        string value = source[(input.Position + 1)..at].Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
        return Sprache.Result.Success((input.Position, value), Move(input, at + 1));
    };

    /// <summary>A day: <c>2026-07-01</c>.</summary>
    public static readonly Parser<(int At, DateOnly Value)> Date = static input =>
    {
        string source = input.Source;
        int at = input.Position;
        bool shaped = at + 10 <= source.Length && source[at + 4] == '-' && source[at + 7] == '-' && (at + 10 == source.Length || !IsWord(source[at + 10]));
        for (int i = 0; shaped && i < 10; i++) shaped = i is 4 or 7 || char.IsAsciiDigit(source[at + i]);
        if (!shaped) return Sprache.Result.Failure<(int, DateOnly)>(input, "", ["ngày"]);
        return DateOnly.TryParseExact(source.AsSpan(at, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? Sprache.Result.Success((at, day), Move(input, at + 10))
            : Sprache.Result.Failure<(int, DateOnly)>(Jump(input, at + 1), "", ["ngày có thật, dạng 2026-07-01"]);
    };

    /// <summary>A number without sign: digits, a point and digits.</summary>
    public static readonly Parser<(int At, decimal Value)> Number = static input =>
    {
        string source = input.Source;
        int end = input.Position;
        while (end < source.Length && char.IsAsciiDigit(source[end])) end++;
        if (end == input.Position) return Sprache.Result.Failure<(int, decimal)>(input, "", ["số"]);
        if (end + 1 < source.Length && source[end] == '.' && char.IsAsciiDigit(source[end + 1]))
        {
            end++;
            while (end < source.Length && char.IsAsciiDigit(source[end])) end++;
        }

        if (end - input.Position > 24) return Sprache.Result.Failure<(int, decimal)>(Jump(input, input.Position + 1), "", ["số không quá 24 chữ số"]);
        if (end < source.Length && (source[end] == '.' || IsWord(source[end]))) return Sprache.Result.Failure<(int, decimal)>(Jump(input, end), "", ["số viết liền, dấu chấm cho phần thập phân"]);
        return Sprache.Result.Success((input.Position, decimal.Parse(source.AsSpan(input.Position, end - input.Position), CultureInfo.InvariantCulture)), Move(input, end));
    };

    /// <summary>A sign; gives its place.</summary>
    public static Parser<int> Symbol(string sign) => input =>
        Starts(input, sign)
            ? Sprache.Result.Success(input.Position, Move(input, input.Position + sign.Length))
            : Sprache.Result.Failure<int>(input, "", [$"«{sign}»"]);

    /// <summary>A reserved word; gives its place.</summary>
    public static Parser<int> Keyword(string word) => input =>
        Starts(input, word) && WordEnd(input) == input.Position + word.Length
            ? Sprache.Result.Success(input.Position, Move(input, input.Position + word.Length))
            : Sprache.Result.Failure<int>(input, "", [word]);

    /// <summary>The first of some signs that is there; longer ones stand before their beginnings.</summary>
    public static Parser<(int At, string Text)> OneOf(string[] signs) => input =>
    {
        foreach (string sign in signs)
        {
            if (Starts(input, sign)) return Sprache.Result.Success((input.Position, sign), Move(input, input.Position + sign.Length));
        }

        return Sprache.Result.Failure<(int, string)>(input, "", [string.Join(' ', signs)]);
    };

    /// <summary>As often as it is there. A repetition that breaks off inside is a mistake, not the end of the repetition.</summary>
    public static Parser<List<T>> Repeat<T>(Parser<T> item) => input =>
    {
        var items = new List<T>();
        while (true)
        {
            IResult<T> next = item(input);
            if (!next.WasSuccessful)
            {
                return next.Remainder.Position == input.Position
                    ? Sprache.Result.Success(items, input)
                    : Sprache.Result.Failure<List<T>>(next.Remainder, next.Message, next.Expectations);
            }

            items.Add(next.Value);
            input = next.Remainder;
        }
    };

    /// <summary>Once or not at all; what breaks off inside is a mistake.</summary>
    public static Parser<T?> Maybe<T>(Parser<T> item)
        where T : class => input => item(input) is var next && next.WasSuccessful ? Sprache.Result.Success<T?>(next.Value, next.Remainder)
            : next.Remainder.Position == input.Position ? Sprache.Result.Success<T?>(null, input)
            : Sprache.Result.Failure<T?>(next.Remainder, next.Message, next.Expectations);

    /// <summary>As <see cref="Maybe{T}(Parser{T})"/> for values.</summary>
    public static Parser<T?> MaybeValue<T>(Parser<T> item)
        where T : struct => input => item(input) is var next && next.WasSuccessful ? Sprache.Result.Success<T?>(next.Value, next.Remainder)
            : next.Remainder.Position == input.Position ? Sprache.Result.Success<T?>(null, input)
            : Sprache.Result.Failure<T?>(next.Remainder, next.Message, next.Expectations);

    /// <summary>True for letters, digits and the underscore.</summary>
    public static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static bool Starts(IInput input, string text) => string.CompareOrdinal(input.Source, input.Position, text, 0, text.Length) == 0;

    private static int WordEnd(IInput input)
    {
        int end = input.Position;
        while (end < input.Source.Length && IsWord(input.Source[end])) end++;
        return end;
    }

    private static IInput Move(IInput input, int to) => SkipBlank(Jump(input, to));

    private static IInput Jump(IInput input, int to)
    {
        while (input.Position < to) input = input.Advance();
        return input;
    }

    private static IInput SkipBlank(IInput input)
    {
        while (!input.AtEnd && char.IsWhiteSpace(input.Current)) input = input.Advance();
        return input;
    }
}
