using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Portal;
using LienThong.Signing;
using LienThong.Standard;

namespace LienThong.Gateway.CheckIns;

/// <summary>
/// Ready → Queued: signs the document with the facility's key, verifies the own signature, archives the exact bytes and hands them to the outbox.
/// Nothing is claimed for that: two nodes that sign the same check-in store it once.
/// </summary>
internal sealed class CheckInSigning(
    Database database, FacilityStore facilities, SigningKeys keys, IArchive archive, SubmissionOptions options, FaultPoints faults)
{
    private const string Actor = "system";
    private readonly Caller self = Caller.System();

    /// <summary>Signs what waits in every facility.</summary>
    /// <returns>Check-ins handed to the outbox.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        int done = 0;
        foreach (string code in await CheckInStore.FacilitiesToSignAsync(database, ct))
        {
            if (await facilities.FindAsync(self, code, ct) is { } facility)
                done += await RunAsync(facility, ct);
        }
        return done;
    }

    private async Task<int> RunAsync(FacilityRow facility, CancellationToken ct)
    {
        SignerLoad? signer = await keys.SignerOfAsync(facility.Facility, ct);
        // A token that isn't plugged in or a service that is down comes back by itself: the queue waits for it.
        if (signer is { Fault: SignatureFault.KeyUnavailable })
            return 0;
        bool demanded = FacilitySettings.SignatureDemanded(facility, database.Time.GetUtcNow().VietnamDay());
        string? missing = signer is null ? demanded ? "Chưa khai báo chứng thư ký số; hãy thêm ở trang Chứng thư số." : null : signer.Ok ? null : signer.Message;
        if (missing is not null)
        {
            await PauseAsync(facility.Facility, missing, ct);
            return 0;
        }
        List<CheckInRow> rows = await CheckInStore.ToSignAsync(database, facility.Facility, options.SignBatch, ct);
        List<(CheckInRow Row, Made Made)> made = [];
        foreach (CheckInRow row in rows)
            made.Add((row, await MakeAsync(row, signer?.Signer, ct)));
        return made.Count == 0 ? 0 : await StoreAsync(facility.Facility, made, ct);
    }

    private async Task<Made> MakeAsync(CheckInRow row, IDocumentSigner? signer, CancellationToken ct)
    {
        byte[] content = await archive.GetAsync(ArchiveRef.Parse(row.ContentRef), ct);
        if (signer is null)
            return new Made(content, null, SignatureFault.None, "");
        DateTimeOffset now = database.Time.GetUtcNow();
        SignResult result = await signer.SignAsync(content, new SignOptions { At = now }, ct);
        if (result is SignResult.Refused refused)
            return new Made(null, null, refused.Fault, refused.Message);
        byte[] bytes = ((SignResult.Signed)result).Bytes;
        VerificationReport own = SignatureVerifier.Verify(bytes, new VerificationPolicy
        {
            At = now,
            Trust = [signer.Certificate],
            RegisteredSerials = [signer.Certificate.SerialNumber],
        });
        return own.Valid
            ? new Made(bytes, signer.Certificate.SerialNumber, SignatureFault.None, "")
            : new Made(null, null, SignatureFault.Value, $"Chữ ký vừa tạo không tự kiểm tra được: {own.Message}");
    }

    private async Task<int> StoreAsync(string facility, List<(CheckInRow Row, Made Made)> made, CancellationToken ct)
    {
        IReadOnlyList<ArchiveRef> references = await archive.PutManyAsync([.. made.Where(m => m.Made.Bytes is not null).Select(m => new ReadOnlyMemory<byte>(m.Made.Bytes))], ct);
        faults.Pass("checkin.signed");
        await using WriteSession session = await database.BeginAsync(ct);
        Dictionary<string, CheckInRow> now = (await CheckInStore.LockAsync(session, made.Select(m => m.Row.CheckInId), ct)).ToDictionary(r => r.CheckInId, StringComparer.Ordinal);
        (int done, int next) = (0, 0);
        string? pause = null;
        foreach ((CheckInRow read, Made m) in made)
        {
            ArchiveRef? reference = m.Bytes is null ? null : references[next++];
            // Another node or the HIS may have been faster: then these bytes are nobody's.
            if (!now.TryGetValue(read.CheckInId, out CheckInRow? row) || row.CheckInState != CheckInState.Ready || row.Version != read.Version || row.ContentSha256 != read.ContentSha256)
                continue;
            if (reference is not null)
            {
                await QueueAsync(session, row, reference, m.Serial, ct);
                done++;
            }
            else
            {
                pause = await GiveBackAsync(session, row, m, ct) ?? pause;
            }
        }
        if (pause is not null)
            await PauseAsync(session, facility, pause, ct);
        faults.Pass("checkin.before-queue-commit");
        await session.CommitAsync(ct);
        return done;
    }

    private static async Task QueueAsync(WriteSession session, CheckInRow row, ArchiveRef reference, string? serial, CancellationToken ct)
    {
        await DeliveryStore.AddAsync(session, new NewDelivery(
            row.Facility, DeliveryLane.National, PortalService.CheckIn, DeliverySubject.CheckIn, row.CheckInId, row.Version, row.MaLk, row.Release,
            reference.ToString(), reference.Sha256, serial, Actor), ct);
        (row.State, row.SignAt, row.Cause) = (nameof(CheckInState.Queued), null, null);
        await CheckInStore.SaveAsync(session, row, CheckInState.Ready, Actor, serial is null ? "check-in.queued" : "check-in.signed", ct);
    }

    /// <summary>Puts a check-in off. Returns why the facility's signing has to pause; null when only this one is concerned.</summary>
    private async Task<string?> GiveBackAsync(WriteSession session, CheckInRow row, Made made, CancellationToken ct)
    {
        bool ofDocument = made.Fault is SignatureFault.Malformed or SignatureFault.Missing or SignatureFault.WrongPlace or SignatureFault.Profile
            or SignatureFault.Digest or SignatureFault.Value or SignatureFault.Wrapped;
        row.SignAttempts++;
        (row.Cause, row.SignAt) = (made.Note, database.Now + (long)new RetryPolicy(options).DelayAfter(row.SignAttempts, null).TotalMilliseconds);
        await CheckInStore.SaveAsync(session, row, CheckInState.Ready, Actor, "check-in.not-signed", ct);
        return ofDocument || made.Fault == SignatureFault.KeyUnavailable ? null : made.Note;
    }

    private async Task PauseAsync(string facility, string cause, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await PauseAsync(session, facility, cause, ct);
        await session.CommitAsync(ct);
    }

    private static async Task PauseAsync(WriteSession session, string facility, string cause, CancellationToken ct)
    {
        await FacilityStore.SetSignPausedAsync(session, facility, cause, ct);
        session.Audit(facility, Actor, "facility.signing-paused", facility, cause);
    }

    private sealed record Made(byte[]? Bytes, string? Serial, SignatureFault Fault, string Note);
}
