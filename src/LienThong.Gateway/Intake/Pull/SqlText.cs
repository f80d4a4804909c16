using System.Collections.Frozen;
using System.Text;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>
/// A query as a file of a source holds it: one SELECT with parameters <c>@watermark</c>, <c>@key</c>, <c>@keys</c>, <c>@batch</c>. What this check refuses never
/// reaches the hospital system; it stands beside the read-only session and the read-only account, and replaces neither.
/// </summary>
internal sealed class SqlText
{
    /// <summary>Longest query, in characters.</summary>
    public const int MostCharacters = 20_000;

    private static readonly FrozenSet<string> Forbidden = FrozenSet.ToFrozenSet(
    [
        "INSERT", "UPDATE", "DELETE", "MERGE", "UPSERT", "TRUNCATE", "DROP", "ALTER", "CREATE", "GRANT", "REVOKE", "CALL", "EXEC", "EXECUTE", "DO", "SET", "COPY", "LOCK",
        "INTO", "ATTACH", "DETACH", "PRAGMA", "VACUUM", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "DECLARE", "USE", "SHUTDOWN", "KILL", "LOAD", "HANDLER", "RENAME", "GO",
        "SHARE", "UPDLOCK", "XLOCK", "TABLOCK", "TABLOCKX", "HOLDLOCK", "PAGLOCK", "ROWLOCK", "SERIALIZABLE", "REPEATABLEREAD", "WAITFOR", "DBCC", "BACKUP", "RESTORE",
        "OPENROWSET", "OPENQUERY", "OPENDATASOURCE", "PG_TERMINATE_BACKEND", "PG_CANCEL_BACKEND", "DBLINK_EXEC", "SET_CONFIG",
    ], StringComparer.OrdinalIgnoreCase);

    private readonly List<SqlToken> tokens;

    private SqlText(List<SqlToken> tokens) => this.tokens = tokens;

    /// <summary>Reads a query.</summary>
    /// <param name="sql">The query; a semicolon at its end is dropped.</param>
    /// <param name="parameters">Parameters it may use.</param>
    /// <exception cref="SqlRefusedException">It isn't one plain SELECT.</exception>
    public static SqlText Read(string sql, params ReadOnlySpan<string> parameters)
    {
        if (sql.Length > MostCharacters) throw new SqlRefusedException(0, $"Câu truy vấn dài quá {MostCharacters} ký tự.", "Đưa phần dài vào một khung nhìn (view) của HIS.");
        List<SqlToken> all = WithoutEnd(SqlTokens.Of(sql));
        List<SqlToken> said = all.FindAll(t => t.Kind is not (SqlTokenKind.Space or SqlTokenKind.Comment));
        if (said.Count == 0) throw new SqlRefusedException(0, "Câu truy vấn trống.", "Viết một câu SELECT.");
        if (!said[0].Is("SELECT") && !said[0].Is("WITH")) throw new SqlRefusedException(said[0].Start, "Câu truy vấn phải bắt đầu bằng SELECT hoặc WITH.", "Chỉ dùng câu đọc dữ liệu.");
        for (int i = 0; i < said.Count; i++) Check(said, i, parameters);
        return new SqlText(all);
    }

    /// <summary>Whether the query uses a parameter.</summary>
    public bool Asks(string parameter) => tokens.Exists(t => t.Kind == SqlTokenKind.Parameter && t.Text.AsSpan(1).SequenceEqual(parameter));

    /// <summary>The query with its parameters replaced.</summary>
    /// <param name="replace">What stands for a parameter, by its name without <c>@</c>.</param>
    public string Write(Func<string, string> replace)
    {
        StringBuilder text = new();
        foreach (SqlToken token in tokens) text.Append(token.Kind == SqlTokenKind.Parameter ? replace(token.Text[1..]) : token.Text);
        return text.ToString();
    }

    /// <summary>
    /// The query on one line without comments, for a client program that looks for commands of its own at the start of lines. Behind a backslash or a line
    /// end within a text such a program may see what we don't.
    /// </summary>
    /// <exception cref="SqlRefusedException">A text holds a backslash or a line end.</exception>
    public string OneLine(Func<string, string> replace)
    {
        StringBuilder text = new();
        foreach (SqlToken token in tokens)
        {
            if (token.Kind == SqlTokenKind.Quoted && token.Text.AsSpan().IndexOfAny("\\\r\n") >= 0)
                throw new SqlRefusedException(token.Start, "Qua lệnh của HIS, văn bản trong dấu nháy không được chứa dấu \\ hoặc xuống dòng.", "Dùng CHAR(10) hoặc đưa vào khung nhìn (view).");
            text.Append(token.Kind switch
            {
                SqlTokenKind.Parameter => replace(token.Text[1..]),
                SqlTokenKind.Space or SqlTokenKind.Comment => " ",
                _ => token.Text,
            });
        }

        return text.ToString().Trim();
    }

    private static List<SqlToken> WithoutEnd(List<SqlToken> tokens)
    {
        int last = tokens.FindLastIndex(t => t.Kind is not (SqlTokenKind.Space or SqlTokenKind.Comment));
        // What stands behind the last word is dropped too: nothing of it is needed.
        return last >= 0 && tokens[last].Text == ";" ? tokens[..last] : tokens[..(last + 1)];
    }

    private static void Check(List<SqlToken> said, int i, ReadOnlySpan<string> parameters)
    {
        SqlToken token = said[i];
        if (token.Text == ";") throw new SqlRefusedException(token.Start, "Chỉ một câu lệnh trong một truy vấn.", "Bỏ dấu chấm phẩy và những gì đứng sau.");
        if (token.Kind == SqlTokenKind.Parameter && !parameters.Contains(token.Text[1..]))
        {
            throw new SqlRefusedException(
                token.Start, $"Không có tham số «{Shown(token.Text)}» ở đây.", $"Dùng {string.Join(", ", parameters.ToArray().Select(p => "@" + p))}.");
        }

        if (token.Kind != SqlTokenKind.Word || !Forbidden.Contains(token.Text) || IsName(said, i)) return;
        throw new SqlRefusedException(
            token.Start, $"Không dùng «{token.Text.ToUpperInvariant()}» trong câu truy vấn: nguồn dữ liệu chỉ được đọc.", "Bỏ từ này; nếu là tên cột hay bảng thì đặt trong ngoặc kép.");
    }

    // Behind a point it is a column; in brackets a quoted name.
    private static bool IsName(List<SqlToken> said, int i) => i > 0 && (said[i - 1].Text == "." || (said[i - 1].Text == "[" && i + 1 < said.Count && said[i + 1].Text == "]"));

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
