using LienThong.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Submission;

/// <summary>Keeps the outbox moving while the server runs.</summary>
public sealed partial class SubmissionWorker(
    SubmissionEngine engine, WorkSignal signal, SubmissionOptions options, Database database, ILogger<SubmissionWorker> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                DrainSummary summary = await engine.DrainAsync(TimeSpan.Zero, stoppingToken);
                if (summary.Signed + summary.Sent > 0)
                    Worked(summary.Signed, summary.Sent, summary.Waiting, summary.Dead);
                await signal.WaitAsync(options.Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Broken infrastructure (disk full, database away): nothing is lost in the outbox, so go on trying.
                Failed(e, database.Dialect.Name);
                await Task.Delay(TimeSpan.FromSeconds(5), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "Outbox: {Signed} signed, {Sent} sent, {Waiting} waiting, {Dead} set aside")]
    private partial void Worked(int signed, int sent, long waiting, long dead);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "Outbox worker failed on {Database}; it goes on in 5 s")]
    private partial void Failed(Exception error, string database);
}
