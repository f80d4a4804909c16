using System.Globalization;
using LienThong.Gateway.Deadlines;

namespace LienThong.Gateway.Storage;

/// <summary>What deadlines are calculated by, and the deadlines stored with versions.</summary>
internal static class DeadlineStore
{
    private static readonly string[] VersionNames = ["id", "version", "at", "base", "kind", "ground"];
    private static readonly string[] WorkNames = ["id", "version", "at"];
    private static readonly string[] ReceptionNames = ["id", "lateness", "ground"];

    /// <summary>Everything deadlines are calculated by, as it is now.</summary>
    public static async Task<DeadlineGround> GroundAsync(Database database, CancellationToken ct)
    {
        // The numbers first: what changes meanwhile is then newer than its number, and is calculated once more.
        List<(string Facility, long Number)> numbers = await database.QueryUnscopedAsync<(string Facility, long Number)>(
            "SELECT facility, number FROM deadline_ground", null, ct);
        List<CalendarRow> days = await DaysAsync(database, ct);
        List<SettingRow> drafts = await database.QueryUnscopedAsync<SettingRow>(
            $"SELECT {SettingRow.Columns} FROM deadline_setting WHERE name = @name", new { name = DeadlineSettings.DraftFrom }, ct);
        List<IncidentPeriodRow> incidents = await database.QueryUnscopedAsync<IncidentPeriodRow>(
            "SELECT facility, kind, started_at, ended_at, assumed_until FROM incident WHERE state IN ('Open', 'Closed')", null, ct);
        return new DeadlineGround(
            WorkCalendar.Shipped.With(days.Select(d => d.ToDay())),
            incidents.Select(i => (i.Facility, i.ToPeriod())),
            drafts.Where(d => DatedData.Day(d.Value) is not null).ToDictionary(d => d.Facility, d => DatedData.Day(d.Value)!.Value, StringComparer.Ordinal),
            numbers.ToDictionary(n => n.Facility, n => n.Number, StringComparer.Ordinal));
    }

    /// <summary>Notes that something changed; every open record of the facility (of all for <c>""</c>) is calculated again.</summary>
    public static Task MoveGroundAsync(WriteSession session, string facility, CancellationToken ct) =>
        session.ExecuteAsync("""
            INSERT INTO deadline_ground (facility, number) VALUES (@facility, 1)
            ON CONFLICT (facility) DO UPDATE SET number = deadline_ground.number + 1
            """, new { facility }, ct);

    /// <summary>Versions not yet at the portal whose deadline stands on an older ground.</summary>
    public static Task<List<StaleRow>> StaleAsync(Database database, string facility, long ground, int take, CancellationToken ct) =>
        database.QueryUnscopedAsync<StaleRow>("""
            SELECT record_id, version, ngay_ra, release, ma_loai_kcb, received_at FROM record_version
            WHERE facility = @facility AND deadline_ground < @ground AND state NOT IN ('Accepted', 'Superseded') LIMIT @take
            """, new { facility, ground, take }, ct);

    /// <summary>Late receptions, and those in time only by an incident, judged on an older ground.</summary>
    public static Task<List<StaleRow>> StaleReceptionsAsync(Database database, string facility, long ground, int take, CancellationToken ct) =>
        database.QueryUnscopedAsync<StaleRow>("""
            SELECT r.record_id, r.version, v.ngay_ra, v.release, v.ma_loai_kcb, v.received_at, r.received_at AS accepted_at
            FROM record_reception r JOIN record_version v ON v.record_id = r.record_id AND v.version = r.version
            WHERE r.facility = @facility AND r.ground < @ground AND r.lateness <> 0 LIMIT @take
            """, new { facility, ground, take }, ct);

    /// <summary>Stores deadlines that were calculated again, with the order of the outbox.</summary>
    public static async Task SaveAsync(WriteSession session, IReadOnlyList<(StaleRow Row, GroundedDeadline Deadline)> page, CancellationToken ct)
    {
        // Locked as everybody else does, in the same order; a version that was accepted meanwhile keeps what it had.
        await session.QueryUnscopedAsync<string>(
            "SELECT record_id FROM record WHERE {in:record_id:@ids} ORDER BY facility, record_id {lock}",
            new { ids = session.Database.Dialect.List(page.Select(p => p.Row.RecordId)) }, ct);
        await session.ExecuteManyAsync("""
            UPDATE record_version SET deadline_at = @at, deadline_base = @base, deadline_kind = @kind, deadline_ground = @ground
            WHERE record_id = @id AND version = @version AND state NOT IN ('Accepted', 'Superseded') AND deadline_ground < @ground
            """, VersionNames, [.. page.Select(p => new object?[] { p.Row.RecordId, p.Row.Version, p.Deadline.At, p.Deadline.Base, p.Deadline.Kind, p.Deadline.Ground })], ct);
        await session.ExecuteManyAsync(
            "UPDATE work_item SET deadline_at = @at WHERE record_id = @id AND version = @version AND deadline_at <> @at",
            WorkNames, [.. page.Select(p => new object?[] { p.Row.RecordId, p.Row.Version, p.Deadline.At ?? long.MaxValue })], ct);
    }

    /// <summary>Stores anew whether receptions were in time.</summary>
    public static Task SaveReceptionsAsync(WriteSession session, IReadOnlyList<(StaleRow Row, int Lateness, long Ground)> page, CancellationToken ct) =>
        session.ExecuteManyAsync(
            "UPDATE record_reception SET lateness = @lateness, ground = @ground WHERE record_id = @id AND ground < @ground",
            ReceptionNames, [.. page.Select(p => new object?[] { p.Row.RecordId, p.Lateness, p.Ground })], ct);

    /// <summary>Days of the calendar that people changed.</summary>
    public static Task<List<CalendarRow>> DaysAsync(Database database, CancellationToken ct) =>
        database.QueryUnscopedAsync<CalendarRow>("SELECT day, works, note, changed_by, changed_at FROM calendar_day ORDER BY day", null, ct);

    /// <summary>Adds or changes a day.</summary>
    public static Task SetDayAsync(WriteSession session, string day, bool works, string note, string by, CancellationToken ct) =>
        session.ExecuteAsync("""
            INSERT INTO calendar_day (day, works, note, changed_by, changed_at) VALUES (@day, @flag, @note, @by, @now)
            ON CONFLICT (day) DO UPDATE SET works = excluded.works, note = excluded.note, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """, new { day, flag = works ? 1 : 0, note, by, now = session.Database.Now }, ct);

    /// <summary>Takes a change of a day back.</summary>
    public static Task<int> ResetDayAsync(WriteSession session, string day, CancellationToken ct) =>
        session.ExecuteAsync("DELETE FROM calendar_day WHERE day = @day", new { day }, ct);

    /// <summary>All settings.</summary>
    public static Task<List<SettingRow>> SettingsAsync(Database database, CancellationToken ct) =>
        database.QueryUnscopedAsync<SettingRow>($"SELECT {SettingRow.Columns} FROM deadline_setting ORDER BY facility, name", null, ct);

    /// <summary>Sets a setting, or takes it back for a null value.</summary>
    public static Task SetAsync(WriteSession session, string facility, string name, string? value, string note, string by, CancellationToken ct) =>
        value is null
            ? session.ExecuteAsync("DELETE FROM deadline_setting WHERE facility = @facility AND name = @name", new { facility, name }, ct)
            : session.ExecuteAsync("""
                INSERT INTO deadline_setting (facility, name, value, note, changed_by, changed_at) VALUES (@facility, @name, @value, @note, @by, @now)
                ON CONFLICT (facility, name) DO UPDATE SET value = excluded.value, note = excluded.note, changed_by = excluded.changed_by, changed_at = excluded.changed_at
                """, new { facility, name, value, note, by, now = session.Database.Now }, ct);
}

internal sealed class CalendarRow
{
    public string Day { get; init; } = "";
    public int Works { get; init; }
    public string Note { get; init; } = "";
    public string ChangedBy { get; init; } = "";
    public long ChangedAt { get; init; }

    public CalendarDay ToDay() => new(DateOnly.ParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture), Works != 0, Note);
}

internal sealed class SettingRow
{
    public const string Columns = "facility, name, value, note, changed_by, changed_at";

    public string Facility { get; init; } = "";
    public string Name { get; init; } = "";
    public string Value { get; init; } = "";
    public string Note { get; init; } = "";
    public string ChangedBy { get; init; } = "";
    public long ChangedAt { get; init; }
}

/// <summary>A version whose deadline is calculated again.</summary>
internal sealed class StaleRow
{
    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public string NgayRa { get; init; } = "";
    public string Release { get; init; } = "";
    public string MaLoaiKcb { get; init; } = "";
    public long ReceivedAt { get; init; }
    public long AcceptedAt { get; init; }
}

internal sealed class IncidentPeriodRow
{
    public string Facility { get; init; } = "";
    public string Kind { get; init; } = "";
    public long StartedAt { get; init; }
    public long? EndedAt { get; init; }
    public long? AssumedUntil { get; init; }

    public IncidentPeriod ToPeriod() => new(
        ListRow.Utc(StartedAt), ListRow.Utc(EndedAt ?? AssumedUntil ?? StartedAt), IncidentRule.Of(Enum.Parse<IncidentKind>(Kind)).EffectOn(ListRow.Utc(StartedAt)));
}
