using System.CommandLine;
using LienThong.Cli.Terminal;

namespace LienThong.Cli.Commands;

/// <summary>Makes options that can also be set by an environment variable: <c>--pfx-password-file</c> by <c>LIENTHONG_PFX_PASSWORD_FILE</c>.</summary>
internal static class Setting
{
    private static readonly HashSet<Option> OneTime = [];

    /// <summary>Text or JSON, on every verb that gives results.</summary>
    public static Option<string?> Output() => Text("--output", "text|json", "Dạng kết quả; mặc định text.");

    /// <summary>An option with a text value; null when neither it nor its variable is given.</summary>
    public static Option<string?> Text(string name, string valueName, string description) => new(name)
    {
        Description = description,
        HelpName = valueName,
        DefaultValueFactory = _ => FromEnvironment(name),
    };

    /// <summary>An option with several values, which its variable separates by semicolons.</summary>
    public static Option<string[]> Many(string name, string valueName, string description) => new(name)
    {
        Description = description,
        HelpName = valueName,
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => FromEnvironment(name)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
    };

    /// <summary>A switch of this one call; no variable stands for it.</summary>
    public static Option<bool> Switch(string name, string description)
    {
        var option = new Option<bool>(name) { Description = description };
        OneTime.Add(option);
        return option;
    }

    /// <summary>Whether no variable stands for the option.</summary>
    public static bool IsOneTime(Option option) => OneTime.Contains(option);

    /// <summary>The variable that stands for an option.</summary>
    public static string EnvironmentName(string option) => "LIENTHONG_" + option[2..].Replace('-', '_').ToUpperInvariant();

    /// <summary>The value of an option that can't be done without.</summary>
    /// <exception cref="CommandFailure">It isn't given.</exception>
    public static string Need(this ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { Length: > 0 } value
            ? value
            : throw CommandFailure.Usage($"thiếu {option.Name} (hoặc biến môi trường {EnvironmentName(option.Name)}).");

    /// <summary>Whether the result is wanted as JSON.</summary>
    /// <exception cref="CommandFailure">Neither text nor json.</exception>
    public static bool WantsJson(this ParseResult parsed, Option<string?> output) => parsed.GetValue(output) switch
    {
        null or "" or "text" => false,
        "json" => true,
        var other => throw CommandFailure.Usage($"--output chỉ nhận text hoặc json, không nhận «{Words.Plain(other, 40)}»."),
    };

    /// <summary>A whole number in a range.</summary>
    /// <exception cref="CommandFailure">It isn't one, or out of the range.</exception>
    public static int Number(this ParseResult parsed, Option<string?> option, int least, int most, int otherwise)
    {
        if (parsed.GetValue(option) is not { Length: > 0 } text) return otherwise;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw CommandFailure.Usage($"{option.Name} phải là số từ {least} đến {most}.");
    }

    private static string? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(EnvironmentName(name)) is { Length: > 0 } value ? value : null;
}
