using System.Globalization;
using LienThong.Standard;

namespace LienThong.Validation.Custom;

/// <summary>Reads one rule of a file.</summary>
internal sealed class RuleReader(FileReader file, YamlMap map)
{
    private const int LongestText = 600;

    private static readonly string[] Keys =
        ["code", "table", "field", "severity", "from", "to", "legal", "let", "when", "require", "expected", "message", "fix", "note"];

    private readonly Dictionary<string, YamlPart> members = file.Members(map, Keys);
    private bool failed;

    /// <summary>The rule; null, with its mistakes told to the file, when it has any.</summary>
    public CustomRule? Read()
    {
        YamlText? code = Need("code");
        if (code is not null && !IsCode(code.Value)) Wrong(code, $"mã quy tắc phải dạng {CustomRuleFile.CodePrefix}CHU-HOA-01 (chữ hoa không dấu, số, gạch nối; tối đa 40 ký tự).");
        TableId? table = Table();
        if (table is null) return null;
        var compiler = new Compiler(table.Value, file.Lists);
        List<KeyValuePair<string, Node>> lets = Lets(compiler);
        Node? when = Expression(compiler, "when", Kind.Truth);
        Node? require = Need("require") is null ? null : Expression(compiler, "require", Kind.Truth);
        Node? expected = Expression(compiler, "expected", null);
        FieldId at = Field(table.Value);
        Severity severity = Severity();
        (DateOnly from, DateOnly? to) = (Date("from") ?? new DateOnly(1900, 1, 1), Date("to"));
        if (to < from) Wrong(members["to"], "ngày kết thúc (to) trước ngày bắt đầu (from).");
        string message = Text("message", needed: true);
        CheckPlaceholders("message", table.Value, lets);
        CheckPlaceholders("fix", table.Value, lets);
        if (failed || code is null || require is null) return null;
        var info = new RuleInfo(code.Value, table.Value.Code(), severity, from, to, compiler.Lists)
        {
            Fields = string.Join(", ", compiler.Reads.Select(r => r.Table == table ? r.Name : r.ToString())),
            LegalBasis = Text("legal", needed: false) is { Length: > 0 } legal ? legal : "Quy tắc riêng của cơ sở",
            MessageVi = message,
            Fix = Text("fix", needed: false),
            Sources = file.Name,
        };
        return new CustomRule(info, at, [.. compiler.Reads]) { When = when, Require = require, Expected = expected, Shown = lets };
    }

    /// <summary>A name of a list or value: lower case, digits, underscore.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 40 && name[0] is >= 'a' and <= 'z' && name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');

    private static bool IsCode(string code) =>
        code.Length <= 40 && code.Length > CustomRuleFile.CodePrefix.Length && code.StartsWith(CustomRuleFile.CodePrefix, StringComparison.Ordinal)
        && code.All(static c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.');

    private TableId? Table()
    {
        if (Need("table") is not { } text) return null;
        if (TableNames.TryParse(text.Value, out TableId table) && table is not (TableId.Xml0 or TableId.Xml12)) return table;
        Wrong(text, $"không có bảng «{YamlMembers.Short(text.Value)}»; dùng XML1 đến XML15 (trừ XML12).");
        return null;
    }

    private FieldId Field(TableId table)
    {
        if (Need("field") is { } text)
        {
            if (FieldId.TryParse(table, text.Value, out FieldId field)) return field;
            string near = Spelling.Nearest(text.Value, FieldNames.Of(table)) is { } guess ? $"; có phải «{guess}»?" : ".";
            Wrong(text, $"{table.Code()} không có trường «{YamlMembers.Short(text.Value)}»{near}");
        }

        return default;
    }

    private Severity Severity()
    {
        if (Need("severity") is not { } text) return default;
        Severity? severity = text.Value switch
        {
            "info" => Standard.Severity.Info,
            "warn" => Standard.Severity.Warn,
            "block" => Standard.Severity.Block,
            _ => null,
        };
        if (severity is null) Wrong(text, "mức độ (severity) là info (gợi ý), warn (cảnh báo) hoặc block (chặn).");
        else if (severity > file.Most) Wrong(text, $"quy tắc ở đây chỉ được đến mức {(file.Most == Standard.Severity.Warn ? "warn" : "info")}.");
        return severity ?? default;
    }

    private List<KeyValuePair<string, Node>> Lets(Compiler compiler)
    {
        var lets = new List<KeyValuePair<string, Node>>();
        if (!members.TryGetValue("let", out YamlPart? part)) return lets;
        if (part is not YamlMap named)
        {
            Wrong(part, "let là các tên, mỗi tên một biểu thức.");
            return lets;
        }

        foreach ((YamlText name, YamlPart value) in named.Members)
        {
            if (!IsName(name.Value) || lets.Exists(l => l.Key == name.Value)) Wrong(name, "tên trong let gồm chữ thường không dấu, số và _, mỗi tên một lần.");
            else if (Compiled(compiler, value) is { } node)
            {
                compiler.Let(name.Value, node);
                lets.Add(new(name.Value, node));
            }
        }

        return lets;
    }

    private Node? Expression(Compiler compiler, string key, Kind? kind)
    {
        if (!members.TryGetValue(key, out YamlPart? part) || part is YamlText { Value.Length: 0 }) return null;
        Node? node = Compiled(compiler, part);
        if (node is null || kind is null || node.Kind == kind) return node;
        Wrong(part, $"{key} phải là điều kiện đúng/sai, ví dụ SO_LUONG <= 10.");
        return null;
    }

    private Node? Compiled(Compiler compiler, YamlPart part)
    {
        if (part is not YamlText text)
        {
            Wrong(part, "ở đây cần một biểu thức.");
            return null;
        }

        Expr? expr = ExpressionParser.Read(text.Value, out ExpressionError? error);
        Node? node = expr is null ? null : compiler.Compile(expr, out error);
        if (error is null) return node;
        failed = true;
        file.Wrong(text, error.At, error.Message);
        return null;
    }

    private DateOnly? Date(string key)
    {
        if (members.GetValueOrDefault(key) is not YamlText { Value.Length: > 0 } text) return null;
        if (DateOnly.TryParseExact(text.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)) return day;
        Wrong(text, $"{key} phải là ngày dạng 2026-07-01.");
        return null;
    }

    private string Text(string key, bool needed)
    {
        if ((needed ? Need(key) : members.GetValueOrDefault(key) as YamlText) is not { } text) return "";
        if (text.Value.Length > LongestText) Wrong(text, $"{key} dài quá {LongestText} ký tự.");
        return text.Value.Trim().Normalize();
    }

    // {value}, {stt}, … and the fields and names that a message may show.
    private void CheckPlaceholders(string key, TableId table, List<KeyValuePair<string, Node>> lets)
    {
        if (members.GetValueOrDefault(key) is not YamlText text) return;
        for (int from = 0; (from = text.Value.IndexOf('{', from)) >= 0;)
        {
            int to = text.Value.IndexOf('}', from);
            string name = to < 0 ? "" : text.Value[(from + 1)..to];
            bool known = name is "value" or "field" or "table" or "stt" or "label" || (name == "expected" && members.ContainsKey("expected"))
                || lets.Exists(l => l.Key == name) || FieldId.TryParse(table, name, out _) || FieldId.TryParse(TableId.Xml1, name, out _);
            if (!known)
            {
                failed = true;
                file.Wrong(text, from, to < 0 ? "dấu { không có dấu } đóng." : $"không có giá trị «{YamlMembers.Short(name)}» để điền; dùng value, stt, tên trường của {table.Code()} hoặc XML1, hoặc tên trong let.");
            }

            from++;
        }
    }

    private YamlText? Need(string key)
    {
        if (members.TryGetValue(key, out YamlPart? part) && part is YamlText { Value.Length: > 0 } text) return text;
        Wrong(part ?? map, $"thiếu mục {key}.");
        return null;
    }

    private void Wrong(YamlPart at, string message)
    {
        failed = true;
        file.Wrong(at, message);
    }
}
