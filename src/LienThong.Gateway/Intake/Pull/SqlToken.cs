namespace LienThong.Gateway.Intake.Pull;

/// <summary>What a piece of SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>Blanks and line ends.</summary>
    Space,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>A bare word: keyword, name, number.</summary>
    Word,

    /// <summary>A text or a quoted name, with its quotes.</summary>
    Quoted,

    /// <summary>A parameter: <c>@name</c>.</summary>
    Parameter,

    /// <summary>Any other single character.</summary>
    Symbol,
}

/// <summary>A piece of SQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Text">Its characters.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, string Text)
{
    /// <summary>Whether it is this bare word, whatever the case.</summary>
    public bool Is(string word) => Kind == SqlTokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Cuts SQL into pieces in a way that every database we know agrees with. Where databases disagree on where a text or comment ends (backslashes before
/// quotes, <c>$$</c>, nested and executable comments), the query is refused: a word hidden from us would be a word the database runs.
/// </summary>
internal sealed class SqlTokens(string sql)
{
    private readonly List<SqlToken> tokens = [];
    private int at;
    private bool bracketed;

    /// <summary>The pieces, which together are the whole text.</summary>
    /// <exception cref="SqlRefusedException">Something in it can't be told for sure.</exception>
    public static List<SqlToken> Of(string sql) => new SqlTokens(sql).Run();

    private List<SqlToken> Run()
    {
        while (at < sql.Length)
        {
            char c = sql[at];
            int end = c switch
            {
                '\'' or '"' or '`' => Quoted(c),
                '-' when Next == '-' => Comment(),
                '/' when Next == '*' => Block(),
                '$' => throw Refuse(at, "không dùng $ ngoài ngoặc nháy (mỗi hệ quản trị hiểu một khác).", "Bỏ $…$; văn bản để trong dấu nháy đơn."),
                '\\' => throw Refuse(at, "không dùng dấu \\ ngoài ngoặc nháy.", "Bỏ dấu \\."),
                '@' when Next == '@' => Run(at + 2, IsWord),
                _ => Plain(c),
            };
            tokens.Add(new SqlToken(Kind(c, end), at, sql[at..end]));
            at = end;
        }

        return tokens;
    }

    private char Next => at + 1 < sql.Length ? sql[at + 1] : '\0';

    private SqlTokenKind Kind(char c, int end) => c switch
    {
        '\'' or '"' or '`' => SqlTokenKind.Quoted,
        '-' when end - at > 1 => SqlTokenKind.Comment,
        '/' when end - at > 1 => SqlTokenKind.Comment,
        '@' when end - at > 1 && Next != '@' => SqlTokenKind.Parameter,
        _ when char.IsWhiteSpace(c) => SqlTokenKind.Space,
        _ when IsWord(c) || c == '@' => SqlTokenKind.Word,
        _ => SqlTokenKind.Symbol,
    };

    private int Plain(char c)
    {
        if (char.IsControl(c) && !char.IsWhiteSpace(c)) throw Refuse(at, "có ký tự điều khiển.", "Xóa ký tự lạ.");
        if (c == '#' && (at == 0 || IsWord(sql[at - 1]) is false) && Next is ' ' or '\t' or '\r' or '\n') throw Refuse(at, "không dùng # (chú thích của riêng MySQL).", "Viết chú thích sau --.");
        if (c is '[' or ']') bracketed = c == '[';
        if (char.IsWhiteSpace(c)) return Run(at + 1, char.IsWhiteSpace);
        if (IsWord(c)) return Run(at + 1, IsWord);
        return c == '@' && IsWord(Next) ? Run(at + 1, IsWord) : at + 1;
    }

    private int Quoted(char quote)
    {
        if (bracketed) throw Refuse(at, "không dùng dấu nháy trong [ ].", "Đổi tên cột hoặc dùng tên trong ngoặc kép.");
        for (int i = at + 1; i < sql.Length; i++)
        {
            if (sql[i] == '\\' && i + 1 < sql.Length && (sql[i + 1] == quote || sql[i + 1] == '\\')) throw Refuse(i, "không dùng dấu \\ trước dấu nháy.", "Dấu nháy trong văn bản ghi thành hai dấu.");
            if (sql[i] != quote) continue;
            if (i + 1 < sql.Length && sql[i + 1] == quote) i++;
            else return i + 1;
        }

        throw Refuse(at, $"dấu {quote} không đóng.", "Đóng dấu nháy.");
    }

    private int Comment()
    {
        if (bracketed) throw Refuse(at, "không dùng chú thích trong [ ].", "Đổi tên cột hoặc dùng tên trong ngoặc kép.");
        // MySQL takes two dashes for a comment only before a blank.
        if (at + 2 < sql.Length && !char.IsWhiteSpace(sql[at + 2])) throw Refuse(at, "chú thích -- phải có dấu cách đứng sau.", "Viết «-- chú thích».");
        int end = sql.AsSpan(at).IndexOfAny('\r', '\n');
        return end < 0 ? sql.Length : at + end;
    }

    private int Block()
    {
        if (bracketed) throw Refuse(at, "không dùng chú thích trong [ ].", "Đổi tên cột hoặc dùng tên trong ngoặc kép.");
        int end = sql.IndexOf("*/", at + 2, StringComparison.Ordinal);
        if (end < 0) throw Refuse(at, "chú thích /* không đóng.", "Thêm */.");
        ReadOnlySpan<char> inside = sql.AsSpan(at + 2, end - at - 2);
        if (inside.StartsWith("!") || inside.StartsWith("+") || inside.StartsWith("M!")) throw Refuse(at, "không dùng chú thích điều khiển (/*!, /*+).", "Bỏ chú thích này.");
        if (inside.Contains("/*", StringComparison.Ordinal)) throw Refuse(at, "không lồng chú thích.", "Bỏ chú thích bên trong.");
        return end + 2;
    }

    private int Run(int from, Func<char, bool> holds)
    {
        while (from < sql.Length && holds(sql[from])) from++;
        return from;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_' || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;

    private static SqlRefusedException Refuse(int at, string what, string fix) => new(at, $"Câu truy vấn {what}", fix);
}

/// <summary>A query isn't run, for it isn't one plain SELECT.</summary>
/// <param name="offset">Index of the character that is meant.</param>
/// <param name="message">What is wrong, in Vietnamese.</param>
/// <param name="fix">What to do, in Vietnamese.</param>
internal sealed class SqlRefusedException(int offset, string message, string fix) : Exception(message)
{
    /// <summary>Index of the character that is meant.</summary>
    public int Offset { get; } = offset;

    /// <summary>What to do, in Vietnamese.</summary>
    public string Fix { get; } = fix;
}
