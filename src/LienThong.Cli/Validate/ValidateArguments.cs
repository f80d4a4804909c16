using System.Globalization;
using LienThong.Standard;
using LienThong.Validation;
using LienThong.Validation.Custom;

namespace LienThong.Cli.Validate;

/// <summary>What <c>validate</c> was asked to do.</summary>
/// <param name="Paths">Files and folders, at least one.</param>
/// <param name="AsOf">The day of checking; null for now.</param>
/// <param name="Release">The release to judge by; null for the one in force on each record's <c>NGAY_RA</c>.</param>
/// <param name="Workers">Files judged at the same time, from 1.</param>
/// <param name="Format">How the results are written.</param>
/// <param name="Out">File they go to; null for standard output.</param>
/// <param name="GroupBy">Name of what findings are grouped by; null for none. A name, so that a plain run needn't load what knows the groups.</param>
/// <param name="Lists">Code lists to judge by; null for those built in.</param>
/// <param name="ForClaim">The files go into the monthly claim: what only the claim asks for is judged too.</param>
internal sealed record ValidateArguments(
    IReadOnlyList<string> Paths, DateOnly? AsOf, string? Release, int Workers, OutputFormat Format, string? Out = null, string? GroupBy = null,
    CodeLists? Lists = null, bool ForClaim = false)
{
    /// <summary>Rules written by the facility.</summary>
    public CustomRules Custom { get; init; } = CustomRules.None;

    /// <summary>Text tells why each finding matters and what it was held against.</summary>
    public bool Explain { get; init; }

    /// <summary>Most workers taken.</summary>
    public const int MaxWorkers = 64;

    /// <summary>
    /// Reads the plain form: paths and well-formed <c>--name value</c> pairs, no option twice. Null for everything else
    /// (help, mistakes, other ways to write an option), which the full parser reads or explains.
    /// </summary>
    public static ValidateArguments? TryReadPlain(ReadOnlySpan<string> args)
    {
        var paths = new List<string>(args.Length);
        string? asOf = null, release = null, workers = null, output = null;
        for (int i = 0; i < args.Length; i++)
        {
            string arg = args[i];
            if (arg.Length == 0 || arg[0] is '@' or '[') return null;
            if (arg[0] != '-')
            {
                paths.Add(arg);
                continue;
            }

            if (++i == args.Length) return null;
            string value = args[i];
            bool taken = arg switch
            {
                "--as-of" => Take(ref asOf, value),
                "--release" => Take(ref release, value),
                "--workers" => Take(ref workers, value),
                "--output" => Take(ref output, value),
                _ => false,
            };
            if (!taken) return null;
        }

        // Code lists are the full parser's.
        if (FromEnvironment("LIENTHONG_CATALOG") is not null || FromEnvironment("LIENTHONG_FACILITY") is not null) return null;
        asOf ??= FromEnvironment("LIENTHONG_AS_OF");
        release ??= FromEnvironment("LIENTHONG_RELEASE");
        workers ??= FromEnvironment("LIENTHONG_WORKERS");
        output ??= FromEnvironment("LIENTHONG_OUTPUT") ?? "text";
        if (FromEnvironment("LIENTHONG_RULES") is not null) return null;
        if (paths.Count == 0 || output is not ("text" or "json")) return null;
        if (FromEnvironment("LIENTHONG_OUT") is not null || FromEnvironment("LIENTHONG_GROUP_BY") is not null || FromEnvironment("LIENTHONG_PURPOSE") is not null) return null;
        if (release is not null && Releases.Find(release) is null) return null;
        DateOnly? day = null;
        if (asOf is not null && (day = ReadDay(asOf)) is null) return null;
        int count = Environment.ProcessorCount;
        if (workers is not null && !TryReadWorkers(workers, out count)) return null;
        return new ValidateArguments(paths, day, release, count, output == "json" ? OutputFormat.Json : OutputFormat.Text);
    }

    /// <summary>A day as <c>yyyy-MM-dd</c>; null when it isn't one.</summary>
    public static DateOnly? ReadDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;

    /// <summary>A number of workers in the range taken.</summary>
    public static bool TryReadWorkers(string text, out int workers) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out workers) && workers is >= 1 and <= MaxWorkers;

    private static string? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static bool Take(ref string? slot, string value)
    {
        if (slot is not null || value.Length == 0 || value[0] == '-') return false;
        slot = value;
        return true;
    }
}
