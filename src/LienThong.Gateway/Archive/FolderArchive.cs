using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace LienThong.Gateway.Archive;

/// <summary>Content-addressed files in a folder: <c>ab/cd/abcd…</c>, written to a temporary file, flushed to disk, then renamed.</summary>
public sealed class FolderArchive : IArchive
{
    /// <summary>What <see cref="IArchive.Place"/> of every folder is: nodes may see the same folder under different paths.</summary>
    public const string FolderPlace = "folder";

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
    public string Place => FolderPlace;

    /// <inheritdoc/>
    public async Task<Stored> PutAsync(Stream content, long maxBytes, CancellationToken ct)
    {
        string temporary = NewTemporary();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        bool reading = false;
        try
        {
            long total = 0;
            string sha;
            await using (FileStream file = Create(temporary))
            {
                using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                while (true)
                {
                    reading = true;
                    int read = await content.ReadAsync(buffer, ct);
                    reading = false;
                    if (read == 0)
                        break;
                    total += read;
                    if (total > maxBytes)
                        throw new ArchiveLimitException(maxBytes);
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), ct);
                }
                sha = Convert.ToHexStringLower(hash.GetHashAndReset());
                file.Flush(flushToDisk: true);
            }
            await PublishAsync(temporary, sha, ct);
            return new Stored(new ArchiveRef(sha), total);
        }
        catch (Exception e) when (!reading && IsTrouble(e))
        {
            // Trouble with the content that is handed in is its giver's, not ours.
            throw Unavailable(e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            Remove(temporary);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ArchiveRef>> PutManyAsync(IReadOnlyList<ReadOnlyMemory<byte>> contents, CancellationToken ct)
    {
        if (contents.Count == 0)
            return [];
        Pack pack = Pack.Of(contents);
        string temporary = NewTemporary();
        try
        {
            await using (FileStream file = Create(temporary))
            {
                foreach (ReadOnlyMemory<byte> piece in pack.Pieces)
                    await file.WriteAsync(piece, ct);
                file.Flush(flushToDisk: true);
            }
            await PublishAsync(temporary, pack.Name, ct);
            return pack.References();
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw Unavailable(e);
        }
        finally
        {
            Remove(temporary);
        }
    }

    /// <inheritdoc/>
    // One plain read without a buffer between: a stream costs more than a small content, and whoever judges many reads on threads of its own.
    public Task<byte[]> GetAsync(ArchiveRef reference, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        byte[] bytes = Guarded(() => ReadObject(reference));
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == reference.Sha256
            ? Task.FromResult(bytes)
            : throw new ArchiveDamagedException($"Archive content {reference.Sha256} was changed on disk.");
    }

    /// <inheritdoc/>
    // Contents inside packs are small by construction.
    public Task<Stream> OpenAsync(ArchiveRef reference, CancellationToken ct) => Task.FromResult<Stream>(Guarded<Stream>(() => reference.Pack is null
        ? new FileStream(OpenObject(reference.Sha256), FileAccess.Read, 64 * 1024)
        : new MemoryStream(ReadObject(reference), writable: false)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArchiveObject> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (string first in Sorted(root))
        {
            // A folder of second letters at a time: 1/65 536 of the archive in memory.
            foreach (string second in Sorted(first))
            {
                ct.ThrowIfCancellationRequested();
                FileInfo[] files = Guarded(() => new DirectoryInfo(second).GetFiles());
                Array.Sort(files, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
                foreach (FileInfo file in files.Where(f => ArchiveRef.IsName(f.Name)))
                    yield return new ArchiveObject(file.Name, file.Length);
            }
        }
        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<string> HashAsync(string name, CancellationToken ct)
    {
        try
        {
            await using FileStream file = new(OpenObject(name), FileAccess.Read, 0);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw Unavailable(e);
        }
    }

    /// <inheritdoc/>
    public async Task ProbeAsync(CancellationToken ct)
    {
        string probe = NewTemporary();
        try
        {
            await File.WriteAllBytesAsync(probe, [1], ct);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw Unavailable(e);
        }
        finally
        {
            Remove(probe);
        }
    }

    private byte[] ReadObject(ArchiveRef reference)
    {
        using SafeFileHandle file = OpenObject(reference.Pack ?? reference.Sha256);
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

    private SafeFileHandle OpenObject(string name)
    {
        try
        {
            return File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        // Without its own folder the whole archive is away (a share that isn't mounted), which says nothing about the object.
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && Directory.Exists(incoming))
        {
            throw new ArchiveDamagedException($"Archive object {name} is missing.");
        }
    }

    private async Task PublishAsync(string temporary, string sha, CancellationToken ct)
    {
        string target = PathOf(sha);
        if (File.Exists(target) && await HashAsync(sha, ct) == sha)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // Two writers of the same content: whoever is second puts identical bytes in place of identical bytes.
        File.Move(temporary, target, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(target)!);
    }

    private static IEnumerable<string> Sorted(string folder) =>
        Guarded(() => Directory.GetDirectories(folder)).Where(d => Path.GetFileName(d).Length == 2).Order(StringComparer.Ordinal);

    private string PathOf(string sha) => Path.Combine(root, sha[..2], sha[2..4], sha);

    private string NewTemporary() => Path.Combine(incoming, Guid.NewGuid().ToString("N"));

    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024);

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw Unavailable(e);
        }
    }

    private static bool IsTrouble(Exception e) => e is UnauthorizedAccessException or (IOException and not ArchiveUnavailableException);

    private static ArchiveUnavailableException Unavailable(Exception e) => new($"The archive folder can't be used: {e.Message}", e);

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            // The archive is away, and whatever took it away is told already.
        }
    }
}
