namespace LienThong.Validation.Custom;

/// <summary>An expression as written, before its types are known. <paramref name="At"/> is the offset of its first character in the text.</summary>
internal abstract record Expr(int At);

internal sealed record NumberExpr(int At, decimal Value) : Expr(At);

internal sealed record TextExpr(int At, string Value) : Expr(At);

internal sealed record DayExpr(int At, DateOnly Value) : Expr(At);

internal sealed record TruthExpr(int At, bool Value) : Expr(At);

/// <summary>A name alone: a field of the judged row, or something named under <c>let</c>.</summary>
internal sealed record NameExpr(int At, string Name) : Expr(At);

/// <summary><c>XML3.T_BHTT</c>.</summary>
internal sealed record FieldExpr(int At, string Table, string Field) : Expr(At);

/// <summary><c>not</c> or <c>-</c>.</summary>
internal sealed record UnaryExpr(int At, string Operator, Expr Operand) : Expr(At);

/// <summary><c>and or + - * / = != &lt; &lt;= &gt; &gt;= ??</c>; <paramref name="At"/> is the operator's place.</summary>
internal sealed record BinaryExpr(int At, string Operator, Expr Left, Expr Right) : Expr(At);

/// <summary><c>x between a and b</c>, both ends included.</summary>
internal sealed record BetweenExpr(int At, Expr Subject, Expr Low, Expr High, bool Negated) : Expr(At);

/// <summary><c>x like "E1*"</c>.</summary>
internal sealed record LikeExpr(int At, Expr Subject, TextExpr Pattern, bool Negated) : Expr(At);

/// <summary><c>x in ["01", "02"]</c> (<paramref name="Items"/>) or <c>x in icd10</c> (<paramref name="List"/>).</summary>
internal sealed record InExpr(int At, Expr Subject, IReadOnlyList<Expr>? Items, string? List, bool Negated) : Expr(At);

/// <summary><c>days(NGAY_VAO, NGAY_RA)</c>.</summary>
internal sealed record CallExpr(int At, string Name, IReadOnlyList<Expr> Arguments) : Expr(At);

/// <summary><c>sum(XML3.T_BHTT where XML3.MA_NHOM = "13")</c>; for <c>count</c> and <c>exists</c> the argument is the table alone.</summary>
internal sealed record AggregateExpr(int At, string Name, Expr Argument, Expr? Where) : Expr(At);
