using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;

namespace LienThong.Gateway.Archive.S3;

/// <summary>Runs requests with a time limit and a few repetitions, and says in one way what went wrong.</summary>
internal sealed class S3Calls(S3Options options)
{
    // A request that got no answer at all.
    private const HttpStatusCode NoStatus = default;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Runs a request. The time limit given to it may be extended by <see cref="CancellationTokenSource.CancelAfter(TimeSpan)"/> whenever there
    /// was progress. Answers that a caller decides on (see <see cref="IsAnswer"/>) come through as they are.
    /// </summary>
    /// <exception cref="ArchiveUnavailableException">It failed, repetitions included.</exception>
    public Task<T> RunAsync<T>(string what, Func<CancellationTokenSource, Task<T>> call, CancellationToken ct) =>
        RunAsync(what, call, options.Retries, options.RequestTimeout, ct);

    /// <summary>Like the other, with limits of its own.</summary>
    public async Task<T> RunAsync<T>(string what, Func<CancellationTokenSource, Task<T>> call, int retries, TimeSpan time, CancellationToken ct)
    {
        for (int attempt = 0; ; attempt++)
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(time);
            try
            {
                return await call(limit);
            }
            catch (Exception e) when (!ct.IsCancellationRequested && IsPassing(e))
            {
                if (attempt >= retries)
                    throw new ArchiveUnavailableException($"{options.Place}: {what} failed {attempt + 1} times: {Text(e, time)}", e is AmazonServiceException ? null : e);
            }
            catch (AmazonS3Exception e) when (!IsAnswer(e))
            {
                throw new ArchiveUnavailableException($"{options.Place}: {what} was refused: {Text(e, time)}");
            }
            // Twice as long each time, and not in step with other nodes.
            await Task.Delay((FirstPause * (1 << attempt)) + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(100)), ct);
        }
    }

    /// <summary>What the store says about an object rather than about itself.</summary>
    public static bool IsAnswer(AmazonS3Exception e) =>
        e.ErrorCode is "NoSuchKey" or "NoSuchUpload" or "InvalidRange" or "NotImplemented"
        || e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable;

    private static bool IsPassing(Exception e) => e switch
    {
        AmazonS3Exception s3 when IsAnswer(s3) => false,
        ArchiveUnavailableException => false,
        AmazonServiceException service => service.StatusCode is NoStatus or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            || service.ErrorCode is "ConditionalRequestConflict" or "OperationAborted" or "RequestTimeout" or "SlowDown",
        AmazonClientException or OperationCanceledException or HttpRequestException or IOException => true,
        _ => false,
    };

    // Codes only: a store's own text may repeat what was sent.
    private static string Text(Exception e, TimeSpan time) => e switch
    {
        AmazonServiceException { StatusCode: not NoStatus } s => $"{s.ErrorCode} (HTTP {(int)s.StatusCode})" + s.ErrorCode switch
        {
            "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" or "ExpiredToken" => "; check the credentials",
            "AccessDenied" or "Forbidden" => "; the account may not do this in the bucket",
            "NoSuchBucket" => "; create the bucket",
            "RequestTimeTooSkewed" => "; set this machine's clock",
            _ => "",
        },
        OperationCanceledException => $"no answer within {time.TotalSeconds:0.##} s",
        _ => e.GetBaseException().Message,
    };
}
