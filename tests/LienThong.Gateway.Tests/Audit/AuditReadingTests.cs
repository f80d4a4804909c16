using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Audit;

/// <summary>Who read what, what the log is narrowed to, and how long it is kept.</summary>
public abstract class AuditReadingTests(Db db)
{
    private static readonly Caller Lan = new("1", "lan", Permissions.All, FacilityScope.Only(A.Facility));
    private static readonly Caller Nam = new("2", "nam", Permissions.All, FacilityScope.Only("99002"));

    [Fact]
    public async Task Reading_the_same_thing_is_noted_once_per_person_and_period_on_all_nodes()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        AuditLog other = new(new AuditStore(w.Database), new AccessOptions(), w.Time);
        async Task ReadAsync(AuditLog log, Caller caller, string subject) => await log.NoteReadAsync(caller, A.Facility, "record.read", subject, "", default);

        for (int i = 0; i < 3; i++)
        {
            await ReadAsync(w.Get<AuditLog>(), Lan, "a");
            await ReadAsync(other, Lan, "a");
        }
        await ReadAsync(other, Lan, "b");
        await ReadAsync(other, Nam, "a");
        Assert.Equal(["nam a", "lan b", "lan a"], await ReadersAsync(w));
        w.Time.Advance(TimeSpan.FromHours(25));
        await ReadAsync(w.Get<AuditLog>(), Lan, "a");

        Assert.Equal(4, (await ReadersAsync(w)).Length);
        w.Time.Advance(TimeSpan.FromHours(49));
        await w.Get<AuditLog>().SweepAsync(default);
        Assert.Equal(0, (await w.Database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM read_note", null, default))[0]);
    }

    [Fact]
    public async Task The_log_is_narrowed_by_person_action_subject_and_time_within_own_facilities()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        AuditLog log = w.Get<AuditLog>();
        await log.NoteAsync(Lan, A.Facility, "user.created", "x", "1", default);
        await log.NoteAsync(Lan, "99002", "user.created", "x", "2", default);
        w.Time.Advance(TimeSpan.FromHours(1));
        DateTimeOffset later = w.Time.GetUtcNow();
        await log.NoteAsync(Nam, A.Facility, "userx.created", "y", "3", default);
        await log.NoteAsync(Nam, A.Facility, "user.disabled", "y", "4", default);
        async Task<string> FoundAsync(Caller caller, AuditFilter filter) => string.Concat((await log.FindAsync(caller, filter, null, 50, default)).Select(e => e.Detail));

        Assert.Equal("431", await FoundAsync(Lan, new AuditFilter()));
        Assert.Equal("2", await FoundAsync(Nam, new AuditFilter()));
        Assert.Equal("421", await FoundAsync(w.Officer, new AuditFilter(Action: "user.")));
        Assert.Equal("4", await FoundAsync(w.Officer, new AuditFilter(Action: "user.disabled")));
        Assert.Equal("43", await FoundAsync(w.Officer, new AuditFilter(Actor: "nam")));
        Assert.Equal("21", await FoundAsync(w.Officer, new AuditFilter(Subject: "x")));
        Assert.Equal("43", await FoundAsync(w.Officer, new AuditFilter(From: later)));
        Assert.Equal("21", await FoundAsync(w.Officer, new AuditFilter(To: later)));
        Assert.Equal("", await FoundAsync(w.Officer, new AuditFilter(Actor: "' OR 1=1 --")));
    }

    [Fact]
    public async Task What_is_older_than_is_kept_is_removed_from_the_beginning_and_the_rest_still_verifies()
    {
        await using World w = await World.CreateAsync(db, facility: false, configure: s => s.AddSingleton(new AccessOptions { Audit = new AuditRules { KeepDays = 365 } }));
        AuditLog log = w.Get<AuditLog>();
        for (int day = 0; day < 5; day++)
        {
            await log.NoteAsync(w.Officer, "", "test", $"s{day}", "", default);
            w.Time.Advance(TimeSpan.FromDays(100));
        }
        Assert.Equal(2, await log.SweepAsync(default));
        Assert.Equal(0, await log.SweepAsync(default));

        Assert.Equal(["audit.removed", "test", "test", "test"], (await log.ListAsync(w.Officer, null, null, 50, default)).Select(e => e.Action));
        Assert.Equal(new AuditCheck(4, null, null), await log.VerifyAsync(default));
        await using (WriteSession session = await w.Database.BeginAsync(default))
        {
            await session.ExecuteAsync("DELETE FROM audit_entry WHERE sequence = 3", null, default);
            await session.CommitAsync(default);
        }
        Assert.Equal(3, (await log.VerifyAsync(default)).BrokenAt);
    }

    private static async Task<string[]> ReadersAsync(World w) =>
        [.. (await w.Get<AuditLog>().FindAsync(w.Officer, new AuditFilter(Action: "record.read"), null, 50, default)).Select(e => $"{e.Actor} {e.Subject}")];
}

public sealed class AuditReadingOnSqliteTests() : AuditReadingTests(Db.Sqlite);

public sealed class AuditReadingOnPostgresTests() : AuditReadingTests(Db.Postgres);
