using System.IO.Compression;
using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Intake.Requests;

/// <summary>What is known of a request that carries an <c>Idempotency-Key</c>.</summary>
public abstract record RequestClaim
{
    private RequestClaim()
    {
    }

    /// <summary>Ours to work on, and to end with <see cref="RequestKeys.AnswerAsync"/> or <see cref="RequestKeys.ReleaseAsync"/>.</summary>
    public sealed record Ours : RequestClaim
    {
        internal Ours(Guid fileId, RequestKeyId key, string owner) => (FileId, Key, Owner) = (fileId, key, owner);

        /// <summary>Id for what the request hands in; the same as before a crash.</summary>
        public Guid FileId { get; }

        internal RequestKeyId Key { get; }

        internal string Owner { get; }
    }

    /// <summary>Answered before.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Body">The answer's bytes.</param>
    public sealed record Answered(int Status, byte[] Body) : RequestClaim;

    /// <summary>Another request with other content used the key.</summary>
    public sealed record Mismatch : RequestClaim;

    /// <summary>The same request is being worked on.</summary>
    public sealed record Busy : RequestClaim;
}

/// <summary>
/// Lets a request be repeated without being carried out twice: the same key and content get the answer that was given, also on another node and
/// after a crash. Kept for <see cref="Kept"/>.
/// </summary>
public sealed class RequestKeys
{
    /// <summary>Longest key.</summary>
    public const int MostCharacters = 200;

    /// <summary>How long answers are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(48);

    // A holder that died is noticed after this long; a living one renews.
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CleaningEvery = TimeSpan.FromHours(1);
    private readonly RequestKeyStore store;
    private readonly Database database;
    private long cleanedAt;

    internal RequestKeys(RequestKeyStore store, Database database) => (this.store, this.database) = (store, database);

    /// <summary>Claims a key for a request.</summary>
    /// <param name="caller">Who asks; a key counts per caller.</param>
    /// <param name="key">The key, 1 to <see cref="MostCharacters"/> characters.</param>
    /// <param name="sha256">Hash over what is asked and the content.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<RequestClaim> ClaimAsync(Caller caller, string key, string sha256, CancellationToken ct)
    {
        await CleanAsync(ct);
        RequestKeyId id = new(caller.UserId, key);
        string owner = Guid.NewGuid().ToString("N");
        RequestKeyRow row = await store.ClaimAsync(id, sha256, Guid.CreateVersion7(database.Time.GetUtcNow()), owner, Lease, ct);
        if (row.RequestSha256 != sha256)
            return new RequestClaim.Mismatch();
        if (row.Answer is { } answer)
            return new RequestClaim.Answered(row.HttpStatus ?? 200, Unpack(answer));
        return row.LeaseOwner == owner ? new RequestClaim.Ours(Guid.Parse(row.FileId), id, owner) : new RequestClaim.Busy();
    }

    /// <summary>Works on a claimed request; the claim lives as long as the work.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="work">The work; what it throws gives the claim up.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<T> HoldAsync<T>(RequestClaim.Ours claim, Func<Task<T>> work, CancellationToken ct)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task renewing = RenewAsync(claim, stop.Token);
        try
        {
            return await work();
        }
        catch
        {
            await stop.CancelAsync();
            await renewing;
            await store.ReleaseAsync(claim.Key, claim.Owner, CancellationToken.None);
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await renewing;
        }
    }

    /// <summary>Keeps the answer for repetitions.</summary>
    public Task AnswerAsync(RequestClaim.Ours claim, int status, byte[] body, CancellationToken ct) =>
        store.AnswerAsync(claim.Key, claim.Owner, status, Pack(body), ct);

    /// <summary>Gives the claim up without an answer: the request may be tried again with the key.</summary>
    public Task ReleaseAsync(RequestClaim.Ours claim, CancellationToken ct) => store.ReleaseAsync(claim.Key, claim.Owner, ct);

    private async Task RenewAsync(RequestClaim.Ours claim, CancellationToken ct)
    {
        using PeriodicTimer timer = new(Renewal, database.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
                await store.RenewAsync(claim.Key, claim.Owner, Lease, ct);
        }
        catch (OperationCanceledException)
        {
            // The work has ended.
        }
    }

    private async Task CleanAsync(CancellationToken ct)
    {
        long now = database.Now;
        long before = Interlocked.Read(ref cleanedAt);
        if (now - before < CleaningEvery.TotalMilliseconds || Interlocked.CompareExchange(ref cleanedAt, now, before) != before)
            return;
        await store.ForgetAsync(DateTimeOffset.FromUnixTimeMilliseconds(now) - Kept, ct);
    }

    private static byte[] Pack(byte[] body)
    {
        using MemoryStream packed = new();
        using (BrotliStream stream = new(packed, CompressionLevel.Fastest))
            stream.Write(body);
        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using BrotliStream stream = new(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
        using MemoryStream body = new();
        stream.CopyTo(body);
        return body.ToArray();
    }
}
