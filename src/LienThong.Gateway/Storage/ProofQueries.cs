using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Records;

namespace LienThong.Gateway.Storage;

/// <summary>The records an incident concerns: ended before it was over and not received before it began.</summary>
internal sealed class ProofQueries(Database database)
{
    /// <summary>Records that were received since, then those still open; each once.</summary>
    public async IAsyncEnumerable<ProofRecord> StreamAsync(
        Caller caller, Incident incident, DateTimeOffset end, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        // First attempt and transaction number are looked up by record: only as many as are listed.
        const string Call = "(SELECT MIN(s.started_at) FROM submission s WHERE s.record_id = r.record_id) AS first_attempt";
        var values = new
        {
            incident.Facility,
            start = incident.StartedAt.ToUnixTimeMilliseconds(),
            end = end.ToUnixTimeMilliseconds(),
            last = Standard.VietnamTime.InVietnam(end).ToString("yyyyMMddHHmm", System.Globalization.CultureInfo.InvariantCulture),
        };
        await foreach (ProofRow row in database.StreamAsync<ProofRow>(caller, $"""
            SELECT v.ma_lk, r.ma_khoa, v.ngay_ra, v.state, v.deadline_base, v.deadline_at, {Call}, r.received_at,
              (SELECT MIN(s.ma_giao_dich) FROM submission s WHERE s.record_id = r.record_id AND s.version = r.version AND s.outcome = 'Accepted') AS ma_giao_dich
            FROM (SELECT record_id, version, ma_khoa, received_at FROM record_reception
                  WHERE {"{scope}"} AND facility = @Facility AND received_at >= @start AND ended_at <= @end) r
            JOIN record_version v ON v.record_id = r.record_id AND v.version = r.version ORDER BY r.received_at, r.record_id
            """, values, ct))
            yield return row.ToRecord();
        await foreach (ProofRow row in database.StreamAsync<ProofRow>(caller, $"""
            SELECT r.ma_lk, r.ma_khoa, r.ngay_ra, r.state, r.deadline_base, r.deadline_at, {Call}, CAST(NULL AS BIGINT) AS received_at, CAST(NULL AS TEXT) AS ma_giao_dich
            FROM (SELECT record_id, ma_lk, ma_khoa, ngay_ra, state, deadline_base, deadline_at FROM record_version
                  WHERE is_current = 1 AND deadline_at IS NOT NULL AND state NOT IN ('Accepted', 'Superseded') AND {"{scope}"} AND facility = @Facility AND ngay_ra <= @last) r
            WHERE NOT EXISTS (SELECT 1 FROM record_reception c WHERE c.record_id = r.record_id) ORDER BY r.deadline_at, r.record_id
            """, values, ct))
            yield return row.ToRecord();
    }

    private sealed class ProofRow
    {
        public string MaLk { get; init; } = "";
        public string MaKhoa { get; init; } = "";
        public string NgayRa { get; init; } = "";
        public string State { get; init; } = "";
        public long? DeadlineBase { get; init; }
        public long? DeadlineAt { get; init; }
        public long? FirstAttempt { get; init; }
        public long? ReceivedAt { get; init; }
        public string? MaGiaoDich { get; init; }

        public ProofRecord ToRecord() => new(
            MaLk, MaKhoa, NgayRa, Enum.Parse<RecordState>(State), At(DeadlineBase ?? DeadlineAt), At(DeadlineAt), At(FirstAttempt), At(ReceivedAt), MaGiaoDich);

        private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } at ? ListRow.Utc(at) : null;
    }
}
