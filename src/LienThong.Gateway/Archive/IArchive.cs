namespace LienThong.Gateway.Archive;

/// <summary>
/// Where exact bytes are kept: the files handed in, the records cut out of them, the documents signed and sent. Objects are named by their
/// SHA-256, in the same layout whatever keeps them, so that an archive can be copied object by object.
/// </summary>
/// <remarks>Every member throws <see cref="ArchiveUnavailableException"/> while the archive can't be reached; nothing is half stored then.</remarks>
public interface IArchive
{
    /// <summary>Which archive this is, as noted in the database and told to people: <c>folder</c> or <c>s3://bucket/prefix</c>; no secret.</summary>
    string Place { get; }

    /// <summary>
    /// Stores one content of any size; durable when the task completes. The same content twice is stored once; an object that doesn't hold what
    /// its name stands for is put right.
    /// </summary>
    /// <exception cref="ArchiveLimitException">More bytes than allowed.</exception>
    Task<Stored> PutAsync(Stream content, long maxBytes, CancellationToken ct);

    /// <summary>Stores several small contents packed into few objects, durable together: one disk flush or round trip instead of many.</summary>
    Task<IReadOnlyList<ArchiveRef>> PutManyAsync(IReadOnlyList<ReadOnlyMemory<byte>> contents, CancellationToken ct);

    /// <summary>The bytes, checked against their SHA-256.</summary>
    /// <exception cref="ArchiveDamagedException">Missing or changed.</exception>
    Task<byte[]> GetAsync(ArchiveRef reference, CancellationToken ct);

    /// <summary>
    /// Opens a content for reading from start to end, for files too large for memory. What comes over a network is fetched and checked before
    /// the first byte is handed out; a local file isn't checked on the way.
    /// </summary>
    /// <exception cref="ArchiveDamagedException">Missing, or found changed.</exception>
    Task<Stream> OpenAsync(ArchiveRef reference, CancellationToken ct);

    /// <summary>Every object, in the order of names.</summary>
    IAsyncEnumerable<ArchiveObject> ListAsync(CancellationToken ct);

    /// <summary>The SHA-256 of what an object really holds.</summary>
    /// <param name="name">Name of the object: 64 hexadecimal characters, lower case.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="ArchiveDamagedException">Missing.</exception>
    Task<string> HashAsync(string name, CancellationToken ct);

    /// <summary>Whether the archive takes writes now, found out within seconds; for health checks.</summary>
    Task ProbeAsync(CancellationToken ct);
}

/// <summary>An object of an archive.</summary>
/// <param name="Name">SHA-256 it is stored under.</param>
/// <param name="Bytes">Its size.</param>
public sealed record ArchiveObject(string Name, long Bytes);

/// <summary>A content that was stored.</summary>
/// <param name="Reference">Where it is.</param>
/// <param name="Bytes">Its size.</param>
public sealed record Stored(ArchiveRef Reference, long Bytes);

/// <summary>Address of a content: its SHA-256 and, when it shares an object with others, where in which.</summary>
/// <param name="Sha256">Hash of the content, 64 hexadecimal characters, lower case.</param>
/// <param name="Pack">Hash of the object that holds it; null when the content is an object of its own.</param>
/// <param name="Offset">First byte inside the object.</param>
/// <param name="Length">Bytes; 0 with no pack means the whole object.</param>
public sealed record ArchiveRef(string Sha256, string? Pack = null, long Offset = 0, long Length = 0)
{
    /// <summary>As stored in the database: <c>sha</c> or <c>sha@pack:offset+length</c>.</summary>
    public override string ToString() => Pack is null ? Sha256 : $"{Sha256}@{Pack}:{Offset}+{Length}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">Other text.</exception>
    public static ArchiveRef Parse(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return new ArchiveRef(Hash(text));
        int colon = text.IndexOf(':', at);
        int plus = text.IndexOf('+', at);
        if (colon < 0 || plus < colon)
            throw new FormatException($"Not an archive address: {text}");
        return new ArchiveRef(
            Hash(text[..at]), Hash(text[(at + 1)..colon]),
            long.Parse(text.AsSpan(colon + 1, plus - colon - 1)), long.Parse(text.AsSpan(plus + 1)));
    }

    /// <summary>Whether a text can be the name of an object.</summary>
    internal static bool IsName(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    // Addresses become file names: anything but a hash must not get through.
    private static string Hash(string text) => IsName(text) ? text : throw new FormatException($"Not a SHA-256: {text}");
}

/// <summary>A content was larger than the caller allows.</summary>
/// <param name="maxBytes">The limit.</param>
public sealed class ArchiveLimitException(long maxBytes) : Exception($"Content exceeds {maxBytes} bytes.")
{
    /// <summary>The limit in bytes.</summary>
    public long MaxBytes { get; } = maxBytes;
}

/// <summary>The archive doesn't hold the bytes it should: broken infrastructure, to be mended from a backup.</summary>
/// <param name="message">Which content, and what is wrong with it.</param>
public sealed class ArchiveDamagedException(string message) : Exception(message);

/// <summary>The archive can't be reached or doesn't take anything now (network, full disk, refused credentials); what was stored before is safe.</summary>
/// <param name="message">Which archive, and what is wrong; no secret.</param>
/// <param name="inner">Cause; null when the message says it all.</param>
public sealed class ArchiveUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
