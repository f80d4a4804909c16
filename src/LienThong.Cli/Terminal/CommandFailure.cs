namespace LienThong.Cli.Terminal;

/// <summary>Ends a command with one sentence for the person and an exit code.</summary>
/// <param name="exitCode">What the shell gets.</param>
/// <param name="message">What is wrong and what to do, in Vietnamese.</param>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    /// <summary>What the shell gets.</summary>
    public int Code { get; } = exitCode;

    /// <summary>A file or folder can't be used.</summary>
    public static CommandFailure Io(string message) => new(ExitCode.Io, message);

    /// <summary>The command line asks for something that doesn't exist.</summary>
    public static CommandFailure Usage(string message) => new(ExitCode.Usage, message);
}
