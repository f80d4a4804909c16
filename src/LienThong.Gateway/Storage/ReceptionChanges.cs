using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Records;

namespace LienThong.Gateway.Storage;

/// <summary>Notes the first reception of records with the time it took from the end of the visit, in the transaction that accepts them.</summary>
internal sealed class ReceptionChanges(WriteSession session)
{
    private static readonly string[] Columns = ["record_id", "facility", "version", "ma_khoa", "ended_at", "received_at", "minutes", "lateness", "ground"];
    private readonly List<(VersionRow Version, long Ended, bool Imported)> received = [];

    /// <summary>A version the portal took.</summary>
    /// <param name="v">The version.</param>
    /// <param name="on">How we know: after an import the moment of reception is that of the call, not of the import.</param>
    public void Add(VersionRow v, RecordEvent on)
    {
        if (DeadlineStart.Of(v.NgayRa, v.Release, v.MaLoaiKcb, DateTimeOffset.FromUnixTimeMilliseconds(v.ReceivedAt)) is { } ended)
            received.Add((v, ended.ToUnixTimeMilliseconds(), on == RecordEvent.Reconciled));
    }

    public async Task FlushAsync(CancellationToken ct)
    {
        Dictionary<string, long> calls = await CallsAsync([.. received.Where(r => r.Imported).Select(r => r.Version)], ct);
        await session.InsertNewAsync("record_reception", Columns, received.ConvertAll(r => Row(r.Version, r.Ended, calls.GetValueOrDefault(r.Version.Key, session.Database.Now))), ct);
        received.Clear();
    }

    private static object?[] Row(VersionRow v, long ended, long moment)
    {
        long deadline = v.DeadlineAt ?? long.MaxValue;
        int lateness = moment < (v.DeadlineBase ?? deadline) ? 0 : moment < deadline ? 2 : 1;
        return [v.RecordId, v.Facility, v.Version, v.MaKhoa, ended, moment, Math.Max(moment - ended, 0) / 60_000, lateness, v.DeadlineGround];
    }

    /// <summary>When the last call of each version began.</summary>
    private async Task<Dictionary<string, long>> CallsAsync(IReadOnlyCollection<VersionRow> versions, CancellationToken ct) =>
        versions.Count == 0 ? [] : (await session.QueryUnscopedAsync<(string RecordId, int Version, long StartedAt)>(
            "SELECT record_id, version, MAX(started_at) FROM submission WHERE {in:record_id:@ids} GROUP BY record_id, version",
            new { ids = session.Database.Dialect.List(versions.Select(v => v.RecordId)) }, ct)).ToDictionary(c => $"{c.RecordId}/{c.Version}", c => c.StartedAt, StringComparer.Ordinal);
}
