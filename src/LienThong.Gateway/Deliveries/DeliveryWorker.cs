using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Deliveries;

/// <summary>Keeps check-ins and the documents for further destinations moving while the server runs.</summary>
public sealed partial class DeliveryWorker(
    DeliveryEngine engine, DeliverySignal signal, SubmissionOptions options, Database database, ILogger<DeliveryWorker> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                DeliverySummary summary = await engine.DrainAsync(stoppingToken);
                if (summary.Signed + summary.Sent > 0)
                    Worked(summary.Signed, summary.Sent);
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

    [LoggerMessage(EventId = 4501, Level = LogLevel.Information, Message = "Deliveries: {Signed} check-ins signed, {Sent} calls made")]
    private partial void Worked(int signed, int sent);

    [LoggerMessage(EventId = 4502, Level = LogLevel.Error, Message = "Delivery worker failed on {Database}; it goes on in 5 s")]
    private partial void Failed(Exception error, string database);
}
