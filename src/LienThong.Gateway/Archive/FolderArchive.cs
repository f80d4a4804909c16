using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LienThong.Gateway.Archive;

/// <summary>
/// Content-addressed files in a folder: <c>ab/cd/abcd…</c>, written to a temporary file, flushed to disk, then renamed.
/// Packs (several contents in one object) start with an index in plain text, so that the folder explains itself without the database.
/// </summary>
public sealed class FolderArchive : IArchive
{
    private static readonly byte[] PackMark = "LTPACK1\n"u8.ToArray();
    private readonly string root;
    private readonly string incoming;

    /// <summary>An archive in a folder, which is created when missing.</summary>
    public FolderArchive(string folder)
    {
        root = folder;
        incoming = Path.Combine(folder, "incoming");
        Directory.CreateDirectory(incoming);
    }

    /// <inheritdoc/>
    public async Task<Stored> PutAsync(Stream content, long maxBytes, CancellationToken ct)
    {
        string temporary = NewTemporary();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            long total = 0;
            string sha;
            await using (FileStream file = Create(temporary))
            {
                using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                int read;
                while ((read = await content.ReadAsync(buffer, ct)) > 0)
                {
                    total += read;
                    if (total > maxBytes)
                        throw new ArchiveLimitException(maxBytes);
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), ct);
                }
                sha = Convert.ToHexStringLower(hash.GetHashAndReset());
                if (!File.Exists(PathOf(sha)))
                    file.Flush(flushToDisk: true);
            }
            Publish(temporary, sha);
            return new Stored(new ArchiveRef(sha), total);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            File.Delete(temporary);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ArchiveRef>> PutManyAsync(IReadOnlyList<ReadOnlyMemory<byte>> contents, CancellationToken ct)
    {
        if (contents.Count == 0)
            return [];
        string[] hashes = new string[contents.Count];
        StringBuilder index = new();
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Convert.ToHexStringLower(SHA256.HashData(contents[i].Span));
            index.Append(hashes[i]).Append(' ').Append(contents[i].Length).Append('\n');
        }
        byte[] head = [.. PackMark, .. Encoding.ASCII.GetBytes(index.Append('\n').ToString())];
        string temporary = NewTemporary();
        try
        {
            string pack;
            await using (FileStream file = Create(temporary))
            {
                using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                hash.AppendData(head);
                await file.WriteAsync(head, ct);
                foreach (ReadOnlyMemory<byte> content in contents)
                {
                    hash.AppendData(content.Span);
                    await file.WriteAsync(content, ct);
                }
                pack = Convert.ToHexStringLower(hash.GetHashAndReset());
                file.Flush(flushToDisk: true);
            }
            Publish(temporary, pack);
            ArchiveRef[] references = new ArchiveRef[hashes.Length];
            long offset = head.Length;
            for (int i = 0; i < hashes.Length; i++)
            {
                references[i] = new ArchiveRef(hashes[i], pack, offset, contents[i].Length);
                offset += contents[i].Length;
            }
            return references;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <inheritdoc/>
    // One plain read without a buffer between: a stream costs more than a small content, and whoever judges many reads on threads of its own.
    public Task<byte[]> GetAsync(ArchiveRef reference, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        byte[] bytes = ReadObject(reference);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == reference.Sha256
            ? Task.FromResult(bytes)
            : throw new ArchiveDamagedException($"Archive content {reference.Sha256} was changed on disk.");
    }

    /// <inheritdoc/>
    // Contents inside packs are small by construction.
    public Stream Open(ArchiveRef reference) =>
        reference.Pack is null ? new FileStream(OpenObject(reference), FileAccess.Read, 64 * 1024) : new MemoryStream(ReadObject(reference), writable: false);

    /// <inheritdoc/>
    public async Task<ArchiveCheck> VerifyAsync(CancellationToken ct)
    {
        (long objects, long bytes, List<string> damaged) = (0, 0, []);
        foreach (string path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetFileName(path);
            if (Path.GetDirectoryName(path) == incoming)
                continue;
            await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan | FileOptions.Asynchronous);
            string sha = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
            objects++;
            bytes += file.Length;
            if (sha != name)
                damaged.Add(name);
        }
        return new ArchiveCheck(objects, bytes, damaged);
    }

    private byte[] ReadObject(ArchiveRef reference)
    {
        using SafeFileHandle file = OpenObject(reference);
        long size = RandomAccess.GetLength(file);
        long length = reference.Pack is null ? size : reference.Length;
        if (reference.Offset + length > size)
            throw new ArchiveDamagedException($"Archive object {reference.Pack} is shorter than its content {reference.Sha256} needs.");
        byte[] bytes = new byte[length];
        for (int read = 0; read < bytes.Length;)
        {
            int count = RandomAccess.Read(file, bytes.AsSpan(read), reference.Offset + read);
            if (count == 0)
                throw new ArchiveDamagedException($"Archive object {reference.Pack ?? reference.Sha256} was cut off while being read.");
            read += count;
        }
        return bytes;
    }

    private SafeFileHandle OpenObject(ArchiveRef reference)
    {
        try
        {
            return File.OpenHandle(PathOf(reference.Pack ?? reference.Sha256), FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArchiveDamagedException($"Archive object {reference.Pack ?? reference.Sha256} is missing.");
        }
    }

    private string PathOf(string sha) => Path.Combine(root, sha[..2], sha[2..4], sha);

    private string NewTemporary() => Path.Combine(incoming, Guid.NewGuid().ToString("N"));

    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024);

    private void Publish(string temporary, string sha)
    {
        string target = PathOf(sha);
        if (File.Exists(target))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // Two writers of the same content: whoever is second puts identical bytes in place of identical bytes.
        File.Move(temporary, target, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(target)!);
    }
}
