using LienThong.Standard;
using Microsoft.Win32.SafeHandles;

namespace LienThong.Cli.Validate;

/// <summary>
/// A file read forward in large pieces: nothing between the reader's window and the operating system. Cheaper to open than
/// <see cref="FileStream"/>, which counts in batches of thousands of small files.
/// </summary>
internal sealed class PlainFileStream : ReadOnlyStream
{
    private readonly SafeFileHandle handle;
    private long position;

    /// <summary>Opens the file for reading; others may read and write it meanwhile.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public PlainFileStream(string path) =>
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = RandomAccess.Read(handle, buffer, position);
        position += read;
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) handle.Dispose();
        base.Dispose(disposing);
    }
}
