using LienThong.Cli.Terminal;
using LienThong.Gateway.Archive;

namespace LienThong.Cli.Archives;

/// <summary>Tells how far work on an archive has come: a line that changes for a person, a line every half minute for a log. Holds the name to go on behind.</summary>
internal sealed class ArchiveProgressLine
{
    private readonly bool watched = !Console.IsErrorRedirected;
    private long nextAt = Environment.TickCount64 + 1000;

    /// <summary>Name up to which everything is done; null before the first page.</summary>
    public string? Last { get; private set; }

    /// <summary>Takes note of progress.</summary>
    public void Tell(ArchiveProgress progress)
    {
        Last = progress.Last;
        if (Environment.TickCount64 < nextAt) return;
        nextAt = Environment.TickCount64 + (watched ? 200 : 30_000);
        string line = $"  {progress.Objects} đối tượng, {Size(progress.Bytes)}, đến {progress.Last}";
        if (watched)
            Screen.Error.Write($"\r{line}   ");
        else
            Screen.Error.WriteLine(line);
    }

    /// <summary>The work is over.</summary>
    public void End()
    {
        if (watched) Screen.Error.Write($"\r{new string(' ', 130)}\r");
    }

    /// <summary>A size for people.</summary>
    public static string Size(long bytes) => bytes >= 1L << 30 ? $"{bytes / (double)(1L << 30):0.0} GiB" : $"{bytes / (double)(1L << 20):0.0} MiB";
}
