using System.Runtime.CompilerServices;
using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Reports.Findings;

/// <summary>A stored record with its findings.</summary>
/// <param name="Record">Its current version.</param>
/// <param name="Findings">Findings of that version, at least one.</param>
public sealed record RecordFindings(RecordListItem Record, IReadOnlyList<StoredFinding> Findings)
{
    /// <summary>The record as lines of a report name it.</summary>
    public FindingSource Source => new("", null, Record.MaLk, Record.Facility, Record.Release);
}

/// <summary>Reads the findings of all records of a list, page by page, so that memory doesn't depend on their number.</summary>
public sealed class FindingExport(RecordQueries records)
{
    private const int PageSize = 200;

    /// <summary>The records that a list with this filter shows and that have findings, in the list's order.</summary>
    public async IAsyncEnumerable<RecordFindings> ReadAsync(Caller caller, RecordFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        PageRequest? request = new(PageSize);
        while (request is not null)
        {
            Page<RecordListItem> page = await records.ListAsync(caller, filter, request, ct);
            IReadOnlyDictionary<Guid, IReadOnlyList<StoredFinding>> findings = await records.FindingsAsync(caller, page.Items.Select(r => r.Id), ct);
            foreach (RecordListItem record in page.Items)
            {
                if (findings.TryGetValue(record.Id, out IReadOnlyList<StoredFinding>? own) && own.Count > 0)
                    yield return new RecordFindings(record, own);
            }
            request = page.Next is { } next ? new PageRequest(PageSize, next) : null;
        }
    }
}
