using LienThong.Gateway.Archive;
using LienThong.Standard;

namespace LienThong.Gateway.Records;

/// <summary>A stored record opened for reading. Dispose it: its values live in pooled buffers.</summary>
public sealed class OpenRecord : IDisposable
{
    private readonly PackageReader reader;

    private OpenRecord(PackageReader reader, Record record) => (this.reader, Record) = (reader, record);

    /// <summary>The record.</summary>
    public Record Record { get; }

    /// <summary>Reads the one record of a stored document.</summary>
    /// <exception cref="InvalidDataException">The document has none: it was readable when it was stored, so this is a bug.</exception>
    public static OpenRecord From(byte[] document)
    {
        PackageReader package = new(new MemoryStream(document, writable: false));
        if (package.Read(out Record? record))
            return new OpenRecord(package, record);
        package.Dispose();
        throw new InvalidDataException("A stored document holds no record.");
    }

    /// <summary>Fetches and opens a record from the archive.</summary>
    internal static async Task<OpenRecord> LoadAsync(IArchive archive, string contentRef, CancellationToken ct) =>
        From(await archive.GetAsync(ArchiveRef.Parse(contentRef), ct));

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
