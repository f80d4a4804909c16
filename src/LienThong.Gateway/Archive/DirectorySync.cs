using System.Runtime.InteropServices;
using System.Text;

namespace LienThong.Gateway.Archive;

/// <summary>Makes a rename durable. A file's own flush doesn't cover its name; Windows' file system journals it by itself.</summary>
internal static class DirectorySync
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), 0);
        if (handle < 0)
            throw new IOException($"Cannot open the archive folder for flushing (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            // Some network file systems refuse to flush a folder (EINVAL); they order renames on the server.
            if (Fsync(handle) != 0 && Marshal.GetLastPInvokeError() != 22)
                throw new IOException($"Cannot flush the archive folder (error {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
