using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Signing;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Submission;

/// <summary>Ready → Signed: builds the package, signs it, verifies the own signature, archives the exact bytes.</summary>
internal sealed class SigningStage(
    Database database, OutboxStore outbox, FacilityStore facilities, SigningKeys keys, IArchive archive, ArchivePause archivePause,
    SubmissionOptions options, FaultPoints faults, NodeLife life)
{
    private const string Actor = "system";
    private readonly Caller self = Caller.System();

    /// <summary>Signs one batch of one facility that has work.</summary>
    /// <returns>Items taken; 0 when there is nothing to do.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (!archivePause.IsOver)
            return 0;
        foreach (string code in await outbox.FacilitiesDueAsync(RecordChanges.SignStage, ct))
        {
            if (await facilities.FindAsync(self, code, ct) is { } facility && await RunAsync(facility, ct) is var done and > 0)
                return done;
        }
        return 0;
    }

    private async Task<int> RunAsync(FacilityRow facility, CancellationToken ct)
    {
        SignerLoad? signer = await keys.SignerOfAsync(facility.Facility, ct);
        // A token that isn't plugged in or a service that is down comes back by itself: the queue waits for it.
        if (signer is { Fault: SignatureFault.KeyUnavailable })
            return 0;
        if (Obstacle(facility, signer) is { } missing)
        {
            await PauseAsync(facility.Facility, missing, ct);
            return 0;
        }
        List<(WorkRow Item, VersionRow Version)> batch = await ClaimAsync(facility.Facility, ct);
        if (batch.Count == 0)
            return 0;
        faults.Pass("sign.claimed");
        try
        {
            Made[] made = new Made[batch.Count];
            await Parallel.ForAsync(0, batch.Count, ct, async (i, stop) => made[i] = await MakeAsync(batch[i].Version, signer?.Signer, stop));
            await StoreAsync(facility.Facility, SignatureDemanded(facility), batch, made, ct);
            return made.Count(m => m.WaitsUntil is null);
        }
        catch (ArchiveUnavailableException)
        {
            await WaitForArchiveAsync([.. batch.Select(b => b.Item)], ct);
            return 0;
        }
    }

    /// <summary>Gives a batch back untouched: nothing of it was stored, and the archive comes back by itself.</summary>
    private async Task WaitForArchiveAsync(List<WorkRow> batch, CancellationToken ct)
    {
        long due = archivePause.Failed();
        await using WriteSession session = await database.BeginAsync(ct);
        foreach (WorkRow item in await OutboxStore.HeldAsync(session, batch, ct))
            await OutboxStore.PostponeAsync(session, item, due, ArchivePause.Cause, ct);
        await session.CommitAsync(ct);
    }

    private string? Obstacle(FacilityRow facility, SignerLoad? signer)
    {
        if (signer is not null)
            return signer.Ok ? null : signer.Message;
        return SignatureDemanded(facility) ? "Chưa khai báo chứng thư ký số; hãy thêm ở trang Chứng thư số." : null;
    }

    /// <summary>Whether packages of the facility that are sent today must be signed.</summary>
    internal bool SignatureDemanded(FacilityRow facility) => FacilitySettings.SignatureDemanded(facility, Today());

    private DateOnly Today() => database.Time.GetUtcNow().VietnamDay();

    private async Task<List<(WorkRow Item, VersionRow Version)>> ClaimAsync(string facility, CancellationToken ct)
    {
        await life.ShowAsync(ct);
        await using WriteSession session = await database.BeginAsync(ct);
        List<WorkRow> items = await OutboxStore.ClaimAsync(session, facility, RecordChanges.SignStage, options.SignBatch, life.Owner, options.Lease, ct);
        if (items.Count == 0)
            return [];
        Dictionary<string, VersionRow> versions = (await RecordStore.LiveAsync(session, [.. items.Select(i => i.RecordId)], ct)).ToDictionary(v => v.Key, StringComparer.Ordinal);
        List<(WorkRow Item, VersionRow Version)> batch = [];
        foreach (WorkRow item in items)
        {
            if (versions.TryGetValue($"{item.RecordId}/{item.Version}", out VersionRow? version) && version is { IsCurrent: 1, RecordState: RecordState.Ready })
                batch.Add((item, version));
            else
                await OutboxStore.BuryAsync(session, item, "Phiên bản không còn ở trạng thái sẵn sàng.", ct);
        }
        await session.CommitAsync(ct);
        return batch;
    }

    private async Task<Made> MakeAsync(VersionRow version, IDocumentSigner? signer, CancellationToken ct)
    {
        if (!archivePause.IsOver)
            return Made.Waiting(archivePause.End);
        byte[] content;
        try
        {
            content = await archive.GetAsync(ArchiveRef.Parse(version.ContentRef), ct);
            archivePause.Worked();
        }
        catch (ArchiveUnavailableException)
        {
            return Made.Waiting(archivePause.Failed());
        }
        catch (ArchiveDamagedException e)
        {
            // This record alone is concerned: the others of its batch go on.
            return new Made(null, null, $"Kho lưu trữ không còn đúng nội dung hồ sơ; khôi phục từ bản sao lưu rồi cho chạy lại. {e.Message}", SignatureFault.Value);
        }
        DateTimeOffset now = database.Time.GetUtcNow();
        if (version.ArrivedSigned != 0 && signer is not null && Verify(content, signer, now).Valid)
            return new Made(content, signer.Certificate.SerialNumber, "Gói đến đã ký đúng chứng thư của cơ sở: gửi nguyên gói.", SignatureFault.None);
        byte[] package;
        using (OpenRecord open = OpenRecord.From(content))
            package = PackageWriter.WriteSingle(open.Record, Releases.Get(version.Release), version.Facility, Today());
        if (signer is null)
            return new Made(package, null, "Ngày gửi chưa bắt buộc ký.", SignatureFault.None);
        SignResult result = await signer.SignAsync(package, new SignOptions { At = now }, ct);
        if (result is SignResult.Refused refused)
            return new Made(null, null, refused.Message, refused.Fault);
        byte[] bytes = ((SignResult.Signed)result).Bytes;
        VerificationReport own = Verify(bytes, signer, now);
        string note = version.ArrivedSigned != 0 ? "Gói đến có chữ ký không dùng được: đã dựng lại và ký." : "";
        return own.Valid
            ? new Made(bytes, signer.Certificate.SerialNumber, note, SignatureFault.None)
            : new Made(null, null, $"Chữ ký vừa tạo không tự kiểm tra được: {own.Message}", SignatureFault.Value);
    }

    private static VerificationReport Verify(byte[] document, IDocumentSigner signer, DateTimeOffset at) =>
        SignatureVerifier.Verify(document, new VerificationPolicy
        {
            At = at,
            Trust = [signer.Certificate],
            RegisteredSerials = [signer.Certificate.SerialNumber],
        });

    private async Task StoreAsync(string facility, bool demanded, List<(WorkRow Item, VersionRow Version)> batch, Made[] made, CancellationToken ct)
    {
        IReadOnlyList<ArchiveRef> references = await archive.PutManyAsync(
            [.. made.Where(m => m.Bytes is not null).Select(m => new ReadOnlyMemory<byte>(m.Bytes))], ct);
        if (references.Count > 0)
            archivePause.Worked();
        faults.Pass("sign.archived");
        await using WriteSession session = await database.BeginAsync(ct);
        Dictionary<string, VersionRow> now = (await RecordStore.LockManyAsync(session, [.. batch.Select(b => b.Item.RecordId)], ct))
            .ToDictionary(v => v.Key, StringComparer.Ordinal);
        HashSet<WorkRow> held = await OutboxStore.HeldAsync(session, [.. batch.Select(b => b.Item)], ct);
        RecordChanges changes = new(session);
        List<(VersionRow, SendingFacts)> noted = [];
        string? pause = null;
        int next = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            ArchiveRef? reference = made[i].Bytes is null ? null : references[next++];
            // A person or the HIS may have been faster, or the lease ran out: then these bytes are nobody's.
            if (!now.TryGetValue(batch[i].Version.Key, out VersionRow? version) || version is not { IsCurrent: 1, RecordState: RecordState.Ready })
                continue;
            if (!held.Contains(batch[i].Item))
                continue;
            if (made[i].WaitsUntil is { } due)
            {
                await OutboxStore.PostponeAsync(session, batch[i].Item, due, ArchivePause.Cause, ct);
                continue;
            }
            noted.Add((version, SendingFindings.OfSigning(version, demanded, made[i].Serial, made[i].Fault, made[i].Note, database.Time.GetUtcNow())));
            if (reference is not null)
                Advance(session, changes, version, reference, made[i]);
            else
                pause = await GiveBackAsync(session, batch[i].Item, made[i], ct) ?? pause;
        }
        await SendingFindings.NoteAsync(session, changes, noted, ct);
        await changes.FlushAsync(ct);
        if (pause is not null)
            await FacilityStore.SetSignPausedAsync(session, facility, pause, ct);
        faults.Pass("sign.before-commit");
        await session.CommitAsync(ct);
    }

    private static void Advance(WriteSession session, RecordChanges changes, VersionRow version, ArchiveRef reference, Made made)
    {
        if (made.Serial is not null)
        {
            session.Audit(version.Facility, Actor, "record.signed", $"{version.MaLk}/{version.Version}", made.Serial);
            changes.Move(version, RecordState.Signed, RecordEvent.SignedBy, Actor, made.Note.Length == 0 ? null : made.Note);
        }
        changes.Sign(version, reference.ToString(), reference.Sha256, made.Serial);
        changes.Enqueue(version, RecordChanges.SendStage);
    }

    /// <summary>Gives an item back. Returns why the facility's signing has to pause; null when only this record is concerned.</summary>
    private async Task<string?> GiveBackAsync(WriteSession session, WorkRow item, Made made, CancellationToken ct)
    {
        switch (made.Fault)
        {
            case SignatureFault.KeyUnavailable:
                long due = database.Now + (long)new RetryPolicy(options).DelayAfter(item.Attempts, null).TotalMilliseconds;
                await OutboxStore.RetryAsync(session, item, due, made.Note, item.Resends, ct);
                return null;
            case SignatureFault.Expired or SignatureFault.NotYetValid or SignatureFault.KeyUsage or SignatureFault.WeakKey or SignatureFault.Certificate
                or SignatureFault.NotRegistered or SignatureFault.WrongPassword or SignatureFault.NoPrivateKey or SignatureFault.Untrusted or SignatureFault.BadAnswer:
                await OutboxStore.UntouchedAsync(session, item, made.Note, ct);
                return made.Note;
            default:
                await OutboxStore.BuryAsync(session, item, made.Note, ct);
                return null;
        }
    }

    private async Task PauseAsync(string facility, string cause, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await FacilityStore.SetSignPausedAsync(session, facility, cause, ct);
        session.Audit(facility, Actor, "facility.signing-paused", facility, cause);
        await session.CommitAsync(ct);
    }

    /// <summary>What became of an item; <c>WaitsUntil</c> when its content couldn't be had now.</summary>
    private sealed record Made(byte[]? Bytes, string? Serial, string Note, SignatureFault Fault, long? WaitsUntil = null)
    {
        public static Made Waiting(long until) => new(null, null, ArchivePause.Cause, SignatureFault.None, until);
    }
}
