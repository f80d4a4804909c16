using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Rules;

/// <summary>Asking for exceptions to rules, agreeing to them, ending them, and accounting for what they hide.</summary>
public sealed class RuleExceptions
{
    /// <summary>Most records a preview looks at.</summary>
    public const int PreviewRecords = 5000;

    private readonly Database database;
    private readonly ExceptionStore store;
    private readonly CauseQueries causes;
    private readonly ExceptionBook book;
    private readonly ExceptionKeeper keeper;

    internal RuleExceptions(Database database, ExceptionStore store, CauseQueries causes, ExceptionBook book, ExceptionKeeper keeper) =>
        (this.database, this.store, this.causes, this.book, this.keeper) = (database, store, causes, book, keeper);

    /// <summary>Exceptions of the caller's facilities, newest first; only those that touch a rule when one is named.</summary>
    public async Task<IReadOnlyList<ExceptionView>> ListAsync(Caller caller, string? rule, CancellationToken ct) =>
        (await store.ListAsync(caller, rule, ct)).ConvertAll(r => r.ToView(database.Now));

    /// <summary>One exception; null when unknown or out of scope.</summary>
    public async Task<ExceptionView?> FindAsync(Caller caller, Guid id, CancellationToken ct) => (await store.FindAsync(caller, id, ct))?.ToView(database.Now);

    /// <summary>The findings an exception changes now, by record; <paramref name="after"/> is the last record of the page before.</summary>
    public async Task<IReadOnlyList<ExceptedFinding>> AccountAsync(Caller caller, Guid id, Guid? after, int take, CancellationToken ct)
    {
        string key = id.ToString("N");
        List<ExceptedFinding> findings = [];
        foreach (FindingsRow record in await causes.ExceptedAsync(caller, key, after?.ToString() ?? "", Math.Clamp(take, 1, 500), ct))
            findings.AddRange(PackedFindings.Unpack(record.Findings).Where(f => f.Exception == key).Select(f => new ExceptedFinding(Guid.Parse(record.RecordId), record.MaLk, f)));
        return findings;
    }

    /// <summary>What a request would change among stored findings, before anything is stored.</summary>
    public async Task<ExceptionPreview> PreviewAsync(Caller caller, ExceptionDraft draft, CancellationToken ct)
    {
        DateTimeOffset now = database.Time.GetUtcNow();
        RuleException exception = ExceptionRequest.Read(draft, Guid.Empty, now) with { Approved = true, Start = now };
        ExceptionPreview preview = new();
        ExceptionSet set = ExceptionSet.Of([exception]);
        List<string> ids = await causes.RecordsOfRuleAsync(caller, draft.Facility, exception.Rule, PreviewRecords + 1, ct);
        preview.IsCut = ids.Count > PreviewRecords;
        foreach (string[] chunk in ids.Take(PreviewRecords).Chunk(500))
        {
            foreach (FindingsRow record in await causes.FindingsAsync(caller, chunk, ct))
                preview.Add(record, set, now);
        }
        return preview;
    }

    /// <summary>Stores a request. It holds at once, unless it lowers a protected rule: then a second person has to agree.</summary>
    /// <param name="caller">Needs <see cref="Permissions.ManageRules"/>.</param>
    /// <param name="draft">The request.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<RuleResult> ProposeAsync(Caller caller, ExceptionDraft draft, CancellationToken ct)
    {
        if (!caller.May(Permissions.ManageRules))
            return new RuleResult.Forbidden(Permissions.ManageRules);
        bool forAll = draft.Facility == RuleException.AllFacilities;
        if (forAll ? !caller.Scope.All : !caller.Scope.Holds(draft.Facility))
            return new RuleResult.Refused("bad-facility", "Cơ sở không có hoặc không thuộc quyền của bạn.");
        DateTimeOffset now = database.Time.GetUtcNow();
        bool known = (await causes.RecordsOfRuleAsync(caller, draft.Facility, draft.Rule.Trim(), 1, ct)).Count > 0;
        if (ExceptionRequest.Fault(draft, known, now) is { } fault)
            return new RuleResult.Refused("bad-exception", fault);
        RuleException exception = ExceptionRequest.Read(draft, Guid.CreateVersion7(now), now);
        bool needs = ExceptionRequest.NeedsApproval(exception);
        await using WriteSession session = await database.BeginAsync(ct);
        await ExceptionStore.InsertAsync(session, exception, draft, caller.Name, needs, ct);
        session.Audit(exception.Facility, caller.Name, needs ? "exception.proposed" : "exception.created", exception.Id.ToString(), $"{exception.Rule} {exception.Action}");
        await session.CommitAsync(ct);
        Changed();
        return new RuleResult.Done(exception.Id);
    }

    /// <summary>A second person agrees or refuses.</summary>
    /// <param name="caller">Needs <see cref="Permissions.ApproveRules"/>, and is not the author.</param>
    /// <param name="id">The exception.</param>
    /// <param name="agree">Whether it may hold.</param>
    /// <param name="reason">Why not; required when refused.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<RuleResult> DecideAsync(Caller caller, Guid id, bool agree, string reason, CancellationToken ct) =>
        ChangeAsync(caller, Permissions.ApproveRules, id, async (session, row, state) =>
        {
            if (state != ExceptionState.Proposed)
                return new RuleResult.Refused("wrong-state", "Ngoại lệ này không chờ duyệt.");
            if (row.Author == caller.Name)
                return new RuleResult.Refused("same-person", "Người đề nghị không được tự duyệt; nhờ người thứ hai.");
            if (!agree && string.IsNullOrWhiteSpace(reason))
                return new RuleResult.Refused("reason-required", "Ghi lý do không duyệt.");
            await ExceptionStore.DecideAsync(session, row.ExceptionId, caller.Name, agree, agree ? null : reason.Trim(), ct);
            session.Audit(row.Facility, caller.Name, agree ? "exception.approved" : "exception.refused", id.ToString(), row.Rule);
            return null;
        }, ct);

    /// <summary>Ends an exception before its time.</summary>
    /// <param name="caller">Needs <see cref="Permissions.ManageRules"/>.</param>
    /// <param name="id">The exception.</param>
    /// <param name="reason">Why; required.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<RuleResult> EndAsync(Caller caller, Guid id, string reason, CancellationToken ct) =>
        ChangeAsync(caller, Permissions.ManageRules, id, async (session, row, state) =>
        {
            if (state is not (ExceptionState.Active or ExceptionState.Coming or ExceptionState.Proposed))
                return new RuleResult.Refused("wrong-state", "Ngoại lệ này đã hết hiệu lực.");
            if (string.IsNullOrWhiteSpace(reason))
                return new RuleResult.Refused("reason-required", "Ghi lý do kết thúc.");
            await ExceptionStore.EndAsync(session, row.ExceptionId, caller.Name, reason.Trim(), ct);
            session.Audit(row.Facility, caller.Name, "exception.ended", id.ToString(), row.Rule);
            return null;
        }, ct);

    private async Task<RuleResult> ChangeAsync(
        Caller caller, string permission, Guid id, Func<WriteSession, ExceptionRow, ExceptionState, Task<RuleResult?>> change, CancellationToken ct)
    {
        if (!caller.May(permission))
            return new RuleResult.Forbidden(permission);
        await using (WriteSession session = await database.BeginAsync(ct))
        {
            if (await ExceptionStore.LockAsync(session, caller, id, ct) is not { } row)
                return new RuleResult.NotFound();
            if (await change(session, row, row.ToView(database.Now).State) is { } refused)
                return refused;
            await session.CommitAsync(ct);
        }
        Changed();
        return new RuleResult.Done(id);
    }

    private void Changed()
    {
        book.Forget();
        keeper.Signal.Pulse();
    }
}

/// <summary>A finding that an exception changes.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="MaLk">Its <c>MA_LK</c>.</param>
/// <param name="Finding">The finding.</param>
public sealed record ExceptedFinding(Guid RecordId, string MaLk, StoredFinding Finding);

/// <summary>What a request would change.</summary>
public sealed class ExceptionPreview
{
    private const int MostExamples = 20;
    private readonly List<ExceptedFinding> examples = [];

    /// <summary>Whether more records have the rule than were looked at.</summary>
    public bool IsCut { get; internal set; }

    /// <summary>Records looked at: those with findings of the rule.</summary>
    public int Looked { get; private set; }

    /// <summary>Records it would change.</summary>
    public int Records { get; private set; }

    /// <summary>Findings it would change.</summary>
    public int Findings { get; private set; }

    /// <summary>VND at risk of these findings.</summary>
    public decimal AtRisk { get; private set; }

    /// <summary>Some of the findings.</summary>
    public IReadOnlyList<ExceptedFinding> Examples => examples;

    internal void Add(FindingsRow record, ExceptionSet set, DateTimeOffset now)
    {
        Looked++;
        ExceptionFacts facts = new(record.MaLoaiKcb, record.CardPrefix);
        List<StoredFinding> met = [.. PackedFindings.Unpack(record.Findings).Where(f => set.Decide(AppliedExceptions.Facts(f, facts), now) is not null)];
        if (met.Count == 0)
            return;
        Records++;
        Findings += met.Count;
        AtRisk += CauseShare.Of("", met).Max(s => s.AtRisk);
        foreach (StoredFinding f in met.Take(MostExamples - examples.Count))
            examples.Add(new ExceptedFinding(Guid.Parse(record.RecordId), record.MaLk, f));
    }
}
