using System.Text;
using LienThong.Standard;

namespace LienThong.Validation.Custom;

/// <summary>
/// Checks the kinds of an expression and turns it into delegates. One compiler per rule: it gathers the fields and lists the rule reads.
/// </summary>
/// <param name="table">The table whose rows the rule judges.</param>
/// <param name="ownLists">Lists written in the file.</param>
internal sealed partial class Compiler(TableId table, IReadOnlyDictionary<string, CodeSet> ownLists)
{
    /// <summary>Steps that one computation may cost, inner loops not counted.</summary>
    private const int MostCost = 20_000;

    private readonly Dictionary<string, Node> lets = new(StringComparer.Ordinal);
    private readonly HashSet<TableId> open = [];
    private readonly List<FieldId> reads = [];
    private readonly HashSet<string> lists = new(StringComparer.Ordinal);

    /// <summary>Fields read so far, each once.</summary>
    public IReadOnlyList<FieldId> Reads => reads;

    /// <summary>Code lists needed so far, each once; lists of the file itself are not among them.</summary>
    public ListNeed[] Lists => [.. lists.Select(static l => new ListNeed(l, Complete: true))];

    /// <summary>Makes a name known to the expressions that follow.</summary>
    public void Let(string name, Node value) => lets.Add(name, value);

    /// <summary>Compiles an expression; null, with the mistake, when it doesn't fit together.</summary>
    public Node? Compile(Expr expr, out ExpressionError? error)
    {
        try
        {
            error = null;
            Node node = Node(expr);
            if (node.Cost > MostCost) throw Wrong(expr, "biểu thức quá phức tạp: rút gọn các tên đặt trong let.");
            return node;
        }
        catch (MistakeException mistake)
        {
            error = mistake.Error;
            return null;
        }
    }

    /// <summary>The newest definition of a field; null when no release knows it.</summary>
    public static FieldSpec? Spec(FieldId field)
    {
        FieldSpec? found = null;
        foreach (Release release in Releases.All) found = release.Field(field) ?? found;
        return found;
    }

    private Node Node(Expr expr) => expr switch
    {
        NumberExpr n => Constant(n.Value),
        TextExpr t => Constant(t.Value),
        DayExpr d => Custom.Node.Of(_ => Read<DateOnly>.Of(d.Value), 1),
        TruthExpr t => Custom.Node.Of(_ => Read<bool>.Of(t.Value), 1),
        NameExpr n => lets.TryGetValue(n.Name, out Node? let) ? let : Field(n, Own(n)),
        FieldExpr f => Field(f, Other(f)),
        UnaryExpr u => Unary(u),
        BinaryExpr b => Binary(b),
        BetweenExpr b => Between(b),
        LikeExpr l => Like(l),
        InExpr i => In(i),
        CallExpr c => Call(c),
        AggregateExpr a => Aggregate(a),
        _ => throw Wrong(expr, "không hiểu."),
    };

    private static Node Constant(decimal value) => Custom.Node.Of(_ => Read<decimal>.Of(value), 1);

    private static Node Constant(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.Trim().Normalize(NormalizationForm.FormC));
        return Custom.Node.Of(_ => new Value(bytes), 1);
    }

    private FieldId Own(NameExpr name) =>
        FieldId.TryParse(table, name.Name, out FieldId field) ? field
        : throw Wrong(name, $"{table.Code()} không có trường «{name.Name}»{Near(name.Name, FieldNames.Of(table).Concat(lets.Keys))}.");

    private static FieldId Other(FieldExpr name)
    {
        if (!TableNames.TryParse(name.Table, out TableId other)) throw Wrong(name, $"không có bảng «{name.Table}»; các bảng là XML1 đến XML15.");
        return FieldId.TryParse(other, name.Field, out FieldId field) ? field
            : throw Wrong(name, $"{name.Table} không có trường «{name.Field}»{Near(name.Field, FieldNames.Of(other))}.");
    }

    private Node Field(Expr at, FieldId field)
    {
        if (!reads.Contains(field)) reads.Add(field);
        TextReader read = Source(at, field);
        FieldSpec spec = Spec(field) ?? throw Wrong(at, $"không bản chuẩn nào có {field}.");
        // A birth may have zeros for what nobody knows; age() reads it.
        if (spec.IsList || spec.Kind == FieldKind.CodeList) return Custom.Node.Of(read, 2, list: true);
        return spec.Kind switch
        {
            FieldKind.Integer or FieldKind.Decimal => Custom.Node.Of(s => read(s).Decimal(), 2),
            FieldKind.Date8 => Custom.Node.Of(s => read(s).Date8(), 2),
            FieldKind.DateTime12 when spec.Name != "NGAY_SINH" => Custom.Node.Of(s => read(s).DateTime12(), 2),
            _ => Custom.Node.Of(read, 2),
        };
    }

    // A qualified field is the row that the aggregate around it looks at, else the judged row, else the table's only row.
    private TextReader Source(Expr at, FieldId field)
    {
        bool qualified = at is FieldExpr;
        int inner = (int)field.Table;
        if (qualified && open.Contains(field.Table)) return s => s.Inner[inner][field];
        if (field.Table == table) return s => s.Row[field];
        if (field.Table == TableId.Xml1) return s => s.Record.Summary[field];
        if (HasManyRows(field.Table)) throw Wrong(at, $"{field.Table.Code()} có nhiều dòng: dùng trong sum(…), count(…), exists(…), min(…) hoặc max(…).");
        return s => s.Record[field.Table] is { } rows ? rows[0][field] : default;
    }

    private static bool HasManyRows(TableId id) => id is TableId.Xml2 or TableId.Xml3 or TableId.Xml4 or TableId.Xml5 or TableId.Xml9 or TableId.Xml15;

    private static MistakeException Wrong(Expr at, string message) => new(new ExpressionError(at.At, message));

    private static string Near(string name, IEnumerable<string> known) => Spelling.Nearest(name, known) is { } near ? $"; có phải «{near}»?" : "";

    private static string Name(Kind kind) => kind switch
    {
        Kind.Number => "số",
        Kind.Text => "chữ (mã)",
        Kind.List => "danh sách mã",
        Kind.Day => "ngày",
        Kind.Moment => "thời điểm",
        _ => "điều kiện đúng/sai",
    };

    private sealed class MistakeException(ExpressionError error) : Exception(error.Message)
    {
        public ExpressionError Error => error;
    }
}
