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
                // What is left isn't counted: a queue of a million would be gone through after every record.
                (int signed, int sent) = await engine.WorkAsync(stoppingToken);
                if (signed + sent > 0)
                    Worked(signed, sent);
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

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "Outbox: {Signed} signed, {Sent} sent")]
    private partial void Worked(int signed, int sent);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "Outbox worker failed on {Database}; it goes on in 5 s")]
    private partial void Failed(Exception error, string database);
}
