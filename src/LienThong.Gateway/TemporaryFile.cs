namespace LienThong.Gateway;

/// <summary>Files for what doesn't fit in memory. They may hold health data.</summary>
public static class TemporaryFile
{
    /// <summary>A new file that vanishes when it is closed; only its owner can read it.</summary>
    public static FileStream Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"lienthong-{Guid.NewGuid():N}.part"), options);
    }
}
