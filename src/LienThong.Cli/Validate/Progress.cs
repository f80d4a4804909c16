namespace LienThong.Cli.Validate;

/// <summary>Tells a person how far a long run has come, while the results go into a file or another program.</summary>
internal static class Progress
{
    private const int Few = 50;
    private static long nextAt;

    /// <summary>A file is done.</summary>
    public static void Tell(int done, int all)
    {
        if (all < Few || !Watch.Wanted) return;
        long now = Environment.TickCount64;
        long due = Interlocked.Read(ref nextAt);
        if (now < due || Interlocked.CompareExchange(ref nextAt, now + 200, due) != due) return;
        Terminal.Screen.Error.Write($"\r  {done}/{all} tệp ({100L * done / all} %)   ");
    }

    /// <summary>The run is over.</summary>
    public static void End(int all)
    {
        if (all >= Few && Watch.Wanted) Terminal.Screen.Error.Write("\r                                        \r");
    }

    // Asked only for long runs: the console isn't needed for anything else here, and takes time to load.
    private static class Watch
    {
        public static readonly bool Wanted = Console.IsOutputRedirected && !Console.IsErrorRedirected;
    }
}
