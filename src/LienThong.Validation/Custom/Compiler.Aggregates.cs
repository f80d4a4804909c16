using LienThong.Standard;

namespace LienThong.Validation.Custom;

internal sealed partial class Compiler
{
    private Node Aggregate(AggregateExpr expr)
    {
        bool counts = expr.Name is "count" or "exists";
        TableId over = counts ? Counted(expr) : Summed(expr);
        if (!open.Add(over)) throw Wrong(expr, $"{expr.Name} trên {over.Code()} không được nằm trong một phép khác cũng trên {over.Code()}.");
        Node? value = counts ? null : Node(expr.Argument);
        Reader<bool>? where = null;
        int cost = 1 + (value?.Cost ?? 0);
        if (expr.Where is { } condition)
        {
            Node node = Node(condition);
            where = Truth(condition, node);
            cost = Sum(cost, node.Cost);
        }

        open.Remove(over);
        return expr.Name switch
        {
            "count" => Custom.Node.Of(Count(over, where, cost), 5),
            "exists" => Custom.Node.Of(Exists(Count(over, where, cost, stopAtFirst: true)), 5),
            "sum" => Custom.Node.Of(Fold(over, where, Number(expr.Argument, value!), cost, static (a, b) => a + b, Read<decimal>.Of(0)), 5),
            _ => Extreme(expr, over, where, value!, cost),
        };
    }

    private static Node Extreme(AggregateExpr expr, TableId over, Reader<bool>? where, Node value, int cost)
    {
        int sign = expr.Name == "min" ? -1 : 1;
        return value.Kind switch
        {
            Kind.Number => Custom.Node.Of(Fold(over, where, value.Number, cost, (a, b) => b.CompareTo(a) * sign > 0 ? b : a, default), 5),
            Kind.Day => Custom.Node.Of(Fold(over, where, value.Day, cost, (a, b) => b.CompareTo(a) * sign > 0 ? b : a, default), 5),
            Kind.Moment => Custom.Node.Of(Fold(over, where, value.Moment, cost, (a, b) => b.CompareTo(a) * sign > 0 ? b : a, default), 5),
            _ => throw Wrong(expr.Argument, $"{expr.Name} chỉ dùng cho số, ngày hoặc thời điểm; đây là {Name(value.Kind)}."),
        };
    }

    private static TableId Counted(AggregateExpr expr) =>
        expr.Argument is NameExpr name && TableNames.TryParse(name.Name, out TableId over) ? over
        : throw Wrong(expr.Argument, $"viết {expr.Name}(XML3 where …): trong ngoặc là tên bảng.");

    private TableId Summed(AggregateExpr expr)
    {
        var found = new HashSet<TableId>();
        Tables(expr.Argument, found);
        found.ExceptWith(open);
        return found.Count == 1 ? found.First()
            : throw Wrong(expr.Argument, $"viết {expr.Name}(XML3.T_BHTT where …): các trường trong ngoặc phải ghi rõ bảng và cùng một bảng.");
    }

    // The tables of qualified fields, XML1 left out: it has one row.
    private static void Tables(Expr expr, HashSet<TableId> found)
    {
        switch (expr)
        {
            case FieldExpr f:
                TableId table = Other(f).Table;
                if (table != TableId.Xml1) found.Add(table);
                break;
            case UnaryExpr u:
                Tables(u.Operand, found);
                break;
            case BinaryExpr b:
                Tables(b.Left, found);
                Tables(b.Right, found);
                break;
            case CallExpr c:
                foreach (Expr argument in c.Arguments) Tables(argument, found);
                break;
        }
    }

    private static Reader<bool> Exists(Reader<decimal> count) => s =>
    {
        Read<decimal> read = count(s);
        return new Read<bool>(read.State, read.Value > 0);
    };

    private static Reader<decimal> Count(TableId over, Reader<bool>? where, int cost, bool stopAtFirst = false) => scope =>
    {
        int count = 0;
        if (scope.Record[over] is not { } rows) return Read<decimal>.Of(0);
        for (int i = 0; i < rows.Count; i++)
        {
            if (!scope.Spend(cost)) return Read<decimal>.Malformed;
            scope.Inner[(int)over] = rows[i];
            Read<bool> holds = where is null ? Read<bool>.Of(true) : where(scope);
            if (holds.IsMalformed) return Read<decimal>.Malformed;
            if (holds.IsPresent && holds.Value && ++count > 0 && stopAtFirst) break;
        }

        return Read<decimal>.Of(count);
    };

    private static Reader<T> Fold<T>(TableId over, Reader<bool>? where, Reader<T> value, int cost, Func<T, T, T> join, Read<T> none)
        where T : struct => scope =>
    {
        Read<T> result = none;
        if (scope.Record[over] is not { } rows) return none;
        for (int i = 0; i < rows.Count; i++)
        {
            if (!scope.Spend(cost)) return Read<T>.Malformed;
            scope.Inner[(int)over] = rows[i];
            Read<bool> holds = where is null ? Read<bool>.Of(true) : where(scope);
            if (holds.IsMalformed) return Read<T>.Malformed;
            if (holds.IsAbsent || !holds.Value) continue;
            Read<T> next = value(scope);
            if (next.IsMalformed) return next;
            if (next.IsPresent && !TryJoin(ref result, next, join)) return Read<T>.Malformed;
        }

        return result;
    };

    private static bool TryJoin<T>(ref Read<T> result, Read<T> next, Func<T, T, T> join)
        where T : struct
    {
        try
        {
            result = result.IsPresent ? Read<T>.Of(join(result.Value, next.Value)) : next;
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
