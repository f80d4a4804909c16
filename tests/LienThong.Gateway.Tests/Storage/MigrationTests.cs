using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;
using LienThong.Signing;
using Microsoft.AspNetCore.DataProtection;

namespace LienThong.Gateway.Tests.Storage;

public abstract class MigrationTests(Db db)
{
    [Fact]
    public async Task Second_start_applies_nothing()
    {
        await using World w = await World.CreateAsync(db);

        Assert.Empty(await Migrator.ApplyAsync(w.Database));
    }

    [Fact]
    public async Task Two_processes_starting_together_apply_each_step_once()
    {
        await using World w = await World.CreateAsync(db);
        Migration next = new(9000, "thu", "CREATE TABLE thu (a $MONEY$, b $BYTES$, c $IDENTITY$)", "abc");

        IReadOnlyList<string>[] applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Task.Run(() => Migrator.ApplyAsync(w.Database, [.. Migration.All, next], default))));

        Assert.Equal("9000_thu", Assert.Single(applied.SelectMany(a => a)));
    }

    [Fact]
    public async Task Step_that_was_changed_after_release_stops_the_start()
    {
        await using World w = await World.CreateAsync(db);
        Migration changed = Migration.All[0] with { Checksum = "khác" };

        await Assert.ThrowsAsync<InvalidOperationException>(() => Migrator.ApplyAsync(w.Database, [changed], default));
    }

    [Fact]
    public async Task Database_of_a_newer_program_stops_the_start()
    {
        await using World w = await World.CreateAsync(db);
        await Migrator.ApplyAsync(w.Database, [.. Migration.All, new Migration(9000, "moi", "CREATE TABLE moi (a INTEGER)", "x")], default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Migrator.ApplyAsync(w.Database));
    }

    [Fact]
    public async Task Keys_set_before_there_was_a_register_go_on_signing()
    {
        const int Register = 17;
        await using World w = await World.CreateAsync(db, facility: false, migrations: [.. Migration.All.Where(m => m.Number < Register)]);
        // In those days keys lay in the folder, whatever the database.
        DirectoryInfo ring = Directory.CreateDirectory(Path.Combine(w.Folder, "keys"));
        Secrets secrets = new(DataProtectionProvider.Create(ring, builder => builder.SetApplicationName("LienThong")));
        using IKeySource key = World.Keys.OpenKey();
        await using (WriteSession session = await w.Database.BeginAsync(default))
        {
            await session.ExecuteAsync("""
                INSERT INTO facility (facility, name, province, max_parallel, portal_url, portal_user, portal_digest, key_pfx, key_password, key_serial, key_subject, key_certificate, key_not_after, created_at, updated_at)
                VALUES ('99001', 'Cũ', '99', 4, 'http://127.0.0.1:9/', 'u', @digest, @pfx, @password, @serial, 'CN=x', @certificate, @notAfter, 1, @now)
                """, new
            {
                digest = secrets.Protect("x"),
                pfx = secrets.Protect(World.Keys.Pfx),
                password = secrets.Protect(World.Keys.Password),
                serial = World.Keys.Serial,
                certificate = key.Certificate.RawData,
                notAfter = new DateTimeOffset(key.Certificate.NotAfter.ToUniversalTime()).ToUnixTimeMilliseconds(),
                now = w.Database.Now,
            }, default);
            await session.CommitAsync(default);
        }

        await Migrator.ApplyAsync(w.Database);
        await w.Get<KeyRingStore>().PrepareAsync(ring.FullName, "LienThong", default);

        Assert.Equal(SigningKeyState.InUse, Assert.Single(await w.Get<SigningKeys>().ListAsync(w.Officer, default)).State);
        Guid id = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
    }

    [Fact]
    public async Task Counts_of_findings_made_for_stored_records_are_those_kept_from_the_start()
    {
        await using World w = await World.CreateAsync(db);
        for (int i = 0; i < 6; i++) await w.IngestOneAsync($"LK{i}", i % 2 == 0 ? "BLOCK" : "WARN");
        string sql = Migration.All.Single(m => m.Name == "counts").Sql;
        sql = sql[sql.IndexOf("CREATE TABLE finding_count", StringComparison.Ordinal)..];
        await using (WriteSession session = await w.Database.BeginAsync(default))
        {
            await session.ExecuteAsync(string.Join(';', sql.Split(';').Where(s => s.Contains("finding_count", StringComparison.Ordinal))).Replace("finding_count", "again", StringComparison.Ordinal), null, default);
            await session.CommitAsync(default);
        }

        const string Rows = "SELECT facility || '/' || part || '/' || rule || '/' || department || '/' || table_name || '/' || field || '/' || records || '/' || findings || '/' || blocks FROM ";
        List<string> kept = await w.Database.QueryUnscopedAsync<string>(Rows + "finding_count WHERE findings <> 0 ORDER BY 1", null, default);
        Assert.True(kept.Count >= 5);
        Assert.Equal(kept, await w.Database.QueryUnscopedAsync<string>(Rows + "again ORDER BY 1", null, default));
    }

    [Fact]
    public async Task Failing_step_leaves_nothing_behind()
    {
        await using World w = await World.CreateAsync(db);
        Migration broken = new(9000, "hong", "CREATE TABLE dau (a INTEGER); SELECT khong_co FROM khong_co;", "x");

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Migrator.ApplyAsync(w.Database, [.. Migration.All, broken], default));

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => w.Database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM dau", null, default));
    }
}

public sealed class MigrationOnSqliteTests() : MigrationTests(Db.Sqlite);

public sealed class MigrationOnPostgresTests() : MigrationTests(Db.Postgres);
