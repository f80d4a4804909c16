using System.Globalization;
using System.Text.RegularExpressions;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>
/// Writes keys and watermarks as literals of a dialect, for client programs that take no parameters. A key may hold only letters, digits and <c>. _ : / -</c>
/// and single blanks: whatever could mean something to a database or a client program is refused rather than escaped.
/// </summary>
internal static partial class SqlLiteral
{
    /// <summary>The literals, separated by commas.</summary>
    /// <exception cref="PullException">A value can't be written safely.</exception>
    public static string Of(PullDialect dialect, PullArgument argument) => string.Join(", ", argument.Values.Select(v => One(dialect, argument.Kind, v)));

    private static string One(PullDialect dialect, PullKind kind, string value)
    {
        switch (kind)
        {
            case PullKind.Number:
                return decimal.Parse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture).ToString("0.############", CultureInfo.InvariantCulture);
            case PullKind.Time:
                string time = PullScalar.TryNormalise(kind, value) ?? throw Unsafe(value);
                return Time(dialect, time);
            default:
                if (value.Length > 0 && !Safe().IsMatch(value)) throw Unsafe(value);
                // Oracle takes an empty text for NULL, which nothing is greater than.
                return value.Length == 0 && dialect == PullDialect.Oracle ? "' '" : dialect == PullDialect.SqlServer && value.Any(c => c > 127) ? $"N'{value}'" : $"'{value}'";
        }
    }

    private static string Time(PullDialect dialect, string time) => dialect switch
    {
        // The text takes on the column's own type (datetime or datetime2), so that the index is used and nothing is rounded.
        PullDialect.SqlServer => $"'{time.Replace(' ', 'T')}'",
        PullDialect.Oracle => time.Contains('.') ? $"TO_TIMESTAMP('{time}', 'YYYY-MM-DD HH24:MI:SS.FF')" : $"TO_DATE('{time}', 'YYYY-MM-DD HH24:MI:SS')",
        PullDialect.Postgres => $"TIMESTAMP '{time}'",
        _ => $"'{time}'",
    };

    private static PullException Unsafe(string value) => new(
        $"Khóa «{(value.Length <= 40 ? value : value[..40] + "…")}» có ký tự không viết được vào câu truy vấn qua lệnh.", "Khóa chỉ gồm chữ, số và . _ : / -; dùng khóa khác của HIS (ví dụ ID số).");

    [GeneratedRegex(@"^[\p{L}\p{Nd}._:/\-]+(?: [\p{L}\p{Nd}._:/\-]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Safe();
}
