using System.Buffers;
using LienThong.Standard;

namespace LienThong.Cli.Converting;

/// <summary>
/// A package that is written record by record, without holding more than one, though its head announces the number of records. It is there completely
/// after <see cref="Commit"/> or not at all, and never takes the place of a file.
/// </summary>
internal sealed class PackageFile : IDisposable
{
    private readonly string path;
    private readonly string part;
    private readonly PackageHeader header;
    private readonly ArrayBufferWriter<byte> buffer = new(1 << 16);
    private readonly FileStream stream;
    private readonly PackageWriter writer;
    private readonly int headLength;

    /// <summary>Starts the file.</summary>
    /// <param name="path">Where it will be; folders above it are created.</param>
    /// <param name="header">Facility and day; the number in it is a guess that is mended at the end.</param>
    /// <exception cref="IOException">It can't be created.</exception>
    public PackageFile(string path, PackageHeader header)
    {
        this.path = path;
        this.header = header with { DeclaredCount = header.DeclaredCount ?? 1 };
        part = $"{path}.{Environment.ProcessId}.part";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        stream = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024);
        writer = new PackageWriter(buffer, this.header);
        headLength = buffer.WrittenCount;
    }

    /// <summary>Records written so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a record.</summary>
    public void Add(Record record, Release release)
    {
        writer.Add(record, release);
        Count++;
        Empty(stream);
    }

    /// <summary>Ends the file and puts it in its place.</summary>
    public void Commit()
    {
        writer.End();
        Empty(stream);
        if (Count != header.DeclaredCount) CountAgain();
        else stream.Dispose();
        File.Move(part, path, overwrite: false);
    }

    /// <summary>Takes away what was not put in its place.</summary>
    public void Dispose()
    {
        stream.Dispose();
        File.Delete(part);
        File.Delete(part + "2");
    }

    private void CountAgain()
    {
        using (var again = new FileStream(part + "2", FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024))
        {
            _ = new PackageWriter(buffer, header with { DeclaredCount = Count });
            Empty(again);
            stream.Flush();
            stream.Position = headLength;
            stream.CopyTo(again);
        }

        stream.Dispose();
        File.Move(part + "2", part, overwrite: true);
    }

    private void Empty(FileStream to)
    {
        to.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }
}
