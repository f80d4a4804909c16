using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Audit;

/// <summary>Reading and checking the audit log. Nothing here changes or removes an entry.</summary>
public sealed class AuditLog(AuditStore store)
{
    /// <summary>Newest entries of the caller's facilities, older than <paramref name="before"/> when given.</summary>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(Caller caller, long? before, string? subject, int take, CancellationToken ct) =>
        store.ListAsync(caller, before, subject, Math.Clamp(take, 1, 500), ct);

    /// <summary>Recomputes the whole chain.</summary>
    public Task<AuditCheck> VerifyAsync(CancellationToken ct) => store.VerifyAsync(ct);

    /// <summary>Notes something that changes no data, such as an export or a look at sensitive tables.</summary>
    public Task NoteAsync(Caller caller, string facility, string action, string subject, string detail, CancellationToken ct) =>
        store.AppendAsync(facility, caller.Name, action, subject, detail, ct);
}
