using LienThong.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Cards;

/// <summary>Looks due cards up while the server runs.</summary>
public sealed partial class CardWorker(CardRound round, CardOptions options, Database database, ILogger<CardWorker> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await round.RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(e, database.Dialect.Name);
            }
            await Task.Delay(options.Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 4601, Level = LogLevel.Error, Message = "Looking cards up failed inside the gateway on {Database}; it goes on in a few seconds")]
    private partial void Failed(Exception error, string database);
}
