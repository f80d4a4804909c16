using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LienThong.Gateway.Tests.Submission;

public sealed class SubmissionWorkerTests
{
    [Fact]
    public async Task Worker_is_woken_by_intake_and_ends_when_asked()
    {
        await using World w = await World.CreateAsync(Db.Sqlite);
        // Polling alone would take an hour: what is sent was sent because of the signal.
        using SubmissionWorker worker = new(
            w.Engine, w.Get<WorkSignal>(), new SubmissionOptions { Poll = TimeSpan.FromHours(1) }, w.Database, NullLogger<SubmissionWorker>.Instance);
        TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        w.Portal.OnCall = _ =>
        {
            sent.TrySetResult();
            return Task.CompletedTask;
        };
        await worker.StartAsync(default);

        Guid id = await w.IngestOneAsync("LK1");
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await worker.StopAsync(default);

        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
    }

    [Fact]
    public void Composition_gives_every_use_case_with_the_real_channel_and_rules()
    {
        string folder = Directory.CreateTempSubdirectory("lienthong-di-").FullName;
        using (ServiceProvider services = new ServiceCollection().AddLienThongGateway(new GatewayOptions { DataFolder = folder }).BuildServiceProvider())
        {
            Assert.IsType<BhxhPortalChannel>(services.GetRequiredService<IPortalChannel>());
            Assert.IsType<Gateway.Intake.RuleJudge>(services.GetRequiredService<IRecordJudge>());
            foreach (Type type in (Type[])[typeof(Gateway.Intake.IntakeService), typeof(RecordActions), typeof(RecordCorrections), typeof(RecordQueries), typeof(SubmissionEngine)])
                Assert.NotNull(services.GetService(type));
        }
        Directory.Delete(folder, recursive: true);
    }
}
