namespace LienThong.Gateway;

/// <summary>The folder that holds database, archive and keys. Patients' data lie in it, so nobody but its owner may look inside.</summary>
internal static class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Creates the folder, on Unix readable by its owner only; one that is there but empty is tightened likewise. One with anything in it
    /// keeps its permissions: somebody chose them. On Windows the folder inherits what its parent allows.
    /// </summary>
    /// <exception cref="IOException">The path can't be a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public static void Prepare(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else if (!Directory.Exists(path))
            Directory.CreateDirectory(path, OwnerOnly);
        else
            TightenEmpty(path);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void TightenEmpty(string path)
    {
        try
        {
            if (!Directory.EnumerateFileSystemEntries(path).Any())
                File.SetUnixFileMode(path, OwnerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            // Another account's folder, such as a mounted volume: its owner decides who may read it.
        }
    }
}
