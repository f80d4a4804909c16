using LienThong.Gateway;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;
using LienThong.Standard;
using LienThong.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Bench;

/// <summary>A gateway with an empty database in a folder of its own.</summary>
internal sealed class BenchGateway : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private BenchGateway(string? postgres, bool beside)
    {
        ServiceCollection collection = new();
        collection.AddLienThongGateway(new GatewayOptions { DataFolder = Folder, Postgres = postgres });
        if (!beside) collection.AddSingleton<IRecordJudge>(new Alone(new Gateway.Intake.RuleJudge(Validator.Create())));
        services = collection.BuildServiceProvider();
    }

    /// <summary>Its data folder, deleted with it.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("lienthong-bench-").FullName;

    public static Caller Caller { get; } = Caller.System("bench");

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A gateway with the facility of the samples.</summary>
    /// <param name="postgres">On PostgreSQL instead of SQLite.</param>
    /// <param name="beside">Records are judged beside those stored.</param>
    public static Task<BenchGateway> StartAsync(bool postgres, bool beside = true) => StartAsync(postgres ? PostgresServer.NewSchema() : null, beside);

    /// <summary>The same on a database of the caller's.</summary>
    /// <param name="postgres">Connection string; null for SQLite.</param>
    /// <param name="beside">Records are judged beside those stored.</param>
    /// <param name="atOnce">Calls the facility may make at once.</param>
    public static async Task<BenchGateway> StartAsync(string? postgres, bool beside = true, int atOnce = 4)
    {
        BenchGateway gateway = new(postgres, beside);
        await GatewayServices.MigrateAsync(gateway.services, default);
        await gateway.Get<FacilitySettings>().SaveAsync(Caller, Subjects.Options.FacilityCode, "Cơ sở đo", null, atOnce, null, default);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Judges each record alone, and keeps nothing for others.</summary>
    private sealed class Alone(IRecordJudge judge) : IRecordJudge
    {
        public Judged Judge(Record record, DateTimeOffset at, string envelopeFacility) => judge.Judge(record, at, envelopeFacility) with { Facts = null };
    }
}
