using System.Buffers;
using System.Diagnostics;
using LienThong.Gateway;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.PortalSimulator;
using LienThong.Samples;
using LienThong.Server.Tests.Support;
using LienThong.Signing;
using LienThong.Standard;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.EndToEnd.Faults;

/// <summary>A facility with its data folder (and database), a simulated portal that knows it, and the nodes that work for it.</summary>
internal sealed class Hospital : IAsyncDisposable
{
    private const string PortalPassword = "mật khẩu cổng";
    private readonly string? postgres;
    private bool mounted;

    private Hospital(string? postgres, PortalSimulatorHost portal) => (this.postgres, Portal) = (postgres, portal);

    public string Folder { get; } = Directory.CreateTempSubdirectory("lienthong-faults-").FullName;

    public PortalSimulatorHost Portal { get; }

    /// <summary>Bearer token of somebody who may hand records in.</summary>
    public string Token { get; private set; } = "";

    /// <summary>A facility ready to work.</summary>
    /// <param name="postgres">Connection string; null for SQLite.</param>
    /// <param name="disk">Size of a disk of its own for the data folder, as <c>12m</c>; null for none.</param>
    public static async Task<Hospital> OpenAsync(string? postgres, string? disk = null)
    {
        string account = RunningServer.Facility + "_BV";
        DemoKeys keys = DemoKeys.Create(RunningServer.Facility, TimeProvider.System.GetUtcNow());
        PortalSimulatorHost portal = await PortalSimulatorHost.StartAsync(new SimulatorOptions
        {
            Accounts = [new SimulatorAccount(RunningServer.Facility, account, PortalPassword) { CertificateSerials = [keys.Serial] }],
            TrustedAuthorityPem = keys.AuthorityPem,
            KeepRequests = 200_000,
        });
        Hospital hospital = new(postgres, portal);
        if (disk is not null)
        {
            await MountAsync("-t", "tmpfs", "-o", $"size={disk},mode=0700", "tmpfs", hospital.Folder);
            hospital.mounted = true;
        }
        await using ServiceProvider services = hospital.Services();
        await GatewayServices.MigrateAsync(services, default);
        Caller admin = Caller.System();
        FacilitySettings facilities = services.GetRequiredService<FacilitySettings>();
        await facilities.SaveAsync(admin, RunningServer.Facility, "Bệnh viện thử", null, 4, null, default);
        Assert.True((await facilities.SetPortalAccountAsync(
            admin, new PortalAccount(portal.BaseAddress, RunningServer.Facility, RunningServer.Facility[..2], account, PortalAccount.Digest(PortalPassword)), default)).Ok);
        SigningKeyDraft key = new(RunningServer.Facility, "", new KeyPlace.Pfx(), new KeySecrets { File = keys.Pfx, Password = keys.Password }) { RegisteredOn = new DateOnly(2026, 1, 1) };
        Assert.True((await services.GetRequiredService<SigningKeys>().AddAsync(admin, key, default)).Done);
        UserAccounts users = services.GetRequiredService<UserAccounts>();
        Assert.NotNull(await users.CreateAsync(admin, "his", "HIS", RunningServer.Password, [Roles.ClinicAdmin], FacilityScope.Only(RunningServer.Facility), default));
        hospital.Token = (await users.IssueBearerAsync(admin, "his", "faults", TimeSpan.FromDays(1), default))!;
        return hospital;
    }

    /// <summary>A node of this facility, started.</summary>
    public Task<Node> StartNodeAsync() => Node.StartAsync(Folder, postgres);

    /// <summary>Clean packages of several outpatient records each.</summary>
    public static IEnumerable<byte[]> Packages(int records, int each)
    {
        SampleFactory factory = new(new SampleOptions { FacilityCode = RunningServer.Facility, Seed = 11, From = new DateOnly(2026, 10, 1), To = new DateOnly(2026, 11, 28) });
        for (int first = 0; first < records; first += each)
        {
            ArrayBufferWriter<byte> package = new();
            Standard.Record[] batch = [.. Enumerable.Range(first, Math.Min(each, records - first)).Select(i => factory.Create(SampleKind.Outpatient, i).Build())];
            PackageWriter.Write(package, PackageHeader.For(RunningServer.Facility, factory.Options.To, batch.Length), factory.Options.ReleaseOn(factory.Options.To), batch);
            Array.ForEach(batch, static r => r.Dispose());
            yield return package.WrittenSpan.ToArray();
        }
    }

    /// <summary>Looks into database and archive with the product's own code, nodes running or not.</summary>
    public async Task<T> LookAsync<T>(Func<IServiceProvider, Task<T>> look)
    {
        await using ServiceProvider services = Services();
        return await look(services);
    }

    /// <summary>Rows of the database.</summary>
    public Task<List<T>> RowsAsync<T>(string sql) => LookAsync(s => s.GetRequiredService<Database>().QueryUnscopedAsync<T>(sql, null, default));

    /// <summary>A person lets the facility send again.</summary>
    public async Task ResumeAsync() =>
        Assert.True((await LookAsync(s => s.GetRequiredService<FacilitySettings>().ResumeAsync(Caller.System(), RunningServer.Facility, default))).Ok);

    /// <summary>Audit chain and archive are whole.</summary>
    public async Task AssertProofIsWholeAsync()
    {
        AuditCheck audit = await LookAsync(s => s.GetRequiredService<AuditLog>().VerifyAsync(default));
        Assert.True(audit.Intact, audit.ToString());
        ArchiveCheck archive = await LookAsync(s => s.GetRequiredService<IArchive>().VerifyAsync(default));
        Assert.True(archive.Intact, string.Join(", ", archive.Damaged));
    }

    /// <summary>Gives the disk another size.</summary>
    public Task ResizeAsync(string disk) => MountAsync("-o", $"remount,size={disk}", Folder);

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        if (mounted)
            await RunAsync("umount", "-l", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static Task MountAsync(params string[] arguments) => RunAsync("mount", arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private ServiceProvider Services() =>
        new ServiceCollection().AddLienThongGateway(new GatewayOptions { DataFolder = Folder, Postgres = postgres }).BuildServiceProvider();
}
