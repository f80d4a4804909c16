using LienThong.Gateway.Audit;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Tests.Support;
using LienThong.Signing;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Tests.Signing;

public abstract class SigningKeysTests(Db db)
{
    private static readonly Lazy<DemoKeys> Others = new(() => DemoKeys.Create(A.Facility, new DateTimeOffset(2026, 7, 10, 2, 0, 0, TimeSpan.Zero)));

    [Fact]
    public async Task A_new_certificate_takes_over_at_its_moment_without_a_stop()
    {
        await using World w = await World.CreateAsync(db);
        await w.SetKeyAsync(A.Facility, Others.Value, new DateOnly(2026, 7, 12), w.Time.GetUtcNow().AddDays(3));
        Assert.Equal([SigningKeyState.Unregistered, SigningKeyState.InUse], await StatesAsync(w));

        Assert.Equal(World.Keys.Serial, await SerialAsync(w, "LK1"));
        w.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal([SigningKeyState.Coming, SigningKeyState.InUse], await StatesAsync(w));
        Assert.Equal(World.Keys.Serial, await SerialAsync(w, "LK2"));
        w.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(Others.Value.Serial, await SerialAsync(w, "LK3"));
        Assert.Equal([SigningKeyState.InUse, SigningKeyState.Spare], await StatesAsync(w));
        IReadOnlyList<string> signed = [.. (await w.Database.QueryUnscopedAsync<string>("SELECT subject || ' ' || detail FROM audit_entry WHERE action = 'record.signed' ORDER BY subject", null, default))];
        Assert.Equal([$"LK1/1 {World.Keys.Serial}", $"LK2/1 {World.Keys.Serial}", $"LK3/1 {Others.Value.Serial}"], signed);
        Assert.True((await w.Get<AuditLog>().VerifyAsync(default)).Intact);
    }

    [Fact]
    public async Task A_certificate_the_portal_doesn_t_know_signs_nothing_until_it_does()
    {
        await using World w = await WithoutKeyAsync();
        string id = await w.SetKeyAsync(A.Facility, World.Keys, null);
        Guid record = await w.IngestOneAsync("LK1");

        await w.DrainAsync();

        Assert.Equal(RecordState.Ready, await w.StateAsync(record));
        Assert.Contains("chưa đăng ký trên Cổng", (await w.Facilities.FindAsync(w.Officer, A.Facility, default))!.SignPausedCause, StringComparison.Ordinal);
        Assert.True((await w.Get<SigningKeys>().SetDaysAsync(w.Officer, id, new DateOnly(2026, 7, 11), null, default)).Done);
        await w.DrainAsync();
        Assert.Equal(RecordState.Ready, await w.StateAsync(record));
        w.Time.Advance(TimeSpan.FromDays(1));
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(record));
    }

    [Fact]
    public async Task An_expired_certificate_signs_nothing_and_its_successor_lets_the_queue_go_on()
    {
        await using World w = await World.CreateAsync(db);
        w.Time.Advance(TimeSpan.FromDays(400));
        Guid record = await w.IngestOneAsync("LK1");

        await w.DrainAsync();

        Assert.Equal(RecordState.Ready, await w.StateAsync(record));
        Assert.Equal([SigningKeyState.Expired], await StatesAsync(w));
        Assert.Contains("đã hết hạn", (await w.Facilities.FindAsync(w.Officer, A.Facility, default))!.SignPausedCause, StringComparison.Ordinal);
        await w.SetKeyAsync(A.Facility, DemoKeys.Create(A.Facility, w.Time.GetUtcNow()), new DateOnly(2027, 1, 1));
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(record));
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once_and_waits_for_a_person_also_after_a_restart()
    {
        await using World w = await WithoutKeyAsync();
        SigningKeyDraft wrong = Draft("khong-phai-mat-khau-nay");

        Assert.False((await w.Get<SigningKeys>().AddAsync(w.Officer, wrong, default)).Done);
        await w.RestartAsync();
        SigningKeyChange right = await w.Get<SigningKeys>().AddAsync(w.Officer, Draft(World.Keys.Password), default);

        Assert.False(right.Done);
        Assert.DoesNotContain("khong-phai", right.Message, StringComparison.Ordinal);
        Assert.True((await w.Get<SigningKeys>().AddAsync(w.Officer, Draft(World.Keys.Password) with { Unlocks = true }, default)).Done);
        Assert.Equal([SigningKeyState.InUse], await StatesAsync(w));
        Assert.DoesNotContain(await w.Database.QueryUnscopedAsync<string>("SELECT detail FROM audit_entry", null, default), d => d.Contains(World.Keys.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_try_that_a_crash_cut_off_counts_as_wrong_until_somebody_unlocks()
    {
        await using World w = await World.CreateAsync(db);
        SigningKeyView key = (await w.Get<SigningKeys>().ListAsync(w.Officer, default)).Single();
        IPinLocks locks = w.Get<IPinLocks>();
        string scope = key.Place.PinScope(new KeySecrets { File = World.Keys.Pfx });
        Assert.Equal(PinState.Free, await locks.BeginAsync(scope, default));
        await w.RestartAsync();

        Assert.Equal([SigningKeyState.Locked], await StatesAsync(w));
        Assert.False((await w.Get<SigningKeys>().TestAsync(w.Officer, key.Id, default)).Done);
        Guid record = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        Assert.Equal(RecordState.Ready, await w.StateAsync(record));
        Assert.True((await w.Get<SigningKeys>().UnlockAsync(w.Officer, key.Id, null, default)).Done);
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(record));
    }

    [Fact]
    public async Task A_retired_key_loses_its_secrets_and_keeps_its_certificate()
    {
        await using World w = await World.CreateAsync(db);
        SigningKeyView key = (await w.Get<SigningKeys>().ListAsync(w.Officer, default)).Single();

        Assert.True((await w.Get<SigningKeys>().RetireAsync(w.Officer, key.Id, default)).Done);

        Assert.Equal([SigningKeyState.Retired], await StatesAsync(w));
        Assert.Equal(0, (await w.Database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM signing_key WHERE key_file IS NOT NULL OR key_password IS NOT NULL", null, default))[0]);
        Assert.False((await w.Get<SigningKeys>().TestAsync(w.Officer, key.Id, default)).Done);
        Assert.False((await w.Get<SigningKeys>().RetireAsync(w.Officer with { Scope = Gateway.Access.FacilityScope.Only("99002") }, key.Id, default)).Done);
    }

    [Fact]
    public async Task The_same_certificate_again_is_the_same_key()
    {
        await using World w = await World.CreateAsync(db);

        await w.SetKeyAsync(A.Facility);

        Assert.Single(await w.Get<SigningKeys>().ListAsync(w.Officer, default));
    }

    [Fact]
    public async Task Expiry_is_told_30_14_7_3_and_1_days_ahead_and_once_each()
    {
        CountingLog log = new();
        await using World w = await World.CreateAsync(db);
        CertificateWatch watch = new(w.Get<SigningKeys>(), w.Database, log);
        DateTimeOffset end = (await w.Get<SigningKeys>().ListAsync(w.Officer, default)).Single().NotAfter;
        List<int> told = [];
        for (double left = 40; left > -3; left -= 0.5)
        {
            w.Time.Advance(end.AddDays(-left) - w.Time.GetUtcNow());
            if (await watch.LookAsync(default) + await watch.LookAsync(default) is var count and > 0)
                told.Add((int)Math.Ceiling(left * count));
        }

        Assert.Equal([30, 14, 7, 3, 1, 0], told);
        Assert.Equal((5, 1), (log.Warnings, log.Errors));
    }

    private async Task<World> WithoutKeyAsync()
    {
        World w = await World.CreateAsync(db, facility: false);
        await w.Facilities.SaveAsync(w.Officer, A.Facility, "Cơ sở thử", null, 4, null, default);
        await w.Facilities.SetPortalAccountAsync(w.Officer, new Portal.PortalAccount(new Uri("http://127.0.0.1:9/"), A.Facility, "99", "u", Portal.PortalAccount.Digest("x")), default);
        return w;
    }

    private static SigningKeyDraft Draft(string password) =>
        new(A.Facility, "", new KeyPlace.Pfx(), new KeySecrets { File = World.Keys.Pfx, Password = password }) { RegisteredOn = new DateOnly(2026, 7, 1) };

    private static async Task<SigningKeyState[]> StatesAsync(World w) => [.. (await w.Get<SigningKeys>().ListAsync(w.Officer, default)).Select(k => k.State)];

    private static async Task<string?> SerialAsync(World w, string maLk)
    {
        await w.IngestOneAsync(maLk);
        await w.DrainAsync();
        return (await w.Database.QueryUnscopedAsync<string>("SELECT certificate_serial FROM record_version WHERE ma_lk = @maLk AND state = 'Accepted'", new { maLk }, default)).SingleOrDefault();
    }

    private sealed class CountingLog : ILogger<CertificateWatch>
    {
        public int Warnings { get; private set; }
        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning) Warnings++;
            if (logLevel == LogLevel.Error) Errors++;
        }
    }
}

public sealed class SigningKeysOnSqliteTests() : SigningKeysTests(Db.Sqlite);

public sealed class SigningKeysOnPostgresTests() : SigningKeysTests(Db.Postgres);
