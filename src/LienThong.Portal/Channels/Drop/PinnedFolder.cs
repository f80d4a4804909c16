using System.Runtime.InteropServices;
using System.Text;

namespace LienThong.Portal.Channels;

/// <summary>
/// A folder of a channel, checked to be within the fence and held open: whatever link is put in its place afterwards, files go into the folder that was
/// checked. That is so on Linux, where an open folder has a path of its own (<c>/proc/self/fd/N</c>). Elsewhere, and where <c>/proc</c> isn't mounted, the path
/// is checked just before use, and a moment stays in which somebody who may write into the fenced folders could swap a link in.
/// </summary>
internal sealed class PinnedFolder : IDisposable
{
    // Linux, x64 and arm64 alike. Without waiting: what is there may turn out to be a pipe.
    private const int CloseOnExec = 0x80000, NoWait = 0x800;
    private readonly string name;
    private readonly string? fence;
    private int handle;

    private PinnedFolder(string name, string? fence, int handle) => (this.name, this.fence, this.handle) = (name, fence, handle);

    /// <summary>Path under which the held folder is reached; good until this is disposed.</summary>
    public string Path => handle < 0 ? name : Own(handle);

    /// <summary>Checks a folder and holds it.</summary>
    /// <param name="folder">The folder, absolute.</param>
    /// <param name="fence">The folder that channels are kept in; null for anywhere, then nothing is held.</param>
    /// <exception cref="DropFailure">It isn't within the fence.</exception>
    /// <exception cref="IOException">It isn't there, or can't be opened.</exception>
    public static PinnedFolder Open(string folder, string? fence)
    {
        Demand(folder, fence);
        // Never made here: a missing folder is a mount that is gone, and files would land on the wrong disk.
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder} isn't there.");
        if (fence is null || !OperatingSystem.IsLinux() || !Directory.Exists(Own(null)))
            return new PinnedFolder(folder, fence, -1);
        int opened = OpenFolder(Encoding.UTF8.GetBytes(folder + '\0'), CloseOnExec | NoWait);
        if (opened < 0)
            throw new IOException($"{folder} can't be opened (error {Marshal.GetLastPInvokeError()}).");
        PinnedFolder pinned = new(folder, fence, opened);
        try
        {
            pinned.DemandWithin(opened);
            return pinned;
        }
        catch
        {
            pinned.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file of the folder for reading, unless it is a link that leads out of the fence.</summary>
    /// <exception cref="DropFailure">It is.</exception>
    public FileStream Read(string file)
    {
        FileStream stream = new(System.IO.Path.Combine(Path, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            if (handle >= 0)
                DemandWithin((int)stream.SafeFileHandle.DangerousGetHandle());
            else
                Demand(System.IO.Path.Combine(name, file), fence);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (handle >= 0)
            _ = Close(handle);
        handle = -1;
    }

    private static string Own(int? number) => "/proc/self/fd" + (number is { } n ? $"/{n}" : "");

    private static void Demand(string path, string? fence)
    {
        if (FolderFence.Problem(path, fence) is { } problem)
            throw new DropFailure(problem, needsPerson: true);
    }

    // Where an open thing really is: a path without links.
    private void DemandWithin(int open)
    {
        if (new FileInfo(Own(open)).LinkTarget is not { } real || !FolderFence.Holds(real, fence!))
            throw new DropFailure($"Thư mục {name} vừa bị đổi thành liên kết dẫn ra ngoài {fence}; bỏ liên kết", needsPerson: true);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFolder(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
