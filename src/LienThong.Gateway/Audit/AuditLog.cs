using System.Collections.Concurrent;
using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Audit;

/// <summary>What the log is narrowed to; null for everything.</summary>
/// <param name="Actor">Sign-in name of who acted.</param>
/// <param name="Action">Action code, or its beginning up to a dot: <c>user.</c> for all of users.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="From">Not before.</param>
/// <param name="To">Before.</param>
public sealed record AuditFilter(string? Actor = null, string? Action = null, string? Subject = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Reading, checking and adding to the audit log. Nothing here changes an entry; only those older than the operator keeps are removed, from the beginning.</summary>
public sealed class AuditLog(AuditStore store, AccessOptions options, TimeProvider time)
{
    // Enough for a busy day; forgetting it costs a look into the database.
    private const int MostRemembered = 50_000;
    private readonly ConcurrentDictionary<(string, string, string, string, long), byte> noted = new();

    /// <summary>Newest entries of the caller's facilities about something (null: about anything), older than <paramref name="before"/> when given.</summary>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(Caller caller, long? before, string? subject, int take, CancellationToken ct) =>
        FindAsync(caller, new AuditFilter(Subject: subject), before, take, ct);

    /// <summary>Newest entries of the caller's facilities that the filter lets through, older than <paramref name="before"/> when given.</summary>
    public Task<IReadOnlyList<AuditEntry>> FindAsync(Caller caller, AuditFilter filter, long? before, int take, CancellationToken ct) =>
        store.ListAsync(caller, filter, before, Math.Clamp(take, 1, 500), ct);

    /// <summary>Everything the filter lets through, newest first, page by page. That it was taken out is noted.</summary>
    public async IAsyncEnumerable<AuditEntry> ExportAsync(Caller caller, AuditFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        const int Page = 500;
        await store.AppendAsync("", caller.Name, "audit.exported", "audit", Words(filter), ct);
        long? before = null;
        while (true)
        {
            IReadOnlyList<AuditEntry> page = await store.ListAsync(caller, filter, before, Page, ct);
            foreach (AuditEntry entry in page)
                yield return entry;
            if (page.Count < Page)
                yield break;
            before = page[^1].Sequence;
        }
    }

    /// <summary>Recomputes the whole chain.</summary>
    public Task<AuditCheck> VerifyAsync(CancellationToken ct) => store.VerifyAsync(ct);

    /// <summary>Notes something that changes no data, such as an export or a look at sensitive tables.</summary>
    public Task NoteAsync(Caller caller, string facility, string action, string subject, string detail, CancellationToken ct) =>
        store.AppendAsync(facility, caller.Name, action, subject, detail, ct);

    /// <summary>
    /// Notes that somebody read personal data: once per person, subject and period (<see cref="AuditRules.ReadingHours"/>), whatever number of nodes they
    /// are served by.
    /// </summary>
    public async Task NoteReadAsync(Caller caller, string facility, string action, string subject, string detail, CancellationToken ct)
    {
        long period = time.GetUtcNow().ToUnixTimeSeconds() / (options.Audit.ReadingHours * 3600L);
        (string, string, string, string, long) key = (caller.Name, action, subject, detail, period);
        if (noted.ContainsKey(key))
            return;
        await store.AppendOnceAsync(facility, caller.Name, action, subject, detail, period, ct);
        if (noted.Count >= MostRemembered)
            noted.Clear();
        noted[key] = 0;
    }

    /// <summary>Removes what is older than the operator keeps, and what was needed to note reading once. For the recurring job.</summary>
    /// <returns>Entries removed.</returns>
    public async Task<long> SweepAsync(CancellationToken ct)
    {
        await store.ForgetReadingAsync((time.GetUtcNow().ToUnixTimeSeconds() / (options.Audit.ReadingHours * 3600L)) - 1, ct);
        return options.Audit.KeepDays > 0 ? await store.RemoveBeforeAsync(time.GetUtcNow().AddDays(-options.Audit.KeepDays).ToUnixTimeMilliseconds(), ct) : 0;
    }

    private static string Words(AuditFilter f) => string.Join(' ', new[]
    {
        f.Actor is null ? null : $"actor={f.Actor}", f.Action is null ? null : $"action={f.Action}", f.Subject is null ? null : $"subject={f.Subject}",
        f.From is null ? null : $"from={f.From:O}", f.To is null ? null : $"to={f.To:O}",
    }.OfType<string>());
}
