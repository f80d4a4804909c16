using System.Collections.Frozen;
using System.Text;
using LienThong.Gateway.Storage;
using Microsoft.AspNetCore.Identity;

namespace LienThong.Gateway.Access;

/// <summary>Says what is wrong with a password somebody chose.</summary>
internal static class PasswordPolicy
{
    /// <summary>Longest password in characters: more would only keep the hash function busy.</summary>
    public const int MaxLength = 200;

    private static readonly FrozenSet<string> Common = Load();
    private static readonly PasswordHasher<UserRow> Hasher = new();

    // Verified when the name is unknown, so that the answer takes as long as for a known one.
    private static readonly string NobodysHash = Hasher.HashPassword(new UserRow(), "no one");

    /// <summary>What is wrong with the text itself, in Vietnamese; null when nothing is.</summary>
    public static string? Fault(PasswordRules rules, string password, string name, string displayName)
    {
        string lower = password.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        return password.EnumerateRunes().Count() < rules.MinLength ? $"Mật khẩu phải có ít nhất {rules.MinLength} ký tự."
            : password.Length > MaxLength ? $"Mật khẩu dài nhất {MaxLength} ký tự."
            : password.Any(char.IsControl) ? "Mật khẩu không được chứa ký tự điều khiển."
            : lower.Distinct().Count() < 4 ? "Mật khẩu chỉ lặp lại vài ký tự. Chọn mật khẩu khác."
            : Holds(lower, name) || Holds(lower, displayName.ToLowerInvariant()) ? "Mật khẩu không được chứa tên đăng nhập hoặc họ tên."
            : Common.Contains(lower) || Common.Contains(Core(lower)) ? "Mật khẩu này quá phổ biến, dễ bị đoán. Chọn mật khẩu khác."
            : null;
    }

    /// <summary>Whether the password is one of these hashes.</summary>
    public static bool IsOneOf(string password, IEnumerable<string> hashes) => hashes.Any(h => h.Length > 0 && Verify(h, password) != PasswordVerificationResult.Failed);

    /// <summary>Hash to store.</summary>
    public static string Hash(string password) => Hasher.HashPassword(new UserRow(), password);

    /// <summary>Compares; an empty hash (nobody's, or a directory's user) fails after the usual time.</summary>
    public static PasswordVerificationResult Verify(string hash, string password)
    {
        PasswordVerificationResult result = Hasher.VerifyHashedPassword(new UserRow(), hash.Length > 0 ? hash : NobodysHash, password);
        return hash.Length > 0 ? result : PasswordVerificationResult.Failed;
    }

    private static bool Holds(string password, string name) => name.Length >= 4 ? password.Contains(name, StringComparison.Ordinal) : password == name;

    // «Password2026!» is «password» to whoever guesses.
    private static string Core(string lower)
    {
        int from = 0, to = lower.Length;
        while (to > from && !char.IsLetter(lower[to - 1])) to--;
        while (from < to && !char.IsLetter(lower[from])) from++;
        return lower[from..to];
    }

    private static FrozenSet<string> Load()
    {
        using StreamReader reader = new(typeof(PasswordPolicy).Assembly.GetManifestResourceStream("Access/common-passwords.txt")!, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
