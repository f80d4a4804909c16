using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Intake.Folders;
using LienThong.Gateway.Intake.Visits;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Portal;
using LienThong.Signing;
using LienThong.Standard;
using LienThong.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Support;

public enum Db
{
    Sqlite,
    Postgres,
}

/// <summary>A whole gateway with its own database and folder, a clock that stands still, and a portal in memory.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly DateTimeOffset Morning = new(2026, 7, 10, 2, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<DemoKeys> SharedKeys = new(() => DemoKeys.Create(A.Facility, Morning));
    private readonly string? postgres;
    private readonly Action<IServiceCollection>? configure;
    private readonly SubmissionOptions submission;
    private readonly IntakeOptions intake;
    private ServiceProvider services;

    private World(string? postgres, Action<IServiceCollection>? configure, SubmissionOptions? submission, IntakeOptions? intake)
    {
        this.intake = intake ?? new IntakeOptions();
        this.postgres = postgres;
        this.configure = configure;
        this.submission = submission ?? new SubmissionOptions { Jitter = 0 };
        Folder = Directory.CreateTempSubdirectory("lienthong-test-").FullName;
        services = Build();
    }

    public string Folder { get; }

    /// <summary>Connection string of the database; null for SQLite.</summary>
    public string? Postgres => postgres;

    public FakeTime Time { get; } = new(Morning);
    public FakePortal Portal { get; } = new();
    public FakeJudge Judge { get; } = new();
    public static DemoKeys Keys => SharedKeys.Value;
    public Caller Officer { get; } = Caller.System("officer");

    public Database Database => Get<Database>();
    public IArchive Archive => Get<IArchive>();
    public IntakeService Intake => Get<IntakeService>();
    public VisitIntake Visits => Get<VisitIntake>();
    public RecordActions Actions => Get<RecordActions>();
    public RecordCorrections Corrections => Get<RecordCorrections>();
    public RecordQueries Queries => Get<RecordQueries>();
    public SubmissionEngine Engine => Get<SubmissionEngine>();
    public FacilitySettings Facilities => Get<FacilitySettings>();
    public UserAccounts Users => Get<UserAccounts>();
    public CheckInDesk CheckIns => Get<CheckInDesk>();
    public CheckInQueries CheckInQueries => Get<CheckInQueries>();
    public DeliveryQueries Deliveries => Get<DeliveryQueries>();
    public FaultPoints Faults => Get<FaultPoints>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static async Task<World> CreateAsync(Db db, bool facility = true, Action<IServiceCollection>? configure = null, SubmissionOptions? submission = null, IntakeOptions? intake = null,
        IReadOnlyList<Migration>? migrations = null)
    {
        World world = new(db == Db.Postgres ? PostgresServer.NewSchema() : null, configure, submission, intake);
        await Migrator.ApplyAsync(world.Database, migrations ?? Migration.All, default);
        if (facility)
            await world.AddFacilityAsync(A.Facility);
        return world;
    }

    public async Task AddFacilityAsync(string code)
    {
        await Facilities.SaveAsync(Officer, code, "Cơ sở thử " + code, null, 4, null, default);
        Assert.True((await Facilities.SetPortalAccountAsync(
            Officer, new PortalAccount(new Uri("http://127.0.0.1:9/"), code, code[..2], code + "_BV", PortalAccount.Digest("x")), default)).Ok);
        await SetKeyAsync(code);
    }

    /// <summary>Adds the key of the tests, which the portal knows since July.</summary>
    public Task<string> SetKeyAsync(string code) => SetKeyAsync(code, Keys, new DateOnly(2026, 7, 1));

    /// <summary>Adds a key.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> SetKeyAsync(string code, DemoKeys keys, DateOnly? registeredOn, DateTimeOffset? activeFrom = null)
    {
        SigningKeyChange added = await Get<SigningKeys>().AddAsync(
            Officer, new SigningKeyDraft(code, "", new KeyPlace.Pfx(), new KeySecrets { File = keys.Pfx, Password = keys.Password }) { RegisteredOn = registeredOn, ActiveFrom = activeFrom }, default);
        Assert.True(added.Done, added.Message);
        return added.Id!;
    }

    /// <summary>The process dies and starts again on the same data.</summary>
    public async Task RestartAsync()
    {
        await services.DisposeAsync();
        services = Build();
    }

    public async Task<IntakeReport> IngestAsync(byte[] package, string name = "goi.xml", Caller? by = null)
    {
        using MemoryStream stream = new(package);
        return await Intake.IngestAsync(stream, name, by ?? Officer, null, default);
    }

    /// <summary>A second node that watches the same folders.</summary>
    public FolderWatch AnotherWatch() => new(
        Get<WatchedFolderStore>(), Get<FolderRun>(), Get<FolderOptions>(), Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<FolderWatch>.Instance);

    /// <summary>Takes visits in that come as one document.</summary>
    public async Task<IntakeReport> IngestVisitsAsync(string json, Caller? by = null, string name = "luot.json")
    {
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(json));
        return await Visits.IngestJsonAsync(stream, name, by ?? Officer, default);
    }

    public async Task<Guid> IngestOneAsync(string maLk, string reason = "Đau đầu") =>
        (await IngestAsync(A.Package(A.Patient(maLk, reason)))).Records.Single().RecordId!.Value;

    /// <summary>Makes the portal keep its answers until they are given.</summary>
    public HeldAnswer HoldAnswers()
    {
        HeldAnswer held = new();
        Portal.OnCall = _ => held.CallAsync();
        return held;
    }

    public Task<DrainSummary> DrainAsync() => Engine.DrainAsync(TimeSpan.Zero, default);

    /// <summary>Works the deliveries until nothing is due.</summary>
    public Task<DeliverySummary> DeliverAsync() => Get<DeliveryEngine>().DrainAsync(default);

    /// <summary>Takes check-ins in as one document.</summary>
    public async Task<IReadOnlyList<CheckInTaken>> CheckInAsync(params RecordBuilder[] checkIns)
    {
        using MemoryStream stream = new(A.CheckInXml(checkIns));
        return await CheckIns.TakeXmlAsync(Officer, stream, "checkin.xml", default);
    }

    /// <summary>The one check-in there is.</summary>
    public async Task<CheckInView> TheCheckInAsync() => Assert.Single((await CheckInQueries.ListAsync(Officer, null, null, new PageRequest(), default)).Items);

    public async Task<RecordDetail> DetailAsync(Guid id) => (await Queries.FindAsync(Officer, id, default))!;

    public async Task<RecordState> StateAsync(Guid id) => (await DetailAsync(id)).Current.State;

    /// <summary>What must hold whatever happened (processes.md §5).</summary>
    public async Task AssertInvariantsAsync()
    {
        async Task NoneAsync(string sql) => Assert.Empty(await Database.QueryUnscopedAsync<string>(sql, null, default));
        await NoneAsync("SELECT facility || '/' || ma_lk FROM record_version WHERE is_current = 1 GROUP BY facility, ma_lk HAVING COUNT(*) <> 1");
        await NoneAsync("SELECT r.record_id FROM record r WHERE NOT EXISTS (SELECT 1 FROM record_version v WHERE v.record_id = r.record_id AND v.is_current = 1)");
        await NoneAsync("SELECT record_id FROM record_version WHERE state = 'Sending' GROUP BY record_id HAVING COUNT(*) > 1");
        await NoneAsync("""
            SELECT v.record_id FROM record_version v WHERE v.state = 'Accepted' AND NOT EXISTS (SELECT 1 FROM submission s
            WHERE s.record_id = v.record_id AND s.version = v.version AND s.outcome = 'Accepted'
              AND (s.ma_giao_dich IS NOT NULL OR EXISTS (SELECT 1 FROM receipt_evidence e WHERE e.submission_id = s.submission_id AND e.outcome = 'Accepted')))
            """);
        await NoneAsync("SELECT record_id FROM record_version WHERE state = 'Superseded' AND (is_current = 1 OR is_waiting = 1)");
        await NoneAsync("SELECT record_id FROM record_transition WHERE from_state = 'Superseded'");
        await NoneAsync("SELECT record_id FROM record_transition WHERE actor = '' OR event = ''");
        await NoneAsync("""
            SELECT v.record_id FROM record_version v WHERE v.state <> (SELECT t.to_state FROM record_transition t
            WHERE t.record_id = v.record_id AND t.version = v.version ORDER BY t.transition_id DESC LIMIT 1)
            """);
        // Counters say what the findings of current versions say.
        await NoneAsync("""
            SELECT v.record_id FROM record_version v WHERE v.is_current = 1 AND v.block_count + v.warn_count + v.info_count + v.suppressed_count <>
              COALESCE((SELECT SUM(s.findings) FROM record_cause s WHERE s.record_id = v.record_id), 0)
            """);
        await NoneAsync("""
            SELECT c.rule FROM cause c WHERE c.findings <> COALESCE((SELECT SUM(s.findings) FROM record_cause s WHERE s.cause = c.cause AND s.suppressed = 0), 0)
              OR c.records <> (SELECT COUNT(DISTINCT s.record_id) FROM record_cause s WHERE s.cause = c.cause AND s.suppressed = 0)
              OR c.at_risk <> COALESCE((SELECT SUM(s.at_risk) FROM record_cause s WHERE s.cause = c.cause AND s.suppressed = 0), 0)
            """);
        await NoneAsync("""
            SELECT d.rule FROM rule_day d WHERE d.findings <> COALESCE((SELECT SUM(s.findings) FROM record_cause s JOIN cause c ON c.cause = s.cause
              WHERE c.facility = d.facility AND c.rule = d.rule AND s.day = d.day), 0)
            """);
        await NoneAsync("""
            SELECT e.rule FROM rule_exception e WHERE e.findings <> COALESCE((SELECT SUM(s.findings) FROM record_cause s WHERE s.exception_id = e.exception_id), 0)
              OR e.records <> (SELECT COUNT(DISTINCT s.record_id) FROM record_cause s WHERE s.exception_id = e.exception_id)
            """);
        // Claimed quantities are those of current versions.
        await NoneAsync("SELECT c.record_id FROM version_claim c JOIN record_version v ON v.record_id = c.record_id AND v.version = c.version WHERE c.items > 0 AND c.counted <> v.is_current");
        List<ClaimRow> counted = await Database.QueryUnscopedAsync<ClaimRow>("SELECT facility, claims FROM version_claim WHERE counted = 1", null, default);
        ILookup<string, ClaimedQuantity> claims = counted.SelectMany(c => PackedClaims.Unpack(c.Claims).Select(q => (c.Facility, q))).ToLookup(q => q.Facility, q => q.q, StringComparer.Ordinal);
        Assert.Equal(
            claims.SelectMany(f => f.GroupBy(q => q with { Thousandths = 0 }).Select(g => $"{f.Key} {g.Key.Code} {g.Key.Tender} {g.Key.Day} {g.Sum(q => q.Thousandths)}")).Order(StringComparer.Ordinal),
            (await Database.QueryUnscopedAsync<string>("SELECT facility || ' ' || code || ' ' || tender || ' ' || day || ' ' || quantity FROM claimed_day WHERE quantity <> 0", null, default)).Order(StringComparer.Ordinal));
        await NoneAsync("""
            SELECT t.code FROM claimed_total t WHERE t.quantity <>
              COALESCE((SELECT SUM(d.quantity) FROM claimed_day d WHERE d.facility = t.facility AND d.code = t.code AND d.tender = t.tender), 0)
            """);
        // The state of a delivery is its queue.
        await NoneAsync("SELECT state FROM delivery WHERE (state = 'Sending') <> (leased_until IS NOT NULL)");
        await NoneAsync("SELECT state FROM delivery WHERE (state = 'Waiting' AND due_at IS NULL) OR (due_at IS NOT NULL AND state NOT IN ('Waiting', 'OutcomeUnknown'))");
        await NoneAsync("SELECT facility || ma_lk || channel FROM delivery WHERE state = 'Sending' AND ma_lk <> '' GROUP BY facility, ma_lk, channel HAVING COUNT(*) > 1");
        await NoneAsync("""
            SELECT d.ma_lk FROM delivery d WHERE d.state = 'Accepted' AND NOT EXISTS (SELECT 1 FROM delivery_attempt a WHERE a.delivery_id = d.delivery_id AND a.outcome = 'Accepted')
            """);
        await NoneAsync("SELECT c.ma_lk FROM check_in c WHERE c.state = 'Queued' AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.subject_id = c.check_in_id AND d.subject_version = c.version)");
        await NoneAsync("SELECT c.ma_lk FROM check_in c WHERE (c.state = 'Ready') <> (c.sign_at IS NOT NULL) OR (c.is_open = 0 AND c.state IN ('Blocked', 'Unmapped', 'Ready'))");
        foreach (SignedRow row in await Database.QueryUnscopedAsync<SignedRow>(
            "SELECT signed_ref, signed_sha256 FROM record_version WHERE state IN ('Signed','Sending','Accepted','Rejected','OutcomeUnknown')", null, default))
        {
            byte[] bytes = await Archive.GetAsync(ArchiveRef.Parse(row.SignedRef!), default);
            Assert.Equal(row.SignedSha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
        }
        Assert.True((await Get<LienThong.Gateway.Audit.AuditLog>().VerifyAsync(default)).Intact);
        Assert.True((await Archive.VerifyAsync(default)).Intact);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private ServiceProvider Build()
    {
        ServiceCollection collection = new();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddSingleton<IPortalChannel>(Portal);
        collection.AddSingleton<IRecordJudge>(Judge);
        configure?.Invoke(collection);
        collection.AddLienThongGateway(new GatewayOptions { DataFolder = Folder, Postgres = postgres, Submission = submission, Intake = intake });
        return collection.BuildServiceProvider();
    }

    private sealed class SignedRow
    {
        public string? SignedRef { get; init; }
        public string? SignedSha256 { get; init; }
    }
}
