using Sprache;

namespace LienThong.Validation.Custom;

/// <summary>A mistake in an expression.</summary>
/// <param name="At">Offset of the character it was noticed at.</param>
/// <param name="Message">What is wrong, in Vietnamese.</param>
internal sealed record ExpressionError(int At, string Message);

/// <summary>
/// The grammar. Every choice is decided by the next word, so that reading takes time in proportion to the text; nesting and length are
/// bounded before the first rule of the grammar runs.
/// </summary>
internal static class ExpressionParser
{
    /// <summary>Most characters of one expression.</summary>
    public const int MostCharacters = 4000;

    /// <summary>Most brackets inside each other.</summary>
    public const int MostNesting = 24;

    private static readonly string[] Aggregates = ["sum", "count", "exists", "min", "max"];
    private static readonly string[] Comparisons = ["!=", "<=", ">=", "=", "<", ">"];

    private static readonly Parser<Expr> Whole = Parse.Ref(() => Or!);

    private static readonly Parser<Expr> Literal = Tokens.Date.Select(Expr (d) => new DayExpr(d.At, d.Value))
        .XOr(Tokens.Number.Select(Expr (n) => new NumberExpr(n.At, n.Value)))
        .XOr(Tokens.Text.Select(Expr (t) => new TextExpr(t.At, t.Value)));

    private static readonly Parser<Expr> Bracketed =
        from open in Tokens.Symbol("(")
        from inner in Whole
        from close in Tokens.Symbol(")")
        select inner;

    private static readonly Parser<Expr> Named =
        from word in Tokens.Name
        from rest in (word.Value is "true" or "false" ? Parse.Return<Expr>(new TruthExpr(word.At, word.Value == "true")) : AfterName(word.At, word.Value))
        select rest;

    private static readonly Parser<Expr> Primary = Literal.XOr(Bracketed).XOr(Named).Named("giá trị (tên trường, số, \"chữ\", ngày, hàm hoặc ngoặc)");

    private static readonly Parser<Expr> Default =
        from first in Primary
        from other in Tokens.MaybeValue(from at in Tokens.Symbol("??") from value in Primary select (At: at, Value: value))
        select other is { } o ? new BinaryExpr(o.At, "??", first, o.Value) : first;

    private static readonly Parser<Expr> Signed =
        from signs in Tokens.Repeat(Tokens.Symbol("-"))
        from value in Default
        select signs.Count % 2 == 0 ? value : new UnaryExpr(signs[0], "-", value);

    private static readonly Parser<Expr> Product = Chain(Signed, Tokens.OneOf(["*", "/"]));
    private static readonly Parser<Expr> Sum = Chain(Product, Tokens.OneOf(["+", "-"]));

    private static readonly Parser<Expr> Comparison =
        from left in Sum
        from whole in Tokens.Maybe(Suffix(left))
        select whole ?? left;

    private static readonly Parser<Expr> Not =
        from nots in Tokens.Repeat(Tokens.Keyword("not"))
        from value in Comparison
        select nots.Count % 2 == 0 ? value : new UnaryExpr(nots[0], "not", value);

    private static readonly Parser<Expr> And = Chain(Not, Tokens.Keyword("and").Select(at => (at, "and")));
    private static readonly Parser<Expr> Or = Chain(And, Tokens.Keyword("or").Select(at => (at, "or")));

    private static readonly Parser<Expr> Complete = from blank in Tokens.Blank from expr in Whole from end in Tokens.End select expr;

    /// <summary>Reads an expression; null, with the mistake, when it isn't one.</summary>
    public static Expr? Read(string text, out ExpressionError? error)
    {
        error = Bounds(text);
        if (error is not null) return null;
        IResult<Expr> result = Complete(new Input(text));
        if (result.WasSuccessful) return result.Value;
        error = Explain(text, result);
        return null;
    }

    private static ExpressionError? Bounds(string text)
    {
        if (text.Length > MostCharacters) return new ExpressionError(MostCharacters, $"biểu thức dài quá {MostCharacters} ký tự.");
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '(' or '[' && ++depth > MostNesting) return new ExpressionError(i, $"ngoặc lồng nhau quá {MostNesting} lớp.");
            if (text[i] is ')' or ']') depth--;
        }

        return null;
    }

    private static ExpressionError Explain(string text, IResult<Expr> result)
    {
        int at = Math.Min(result.Remainder.Position, text.Length);
        string found = at == text.Length ? "hết biểu thức" : $"«{Word(text, at)}»";
        string[] expected = [.. result.Expectations.Distinct(StringComparer.Ordinal)];
        return new ExpressionError(at, expected.Length == 0 ? $"không hiểu {found}." : $"gặp {found}, ở đây cần {string.Join(" hoặc ", expected)}.");
    }

    private static string Word(string text, int at)
    {
        int end = at + 1;
        while (end < text.Length && end - at < 20 && Tokens.IsWord(text[at]) && Tokens.IsWord(text[end])) end++;
        return text[at..end];
    }

    private static Parser<Expr> Chain(Parser<Expr> operand, Parser<(int At, string Text)> sign) =>
        from first in operand
        from rest in Tokens.Repeat(from o in sign from x in operand select (Sign: o, Operand: x))
        select rest.Aggregate(first, (left, next) => new BinaryExpr(next.Sign.At, next.Sign.Text, left, next.Operand));

    private static Parser<Expr> Suffix(Expr left) =>
        (from sign in Tokens.OneOf(Comparisons) from right in Sum select (Expr)new BinaryExpr(sign.At, sign.Text, left, right))
        .XOr(Tokens.Keyword("not").Then(at => Membership(left, negated: true)))
        .XOr(Membership(left, negated: false));

    private static Parser<Expr> Membership(Expr left, bool negated) =>
        (from at in Tokens.Keyword("in") from members in Members(left, negated) select members)
        .XOr(from at in Tokens.Keyword("like") from pattern in Tokens.Text select (Expr)new LikeExpr(at, left, new TextExpr(pattern.At, pattern.Value), negated))
        .XOr(from at in Tokens.Keyword("between") from low in Sum from and in Tokens.Keyword("and") from high in Sum select (Expr)new BetweenExpr(at, left, low, high, negated));

    private static Parser<Expr> Members(Expr left, bool negated) =>
        (from open in Tokens.Symbol("[")
         from first in Literal
         from rest in Tokens.Repeat(from comma in Tokens.Symbol(",") from item in Literal select item)
         from close in Tokens.Symbol("]")
         select (Expr)new InExpr(open, left, [first, .. rest], null, negated))
        .XOr(Tokens.Name.Select(Expr (n) => new InExpr(n.At, left, null, n.Value, negated)))
        .Named("[danh sách] hoặc tên danh mục");

    private static Parser<Expr> AfterName(int at, string name) =>
        (from dot in Tokens.Symbol(".") from field in Tokens.Name select (Expr)new FieldExpr(at, name, field.Value))
        .XOr(from open in Tokens.Symbol("(") from call in Call(at, name) select call)
        .XOr(Parse.Return<Expr>(new NameExpr(at, name)));

    private static Parser<Expr> Call(int at, string name) =>
        (from close in Tokens.Symbol(")") select (Expr)new CallExpr(at, name, []))
        .XOr(
            from first in Whole
            from rest in Tokens.Repeat(from comma in Tokens.Symbol(",") from argument in Whole select argument)
            from condition in Tokens.Maybe(from word in Tokens.Keyword("where") from c in Whole select c)
            from close in Tokens.Symbol(")")
            select Aggregates.Contains(name, StringComparer.Ordinal) && rest.Count == 0
                ? (Expr)new AggregateExpr(at, name, first, condition)
                : condition is null ? new CallExpr(at, name, [first, .. rest]) : new CallExpr(at, name + " … where", [first, .. rest]));
}
