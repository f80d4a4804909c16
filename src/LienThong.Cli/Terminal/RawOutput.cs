using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// With it a call into the system needs no code made at run time.
[assembly: DisableRuntimeMarshalling]

namespace LienThong.Cli.Terminal;

/// <summary>
/// Standard output without anything around it. The framework's own stream creates <see cref="Console.Out"/> on its first
/// write, and with it loads encodings and cultures: a good part of the time a small file takes.
/// </summary>
internal sealed class RawOutput : Stream
{
    private const int StandardOutput = 1;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;

    private RawOutput()
    {
    }

    /// <summary>Opens it; where there is no POSIX <c>write</c>, the framework's.</summary>
    public static Stream Open() => OperatingSystem.IsLinux() ? new RawOutput() : Console.OpenStandardOutput();

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="IOException">The disk is full or the like. A reader that went away (<c>| head</c>) is no fault.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            nint written = WriteSome(buffer);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            int error = Marshal.GetLastSystemError();
            if (error == BrokenPipe) return;
            if (error == TryAgain) Thread.Sleep(1);
            else if (error != Interrupted) throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private static unsafe nint WriteSome(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes) return WriteSome(StandardOutput, first, bytes.Length);
    }

    [DllImport("libc", EntryPoint = "write", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern unsafe nint WriteSome(int descriptor, byte* bytes, nint count);
}
