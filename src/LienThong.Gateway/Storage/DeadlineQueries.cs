using System.Globalization;
using System.Text;
using Dapper;
using LienThong.Gateway.Access;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Records;
using LienThong.Standard;

namespace LienThong.Gateway.Storage;

/// <summary>What the page of deadlines reads. Everything is scoped to the caller's facilities and read from indexes that hold open records only.</summary>
public sealed class DeadlineQueries(Database database)
{
    // As the condition of the partial indexes has it.
    private const string Open = "is_current = 1 AND deadline_at IS NOT NULL AND state NOT IN ('Accepted', 'Superseded')";

    private const string DueColumns = "record_id, facility, ma_lk, state, state_cause, ma_khoa, ngay_ra, deadline_at, deadline_base, deadline_kind";

    /// <summary>Counts open records.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="facility">Only this facility; null for all of the caller.</param>
    /// <param name="choices">Settings of the facilities.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<DeadlineBoard> CountAsync(Caller caller, string? facility, IReadOnlyList<DeadlineChoice> choices, CancellationToken ct)
    {
        DateTimeOffset now = database.Time.GetUtcNow();
        DateOnly today = now.VietnamDay();
        DynamicParameters arguments = Bounds(now);
        arguments.Add("month", DutyDue.FirstOfMonth(today).ToString("yyyyMM", CultureInfo.InvariantCulture));
        StringBuilder waiting = new();
        int own = 0;
        foreach (DeadlineChoice choice in choices.Where(c => c is { Facility.Length: > 0, WarnMinutes: not null }))
        {
            waiting.Append(CultureInfo.InvariantCulture, $" WHEN facility = @f{own} THEN CASE WHEN ngay_ra <= @w{own} THEN 1 ELSE 0 END");
            arguments.Add($"f{own}", choice.Facility);
            arguments.Add($"w{own++}", Moment(now.AddMinutes(-choice.WarnMinutes!.Value)));
        }
        string shown = facility ?? (caller.Scope is { All: false, Facilities: { Count: 1 } one } ? one.Single() : "");
        arguments.Add("warn", Moment(now.AddMinutes(-DeadlineSettings.WarnMinutesOf(choices, ""))));
        arguments.Add("facility", facility ?? "");
        // Few parts come out, however many records there are.
        List<PartRow> parts = await database.QueryAsync<PartRow>(caller, $"""
            SELECT facility, ma_khoa, state, CASE WHEN deadline_at <= @now THEN 0 WHEN deadline_at <= @today THEN 1 WHEN deadline_at <= @week THEN 2 ELSE 3 END AS due,
              CASE WHEN ngay_ra < @month THEN 1 ELSE 0 END AS earlier, CASE{waiting} WHEN ngay_ra <= @warn THEN 1 ELSE 0 END AS waits, COUNT(*) AS records
            FROM record_version WHERE {Open} AND {"{scope}"}{(facility is null ? "" : " AND facility = @facility")}
            GROUP BY facility, ma_khoa, state, due, earlier, waits
            """, arguments, ct);
        List<WardCounts> wards = [.. parts.GroupBy(p => (p.Facility, p.MaKhoa)).Select(g => g.Select(p => p.ToCounts()).Aggregate((a, b) => a.Plus(b)))
            .OrderByDescending(w => w.Overdue).ThenByDescending(w => w.Today).ThenByDescending(w => w.Open).ThenBy(w => w.Facility, StringComparer.Ordinal).ThenBy(w => w.Ward, StringComparer.Ordinal)];
        WardCounts total = wards.Aggregate(new WardCounts("", "", 0, 0, 0, 0, 0, 0, 0, 0), (a, b) => a.Plus(b));
        return new DeadlineBoard(now, total, wards, Funnel(today, total), DeadlineSettings.WarnMinutesOf(choices, shown));
    }

    /// <summary>Open records by deadline, those overdue first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="take">Rows, 1–1000.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IReadOnlyList<DueRecord>> ListAsync(Caller caller, BoardFilter filter, int take, CancellationToken ct)
    {
        DynamicParameters arguments = Bounds(database.Time.GetUtcNow());
        string where = Where(filter, arguments);
        arguments.Add("take", Math.Clamp(take, 1, 1000));
        return (await database.QueryAsync<DueRow>(
            caller, $"SELECT {DueColumns} FROM record_version WHERE {Open} AND {"{scope}"}{where} ORDER BY deadline_at, record_id LIMIT @take", arguments, ct)).ConvertAll(r => r.ToRecord());
    }

    /// <summary>All of them, a row at a time.</summary>
    public async IAsyncEnumerable<DueRecord> StreamAsync(Caller caller, BoardFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        DynamicParameters arguments = Bounds(database.Time.GetUtcNow());
        string where = Where(filter, arguments);
        await foreach (DueRow row in database.StreamAsync<DueRow>(
            caller, $"SELECT {DueColumns} FROM record_version WHERE {Open} AND {"{scope}"}{where} ORDER BY deadline_at, record_id", arguments, ct))
            yield return row.ToRecord();
    }

    /// <summary>Records of a month that ended and aren't accepted.</summary>
    internal async Task<long> OpenOfMonthAsync(string facility, DateOnly month, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<long>(
            $"SELECT COUNT(*) FROM record_version WHERE {Open} AND facility = @facility AND ngay_ra >= @from AND ngay_ra < @to",
            new { facility, from = month.ToString("yyyyMM", CultureInfo.InvariantCulture), to = month.AddMonths(1).ToString("yyyyMM", CultureInfo.InvariantCulture) }, ct))[0];

    /// <summary>How long receptions took, by day of reception or by ward.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="facilities">Facilities to read, all of them the caller's.</param>
    /// <param name="from">First day of reception.</param>
    /// <param name="to">Last day.</param>
    /// <param name="byWard">By ward instead of by day.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IReadOnlyList<Timeliness>> TimelinessAsync(
        Caller caller, IReadOnlyList<string> facilities, DateOnly from, DateOnly to, bool byWard, CancellationToken ct)
    {
        string key = byWard ? "ma_khoa" : "CAST((received_at + 25200000) / 86400000 AS TEXT)";
        List<SpanRow> rows = await database.QueryAsync<SpanRow>(caller, $"""
            SELECT {key} AS part, CASE WHEN minutes < 180 THEN minutes WHEN minutes < 10080 THEN minutes / 60 * 60 ELSE minutes / 1440 * 1440 END AS span,
              lateness, COUNT(*) AS records
            FROM record_reception WHERE {"{scope}"} AND {"{in:facility:@facilities}"} AND received_at >= @from AND received_at < @to
            GROUP BY part, span, lateness
            """, new
        {
            facilities = database.Dialect.List(facilities),
            from = DutyDue.StartOf(from).ToUnixTimeMilliseconds(),
            to = DutyDue.EndOf(to).ToUnixTimeMilliseconds(),
        }, ct);
        IEnumerable<Timeliness> all = rows.GroupBy(r => r.Part, StringComparer.Ordinal).Select(g => Measure(byWard ? g.Key : DayOf(g.Key), [.. g.OrderBy(r => r.Span)]));
        return [.. byWard ? all.OrderByDescending(t => t.Records).ThenBy(t => t.Key, StringComparer.Ordinal) : all.OrderByDescending(t => t.Key, StringComparer.Ordinal)];
    }

    /// <summary>Receptions of the last three days whose result the portal hasn't told.</summary>
    public async Task<ExpectedAnswers> ExpectedAsync(Caller caller, CancellationToken ct)
    {
        long now = database.Now, hour = 3_600_000;
        List<(long Part, long Records)> rows = await database.QueryAsync<(long Part, long Records)>(caller, """
            SELECT CAST(CASE WHEN started_at > @six THEN 0 WHEN started_at > @day THEN 1 WHEN started_at > @two THEN 2 ELSE 3 END AS BIGINT) AS part, COUNT(*)
            FROM submission WHERE {scope} AND started_at > @three AND outcome = 'Accepted' AND later_state = 'Pending' GROUP BY part
            """, new { six = now - (6 * hour), day = now - (24 * hour), two = now - (48 * hour), three = now - (72 * hour) }, ct);
        long Of(long part) => rows.Where(r => r.Part == part).Sum(r => r.Records);
        return new ExpectedAnswers(Of(0), Of(1), Of(2), Of(3));
    }

    private static MonthFunnel? Funnel(DateOnly today, WardCounts total)
    {
        DutyRule rule = DutyRule.Get("month-open");
        DateOnly first = DutyDue.FirstOfMonth(today);
        if (today.Day < rule.Amount)
            return new MonthFunnel(first.AddMonths(-1), DutyDue.PeriodOf(rule, first.AddMonths(-1)).Closes, total.LastMonth, LookAhead: false);
        DutyPeriod period = DutyDue.PeriodOf(rule, first);
        return DutyDue.StartOf(today) >= period.Opens ? new MonthFunnel(first, period.Closes, total.ThisMonth + total.LastMonth, LookAhead: true) : null;
    }

    private static DynamicParameters Bounds(DateTimeOffset now)
    {
        DateOnly today = now.VietnamDay();
        return new DynamicParameters(new
        {
            now = now.ToUnixTimeMilliseconds(),
            today = DutyDue.EndOf(today).ToUnixTimeMilliseconds(),
            week = DutyDue.EndOf(today.AddDays(7)).ToUnixTimeMilliseconds(),
        });
    }

    private static string Where(BoardFilter filter, DynamicParameters arguments)
    {
        StringBuilder where = new();
        if (filter.Facility is { } facility)
        {
            where.Append(" AND facility = @facility");
            arguments.Add("facility", facility);
        }
        if (filter.Ward is { } ward)
        {
            where.Append(" AND ma_khoa = @ward");
            arguments.Add("ward", ward);
        }
        where.Append(filter.Due switch
        {
            DueBucket.Overdue => " AND deadline_at <= @now",
            DueBucket.Today => " AND deadline_at > @now AND deadline_at <= @today",
            DueBucket.Week => " AND deadline_at > @today AND deadline_at <= @week",
            DueBucket.Later => " AND deadline_at > @week",
            _ => "",
        });
        return where.ToString();
    }

    private static Timeliness Measure(string key, List<SpanRow> spans)
    {
        long count = spans.Sum(s => s.Records);
        long At(int percent)
        {
            // Nearest rank.
            long rank = ((count * percent) + 99) / 100, passed = 0;
            foreach (SpanRow span in spans)
            {
                passed += span.Records;
                if (passed >= rank)
                    return span.Span;
            }
            return spans[^1].Span;
        }
        return new Timeliness(
            key, count, At(50), At(95), spans.Where(s => s.Lateness == 1).Sum(s => s.Records), spans.Where(s => s.Lateness == 2).Sum(s => s.Records),
            spans.Where(s => s.Span < 180).Sum(s => s.Records));
    }

    private static string DayOf(string days) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(int.Parse(days, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) => at.InVietnam().ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    private sealed class PartRow
    {
        public string Facility { get; init; } = "";
        public string MaKhoa { get; init; } = "";
        public string State { get; init; } = "";
        public int Due { get; init; }
        public int Earlier { get; init; }
        public int Waits { get; init; }
        public long Records { get; init; }

        public WardCounts ToCounts() => new(
            Facility, MaKhoa, Due == 0 ? Records : 0, Due == 1 ? Records : 0, Due == 2 ? Records : 0, Due == 3 ? Records : 0, Earlier != 0 ? Records : 0,
            Earlier == 0 ? Records : 0, Waits != 0 ? Records : 0,
            Enum.Parse<RecordState>(State) is RecordState.Invalid or RecordState.Rejected or RecordState.Held or RecordState.OutcomeUnknown ? Records : 0);
    }

    private sealed class SpanRow
    {
        public string Part { get; init; } = "";
        public long Span { get; init; }
        public int Lateness { get; init; }
        public long Records { get; init; }
    }

    private sealed class DueRow
    {
        public string RecordId { get; init; } = "";
        public string Facility { get; init; } = "";
        public string MaLk { get; init; } = "";
        public string State { get; init; } = "";
        public string? StateCause { get; init; }
        public string MaKhoa { get; init; } = "";
        public string NgayRa { get; init; } = "";
        public long DeadlineAt { get; init; }
        public long? DeadlineBase { get; init; }
        public string? DeadlineKind { get; init; }

        public DueRecord ToRecord() => new(
            Guid.Parse(RecordId), Facility, MaLk, Enum.Parse<RecordState>(State), StateCause, MaKhoa, NgayRa, ListRow.Utc(DeadlineAt), ListRow.Utc(DeadlineBase ?? DeadlineAt),
            DeadlineKind is null ? null : Enum.Parse<DeadlineKind>(DeadlineKind));
    }
}
