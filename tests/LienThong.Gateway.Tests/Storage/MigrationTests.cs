using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;

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
