using LienThong.Extracts;
using LienThong.Validation.Custom;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>Reads the groups <c>command</c> and <c>assembly</c> of a source's file.</summary>
internal static class PullClientReader
{
    private static readonly string[] CommandKeys = ["program", "arguments", "environment", "dialect", "before", "skip-lines", "separator", "format", "null", "encoding", "decimal"];

    private static readonly (string, PullDialect)[] Dialects =
    [
        ("postgres", PullDialect.Postgres), ("sqlite", PullDialect.Sqlite), ("sqlserver", PullDialect.SqlServer), ("oracle", PullDialect.Oracle), ("mysql", PullDialect.MySql),
    ];

    private static readonly (string, PullFormat)[] Formats = [("csv", PullFormat.Csv), ("plain", PullFormat.Plain), ("mysql-batch", PullFormat.MySqlBatch)];

    /// <summary>The client program of the site; null, told, when it isn't described.</summary>
    public static PullCommand? Command(PullFields source)
    {
        if (Group(source, "command") is not { } map) return null;
        var fields = new PullFields(map, CommandKeys, source.Wrong);
        PullFormat format = fields.Word("format", Formats, needed: false);
        return new PullCommand
        {
            Program = FullPath(fields, "program", "/opt/mssql-tools18/bin/sqlcmd"),
            Arguments = fields.Texts("arguments"),
            Environment = Environment(fields),
            Dialect = fields.Word("dialect", Dialects, needed: true),
            Before = Before(fields),
            SkipLines = fields.Number("skip-lines", 0, 10, 0),
            Separator = Separator(fields, format == PullFormat.MySqlBatch ? '\t' : ','),
            Format = format,
            Null = fields.Text("null")?.Value,
            Encoding = fields.Text("encoding")?.Value,
            Numbers = fields.Word("decimal", [("point", NumberForm.Point), ("comma", NumberForm.Comma)], needed: false),
        };
    }

    /// <summary>The provider's assembly; null, told, when it isn't described.</summary>
    public static PullAssembly? Assembly(PullFields source)
    {
        if (Group(source, "assembly") is not { } map) return null;
        var fields = new PullFields(map, ["path", "type", "parameter-prefix", "before"], source.Wrong);
        return new PullAssembly(
            FullPath(fields, "path", "/opt/lienthong/providers/Oracle.ManagedDataAccess.dll"), fields.Need("type", "Oracle.ManagedDataAccess.Client.OracleClientFactory"),
            fields.Word("parameter-prefix", [("@", '@'), (":", ':')], needed: false), Before(fields));
    }

    private static YamlMap? Group(PullFields source, string name)
    {
        if (source.Part(name) is null) source.Wrong(source.Map, $"thiếu mục {name}.");
        return source.Group(name);
    }

    private static string FullPath(PullFields fields, string name, string example)
    {
        string path = fields.Need(name, example);
        if (path.Length > 0 && !Path.IsPathFullyQualified(path)) fields.Wrong(fields.Part(name)!, $"{name} phải là đường dẫn đầy đủ, ví dụ {example}.");
        return path;
    }

    private static IReadOnlyList<string> Before(PullFields fields)
    {
        IReadOnlyList<string> lines = fields.Texts("before");
        if (lines.Any(l => l.AsSpan().IndexOfAny('\r', '\n') >= 0)) fields.Wrong(fields.Part("before")!, "mỗi dòng của before là một mục của danh sách.");
        return lines;
    }

    private static Dictionary<string, string> Environment(PullFields fields)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((YamlText name, YamlPart value) in fields.Group("environment")?.Members ?? [])
        {
            if (value is not YamlText text) fields.Wrong(value, "giá trị của biến môi trường phải là văn bản.");
            else if (!name.Value.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) fields.Wrong(name, "tên biến môi trường gồm chữ không dấu, số và _.");
            else variables[name.Value] = text.Value;
        }

        return variables;
    }

    private static char Separator(PullFields fields, char otherwise)
    {
        if (fields.Text("separator") is not { } text) return otherwise;
        if (text.Value is [var only] && only is not ('"' or '\r' or '\n')) return only;
        fields.Wrong(text, "separator là đúng một ký tự, ví dụ \"|\" hoặc \"\\t\".");
        return otherwise;
    }
}
