using System.Text;

namespace LienThong.Cli.Terminal;

/// <summary>Where words go. Always UTF-8: what we print is Vietnamese, whatever the machine's locale says.</summary>
internal static class Screen
{
    private static TextWriter? output;
    private static TextWriter? errors;

    /// <summary>Results. Call <see cref="Flush"/> at the end.</summary>
    public static TextWriter Out => output ??= new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 4096);

    /// <summary>Problems and progress.</summary>
    public static TextWriter Error => errors ??= new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false), 1024) { AutoFlush = true };

    /// <summary>A person sees the results as they come.</summary>
    public static bool IsWatched => !Console.IsOutputRedirected;

    /// <summary>Writes out what is still held.</summary>
    public static void Flush() => output?.Flush();

    /// <summary>One sentence about what went wrong.</summary>
    public static void Fail(string message) => Error.WriteLine($"lienthong: {message}");
}
