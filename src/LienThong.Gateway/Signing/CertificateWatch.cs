using LienThong.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Signing;

/// <summary>Tells the log in time that a certificate expires: 30, 14, 7, 3 and 1 days before, and when it has; each once, whatever number of nodes look.</summary>
public sealed partial class CertificateWatch(SigningKeys keys, Database database, ILogger<CertificateWatch> logger)
{
    private static readonly int[] Steps = [30, 14, 7, 3, 1, 0];

    /// <summary>The warning that is due for a certificate: the smallest step it is under; null while none is.</summary>
    public static int? StepOf(TimeSpan left)
    {
        int? due = null;
        foreach (int step in Steps)
        {
            if (left <= TimeSpan.FromDays(step))
                due = step;
        }
        return due;
    }

    /// <summary>Looks once.</summary>
    /// <returns>Warnings written.</returns>
    public async Task<int> LookAsync(CancellationToken ct)
    {
        int told = 0;
        DateTimeOffset now = database.Time.GetUtcNow();
        foreach (StoredKey key in await keys.InUseAsync(ct))
        {
            if (StepOf(key.NotAfter - now) is not { } step)
                continue;
            await using WriteSession session = await database.BeginAsync(ct);
            if (await SigningKeyStore.SetWarnedAsync(session, key.Row.KeyId, step, ct) == 0)
                continue;
            await session.CommitAsync(ct);
            if (step == 0)
                Expired(key.Row.Serial, key.Row.Facility, key.NotAfter);
            else
                Expires(key.Row.Serial, key.Row.Facility, key.NotAfter, (key.NotAfter - now).Days);
            told++;
        }
        return told;
    }

    [LoggerMessage(EventId = 4201, Level = LogLevel.Warning, Message = "Certificate {Serial} of facility {Facility} expires at {NotAfter:u}, in {Days} days; add and register its successor")]
    private partial void Expires(string serial, string facility, DateTimeOffset notAfter, int days);

    [LoggerMessage(EventId = 4202, Level = LogLevel.Error, Message = "Certificate {Serial} of facility {Facility} expired at {NotAfter:u}: nothing is signed with it any more")]
    private partial void Expired(string serial, string facility, DateTimeOffset notAfter);
}
