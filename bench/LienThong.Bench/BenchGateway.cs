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
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-bench-").FullName;
    private readonly ServiceProvider services;

    private BenchGateway(bool postgres, bool beside)
    {
        ServiceCollection collection = new();
        collection.AddLienThongGateway(new GatewayOptions { DataFolder = folder, Postgres = postgres ? PostgresServer.NewSchema() : null });
        if (!beside) collection.AddSingleton<IRecordJudge>(new Alone(new Gateway.Intake.RuleJudge(Validator.Create())));
        services = collection.BuildServiceProvider();
    }

    public static Caller Caller { get; } = Caller.System("bench");

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A gateway with the facility of the samples.</summary>
    /// <param name="postgres">On PostgreSQL instead of SQLite.</param>
    /// <param name="beside">Records are judged beside those stored.</param>
    public static async Task<BenchGateway> StartAsync(bool postgres, bool beside = true)
    {
        BenchGateway gateway = new(postgres, beside);
        await GatewayServices.MigrateAsync(gateway.services, default);
        await gateway.Get<FacilitySettings>().SaveAsync(Caller, Subjects.Options.FacilityCode, "Cơ sở đo", null, 4, null, default);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Judges each record alone, and keeps nothing for others.</summary>
    private sealed class Alone(IRecordJudge judge) : IRecordJudge
    {
        public Judged Judge(Record record, DateTimeOffset at, string envelopeFacility) => judge.Judge(record, at, envelopeFacility) with { Facts = null };
    }
}
