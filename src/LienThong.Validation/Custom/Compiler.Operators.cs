using LienThong.Standard;

namespace LienThong.Validation.Custom;

internal sealed partial class Compiler
{
    private Node Unary(UnaryExpr expr)
    {
        Node operand = Node(expr.Operand);
        if (expr.Operator == "not") return Custom.Node.Of(Logic.Not(Truth(expr.Operand, operand)), operand.Cost + 1);
        Reader<decimal> number = Number(expr.Operand, operand);
        return Custom.Node.Of(
            s =>
            {
                Read<decimal> read = number(s);
                return new Read<decimal>(read.State, -read.Value);
            },
            operand.Cost + 1);
    }

    private Node Binary(BinaryExpr expr)
    {
        Node left = Node(expr.Left);
        Node right = Node(expr.Right);
        int cost = Sum(left.Cost, right.Cost);
        return expr.Operator switch
        {
            "and" => Custom.Node.Of(Logic.And(Truth(expr.Left, left), Truth(expr.Right, right)), cost),
            "or" => Custom.Node.Of(Logic.Or(Truth(expr.Left, left), Truth(expr.Right, right)), cost),
            "+" => Arithmetic(expr, left, right, decimal.Add),
            "-" => Arithmetic(expr, left, right, decimal.Subtract),
            "*" => Arithmetic(expr, left, right, decimal.Multiply),
            "/" => Arithmetic(expr, left, right, decimal.Divide),
            "??" => Default(expr, left, right),
            _ => Compare(expr, expr.Operator, left, right, expr.Left, expr.Right),
        };
    }

    private Node Arithmetic(BinaryExpr expr, Node left, Node right, Func<decimal, decimal, decimal> compute) =>
        Custom.Node.Of(Logic.Compute(Number(expr.Left, left), Number(expr.Right, right), compute), Sum(left.Cost, right.Cost));

    private static Node Default(BinaryExpr expr, Node left, Node right)
    {
        int cost = Sum(left.Cost, right.Cost);
        if (left.Kind != right.Kind) throw Wrong(expr, $"hai bên của ?? phải cùng loại; bên trái là {Name(left.Kind)}, bên phải là {Name(right.Kind)}.");
        return left.Kind switch
        {
            Kind.Number => Custom.Node.Of(Logic.Default(left.Number, right.Number), cost),
            Kind.Day => Custom.Node.Of(Logic.Default(left.Day, right.Day), cost),
            Kind.Moment => Custom.Node.Of(Logic.Default(left.Moment, right.Moment), cost),
            Kind.Truth => Custom.Node.Of(Logic.Default(left.Truth, right.Truth), cost),
            _ => Custom.Node.Of(Filled(left.Text, right.Text), cost, left.Kind == Kind.List),
        };
    }

    private static TextReader Filled(TextReader first, TextReader second) => s => first(s) is { IsEmpty: false } value ? value : second(s);

    private Node Between(BetweenExpr expr)
    {
        Node subject = Node(expr.Subject);
        Node from = Compare(expr, ">=", subject, Node(expr.Low), expr.Subject, expr.Low);
        Node to = Compare(expr, "<=", subject, Node(expr.High), expr.Subject, expr.High);
        return Negate(Logic.And(from.Truth, to.Truth), expr.Negated, Sum(from.Cost, to.Cost));
    }

    private static Node Negate(Reader<bool> truth, bool negated, int cost) => Custom.Node.Of(negated ? Logic.Not(truth) : truth, cost);

    private static Node Compare(Expr at, string sign, Node left, Node right, Expr leftExpr, Expr rightExpr)
    {
        int cost = Sum(left.Cost, right.Cost);
        Func<int, bool> holds = Holds(sign);
        return (left.Kind, right.Kind) switch
        {
            (Kind.Number, Kind.Number) => Custom.Node.Of(Logic.Compare(left.Number, right.Number, holds), cost),
            (Kind.Moment, Kind.Moment) => Custom.Node.Of(Logic.Compare(left.Moment, right.Moment, holds), cost),
            (Kind.Day or Kind.Moment, Kind.Day or Kind.Moment) => Custom.Node.Of(Logic.Compare(Day(left), Day(right), holds), cost),
            (Kind.Text, Kind.Text) => Custom.Node.Of(CompareTexts(left.Text, right.Text, holds), cost),
            (Kind.List, Kind.Text) when sign is "=" or "!=" => Negate(AnyItem(left.Text, right.Text), sign == "!=", cost),
            (Kind.List, _) => throw Wrong(at, "danh sách mã chỉ so bằng = hoặc != với một mã, hoặc dùng in, like, items(…)."),
            (Kind.Text, Kind.Number) when rightExpr is NumberExpr n => throw Wrong(rightExpr, $"bên trái là mã: viết \"{n.Value}\" trong ngoặc kép, hoặc dùng number(…)."),
            (Kind.Number, Kind.Text) when rightExpr is TextExpr => throw Wrong(rightExpr, "bên trái là số: bỏ ngoặc kép."),
            (Kind.Truth, _) or (_, Kind.Truth) => throw Wrong(at, "điều kiện đúng/sai không so sánh được; dùng and, or, not."),
            _ => throw Wrong(at, $"không so sánh được {Name(left.Kind)} với {Name(right.Kind)}."),
        };
    }

    private static Reader<bool> CompareTexts(TextReader left, TextReader right, Func<int, bool> holds) =>
        s => Read<bool>.Of(holds(left(s).Trimmed.SequenceCompareTo(right(s).Trimmed)));

    private static Reader<bool> AnyItem(TextReader list, TextReader wanted) => scope =>
    {
        ReadOnlySpan<byte> text = wanted(scope).Trimmed;
        foreach (ReadOnlySpan<byte> item in list(scope).Items())
        {
            if (!scope.Spend(1)) return Read<bool>.Malformed;
            if (item.SequenceEqual(text)) return Read<bool>.Of(true);
        }

        return Read<bool>.Of(false);
    };

    private Node Like(LikeExpr expr)
    {
        Node subject = Node(expr.Subject);
        if (expr.Pattern.Value.Length > Glob.MostCharacters) throw Wrong(expr.Pattern, $"mẫu dài quá {Glob.MostCharacters} ký tự.");
        var glob = new Glob(expr.Pattern.Value);
        Reader<bool> truth = subject.Kind switch
        {
            Kind.Text => s => glob.Matches(subject.Text(s).Trimmed, s),
            Kind.List => Items(subject.Text, glob.Matches, every: false),
            _ => throw Wrong(expr.Subject, $"like chỉ dùng cho mã hoặc chữ; đây là {Name(subject.Kind)}."),
        };
        return Negate(truth, expr.Negated, subject.Cost + 1);
    }

    private Node In(InExpr expr)
    {
        Node subject = Node(expr.Subject);
        if (subject.Kind == Kind.Number && expr.Items is { } numbers) return Negate(AmongNumbers(subject.Number, numbers), expr.Negated, Sum(subject.Cost, numbers.Count));
        ItemTest test = Test(expr);
        Reader<bool> truth = subject.Kind switch
        {
            Kind.Text => s => s.Spend(4) ? test(subject.Text(s).Trimmed, s) : Read<bool>.Malformed,
            Kind.List => Items(subject.Text, test, every: false),
            _ => throw Wrong(expr, $"in chỉ dùng cho mã, danh sách mã hoặc số; đây là {Name(subject.Kind)}."),
        };
        return Negate(truth, expr.Negated, subject.Cost + 4);
    }

    private ItemTest Test(InExpr expr)
    {
        CodeSet? own = expr.Items is { } items ? new CodeSet(items.Select(TextOf)) : ownLists.GetValueOrDefault(expr.List!);
        if (own is not null) return (item, _) => Read<bool>.Of(own.Contains(item));
        string name = expr.List!;
        if (!KnownLists.Contains(name)) throw Wrong(expr, $"không có danh mục «{name}»{Near(name, ownLists.Keys.Concat(KnownLists.All))}; khai báo trong lists hoặc dùng: {string.Join(", ", KnownLists.All)}.");
        lists.Add(name);
        return (item, s) => s.Record.Lists.Find(name) is { } codes ? Read<bool>.Of(codes.Contains(item, s.Record.Day)) : Read<bool>.Malformed;
    }

    private static string TextOf(Expr item) => item is TextExpr text ? text.Value : throw Wrong(item, "các mã trong [ ] phải nằm trong ngoặc kép.");

    private static Reader<bool> AmongNumbers(Reader<decimal> subject, IReadOnlyList<Expr> items)
    {
        decimal[] numbers = [.. items.Select(i => i is NumberExpr n ? n.Value : throw Wrong(i, "bên trái là số: các phần tử trong [ ] phải là số, không có ngoặc kép."))];
        return s =>
        {
            Read<decimal> read = subject(s);
            return new Read<bool>(read.State, Array.IndexOf(numbers, read.Value) >= 0);
        };
    }

    // Any item of a list, or every filled one; an empty list has none.
    private static Reader<bool> Items(TextReader list, ItemTest test, bool every) => scope =>
    {
        foreach (ReadOnlySpan<byte> item in list(scope).Items())
        {
            if (item.IsEmpty) continue;
            if (!scope.Spend(4)) return Read<bool>.Malformed;
            Read<bool> holds = test(item, scope);
            if (!holds.IsPresent) return holds;
            if (holds.Value != every) return holds;
        }

        return Read<bool>.Of(every);
    };

    private static Reader<decimal> Number(Expr at, Node node) =>
        node.Kind == Kind.Number ? node.Number : throw Wrong(at, $"ở đây cần số; đây là {Name(node.Kind)}{(node.Kind == Kind.Text ? " (dùng number(…) nếu muốn tính)" : "")}.");

    private static Reader<bool> Truth(Expr at, Node node) =>
        node.Kind == Kind.Truth ? node.Truth : throw Wrong(at, $"ở đây cần điều kiện đúng/sai; đây là {Name(node.Kind)}.");

    private static Reader<DateOnly> Day(Node node)
    {
        if (node.Kind == Kind.Day) return node.Day;
        Reader<DateTime> moment = node.Moment;
        return s =>
        {
            Read<DateTime> read = moment(s);
            return new Read<DateOnly>(read.State, DateOnly.FromDateTime(read.Value));
        };
    }

    private static Func<int, bool> Holds(string sign) => sign switch
    {
        "=" => static order => order == 0,
        "!=" => static order => order != 0,
        "<" => static order => order < 0,
        "<=" => static order => order <= 0,
        ">" => static order => order > 0,
        _ => static order => order >= 0,
    };

    // Names under let may double the cost again and again: it must not turn negative.
    private static int Sum(int first, int second) => (int)Math.Min(int.MaxValue / 4, (long)first + second + 1);

    private delegate Read<bool> ItemTest(ReadOnlySpan<byte> item, Scope scope);
}
