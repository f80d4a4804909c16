namespace LienThong.Gateway.Archive;

/// <summary>Where exact bytes are kept: the files handed in, the records cut out of them, the documents signed and sent.</summary>
public interface IArchive
{
    /// <summary>Stores one content of any size; durable when the task completes. The same content twice is stored once.</summary>
    /// <exception cref="ArchiveLimitException">More bytes than allowed.</exception>
    Task<Stored> PutAsync(Stream content, long maxBytes, CancellationToken ct);

    /// <summary>Stores several small contents in one object, durable together: one disk flush instead of many.</summary>
    Task<IReadOnlyList<ArchiveRef>> PutManyAsync(IReadOnlyList<ReadOnlyMemory<byte>> contents, CancellationToken ct);

    /// <summary>The bytes, checked against their SHA-256.</summary>
    /// <exception cref="ArchiveDamagedException">Missing or changed.</exception>
    Task<byte[]> GetAsync(ArchiveRef reference, CancellationToken ct);

    /// <summary>Opens a content for reading from start to end, for files too large for memory; not checked on the way.</summary>
    /// <exception cref="ArchiveDamagedException">Missing.</exception>
    Stream Open(ArchiveRef reference);

    /// <summary>Reads every object and compares it with its name.</summary>
    Task<ArchiveCheck> VerifyAsync(CancellationToken ct);
}

/// <summary>A content that was stored.</summary>
/// <param name="Reference">Where it is.</param>
/// <param name="Bytes">Its size.</param>
public sealed record Stored(ArchiveRef Reference, long Bytes);

/// <summary>Result of checking the whole archive.</summary>
/// <param name="Objects">Objects read.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="Damaged">Names of objects whose content doesn't have the hash they are named by.</param>
public sealed record ArchiveCheck(long Objects, long Bytes, IReadOnlyList<string> Damaged)
{
    /// <summary>Whether every object is as it was stored.</summary>
    public bool Intact => Damaged.Count == 0;
}

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

    // Addresses become file names: anything but a hash must not get through.
    private static string Hash(string text) =>
        text.Length == 64 && text.All(char.IsAsciiHexDigitLower) ? text : throw new FormatException($"Not a SHA-256: {text}");
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
