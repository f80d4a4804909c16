using System.Text.RegularExpressions;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>
/// Puts secrets into connection strings and variables when a pass starts, and takes them out of every message: <c>${NAME}</c> is an environment variable,
/// <c>${@FILE}</c> or a whole value <c>@FILE</c> the content of a file. The plan, its hash, logs and errors only ever hold the unresolved text.
/// </summary>
internal sealed partial class PullSecrets
{
    private const int MostBytes = 64 * 1024;
    private readonly List<string> values = [];

    /// <summary>A whole value with its secrets: <c>@FILE</c> is the file's content.</summary>
    /// <exception cref="PullException">A variable or file isn't there.</exception>
    public string ResolveValue(string text) => text.StartsWith('@') ? FileOf(text[1..]) : Resolve(text);

    /// <summary>A text with its secrets; an <c>@</c> at its beginning means nothing.</summary>
    /// <exception cref="PullException">A variable or file isn't there.</exception>
    public string Resolve(string text) => Reference().Replace(text, m => m.Groups["file"].Success ? FileOf(m.Groups["file"].Value) : Variable(m.Groups["name"].Value));

    /// <summary>A message without any of the secrets that were resolved.</summary>
    public string Mask(string message)
    {
        foreach (string value in values) message = message.Replace(value, "•••", StringComparison.Ordinal);
        return message;
    }

    /// <summary>What is wrong with an unresolved text: a password may not stand in it; null when nothing is.</summary>
    public static string? Problem(string text) => Password().IsMatch(text)
        ? "không ghi mật khẩu trong tệp; dùng Password=${TÊN_BIẾN} (biến môi trường) hoặc ${@/đường/dẫn/tệp}."
        : null;

    private string Variable(string name) => Keep(Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value : throw new PullException($"Chưa đặt biến môi trường {name} mà tệp nguồn dữ liệu dùng đến.", "Đặt biến này cho tiến trình lienthong."));

    private string FileOf(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MostBytes ? Keep(File.ReadAllText(path).Trim()) : throw new PullException($"Tệp bí mật {path} quá lớn.", "Kiểm tra đường dẫn.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PullException($"Không đọc được tệp bí mật {path}.", "Kiểm tra đường dẫn và quyền đọc của tài khoản chạy lienthong.");
        }
    }

    private string Keep(string value)
    {
        if (value.Length == 0 || values.Contains(value)) return value;
        values.Add(value);
        // A connection string from a file: its password alone must not show either.
        foreach (Match part in Password().Matches(value)) values.Add(part.Groups["value"].Value);
        values.Sort((a, b) => b.Length.CompareTo(a.Length));
        return value;
    }

    [GeneratedRegex(@"\$\{(?:@(?<file>[^}]+)|(?<name>[A-Za-z_][A-Za-z0-9_]*))\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?:password|pwd)\s*=\s*(?!\$\{)(?<value>[^;\s][^;]*)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Password();
}
