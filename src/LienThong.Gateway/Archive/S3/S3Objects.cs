using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace LienThong.Gateway.Archive.S3;

/// <summary>Single objects of a bucket: put where nothing is yet, read, checked.</summary>
internal sealed class S3Objects(S3Options options, AmazonS3Client client, S3Calls calls)
{
    // Off when the store doesn't know conditional writes: then it is asked before.
    private volatile bool conditional = true;

    /// <summary>What all keys begin with: empty or ending in a slash.</summary>
    public string KeyPrefix { get; } = options.Prefix.Trim('/') is { Length: > 0 } prefix ? prefix + "/" : "";

    /// <summary>Key of an object.</summary>
    public string KeyOf(string name) => $"{KeyPrefix}{name[..2]}/{name[2..4]}/{name}";

    /// <summary>Stores an object unless it is there; one that is there with other content is put right.</summary>
    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        if (!await TryPutAsync(KeyOf(name), content, ct) && !await IsIntactAsync(name, ct))
            await SendAsync(KeyOf(name), content, onlyNew: false, ct);
    }

    /// <summary>Whether an object is there and holds what its name says.</summary>
    public async Task<bool> IsIntactAsync(string name, CancellationToken ct)
    {
        try
        {
            return await DownloadAsync(name, Stream.Null, ct) == name;
        }
        catch (ArchiveDamagedException)
        {
            return false;
        }
    }

    /// <summary>Whether a key can be written, or was before.</summary>
    public async Task ProbeAsync(string key, TimeSpan time, CancellationToken ct)
    {
        try
        {
            await calls.RunAsync("probe", async limit =>
            {
                using MemoryStream body = new([1], writable: false);
                return await client.PutObjectAsync(Request(KeyPrefix + key, body, onlyNew: conditional), limit.Token);
            }, 0, time, ct);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            // There since the first look.
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NotImplemented" && conditional)
        {
            conditional = false;
            await ProbeAsync(key, time, ct);
        }
    }

    /// <summary>A whole object.</summary>
    public Task<byte[]> ReadAsync(string name, CancellationToken ct) => ReadAsync(name, null, ct);

    /// <summary>A piece of an object.</summary>
    public Task<byte[]> ReadAsync(string name, long offset, long length, CancellationToken ct) =>
        // A range can't be empty.
        length == 0 ? Task.FromResult<byte[]>([]) : ReadAsync(name, new ByteRange(offset, offset + length - 1), ct);

    private async Task<byte[]> ReadAsync(string name, ByteRange? range, CancellationToken ct)
    {
        try
        {
            return await calls.RunAsync("reading", async limit =>
            {
                using Answer answer = new(await client.GetObjectAsync(new GetObjectRequest { BucketName = options.Bucket, Key = KeyOf(name), ByteRange = range }, limit.Token));
                if (range is not null && answer.Length != range.End - range.Start + 1)
                    throw new ArchiveDamagedException($"Archive object {name} in {options.Place} is shorter than its contents need.");
                byte[] bytes = new byte[answer.Length];
                // Ends in an exception when the connection breaks off before.
                await answer.Content.ReadExactlyAsync(bytes, limit.Token);
                return bytes;
            }, ct);
        }
        catch (AmazonS3Exception e)
        {
            throw Damaged(name, e);
        }
    }

    /// <summary>Copies an object into a stream; a transfer that breaks off goes on where it ended.</summary>
    /// <returns>The SHA-256 of what came.</returns>
    /// <exception cref="ArchiveDamagedException">Missing.</exception>
    public async Task<string> DownloadAsync(string name, Stream target, CancellationToken ct)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        (long done, string? etag) = (0, null);
        try
        {
            return await calls.RunAsync("reading", async limit =>
            {
                GetObjectRequest request = new() { BucketName = options.Bucket, Key = KeyOf(name) };
                if (done > 0)
                    (request.ByteRange, request.EtagToMatch) = (new ByteRange(done, long.MaxValue), etag);
                using Answer answer = new(await client.GetObjectAsync(request, limit.Token));
                etag ??= answer.ETag;
                long left = answer.Length;
                while (left > 0)
                {
                    int read = await answer.Content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), limit.Token);
                    if (read == 0)
                        throw new EndOfStreamException("the transfer broke off");
                    await KeepAsync(target, buffer.AsMemory(0, read), ct);
                    hash.AppendData(buffer, 0, read);
                    (done, left) = (done + read, left - read);
                    limit.CancelAfter(options.RequestTimeout);
                }
                return Convert.ToHexStringLower(hash.GetHashAndReset());
            }, ct);
        }
        catch (AmazonS3Exception e)
        {
            throw Damaged(name, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Trouble with the copy isn't the store's, and trying again doesn't mend it.
    private static async Task KeepAsync(Stream target, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            await target.WriteAsync(bytes, ct);
        }
        catch (IOException e)
        {
            throw new ArchiveUnavailableException($"A temporary copy of an archive object can't be written: {e.Message}", e);
        }
    }

    private async Task<bool> TryPutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        if (!conditional)
        {
            if (await IsThereAsync(key, ct))
                return false;
            await SendAsync(key, content, onlyNew: false, ct);
            return true;
        }
        try
        {
            await SendAsync(key, content, onlyNew: true, ct);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NotImplemented")
        {
            conditional = false;
            return await TryPutAsync(key, content, ct);
        }
    }

    private async Task<bool> IsThereAsync(string key, CancellationToken ct) => await calls.RunAsync("asking", async limit =>
    {
        try
        {
            await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = options.Bucket, Key = key }, limit.Token);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }, ct);

    private Task<PutObjectResponse> SendAsync(string key, ReadOnlyMemory<byte> content, bool onlyNew, CancellationToken ct) => calls.RunAsync("writing", async limit =>
    {
        using MemoryStream body = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(content, out ArraySegment<byte> array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
        return await client.PutObjectAsync(Request(key, body, onlyNew), limit.Token);
    }, ct);

    private PutObjectRequest Request(string key, Stream body, bool onlyNew) => new()
    {
        BucketName = options.Bucket,
        Key = key,
        InputStream = body,
        AutoCloseStream = false,
        // The whole payload is hashed into the signature, so the store refuses what was changed on the way.
        UseChunkEncoding = false,
        ContentType = "application/octet-stream",
        IfNoneMatch = onlyNew ? "*" : null,
        ServerSideEncryptionMethod = EncryptionOf(options),
        ServerSideEncryptionKeyManagementServiceKeyId = options.Encryption == S3Encryption.Kms ? options.KmsKey : null,
    };

    internal static ServerSideEncryptionMethod? EncryptionOf(S3Options options) => options.Encryption switch
    {
        S3Encryption.Aes256 => ServerSideEncryptionMethod.AES256,
        S3Encryption.Kms => ServerSideEncryptionMethod.AWSKMS,
        _ => null,
    };

    // 412 comes from a download that goes on: the object became another one meanwhile.
    private Exception Damaged(string name, AmazonS3Exception e) => e.ErrorCode == "NotImplemented"
        ? new ArchiveUnavailableException($"{options.Place}: the store can't do what reading needs.")
        : new ArchiveDamagedException(e.ErrorCode == "NoSuchKey"
            ? $"Archive object {name} is missing in {options.Place}."
            : $"Archive object {name} in {options.Place} is shorter than its contents need, or was replaced while being read.");

    /// <summary>An object on its way. The SDK compares MD5 with the tag when it is closed and calls a mismatch a failed call; ours is the SHA-256, and an object that was changed is damage.</summary>
    private sealed class Answer(GetObjectResponse response) : IDisposable
    {
        public long Length => response.ContentLength;

        public string ETag => response.ETag;

        public Stream Content => response.ResponseStream;

        public void Dispose()
        {
            try
            {
                response.Dispose();
            }
            catch (Amazon.Runtime.AmazonClientException)
            {
                // The bytes are judged by their SHA-256.
            }
        }
    }
}
