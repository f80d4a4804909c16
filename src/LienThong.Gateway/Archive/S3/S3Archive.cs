using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace LienThong.Gateway.Archive.S3;

/// <summary>
/// Content-addressed objects in a bucket: <c>prefix/ab/cd/abcd…</c>, written only where nothing is yet. A store answers a write when it is durable,
/// so what this reports as stored is.
/// </summary>
public sealed class S3Archive : IArchive, IDisposable
{
    // Contents of a batch go into packs of about this size, which are sent side by side.
    private const long PackBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(5);
    private readonly S3Options options;
    private readonly AmazonS3Client client;
    private readonly S3Calls calls;
    private readonly S3Objects objects;

    /// <summary>An archive in a bucket. Nothing is asked of the store yet.</summary>
    /// <exception cref="ArgumentException">The options can't be used; the message is Vietnamese.</exception>
    public S3Archive(S3Options options)
    {
        this.options = options;
        client = S3Http.CreateClient(options);
        calls = new S3Calls(options);
        objects = new S3Objects(options, client, calls);
    }

    /// <inheritdoc/>
    public string Place => options.Place;

    /// <inheritdoc/>
    public async Task<Stored> PutAsync(Stream content, long maxBytes, CancellationToken ct)
    {
        // The name is known at the end only: what is longer than a part waits in a temporary file.
        using MemoryStream small = new();
        FileStream? large = null;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long total = 0;
            int read;
            while ((read = await content.ReadAsync(buffer, ct)) > 0)
            {
                total += read;
                if (total > maxBytes)
                    throw new ArchiveLimitException(maxBytes);
                hash.AppendData(buffer, 0, read);
                if (large is null && total > options.PartBytes)
                {
                    large = TemporaryFile.Create();
                    await large.WriteAsync(small.GetBuffer().AsMemory(0, (int)small.Length), ct);
                }
                await (large ?? (Stream)small).WriteAsync(buffer.AsMemory(0, read), ct);
            }
            string name = Convert.ToHexStringLower(hash.GetHashAndReset());
            if (large is null)
            {
                await objects.PutAsync(name, small.GetBuffer().AsMemory(0, (int)small.Length), ct);
            }
            else
            {
                await large.FlushAsync(ct);
                await S3Upload.RunAsync(options, client, calls, objects, name, large.SafeFileHandle, total, ct);
            }
            return new Stored(new ArchiveRef(name), total);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (large is not null)
                await large.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ArchiveRef>> PutManyAsync(IReadOnlyList<ReadOnlyMemory<byte>> contents, CancellationToken ct)
    {
        List<Pack> packs = [];
        for (int from = 0; from < contents.Count;)
        {
            (int to, long bytes) = (from, 0);
            while (to < contents.Count && (to == from || bytes + contents[to].Length <= PackBytes))
                bytes += contents[to++].Length;
            packs.Add(Pack.Of([.. contents.Skip(from).Take(to - from)]));
            from = to;
        }
        await Parallel.ForEachAsync(packs, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = ct }, async (pack, stop) =>
        {
            byte[] whole = new byte[pack.Bytes];
            int at = 0;
            foreach (ReadOnlyMemory<byte> piece in pack.Pieces)
            {
                piece.CopyTo(whole.AsMemory(at));
                at += piece.Length;
            }
            await objects.PutAsync(pack.Name, whole, stop);
        });
        return [.. packs.SelectMany(p => p.References())];
    }

    /// <inheritdoc/>
    public async Task<byte[]> GetAsync(ArchiveRef reference, CancellationToken ct)
    {
        byte[] bytes = reference.Pack is null ? await objects.ReadAsync(reference.Sha256, ct) : await objects.ReadAsync(reference.Pack, reference.Offset, reference.Length, ct);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == reference.Sha256
            ? bytes
            : throw new ArchiveDamagedException($"Archive content {reference.Sha256} was changed in {Place}.");
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(ArchiveRef reference, CancellationToken ct)
    {
        if (reference.Pack is not null)
            return new MemoryStream(await GetAsync(reference, ct), writable: false);
        FileStream copy = TemporaryFile.Create();
        try
        {
            if (await objects.DownloadAsync(reference.Sha256, copy, ct) != reference.Sha256)
                throw new ArchiveDamagedException($"Archive content {reference.Sha256} was changed in {Place}.");
            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArchiveObject> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        string prefix = objects.KeyPrefix;
        string? next = null;
        do
        {
            ListObjectsV2Request request = new() { BucketName = options.Bucket, Prefix = prefix, ContinuationToken = next };
            ListObjectsV2Response page = await calls.RunAsync("listing", limit => client.ListObjectsV2Async(request, limit.Token), ct);
            foreach (S3Object found in page.S3Objects ?? [])
            {
                // ab/cd/abcd…; anything else under the prefix isn't ours.
                if (found.Key.Length == prefix.Length + 70 && ArchiveRef.IsName(found.Key[^64..]) && objects.KeyOf(found.Key[^64..]) == found.Key)
                    yield return new ArchiveObject(found.Key[^64..], found.Size ?? 0);
            }
            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }

    /// <inheritdoc/>
    public Task<string> HashAsync(string name, CancellationToken ct) => objects.DownloadAsync(name, Stream.Null, ct);

    /// <inheritdoc/>
    // Written once: later on the store says that it is there, which it says only to who may write.
    public Task ProbeAsync(CancellationToken ct) => objects.ProbeAsync("health", ProbeTime, ct);

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
