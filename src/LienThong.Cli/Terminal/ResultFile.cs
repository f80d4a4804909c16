namespace LienThong.Cli.Terminal;

/// <summary>A file for results that are written while the work goes on: it is there completely or not at all.</summary>
internal static class ResultFile
{
    /// <summary>Writes it.</summary>
    /// <exception cref="CommandFailure">It can't be created or put in its place.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (FileStream stream = Create(part, path)) write(stream);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static FileStream Create(string part, string path)
    {
        try
        {
            return new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024);
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            throw CommandFailure.Io($"không ghi được {path}: {Files.Explain(e)}");
        }
    }
}
