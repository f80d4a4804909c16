using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Doctor;

namespace LienThong.Gateway.Storage;

/// <summary>Checks of accounts, when the next one may begin, and which secrets the portal refused.</summary>
internal sealed class DoctorStore(Database database)
{
    private const string Columns = "run_id, facility, actor, started_at, ended_at, steps";

    /// <summary>Takes the turn of a facility; false when somebody had it a moment ago.</summary>
    public async Task<bool> TakeTurnAsync(string facility, TimeSpan pause, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        int rows = await session.ExecuteAsync("""
            INSERT INTO doctor_gate (facility, next_at) VALUES (@facility, @next)
            ON CONFLICT (facility) DO UPDATE SET next_at = excluded.next_at WHERE doctor_gate.next_at <= @now
            """, new { facility, next = database.Now + (long)pause.TotalMilliseconds, now = database.Now }, ct);
        await session.CommitAsync(ct);
        return rows == 1;
    }

    public async Task SaveAsync(DoctorReport report, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("""
            INSERT INTO doctor_run (run_id, facility, actor, started_at, ended_at, outcome, steps) VALUES (@id, @Facility, @Actor, @started, @ended, @outcome, @steps)
            ON CONFLICT (run_id) DO UPDATE SET ended_at = excluded.ended_at, outcome = excluded.outcome, steps = excluded.steps
            """, new
        {
            id = report.Id.ToString(),
            report.Facility,
            report.Actor,
            started = report.StartedAt.ToUnixTimeMilliseconds(),
            ended = report.EndedAt?.ToUnixTimeMilliseconds(),
            outcome = report.Outcome.ToString(),
            steps = JsonSerializer.SerializeToUtf8Bytes(report.Steps),
        }, ct);
        if (report.EndedAt is not null)
            session.Audit(report.Facility, report.Actor, "facility.account-checked", report.Facility, report.Outcome.ToString());
        await session.CommitAsync(ct);
    }

    public async Task<List<DoctorReport>> ListAsync(Caller caller, string facility, int take, CancellationToken ct) =>
        (await database.QueryAsync<DoctorRow>(
            caller, $"SELECT {Columns} FROM doctor_run WHERE facility = @facility AND {"{scope}"} ORDER BY started_at DESC, run_id DESC LIMIT @take",
            new { facility, take }, ct)).ConvertAll(r => r.ToReport());

    public async Task<DoctorReport?> FindAsync(Caller caller, Guid id, CancellationToken ct) =>
        (await database.QueryAsync<DoctorRow>(
            caller, $"SELECT {Columns} FROM doctor_run WHERE run_id = @id AND {"{scope}"}", new { id = id.ToString() }, ct)).SingleOrDefault()?.ToReport();

    /// <summary>When and with which code the portal refused a stored secret; null when it didn't.</summary>
    public async Task<(DateTimeOffset At, string Code)?> RefusedAsync(string account, CancellationToken ct)
    {
        List<(long At, string Code)> found = await database.QueryUnscopedAsync<(long At, string Code)>(
            "SELECT refused_at, code FROM doctor_refusal WHERE account = @account", new { account }, ct);
        return found.Count == 0 ? null : (ListRow.Utc(found[0].At), found[0].Code);
    }

    public async Task RefuseAsync(string account, string facility, string code, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync(
            """
            INSERT INTO doctor_refusal (account, facility, code, refused_at) VALUES (@account, @facility, @code, @now)
            ON CONFLICT (account) DO UPDATE SET code = excluded.code, refused_at = excluded.refused_at
            """, new { account, facility, code, now = database.Now }, ct);
        await session.CommitAsync(ct);
    }

    private sealed class DoctorRow
    {
        public string RunId { get; init; } = "";
        public string Facility { get; init; } = "";
        public string Actor { get; init; } = "";
        public long StartedAt { get; init; }
        public long? EndedAt { get; init; }
        public byte[] Steps { get; init; } = [];

        public DoctorReport ToReport() => new(
            Guid.Parse(RunId), Facility, Actor, ListRow.Utc(StartedAt), EndedAt is { } end ? ListRow.Utc(end) : null,
            JsonSerializer.Deserialize<List<DoctorStep>>(Steps)!);
    }
}
