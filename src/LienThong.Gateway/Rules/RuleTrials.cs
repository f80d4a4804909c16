using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.History;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Standard;
using LienThong.Validation;
using LienThong.Validation.Custom;

namespace LienThong.Gateway.Rules;

/// <summary>What to try.</summary>
/// <param name="Facility">Facility whose records are judged.</param>
/// <param name="Rule">Rule, or beginning of its code and <c>*</c>.</param>
/// <param name="Days">Records that arrived in so many days, 1–366.</param>
/// <param name="Draft">Exception to try; null to try the rule without the exceptions that name it, as if it were switched on.</param>
public sealed record TrialRequest(string Facility, string Rule, int Days, ExceptionDraft? Draft)
{
    /// <summary>Custom rules to try instead of <see cref="Rule"/>; null for a rule of the product.</summary>
    public CustomRuleFile? File { get; init; }
}

/// <summary>Judges stored records as if a rule or exception were in effect. Nothing stored changes.</summary>
public sealed class RuleTrials
{
    /// <summary>Longest time back, in days.</summary>
    public const int MostDays = 366;

    private const int RecordsAtOnce = 100;

    private readonly Database database;
    private readonly IArchive archive;
    private readonly IRecordJudge judge;
    private readonly ExceptionStore exceptions;
    private readonly CauseQueries queries;
    private readonly RuleJobs jobs;

    internal RuleTrials(Database database, IArchive archive, IRecordJudge judge, ExceptionStore exceptions, CauseQueries queries, RuleJobs jobs) =>
        (this.database, this.archive, this.judge, this.exceptions, this.queries, this.jobs) = (database, archive, judge, exceptions, queries, jobs);

    /// <summary>Starts a trial in the background.</summary>
    /// <param name="caller">Needs <see cref="Permissions.ManageRules"/>.</param>
    /// <param name="request">What to try.</param>
    /// <returns><see cref="RuleResult.Done"/> with the job's id.</returns>
    public RuleResult Start(Caller caller, TrialRequest request)
    {
        if (!caller.May(Permissions.ManageRules))
            return new RuleResult.Forbidden(Permissions.ManageRules);
        if (!caller.Scope.Holds(request.Facility))
            return new RuleResult.Refused("bad-facility", "Cơ sở không có hoặc không thuộc quyền của bạn.");
        if (request.Days is < 1 or > MostDays)
            return new RuleResult.Refused("bad-days", $"Số ngày chạy thử từ 1 đến {MostDays}.");
        if (request.File is null && request.Rule.TrimEnd('*').Length < 2)
            return new RuleResult.Refused("bad-rule", "Ghi mã quy tắc cần chạy thử.");
        return new RuleResult.Done(jobs.Start(caller, request.Facility, $"Chạy thử {request.File?.Name ?? request.Rule}", (job, ct) => RunAsync(job, caller, request, ct)).Id);
    }

    private async Task RunAsync(RuleJob job, Caller caller, TrialRequest request, CancellationToken ct)
    {
        DateTimeOffset now = database.Time.GetUtcNow();
        (ExceptionSet before, ExceptionSet after) = await SetsAsync(request, now, ct);
        long since = now.AddDays(-request.Days).ToUnixTimeMilliseconds();
        List<TrialRow> rows = await queries.ArrivedAsync(caller, request.Facility, since, ct);
        TrialResult result = new(request);
        job.Begin(rows.Count, result);
        foreach (TrialRow[] chunk in rows.Chunk(RecordsAtOnce))
        {
            Tried[] tried = new Tried[chunk.Length];
            await Parallel.ForAsync(0, chunk.Length, ct, async (i, stop) => tried[i] = await AloneAsync(chunk[i], request, now, stop));
            List<AskedRecord> asked = [.. tried.Where(t => t.Facts is not null).Select(t => new AskedRecord(t.Facts!, t.Row.Version, t.Row.Origin == VersionPlacing.Correction))];
            HistorySnapshot others = await HistoryStore.LoadAsync(database, null, judge, asked, ct);
            Parallel.ForEach(tried, t =>
            {
                IReadOnlyList<StoredFinding> all = BesideOthers.Judge(judge, t.Alone, t.Facts, others, now).Findings.All;
                IReadOnlyList<StoredFinding> then = request.File is null ? all : [.. all.Where(f => !result.Covers(f.Rule)), .. t.ByFile];
                result.Add(t.Row, AppliedExceptions.Apply(all, before, t.Known, now), AppliedExceptions.Apply(then, after, t.Known, now));
                job.Step();
            });
        }
    }

    private async ValueTask<Tried> AloneAsync(TrialRow row, TrialRequest request, DateTimeOffset now, CancellationToken ct)
    {
        using OpenRecord open = await OpenRecord.LoadAsync(archive, row.ContentRef, ct);
        Judged judged = judge.Judge(open.Record, now, request.Facility);
        if (judged.Facts is { } facts)
            facts.Id = row.RecordId;
        return new Tried(
            row, judged.Findings, judged.Facts, ExceptionFacts.Of(open.Record), request.File is { } file ? judge.JudgeBy(open.Record, now, request.Facility, file) : []);
    }

    private async Task<(ExceptionSet Before, ExceptionSet After)> SetsAsync(TrialRequest request, DateTimeOffset now, CancellationToken ct)
    {
        List<RuleException> holding =
        [
            .. (await exceptions.HoldingAsync(now.ToUnixTimeMilliseconds(), ct)).Select(r => r.ToException())
                .Where(e => e.Facility == request.Facility || e.Facility == RuleException.AllFacilities),
        ];
        ExceptionSet before = ExceptionSet.Of(holding);
        if (request.File is not null)
            return (before, before);
        if (request.Draft is { } draft)
            return (before, ExceptionSet.Of([.. holding, ExceptionRequest.Read(draft, Guid.Empty, now) with { Approved = true, Start = now }]));
        return (before, ExceptionSet.Of(holding.Where(e => e.Rule != request.Rule)));
    }

    private sealed record Tried(TrialRow Row, JudgedFindings Alone, RecordFacts? Facts, ExceptionFacts Known, IReadOnlyList<StoredFinding> ByFile);
}

/// <summary>Findings of the rule that was tried.</summary>
public sealed class TrialCount
{
    /// <summary>Records with at least one.</summary>
    public int Records { get; private set; }

    /// <summary>Findings that count.</summary>
    public int Findings { get; private set; }

    /// <summary>Those that block.</summary>
    public int Blocks { get; private set; }

    /// <summary>VND at risk.</summary>
    public decimal AtRisk { get; private set; }

    internal void Add(List<StoredFinding> findings)
    {
        if (findings.Count == 0)
            return;
        Records++;
        Findings += findings.Count;
        Blocks += findings.Count(f => f.Severity == Severity.Block);
        AtRisk += CauseShare.Of("", findings).Max(s => s.AtRisk);
    }
}

/// <summary>What a trial found so far.</summary>
/// <param name="request">What is tried.</param>
public sealed class TrialResult(TrialRequest request)
{
    private const int MostExamples = 20;
    private readonly Lock gate = new();
    private readonly Dictionary<string, TrialCount> departments = new(StringComparer.Ordinal);
    private readonly List<ExceptedFinding> examples = [];

    /// <summary>What is tried.</summary>
    public TrialRequest Request => request;

    /// <summary>As things are.</summary>
    public TrialCount Before { get; } = new();

    /// <summary>As they would be.</summary>
    public TrialCount After { get; } = new();

    /// <summary>Records that would be stopped and aren't now.</summary>
    public int NewlyBlocked { get; private set; }

    /// <summary>Records that are stopped now and wouldn't be.</summary>
    public int NoLongerBlocked { get; private set; }

    /// <summary>As they would be, by department; most findings first.</summary>
    public IReadOnlyList<KeyValuePair<string, TrialCount>> Departments
    {
        get
        {
            lock (gate)
                return [.. departments.OrderByDescending(d => d.Value.Findings).ThenBy(d => d.Key, StringComparer.Ordinal)];
        }
    }

    /// <summary>Some findings that would be other than now.</summary>
    public IReadOnlyList<ExceptedFinding> Examples
    {
        get
        {
            lock (gate)
                return [.. examples];
        }
    }

    internal void Add(TrialRow row, IReadOnlyList<StoredFinding> before, IReadOnlyList<StoredFinding> after)
    {
        List<StoredFinding> now = Counting(before);
        List<StoredFinding> then = Counting(after);
        bool blocked = Blocks(before);
        bool wouldBlock = Blocks(after);
        lock (gate)
        {
            Before.Add(now);
            After.Add(then);
            NewlyBlocked += wouldBlock && !blocked ? 1 : 0;
            NoLongerBlocked += blocked && !wouldBlock ? 1 : 0;
            foreach (IGrouping<string, StoredFinding> department in then.GroupBy(f => f.Department, StringComparer.Ordinal))
                DepartmentOf(department.Key).Add([.. department]);
            for (int i = 0; i < after.Count && examples.Count < MostExamples; i++)
            {
                // Without a difference there is nothing to compare: then the rule's findings as they are.
                if (Covers(after[i].Rule) && (request.Draft is null || !after[i].Equals(before[i])))
                    examples.Add(new ExceptedFinding(Guid.Parse(row.RecordId), row.MaLk, after[i]));
            }
        }
    }

    private TrialCount DepartmentOf(string department)
    {
        if (!departments.TryGetValue(department, out TrialCount? count))
            departments.Add(department, count = new TrialCount());
        return count;
    }

    private static bool Blocks(IReadOnlyList<StoredFinding> findings) => findings.Any(f => f is { Severity: Severity.Block, Suppressed: false });

    private List<StoredFinding> Counting(IReadOnlyList<StoredFinding> findings) => [.. findings.Where(f => !f.Suppressed && Covers(f.Rule))];

    internal bool Covers(string rule) => request.File is { } file ? file.Rules.Any(r => r.Code == rule) : request.Rule.EndsWith('*') ? rule.StartsWith(request.Rule[..^1], StringComparison.Ordinal) : rule == request.Rule;
}
