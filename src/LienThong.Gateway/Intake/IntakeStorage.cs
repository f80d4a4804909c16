using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.History;
using LienThong.Gateway.Intake.Visits;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Intake;

/// <summary>Stores judged records: contents first, then versions, findings, states, work and audit of a batch in one transaction.</summary>
internal sealed class IntakeStorage(Database database, IArchive archive, IRecordJudge judge, FaultPoints faults)
{
    /// <summary>Stores a batch and notes in the files' ledgers what became of each record.</summary>
    /// <param name="caller">Who hands it in.</param>
    /// <param name="batch">Records of one or more files; emptied.</param>
    /// <param name="finished">Files whose rows are written with this transaction.</param>
    /// <param name="ground">What deadlines are calculated by.</param>
    /// <param name="ct">Stops the work; what is committed stays.</param>
    public async Task StoreAsync(Caller caller, List<PendingRecord> batch, IReadOnlyList<IntakeFile> finished, DeadlineGround ground, CancellationToken ct)
    {
        await ArchiveAsync(batch, ct);
        faults.Pass("intake.archived");
        // A record that comes twice in a batch needs two rounds: the second must see what the first stored.
        while (batch.Count > 0)
        {
            HashSet<(string Facility, string MaLk)> taken = [];
            List<PendingRecord> round = [], rest = [];
            foreach (PendingRecord pending in batch)
                (taken.Add((pending.Facility, pending.MaLk)) ? round : rest).Add(pending);
            await RoundAsync(caller, round, rest.Count == 0 ? finished : [], ground, ct);
            batch.Clear();
            batch.AddRange(rest);
            if (rest.Count == 0)
                return;
        }
        await RoundAsync(caller, [], finished, ground, ct);
    }

    private async Task ArchiveAsync(List<PendingRecord> batch, CancellationToken ct)
    {
        List<PendingRecord> cut = [];
        foreach (PendingRecord pending in batch)
        {
            if (pending.File.IsSingle)
                pending.Reference = pending.File.Content.Reference;
            else
                cut.Add(pending);
        }
        PendingVisit[] visits = [.. batch.Select(p => p.Visit).OfType<PendingVisit>()];
        IReadOnlyList<ArchiveRef> references = await archive.PutManyAsync(
            [.. cut.Select(p => new ReadOnlyMemory<byte>(p.Content)), .. visits.Select(v => new ReadOnlyMemory<byte>(v.Source))], ct);
        for (int i = 0; i < cut.Count; i++)
            cut[i].Reference = references[i];
        for (int i = 0; i < visits.Length; i++)
            visits[i].Reference = references[cut.Count + i];
    }

    private async Task RoundAsync(Caller caller, List<PendingRecord> round, IReadOnlyList<IntakeFile> finished, DeadlineGround ground, CancellationToken ct)
    {
        List<(PendingRecord Pending, IntakeRecord Entry)> entries = new(round.Count);
        await using (WriteSession session = await database.BeginAsync(ct))
        {
            RecordChanges changes = new(session);
            foreach (IGrouping<string, PendingRecord> facility in round.GroupBy(p => p.Facility, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
                await PlaceAsync(session, changes, caller, facility.Key, [.. facility], ground, entries, ct);
            await changes.FlushAsync(ct);
            await VisitStore.AddAsync(session, [.. entries.Where(e => e.Pending.Visit is not null)], ct);
            // The rows tell the ledger as it is once this transaction is committed.
            foreach ((PendingRecord pending, IntakeRecord entry) in entries)
                pending.File.Ledger.Add(entry with { Facility = pending.Facility, Problems = pending.Visit?.Problems ?? [] });
            await SaveFilesAsync(session, caller, finished, ct);
            faults.Pass("intake.before-commit");
            await session.CommitAsync(ct);
        }
        faults.Pass("intake.after-commit");
    }

    public async Task SaveFilesAsync(WriteSession session, Caller caller, IReadOnlyList<IntakeFile> files, CancellationToken ct, bool reading = false)
    {
        if (files.Count == 0)
            return;
        long now = database.Now;
        await FileStore.SaveAsync(session, [.. files.Select(f => f.ToRow(caller.Name, reading ? null : now))], ct);
        if (!reading)
            await VisitStore.SaveLedgerAsync(session, files.Where(f => f.Kind == IntakeKind.Visits), ct);
        foreach (IntakeFile file in files.Where(_ => !reading))
            session.Audit(file.Facility, caller.Name, "file.taken-in", file.Id.ToString(), file.Content.Reference.Sha256);
    }

    private async Task PlaceAsync(
        WriteSession session, RecordChanges changes, Caller caller, string facility, List<PendingRecord> records, DeadlineGround ground,
        List<(PendingRecord Pending, IntakeRecord Entry)> entries, CancellationToken ct)
    {
        await database.Dialect.LockHistoryAsync(session.Connection, session.Transaction, facility, ct);
        Dictionary<string, string> ids = await RecordStore.EnsureAsync(session, facility, [.. records.Select(r => r.MaLk)], ct);
        ILookup<string, VersionRow> versions = (await RecordStore.AllVersionsAsync(session, ids.Values, ct)).ToLookup(v => v.RecordId, StringComparer.Ordinal);
        string[] corrected = [.. versions.Where(g => g.Any(v => v is { IsCurrent: 1, Origin: VersionPlacing.Correction })).Select(g => g.Key)];
        ILookup<string, CorrectionRow>? corrections = corrected.Length == 0
            ? null
            : (await RecordStore.CorrectionsAsync(session, corrected, ct)).ToLookup(c => c.RecordId, StringComparer.Ordinal);
        Dictionary<string, List<VisitSourceRow>> sources = await VisitStore.SourcesAsync(session, [.. records.Where(r => r.Visit is not null).Select(r => ids[r.MaLk])], ct);
        List<PendingRecord> outdated = records.FindAll(r => r.Visit is { } visit && VisitDoor.IsOutdated(visit, sources.GetValueOrDefault(ids[r.MaLk])));
        foreach (PendingRecord pending in outdated)
        {
            string message = VisitDoor.Outdated(pending.Visit!, sources[ids[pending.MaLk]]);
            entries.Add((pending, new IntakeRecord(pending.Hoso, pending.MaLk, IntakeVerdict.Refused, null, null, null, 0, 0, message)));
        }
        records = records.FindAll(r => !outdated.Contains(r));
        await JudgeBesideAsync(session, records, ids, versions, ct);
        foreach (PendingRecord pending in records)
        {
            string id = ids[pending.MaLk];
            List<VersionRow> all = [.. versions[id]];
            await FindPaymentAsync(pending, all, ct);
            entries.Add((pending, Place(changes, caller, pending, Guid.Parse(id), all, corrections?[id], sources.GetValueOrDefault(id), ground)));
        }
    }

    /// <summary>The records see each other and everything stored; stored ones that they concern are judged again soon.</summary>
    private async Task JudgeBesideAsync(
        WriteSession session, List<PendingRecord> records, Dictionary<string, string> ids, ILookup<string, VersionRow> versions, CancellationToken ct)
    {
        List<AskedRecord> asked = [];
        foreach (PendingRecord pending in records)
        {
            if (pending.Facts is not { } facts || versions[ids[pending.MaLk]].Any(v => v.ContentSha256 == pending.Sha256))
                continue;
            facts.Id = ids[pending.MaLk];
            asked.Add(new AskedRecord(facts, versions[facts.Id].Select(v => v.Version).DefaultIfEmpty(0).Max() + 1));
        }
        HistorySnapshot others = await HistoryStore.LoadAsync(database, session, judge, asked, ct);
        DateTimeOffset now = database.Time.GetUtcNow();
        HashSet<string> here = [.. asked.Select(a => a.Facts.Id)];
        List<RecordFacts> concerned = [];
        foreach (PendingRecord pending in records)
        {
            if (pending.Facts is not { Id.Length: > 0 } facts)
                continue;
            (pending.Findings, IReadOnlyList<RecordFacts> partners) = BesideOthers.Judge(judge, pending.Findings, facts, others, now);
            concerned.AddRange(BesideOthers.Concerned(judge, facts, partners, others, now).Where(c => !here.Contains(c.Id)));
        }
        await HistoryStore.AddDueAsync(session, concerned, ct);
    }

    /// <summary>Whether a changed visit that gives no reason only adds the payment.</summary>
    private async Task FindPaymentAsync(PendingRecord pending, List<VersionRow> all, CancellationToken ct)
    {
        if (pending.Visit is { IsPaid: true, Reason: null } visit && all.FindLast(v => v.Origin == VersionPlacing.His) is { } before && before.ContentSha256 != pending.Sha256)
            visit.AddsPayment = VisitDoor.OnlyAddsPayment(await archive.GetAsync(ArchiveRef.Parse(before.ContentRef), ct), pending.Content);
    }

    private static IntakeRecord Place(
        RecordChanges changes, Caller caller, PendingRecord pending, Guid id, List<VersionRow> all, IEnumerable<CorrectionRow>? corrections,
        List<VisitSourceRow>? sources, DeadlineGround ground)
    {
        (int blocks, int warnings) = (pending.Findings.Count(Severity.Block), pending.Findings.Count(Severity.Warn));
        VersionRow? current = all.Find(v => v.IsCurrent != 0);
        if (Known(pending, all, current, sources) is { } same)
        {
            // What this very file stored before a crash is told as it was then.
            bool ours = same.FileId == pending.File.Id.ToString() && same.Hoso == pending.Hoso;
            IntakeVerdict known = !ours ? IntakeVerdict.Same : same.IsWaiting != 0 ? IntakeVerdict.Waiting : same.Version == 1 ? IntakeVerdict.New : IntakeVerdict.NewVersion;
            return new IntakeRecord(
                pending.Hoso, pending.MaLk, known, id, same.Version, same.RecordState, blocks, warnings, ours && same.IsWaiting != 0 ? same.StateCause ?? "" : "");
        }
        bool needsReason = pending.Visit is { Reason: null, AddsPayment: false } && all.Exists(v => v.SignedRef is not null || RecordStates.IsSignedOrLater(v.RecordState));
        string? conflict = Join(
            current is null || corrections is null ? null : Missing(pending, corrections.Where(c => c.Version == current.Version)), needsReason ? VisitDoor.ReasonMissing : null);
        DateTimeOffset received = DateTimeOffset.FromUnixTimeMilliseconds(pending.File.ReceivedAt);
        GroundedDeadline deadline = ground.Of(pending.Facility, pending.Summary, received);
        NewVersion draft = new()
        {
            RecordId = id,
            Version = all.Count == 0 ? 1 : all[^1].Version + 1,
            Facility = pending.Facility,
            MaLk = pending.MaLk,
            State = RecordState.Received,
            IsCurrent = false,
            IsWaiting = false,
            Origin = VersionPlacing.His,
            Reason = all.Count == 0 || needsReason ? null : pending.Visit is null ? VersionPlacing.Unexplained : VisitDoor.ReasonOf(pending.Visit),
            Actor = caller.Name,
            FileId = pending.File.Id.ToString(),
            Hoso = pending.Hoso,
            ContentRef = pending.Reference!.ToString(),
            ContentSha256 = pending.Sha256,
            ArrivedSigned = pending.File is { IsSingle: true, HasSignature: true },
            Summary = pending.Summary,
            Findings = pending.Findings,
            Deadline = deadline,
            ReceivedAt = pending.File.ReceivedAt,
            Facts = pending.Facts,
        };
        NewVersion placed = VersionPlacing.Add(changes, [.. all.Where(v => v.IsCurrent != 0 || v.IsWaiting != 0)], draft, conflict);
        IntakeVerdict verdict = placed.IsWaiting ? IntakeVerdict.Waiting : all.Count == 0 ? IntakeVerdict.New : IntakeVerdict.NewVersion;
        string message = conflict ?? (placed.IsWaiting ? "Bản trước đang gửi; bản này chờ." : "");
        return new IntakeRecord(pending.Hoso, pending.MaLk, verdict, id, placed.Version, placed.State, blocks, warnings, message);
    }

    /// <summary>The version that says the same already; null when there is none.</summary>
    private static VersionRow? Known(PendingRecord pending, List<VersionRow> all, VersionRow? current, List<VisitSourceRow>? sources)
    {
        VersionRow? lastFromHis = all.FindLast(v => v.Origin == VersionPlacing.His);
        foreach (VersionRow? same in (VersionRow?[])[lastFromHis, current])
        {
            if (same?.ContentSha256 == pending.Sha256)
                return same.LacksReason && pending.Visit?.Reason is not null ? null : same;
        }
        // A signed record isn't made anew only because visits are built in another way since.
        return pending.Visit is { } visit && lastFromHis is { IsWaiting: 0 } && (lastFromHis.SignedRef is not null || RecordStates.IsSignedOrLater(lastFromHis.RecordState))
            && sources?.Find(s => s.Version == lastFromHis.Version)?.Fingerprint == visit.Fingerprint ? lastFromHis : null;
    }

    private static string? Join(string? first, string? second) => first is null ? second : second is null ? first : $"{first} {second}";

    /// <summary>Which of the officer's corrections the new content lacks; null when it has them all.</summary>
    private static string? Missing(PendingRecord pending, IEnumerable<CorrectionRow> corrections)
    {
        using OpenRecord open = OpenRecord.From(pending.Content);
        List<string> missing = [];
        foreach (CorrectionRow c in corrections)
        {
            bool there = TableNames.TryParse(c.TableName, out TableId table) && FieldId.TryParse(table, c.Field, out FieldId field)
                && open.Record[table] is { } rows && c.RowNumber <= rows.Count && rows[c.RowNumber - 1][field].Text.Trim() == c.NewValue.Trim();
            if (!there)
                missing.Add($"{c.TableName}[{c.RowNumber}].{c.Field}");
        }
        return missing.Count == 0 ? null : $"HIS gửi bản không có sửa đổi của cán bộ BHYT: {string.Join(", ", missing)}. Chọn bản nào được gửi.";
    }
}
