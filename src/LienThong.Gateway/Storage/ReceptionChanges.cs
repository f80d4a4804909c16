using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Records;

namespace LienThong.Gateway.Storage;

/// <summary>Notes the first reception of records with the time it took from the end of the visit, in the transaction that accepts them.</summary>
internal sealed class ReceptionChanges(WriteSession session)
{
    private static readonly string[] Columns = ["record_id", "facility", "version", "ma_khoa", "ended_at", "received_at", "minutes", "lateness", "ground"];
    private static readonly string[] ImportedNames = ["id", "facility", "version", "ward", "ended", "now", "base", "deadline", "ground"];
    private readonly List<object?[]> received = [];
    private readonly List<object?[]> imported = [];

    /// <summary>A version the portal took.</summary>
    /// <param name="v">The version.</param>
    /// <param name="on">How we know: after an import the moment of reception is that of the call, not of the import.</param>
    public void Add(VersionRow v, RecordEvent on)
    {
        if (DeadlineStart.Of(v.NgayRa, v.Release, v.MaLoaiKcb, DateTimeOffset.FromUnixTimeMilliseconds(v.ReceivedAt)) is not { } start)
            return;
        (long ended, long now, long deadline) = (start.ToUnixTimeMilliseconds(), session.Database.Now, v.DeadlineAt ?? long.MaxValue);
        long first = v.DeadlineBase ?? deadline;
        if (on == RecordEvent.Reconciled)
        {
            imported.Add([v.RecordId, v.Facility, v.Version, v.MaKhoa, ended, now, first, deadline, v.DeadlineGround]);
            return;
        }
        int lateness = now < first ? 0 : now < deadline ? 2 : 1;
        received.Add([v.RecordId, v.Facility, v.Version, v.MaKhoa, ended, now, Math.Max(now - ended, 0) / 60_000, lateness, v.DeadlineGround]);
    }

    public async Task FlushAsync(CancellationToken ct)
    {
        await session.InsertNewAsync("record_reception", Columns, received, ct);
        await session.ExecuteManyAsync("""
            INSERT INTO record_reception (record_id, facility, version, ma_khoa, ended_at, received_at, minutes, lateness, ground)
            SELECT @id, @facility, @version, @ward, @ended, r.moment, CASE WHEN r.moment > @ended THEN (r.moment - @ended) / 60000 ELSE 0 END,
              CASE WHEN r.moment < @base THEN 0 WHEN r.moment < @deadline THEN 2 ELSE 1 END, @ground
            FROM (SELECT COALESCE((SELECT MAX(started_at) FROM submission WHERE record_id = @id AND version = @version), @now) AS moment) r
            WHERE true ON CONFLICT (record_id) DO NOTHING
            """, ImportedNames, imported, ct);
        received.Clear();
        imported.Clear();
    }
}
