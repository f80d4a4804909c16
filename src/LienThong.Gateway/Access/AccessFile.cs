using System.Text.Json;
using System.Text.Json.Serialization;

namespace LienThong.Gateway.Access;

/// <summary>Reads <see cref="AccessOptions"/> from <c>access.json</c> of the data folder. Comments are allowed, names the program doesn't know are not.</summary>
public static class AccessFile
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string Name = "access.json";

    private const long LongestBytes = 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The settings of a data folder; the defaults when it has no such file.</summary>
    /// <exception cref="FormatException">The file can't be used; the message is Vietnamese and names file, setting and remedy.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static AccessOptions Read(string dataFolder)
    {
        string path = Path.Combine(dataFolder, Name);
        if (!File.Exists(path))
            return new AccessOptions();
        if (new FileInfo(path).Length > LongestBytes)
            throw new FormatException($"{path}: lớn hơn 1 MiB. Kiểm tra lại tệp.");
        AccessOptions options;
        try
        {
            options = JsonSerializer.Deserialize<AccessOptions>(File.ReadAllBytes(path), Json) ?? throw new FormatException($"{path}: tệp trống. Ghi {{}} hoặc xóa tệp.");
        }
        catch (JsonException e)
        {
            string line = e.LineNumber is { } number ? $", dòng {number + 1}" : "";
            throw new FormatException($"{path}{line}, mục «{e.Path ?? "$"}»: không đọc được ({e.Message}). Sửa theo docs/operations.md, phần Sign-in.", e);
        }
        if (Fault(options) is { } fault)
            throw new FormatException($"{path}, {fault}");
        return options;
    }

    /// <summary>The first setting outside its range, in Vietnamese; null when all are fine.</summary>
    public static string? Fault(AccessOptions o)
    {
        (string Name, int Value, int Least, int Most, bool Zero)[] numbers =
        [
            ("passwords.minLength", o.Passwords.MinLength, 8, 100, false),
            ("passwords.remembered", o.Passwords.Remembered, 0, 24, false),
            ("passwords.maxAgeDays", o.Passwords.MaxAgeDays, 0, 3650, false),
            ("lockout.failures", o.Lockout.Failures, 1, 100, false),
            ("lockout.minutes", o.Lockout.Minutes, 1, 1440, false),
            ("sessions.idleMinutes", o.Sessions.IdleMinutes, 5, 1440, false),
            ("sessions.hours", o.Sessions.Hours, 1, 168, false),
            ("bearer.maxDays", o.Bearer.MaxDays, 1, 3650, false),
            ("audit.readingHours", o.Audit.ReadingHours, 1, 168, false),
            ("audit.keepDays", o.Audit.KeepDays, 365, 36_500, true),
        ];
        foreach ((string name, int value, int least, int most, bool zero) in numbers)
        {
            if (!(zero && value == 0) && (value < least || value > most))
                return $"mục «{name}» = {value}: phải từ {least} đến {most}{(zero ? ", hoặc 0" : "")}.";
        }
        return o.SecondFactor.RequiredFor.FirstOrDefault(r => !Roles.Table.ContainsKey(r)) is { } unknown
            ? $"mục «secondFactor.requiredFor»: không có vai trò «{unknown}». Các vai trò: {string.Join(", ", Roles.Table.Keys)}."
            : o.Directory?.Fault();
    }
}
