using LienThong.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Rejudging;

/// <summary>Works runs off while the server runs, also those a crash has left.</summary>
public sealed partial class RejudgeWorker : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private readonly RejudgeRunner runner;
    private readonly Database database;
    private readonly ILogger<RejudgeWorker> logger;

    internal RejudgeWorker(RejudgeRunner runner, Database database, ILogger<RejudgeWorker> logger) =>
        (this.runner, this.database, this.logger) = (runner, database, logger);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await runner.SettleAsync(stoppingToken);
                await runner.RunAsync(null, stoppingToken);
                await runner.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(e, database.Dialect.Name);
                await Task.Delay(Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "Judging stored records again failed on {Database}; it goes on in 5 s")]
    private partial void Failed(Exception error, string database);
}
