using LienThong.Standard;

namespace LienThong.Validation.Custom;

internal sealed partial class Compiler
{
    private static readonly string[] Functions =
    [
        "filled", "empty", "day", "hour", "minute", "weekday", "year", "month", "days", "hours", "minutes", "age", "age_months", "age_days", "now",
        "length", "left", "number", "items", "every", "abs", "round", "floor", "min", "max", "base_salary", "sum", "count", "exists",
    ];

    private Node Call(CallExpr c) => c.Name switch
    {
        "filled" => Custom.Node.Of(IsFilled(c, true), 2),
        "empty" => Custom.Node.Of(IsFilled(c, false), 2),
        "day" => Calendar(c, 0, 1) is var moment ? Custom.Node.Of(Day(moment), moment.Cost + 1) : moment,
        "hour" => OfMoment(c, static m => m.Hour),
        "minute" => OfMoment(c, static m => m.Minute),
        "weekday" => OfDay(c, static d => d.DayOfWeek == DayOfWeek.Sunday ? 8 : (int)d.DayOfWeek + 1),
        "year" => OfDay(c, static d => d.Year),
        "month" => OfDay(c, static d => d.Month),
        "days" => Span(c),
        "hours" => Span(c, TimeSpan.TicksPerHour),
        "minutes" => Span(c, TimeSpan.TicksPerMinute),
        "age" => Age(c, static (birth, day) => birth.YearsOn(day)),
        "age_months" => Age(c, static (birth, day) => birth.MonthsOn(day)),
        "age_days" => Age(c, static (birth, day) => birth.DaysOn(day)),
        "now" => None(c, Custom.Node.Of(static s => Read<DateTime>.Of(s.Record.ProcessTime), 1)),
        "base_salary" => None(c, Custom.Node.Of(static s => DatedAmount.BaseSalary.On(s.Record.Day) is { } vnd ? Read<decimal>.Of(vnd) : Read<decimal>.Absent, 2)),
        "length" => Length(c),
        "left" => Left(c),
        "number" => ToNumber(c),
        "items" => CountItems(c),
        "every" => Every(c),
        "abs" => OfNumber(c, Math.Abs),
        "floor" => OfNumber(c, Math.Floor),
        "round" => Round(c),
        "min" => Arguments(c, 2, 10).Aggregate((a, b) => Custom.Node.Of(Logic.Compute(Number(c, a), Number(c, b), Math.Min), Sum(a.Cost, b.Cost))),
        "max" => Arguments(c, 2, 10).Aggregate((a, b) => Custom.Node.Of(Logic.Compute(Number(c, a), Number(c, b), Math.Max), Sum(a.Cost, b.Cost))),
        _ => throw Wrong(c, $"không có hàm «{c.Name}»{Near(c.Name, Functions)}."),
    };

    private Node[] Arguments(CallExpr call, int least, int most) =>
        call.Arguments.Count >= least && call.Arguments.Count <= most ? [.. call.Arguments.Select(Node)]
        : throw Wrong(call, least == most ? $"{call.Name} cần {least} giá trị trong ngoặc, ở đây có {call.Arguments.Count}." : $"{call.Name} cần từ {least} đến {most} giá trị trong ngoặc.");

    private Node None(CallExpr call, Node node)
    {
        Arguments(call, 0, 0);
        return node;
    }

    // Any field, whatever it holds: a malformed value is filled.
    private Reader<bool> IsFilled(CallExpr call, bool wanted)
    {
        Arguments(call, 1, 1);
        Expr at = call.Arguments[0];
        FieldId field = at switch
        {
            NameExpr name when !lets.ContainsKey(name.Name) => Own(name),
            FieldExpr name => Other(name),
            _ => throw Wrong(at, $"{call.Name} cần tên một trường."),
        };
        TextReader read = Source(at, field);
        return s => Read<bool>.Of(read(s).IsEmpty != wanted);
    }

    private Node Calendar(CallExpr call, int which, int count)
    {
        Node node = Arguments(call, count, count)[which];
        return node.Kind is Kind.Day or Kind.Moment ? node : throw Wrong(call.Arguments[which], $"{call.Name} cần ngày hoặc thời điểm; đây là {Name(node.Kind)}.");
    }

    private Node OfDay(CallExpr call, Func<DateOnly, int> compute)
    {
        Node argument = Calendar(call, 0, 1);
        return Custom.Node.Of(Map(Day(argument), compute), argument.Cost + 2);
    }

    private Node OfMoment(CallExpr call, Func<DateTime, int> compute)
    {
        Node argument = Moment(call, 0, 1);
        return Custom.Node.Of(Map(argument.Moment, compute), argument.Cost + 2);
    }

    private static Reader<decimal> Map<T>(Reader<T> value, Func<T, int> compute)
        where T : struct => s =>
        {
            Read<T> read = value(s);
            return new Read<decimal>(read.State, read.IsPresent ? compute(read.Value) : 0);
        };

    private Node Moment(CallExpr call, int which, int count)
    {
        Node node = Calendar(call, which, count);
        return node.Kind == Kind.Moment ? node : throw Wrong(call.Arguments[which], $"{call.Name} cần thời điểm có giờ phút; đây là ngày.");
    }

    private Node Span(CallExpr call)
    {
        Node first = Calendar(call, 0, 2);
        Node second = Calendar(call, 1, 2);
        (Reader<DateOnly> from, Reader<DateOnly> to) = (Day(first), Day(second));
        return Custom.Node.Of(
            s =>
            {
                Read<DateOnly> a = from(s);
                Read<DateOnly> b = to(s);
                return a.IsPresent && b.IsPresent ? Read<decimal>.Of(b.Value.DayNumber - a.Value.DayNumber) : Logic.Missing<DateOnly, DateOnly, decimal>(a, b);
            },
            Sum(first.Cost, second.Cost));
    }

    private Node Span(CallExpr call, long ticks)
    {
        Node first = Moment(call, 0, 2);
        Node second = Moment(call, 1, 2);
        (Reader<DateTime> from, Reader<DateTime> to) = (first.Moment, second.Moment);
        return Custom.Node.Of(
            s =>
            {
                Read<DateTime> a = from(s);
                Read<DateTime> b = to(s);
                return a.IsPresent && b.IsPresent ? Read<decimal>.Of((decimal)(b.Value - a.Value).Ticks / ticks) : Logic.Missing<DateTime, DateTime, decimal>(a, b);
            },
            Sum(first.Cost, second.Cost));
    }

    // On the day of arrival.
    private Node Age(CallExpr call, Func<Birth, DateOnly, int?> compute)
    {
        foreach (FieldId field in (FieldId[])[Xml1.NGAY_SINH, Xml1.NGAY_VAO])
        {
            if (!reads.Contains(field)) reads.Add(field);
        }

        return None(call, Custom.Node.Of(
            s =>
            {
                Read<Birth> born = s.Record.Born;
                Read<DateTime> arrived = s.Record.Arrived;
                if (!born.IsPresent || !arrived.IsPresent) return Logic.Missing<Birth, DateTime, decimal>(born, arrived);
                return compute(born.Value, arrived.Value.Day()) is { } age ? Read<decimal>.Of(age) : Read<decimal>.Absent;
            },
            6));
    }

    private static Node Text(CallExpr call, Node[] arguments) =>
        arguments[0].Kind is Kind.Text or Kind.List ? arguments[0] : throw Wrong(call.Arguments[0], $"{call.Name} cần mã hoặc chữ; đây là {Name(arguments[0].Kind)}.");

    private Node Length(CallExpr call)
    {
        Node argument = Text(call, Arguments(call, 1, 1));
        TextReader text = argument.Text;
        return Custom.Node.Of(
            s =>
            {
                Value value = text(s);
                return s.Spend(value.Raw.Length / 64) ? Read<decimal>.Of(value.CharacterCount) : Read<decimal>.Malformed;
            },
            argument.Cost + 2);
    }

    private Node Left(CallExpr call)
    {
        Node argument = Text(call, Arguments(call, 2, 2));
        TextReader text = argument.Text;
        if (call.Arguments[1] is not NumberExpr { Value: > 0 and <= 1000 } n || n.Value != decimal.Truncate(n.Value)) throw Wrong(call.Arguments[1], "left cần số ký tự, ví dụ left(MA_THE_BHYT, 2).");
        int count = (int)n.Value;
        return Custom.Node.Of(
            s =>
            {
                ReadOnlySpan<byte> whole = text(s).Trimmed;
                return new Value(whole.Length <= count ? whole : whole[..count]);
            },
            argument.Cost + 2);
    }

    private Node ToNumber(CallExpr call)
    {
        Node argument = Text(call, Arguments(call, 1, 1));
        return Custom.Node.Of(s => argument.Text(s).Decimal(), argument.Cost + 2);
    }

    private Node CountItems(CallExpr call)
    {
        Node argument = Text(call, Arguments(call, 1, 1));
        TextReader text = argument.Text;
        return Custom.Node.Of(
            s =>
            {
                int count = 0;
                foreach (ReadOnlySpan<byte> item in text(s).Items())
                {
                    if (!s.Spend(1)) return Read<decimal>.Malformed;
                    if (!item.IsEmpty) count++;
                }

                return Read<decimal>.Of(count);
            },
            argument.Cost + 2);
    }

    private Node Every(CallExpr call)
    {
        if (call.Arguments is not [InExpr { Negated: false } or LikeExpr { Negated: false }]) throw Wrong(call, "viết every(TRƯỜNG in […]) hoặc every(TRƯỜNG like \"…\").");
        Expr condition = call.Arguments[0];
        Node(condition);
        Expr subject = condition is InExpr i ? i.Subject : ((LikeExpr)condition).Subject;
        Node list = Node(subject);
        if (list.Kind != Kind.List) throw Wrong(subject, $"every cần trường chứa nhiều mã; đây là {Name(list.Kind)}.");
        ItemTest test = condition is InExpr among ? Test(among) : new Glob(((LikeExpr)condition).Pattern.Value).Matches;
        return Custom.Node.Of(Items(list.Text, test, every: true), list.Cost + 4);
    }

    private Node OfNumber(CallExpr call, Func<decimal, decimal> compute)
    {
        Node node = Arguments(call, 1, 1)[0];
        Reader<decimal> number = Number(call.Arguments[0], node);
        return Custom.Node.Of(
            s =>
            {
                Read<decimal> read = number(s);
                return new Read<decimal>(read.State, compute(read.Value));
            },
            node.Cost + 1);
    }

    private Node Round(CallExpr call)
    {
        Node node = Arguments(call, 1, 2)[0];
        Reader<decimal> number = Number(call.Arguments[0], node);
        int digits = 0;
        if (call.Arguments.Count == 2)
        {
            digits = call.Arguments[1] is NumberExpr { Value: >= 0 and <= 6 } d && d.Value == decimal.Truncate(d.Value) ? (int)d.Value
                : throw Wrong(call.Arguments[1], "round cần số chữ số thập phân từ 0 đến 6.");
        }

        return Custom.Node.Of(
            s =>
            {
                Read<decimal> read = number(s);
                return new Read<decimal>(read.State, Math.Round(read.Value, digits, MidpointRounding.AwayFromZero));
            },
            node.Cost + 1);
    }
}
