using System.Buffers;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Win32.SafeHandles;

namespace LienThong.Gateway.Archive.S3;

/// <summary>Sends a large content in parts, a few side by side; a part that fails is repeated alone.</summary>
internal static class S3Upload
{
    private static readonly TimeSpan AbortTime = TimeSpan.FromSeconds(10);

    /// <summary>Stores a file as an object, unless it is there already.</summary>
    /// <param name="options">Size and number of parts.</param>
    /// <param name="client">Client of the store.</param>
    /// <param name="calls">Runs the requests.</param>
    /// <param name="objects">The bucket.</param>
    /// <param name="name">SHA-256 of the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="length">Its size.</param>
    /// <param name="ct">Stops the upload; nothing is stored then.</param>
    public static async Task RunAsync(
        S3Options options, AmazonS3Client client, S3Calls calls, S3Objects objects, string name, SafeFileHandle file, long length, CancellationToken ct)
    {
        if (await objects.IsIntactAsync(name, ct))
            return;
        string key = objects.KeyOf(name);
        InitiateMultipartUploadResponse begun = await calls.RunAsync("beginning an upload", limit => client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest
        {
            BucketName = options.Bucket,
            Key = key,
            ContentType = "application/octet-stream",
            ServerSideEncryptionMethod = S3Objects.EncryptionOf(options),
            ServerSideEncryptionKeyManagementServiceKeyId = options.Encryption == S3Encryption.Kms ? options.KmsKey : null,
        }, limit.Token), ct);
        bool complete = false;
        try
        {
            // Parts are counted from 1, up to 10 000.
            long size = Math.Max(options.PartBytes, (length + 9_999) / 10_000);
            PartETag[] parts = new PartETag[(length + size - 1) / size];
            await Parallel.ForAsync(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = ct }, async (i, stop) =>
                parts[i] = await PartAsync(options, client, calls, key, begun.UploadId, file, i, i * size, (int)Math.Min(size, length - (i * size)), stop));
            await CompleteAsync(options, client, calls, objects, name, begun.UploadId, parts, ct);
            complete = true;
        }
        finally
        {
            if (!complete)
                await AbortAsync(options, client, calls, key, begun.UploadId);
        }
    }

    private static async Task<PartETag> PartAsync(
        S3Options options, AmazonS3Client client, S3Calls calls, string key, string upload, SafeFileHandle file, int index, long offset, int bytes, CancellationToken ct)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            for (int read = 0; read < bytes;)
            {
                int count = await RandomAccess.ReadAsync(file, buffer.AsMemory(read, bytes - read), offset + read, ct);
                read += count > 0 ? count : throw new EndOfStreamException("The temporary file of an upload was cut off.");
            }
            UploadPartResponse sent = await calls.RunAsync("writing a part", async limit =>
            {
                using MemoryStream body = new(buffer, 0, bytes, writable: false);
                return await client.UploadPartAsync(new UploadPartRequest
                {
                    BucketName = options.Bucket,
                    Key = key,
                    UploadId = upload,
                    PartNumber = index + 1,
                    PartSize = bytes,
                    InputStream = body,
                    UseChunkEncoding = false,
                }, limit.Token);
            }, ct);
            return new PartETag(index + 1, sent.ETag);
        }
        catch (AmazonS3Exception e)
        {
            throw Refused(options, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task CompleteAsync(
        S3Options options, AmazonS3Client client, S3Calls calls, S3Objects objects, string name, string upload, PartETag[] parts, CancellationToken ct)
    {
        try
        {
            await calls.RunAsync("ending an upload", limit => client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
            {
                BucketName = options.Bucket,
                Key = objects.KeyOf(name),
                UploadId = upload,
                PartETags = [.. parts],
            }, limit.Token), ct);
        }
        catch (AmazonS3Exception e)
        {
            // A first try may have ended it, and only its answer was lost.
            if (e.ErrorCode != "NoSuchUpload" || !await objects.IsIntactAsync(name, ct))
                throw Refused(options, e);
        }
    }

    private static async Task AbortAsync(S3Options options, AmazonS3Client client, S3Calls calls, string key, string upload)
    {
        try
        {
            AbortMultipartUploadRequest request = new() { BucketName = options.Bucket, Key = key, UploadId = upload };
            await calls.RunAsync("taking back an upload", limit => client.AbortMultipartUploadAsync(request, limit.Token), 0, AbortTime, CancellationToken.None);
        }
        catch (Exception e) when (e is ArchiveUnavailableException or AmazonS3Exception)
        {
            // What made the upload fail is the thing to tell; a rule of the bucket clears parts left behind (docs/operations.md).
        }
    }

    private static ArchiveUnavailableException Refused(S3Options options, AmazonS3Exception e) =>
        new($"{options.Place}: an upload in parts was refused: {e.ErrorCode} (HTTP {(int)e.StatusCode})");
}
