using System.IO.Pipelines;
using LienThong.Gateway.Access;
using LienThong.Gateway.Reports;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Deadlines;

/// <summary>What BHXH is shown about an incident: the incident and every record it kept from being sent.</summary>
public sealed class IncidentProof
{
    private readonly IncidentDesk desk;
    private readonly ProofQueries queries;
    private readonly TimeProvider time;

    internal IncidentProof(IncidentDesk desk, ProofQueries queries, TimeProvider time) => (this.desk, this.queries, this.time) = (desk, queries, time);

    /// <summary>The incident with its files; null when unknown or out of scope.</summary>
    public Task<Incident?> FindAsync(Caller caller, Guid id, CancellationToken ct) => desk.FindAsync(caller, id, ct);

    /// <summary>Records that ended before the incident was over and weren't received before it began, those received since first.</summary>
    public IAsyncEnumerable<ProofRecord> RecordsAsync(Caller caller, Incident incident, CancellationToken ct) =>
        queries.StreamAsync(caller, incident, incident.EndedAt ?? time.GetUtcNow(), ct);

    /// <summary>Writes the records as CSV.</summary>
    public Task WriteCsvAsync(Caller caller, Incident incident, PipeWriter output, CancellationToken ct) =>
        TableFile.WriteCsvAsync(output, DeadlineTables.Proof, RecordsAsync(caller, incident, ct).Select(DeadlineTables.Row), ct);
}
