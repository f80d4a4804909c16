using System.Security.Cryptography;
using LienThong.Gateway.Archive.S3;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Storage;

/// <summary>Nodes with folders of their own on one database: keys in common, one archive.</summary>
public sealed class SharedNodesTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("lienthong-nodes-").FullName;
    private readonly List<ServiceProvider> nodes = [];

    [Fact]
    public async Task What_one_node_encrypts_every_other_opens()
    {
        string postgres = PostgresServer.NewSchema();
        // Started at the same moment on an empty database: they have to begin with the same key.
        ServiceProvider[] started = [.. Enumerable.Range(0, 4).Select(i => Node($"n{i}", postgres))];
        await Task.WhenAll(started.Select(n => GatewayServices.MigrateAsync(n, default)));

        byte[][] secrets = [.. started.Select((n, i) => n.GetRequiredService<Secrets>().Protect($"bí mật {i}"))];

        foreach (ServiceProvider node in started)
            Assert.Equal(["bí mật 0", "bí mật 1", "bí mật 2", "bí mật 3"], secrets.Select(node.GetRequiredService<Secrets>().RevealText));
        List<string> keys = await started[0].GetRequiredService<Database>().QueryUnscopedAsync<string>("SELECT name FROM key_ring", null, default);
        Assert.StartsWith("key-", Assert.Single(keys), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(root, "n0", "keys")));
        // A node that joins later, by what sign-ins and forms are protected with.
        ServiceProvider late = Node("late", postgres);
        await GatewayServices.MigrateAsync(late, default);
        byte[] cookie = started[1].GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Protect([1, 2]);
        Assert.Equal([1, 2], late.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(cookie));
    }

    [Fact]
    public async Task Keys_in_the_folders_of_nodes_are_taken_over_and_old_secrets_stay_readable()
    {
        // As nodes were before: each with its keys in its own folder.
        byte[] one = Before("n0").Protect("một"), two = Before("n1").Protect("hai");
        string postgres = PostgresServer.NewSchema();
        ServiceProvider first = Node("n0", postgres), second = Node("n1", postgres);
        await GatewayServices.MigrateAsync(first, default);
        await GatewayServices.MigrateAsync(second, default);
        await GatewayServices.MigrateAsync(first, default);

        Assert.Equal(["một", "hai"], new[] { one, two }.Select(second.GetRequiredService<Secrets>().RevealText));
        // A node that has seen no folder but its own empty one.
        ServiceProvider third = Node("n2", postgres);
        await GatewayServices.MigrateAsync(third, default);
        Assert.Equal(["một", "hai"], new[] { one, two }.Select(third.GetRequiredService<Secrets>().RevealText));
        Assert.Equal(2, (await third.GetRequiredService<Database>().QueryUnscopedAsync<string>("SELECT name FROM key_ring", null, default)).Count);
        Assert.Equal(2, (await third.GetRequiredService<Database>().QueryUnscopedAsync<string>("SELECT action FROM audit_entry WHERE action = 'key-ring.added'", null, default)).Count);
    }

    [Fact]
    public async Task With_sqlite_keys_stay_in_the_folder_which_nobody_else_reads()
    {
        byte[] before = Before("n0").Protect("một");
        ServiceProvider node = Node("n0", null);
        await GatewayServices.MigrateAsync(node, default);

        Assert.Equal("một", node.GetRequiredService<Secrets>().RevealText(before));
        Assert.Empty(await node.GetRequiredService<Database>().QueryUnscopedAsync<string>("SELECT name FROM key_ring", null, default));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(root, "n0", "keys")));
        ServiceProvider stranger = Node("n1", null);
        await GatewayServices.MigrateAsync(stranger, default);
        Assert.Throws<CryptographicException>(() => stranger.GetRequiredService<Secrets>().RevealText(before));
    }

    [Theory]
    [InlineData(Db.Sqlite)]
    [InlineData(Db.Postgres)]
    public async Task Another_archive_than_the_data_are_in_is_refused_until_they_are_switched(Db db)
    {
        string? postgres = db == Db.Postgres ? PostgresServer.NewSchema() : null;
        S3Options s3 = S3Server.Shared.Options(S3Server.Shared.NewBucket());
        ServiceProvider folder = Node("n0", postgres);
        await GatewayServices.MigrateAsync(folder, default);
        await GatewayServices.CheckArchiveAsync(folder, default);
        await GatewayServices.CheckArchiveAsync(folder, default);
        ServiceProvider bucket = Node("n0", postgres, s3);

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayServices.CheckArchiveAsync(bucket, default));
        Assert.Contains("archive copy", refused.Message, StringComparison.Ordinal);
        await bucket.GetRequiredService<ArchivePlaceStore>().SwitchAsync(s3.Place, "cli", default);

        await GatewayServices.CheckArchiveAsync(bucket, default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayServices.CheckArchiveAsync(folder, default));
    }

    [Theory]
    [InlineData(Db.Sqlite)]
    [InlineData(Db.Postgres)]
    public async Task Data_from_before_belong_to_the_folder(Db db)
    {
        await using World w = await World.CreateAsync(db, facility: false, migrations: [.. Migration.All.Where(m => m.Number < 29)]);
        await using (WriteSession session = await w.Database.BeginAsync(default))
        {
            await session.ExecuteAsync("""
                INSERT INTO intake_file (file_id, facility, file_name, sha256, content_ref, content_bytes, actor, received_at, outcome, found, stored, duplicates, refused, blocked)
                VALUES ('f', '99001', 'a.xml', 'x', 'x', 1, 'a', 1, 'Complete', 0, 0, 0, 0, 0)
                """, null, default);
            await session.CommitAsync(default);
        }

        await Migrator.ApplyAsync(w.Database, default);

        Assert.Equal("folder", await w.Get<ArchivePlaceStore>().FindAsync(default));
    }

    [Fact]
    public async Task Every_column_with_an_archive_address_is_audited()
    {
        await using World w = await World.CreateAsync(Db.Sqlite);
        List<string> columns = await w.Database.QueryUnscopedAsync<string>("""
            SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name LIKE '%\_ref' ESCAPE '\'
            """, null, default);

        Assert.Equal(columns.Order(StringComparer.Ordinal), ArchiveReferences.Sources.Select(s => $"{s.Table}.{s.Column}").Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        nodes.ForEach(n => n.Dispose());
        Directory.Delete(root, recursive: true);
    }

    private Secrets Before(string name)
    {
        DirectoryInfo keys = Directory.CreateDirectory(Path.Combine(root, name, "keys"));
        return new Secrets(DataProtectionProvider.Create(keys, builder => builder.SetApplicationName("LienThong")));
    }

    private ServiceProvider Node(string name, string? postgres, S3Options? s3 = null)
    {
        ServiceProvider node = new ServiceCollection()
            .AddLienThongGateway(new GatewayOptions { DataFolder = Path.Combine(root, name), Postgres = postgres, S3 = s3 }).BuildServiceProvider();
        nodes.Add(node);
        return node;
    }
}
