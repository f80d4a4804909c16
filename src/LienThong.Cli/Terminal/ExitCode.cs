namespace LienThong.Cli.Terminal;

/// <summary>What the command says to the shell: 2 beats 3 beats 1 beats 0.</summary>
internal static class ExitCode
{
    /// <summary>All good.</summary>
    public const int Fine = 0;

    /// <summary>Something blocks, is refused or unreadable.</summary>
    public const int Blocked = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;

    /// <summary>A file, folder, address or database could not be used.</summary>
    public const int Io = 3;

    /// <summary>The one that counts of two.</summary>
    public static int Worse(int one, int other) => Rank(one) >= Rank(other) ? one : other;

    private static int Rank(int code) => code switch
    {
        Usage => 3,
        Io => 2,
        Blocked => 1,
        _ => 0,
    };
}
