using LienThong.Gateway.Access;
using LienThong.Gateway.Access.Directories;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Archive.S3;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Checking;
using LienThong.Gateway.CustomRules;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Doctor;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Intake.Folders;
using LienThong.Gateway.Intake.Mapping;
using LienThong.Gateway.Intake.Pull;
using LienThong.Gateway.Intake.Requests;
using LienThong.Gateway.Intake.Tables;
using LienThong.Gateway.Intake.Visits;
using LienThong.Gateway.Jobs;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Records;
using LienThong.Gateway.Records.Comparing;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Reports.Findings;
using LienThong.Gateway.Rules;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Portal;
using LienThong.Portal.Channels;
using LienThong.Signing;
using LienThong.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway;

/// <summary>What the gateway needs to know of its surroundings.</summary>
public sealed record GatewayOptions
{
    /// <summary>Folder of database and key ring (SQLite) and archive; created when missing, then readable by its owner only.</summary>
    public required string DataFolder { get; init; }

    /// <summary>PostgreSQL connection string; null for SQLite in the data folder.</summary>
    public string? Postgres { get; init; }

    /// <summary>S3-compatible archive; null for <c>archive</c> in the data folder.</summary>
    public S3Options? S3 { get; init; }

    /// <summary>Who gets in and how; <see cref="AccessFile"/> reads it from the data folder.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>Signing and sending over time.</summary>
    public SubmissionOptions Submission { get; init; } = new();

    /// <summary>Limits of intake.</summary>
    public IntakeOptions Intake { get; init; } = new();

    /// <summary>How folders are watched.</summary>
    public FolderOptions Folders { get; init; } = new();

    /// <summary>Settings of the portal client.</summary>
    public PortalOptions Portal { get; init; } = new();

    /// <summary>How cards are looked up over time.</summary>
    public CardOptions Cards { get; init; } = new();

    /// <summary>How recurring jobs are run.</summary>
    public JobOptions Jobs { get; init; } = new();

    /// <summary>How much of a code list's file is taken.</summary>
    public CatalogueLimits Catalogues { get; init; } = new();

    /// <summary>How much of a list of the portal is taken. A month of a large hospital has 200 000 rows.</summary>
    public CatalogueLimits PortalLists { get; init; } = new() { FileBytes = 128L * 1024 * 1024, Rows = 1_000_000, Columns = 200, Errors = 200 };

    /// <summary>Folder with the files of sources that visits are pulled from; null for <c>nguon</c> in the data folder.</summary>
    public string? PullFolder { get; init; }

    /// <summary>Folder that destinations of kind <c>folder</c> may use, with what is in it; null for <c>kenh</c> in the data folder.</summary>
    public string? ChannelFolders { get; init; }

    /// <summary>Settings of the rules.</summary>
    public ValidatorOptions Validation { get; init; } = new();
}

/// <summary>Puts the gateway together for server and command line.</summary>
public static class GatewayServices
{
    /// <summary>
    /// Registers storage and use cases as singletons. <see cref="TimeProvider"/>, <see cref="IPortalChannel"/>, <see cref="IRecordJudge"/>
    /// and <see cref="IArchive"/> registered before are kept. No worker is started: a server adds them and <see cref="JobScheduler"/> as hosted services.
    /// </summary>
    public static IServiceCollection AddLienThongGateway(this IServiceCollection services, GatewayOptions options)
    {
        DataFolder.Prepare(options.DataFolder);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.TryAddSingleton(options.Submission);
        services.TryAddSingleton<WorkSignal>();
        services.TryAddSingleton<DeliverySignal>();
        services.TryAddSingleton<FaultPoints>();
        services.TryAddSingleton(_ => Dialect.For(options.DataFolder, options.Postgres));
        services.TryAddSingleton<Database>();
        services.TryAddSingleton<UserStore>();
        services.TryAddSingleton<AuditStore>();
        services.TryAddSingleton<FacilityStore>();
        services.TryAddSingleton<SigningKeyStore>();
        services.TryAddSingleton<IPinLocks>(p => new StoredPinLocks(p.GetRequiredService<Database>(), p.GetRequiredService<SigningKeyStore>()));
        services.TryAddSingleton<SignerFactory>();
        ResultCodeBook codes = new(options.DataFolder, options.Portal.ResultCodes);
        PortalOptions portal = options.Portal with { ResultCodes = codes.Codes };
        services.TryAddSingleton(portal);
        services.TryAddSingleton(codes);
        services.TryAddSingleton<RecordQueries>();
        services.TryAddSingleton<FindingExport>();
        services.TryAddSingleton<QueueQueries>();
        services.TryAddSingleton<SystemQueries>();
        services.TryAddSingleton<CatalogueStore>();
        services.TryAddSingleton<LoadedLists>();
        services.TryAddSingleton<CatalogueDesk>();
        services.TryAddSingleton<CatalogueAcceptor>();
        services.TryAddSingleton<CatalogueExport>();
        services.TryAddSingleton<CustomRuleStore>();
        services.TryAddSingleton<LoadedCustomRules>();
        services.TryAddSingleton<CustomRuleDesk>();
        services.TryAddSingleton(options.Catalogues);
        services.TryAddSingleton<CatalogueImport>();
        services.TryAddSingleton<ExceptionStore>();
        services.TryAddSingleton<ExceptionBook>();
        services.TryAddSingleton<CauseQueries>();
        services.TryAddSingleton<MarkStore>();
        services.TryAddSingleton<FindingMarks>();
        services.TryAddSingleton<RuleStatistics>();
        services.TryAddSingleton<RuleJobs>();
        services.TryAddSingleton<RootCauses>();
        services.TryAddSingleton<FindingCounts>();
        services.TryAddSingleton(p => new RuleTrials(
            p.GetRequiredService<Database>(), p.GetRequiredService<IArchive>(), p.GetRequiredService<IRecordJudge>(), p.GetRequiredService<ExceptionStore>(),
            p.GetRequiredService<CauseQueries>(), p.GetRequiredService<RuleJobs>()));
        services.TryAddSingleton(p => new ExceptionKeeper(
            p.GetRequiredService<Database>(), p.GetRequiredService<ExceptionStore>(), p.GetRequiredService<CauseQueries>(), p.GetRequiredService<ExceptionBook>(),
            p.GetRequiredService<WorkSignal>()));
        services.TryAddSingleton(p => new RuleExceptions(
            p.GetRequiredService<Database>(), p.GetRequiredService<ExceptionStore>(), p.GetRequiredService<CauseQueries>(), p.GetRequiredService<ExceptionBook>(),
            p.GetRequiredService<ExceptionKeeper>()));
        services.TryAddSingleton(options.Access);
        services.TryAddSingleton<AccessTokenStore>();
        if (options.Access.Directory is { } directory)
            services.TryAddSingleton<IDirectory>(new LdapDirectory(directory));
        services.TryAddSingleton<DirectoryUsers>();
        services.TryAddSingleton<SecondFactors>();
        services.TryAddSingleton<SignInDesk>();
        services.TryAddSingleton<UserDesk>();
        services.TryAddSingleton<AccessTokens>();
        services.TryAddSingleton<OwnAccount>();
        services.TryAddSingleton<UserAccounts>();
        services.TryAddSingleton<AuditLog>();
        services.AddKeyRing(options);
        services.TryAddSingleton<Secrets>();
        services.TryAddSingleton<FacilitySettings>();
        services.TryAddSingleton<SigningKeys>();
        services.TryAddSingleton<CertificateWatch>();
        services.TryAddSingleton<IArchive>(_ => options.S3 is { } s3 ? new S3Archive(s3) : new FolderArchive(Path.Combine(options.DataFolder, "archive")));
        services.TryAddSingleton<ArchivePlaceStore>();
        services.TryAddSingleton<ArchiveAudit>();
        services.TryAddSingleton<IRecordJudge>(p => new RuleJudge(
            Validator.Create(options.Validation), p.GetRequiredService<LoadedLists>(), p.GetRequiredService<ExceptionBook>(),
            p.GetRequiredService<LoadedCustomRules>()));
        Lazy<HttpClient> http = new(() => PortalHttp.CreateClient(portal));
        services.TryAddSingleton<ISessionShare>(p => new SharedSessions(p.GetRequiredService<Database>(), p.GetRequiredService<Secrets>()));
        services.TryAddSingleton(p => new PortalSessions(
            http.Value, portal, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<PortalSessions>>(),
            p.GetRequiredService<ISessionShare>()));
        services.TryAddSingleton<IPortalChannel>(p => new BhxhPortalChannel(
            http.Value, p.GetRequiredService<PortalSessions>(), p.GetRequiredService<TimeProvider>(), portal, p.GetRequiredService<ILogger<BhxhPortalChannel>>()));
        services.TryAddSingleton(p => new CheckInReading(p.GetRequiredService<IRecordJudge>(), p.GetRequiredService<LoadedLists>(), p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(p => new CheckInDesk(
            p.GetRequiredService<Database>(), p.GetRequiredService<IArchive>(), p.GetRequiredService<FacilitySettings>(), p.GetRequiredService<CheckInReading>(),
            p.GetRequiredService<DeliverySignal>(), p.GetRequiredService<FaultPoints>()));
        services.TryAddSingleton(p => new IntakeService(
            p.GetRequiredService<Database>(), p.GetRequiredService<IArchive>(), p.GetRequiredService<FacilitySettings>(), p.GetRequiredService<IRecordJudge>(),
            p.GetRequiredService<WorkSignal>(), p.GetRequiredService<FaultPoints>(), options.Intake, p.GetRequiredService<CheckInDesk>(), p.GetRequiredService<CheckInReading>()));
        services.TryAddSingleton(p => new TableIntake(p.GetRequiredService<VisitIntake>(), p.GetRequiredService<IArchive>(), options.Intake));
        services.TryAddSingleton(p => new VisitIntake(
            p.GetRequiredService<Database>(), p.GetRequiredService<IArchive>(), p.GetRequiredService<FacilitySettings>(), p.GetRequiredService<IRecordJudge>(),
            p.GetRequiredService<WorkSignal>(), p.GetRequiredService<FaultPoints>(), options.Intake, p.GetRequiredService<CheckInDesk>(), p.GetRequiredService<CheckInReading>()));
        services.TryAddSingleton<FileStore>();
        services.TryAddSingleton<VisitStore>();
        services.TryAddSingleton<RequestKeyStore>();
        services.TryAddSingleton(p => new Ledgers(p.GetRequiredService<FileStore>(), p.GetRequiredService<VisitStore>()));
        services.TryAddSingleton(p => new RecordTraces(p.GetRequiredService<RecordQueries>(), p.GetRequiredService<VisitStore>(), p.GetRequiredService<IArchive>()));
        services.TryAddSingleton(p => new RequestKeys(p.GetRequiredService<RequestKeyStore>(), p.GetRequiredService<Database>()));
        services.AddSingleton<IFolderFormat>(p => new PackageFormat(p.GetRequiredService<IntakeService>()));
        services.AddSingleton<IFolderFormat>(p => new VisitFormat(p.GetRequiredService<VisitIntake>(), p.GetRequiredService<IArchive>(), options.Intake));
        foreach (FolderKind kind in (FolderKind[])[FolderKind.Csv, FolderKind.Workbook])
        {
            services.AddSingleton<IFolderFormat>(p => new TableFormat(
                kind, p.GetRequiredService<TableIntake>(), p.GetRequiredService<MappingStore>(), p.GetRequiredService<IArchive>(), options.Intake));
        }
        services.TryAddSingleton<MappingStore>();
        services.TryAddSingleton(p => new MappingDesk(p.GetRequiredService<Database>(), p.GetRequiredService<MappingStore>(), p.GetRequiredService<FacilitySettings>()));
        services.TryAddSingleton(p => new MappingSamples(options.DataFolder, p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(options.Folders);
        services.TryAddSingleton<WatchedFolderStore>();
        services.TryAddSingleton(p => new FolderDesk(
            p.GetRequiredService<Database>(), p.GetRequiredService<WatchedFolderStore>(), p.GetRequiredService<FacilitySettings>(),
            p.GetServices<IFolderFormat>(), options.Folders, options.DataFolder));
        services.TryAddSingleton(p => new FolderRun(
            p.GetRequiredService<Database>(), p.GetRequiredService<WatchedFolderStore>(), p.GetRequiredService<Ledgers>(),
            p.GetServices<IFolderFormat>().ToDictionary(f => f.Kind), options.Intake, p.GetRequiredService<FaultPoints>()));
        services.TryAddSingleton(p => new FolderWatch(
            p.GetRequiredService<WatchedFolderStore>(), p.GetRequiredService<FolderRun>(), options.Folders, p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<FolderWatch>>()));
        services.TryAddSingleton(p => new RecordActions(
            p.GetRequiredService<Database>(), p.GetRequiredService<StoredJudging>(), p.GetRequiredService<RejudgeStore>(), p.GetRequiredService<WorkSignal>(),
            p.GetRequiredService<QueueQueries>()));
        services.TryAddSingleton(p => new RecordCorrections(
            p.GetRequiredService<Database>(), p.GetRequiredService<IArchive>(), p.GetRequiredService<IRecordJudge>(), p.GetRequiredService<FacilitySettings>(),
            p.GetRequiredService<WorkSignal>()));
        services.TryAddSingleton<RecordComparisons>();
        services.TryAddSingleton(p => new AccountDoctor(
            p.GetRequiredService<Database>(), new DoctorStore(p.GetRequiredService<Database>()), p.GetRequiredService<FacilityStore>(),
            p.GetRequiredService<FacilitySettings>(), p.GetRequiredService<SigningKeys>(), portal));
        services.TryAddSingleton(p => new VisitCheck(p.GetRequiredService<Database>(), p.GetRequiredService<IRecordJudge>(), p.GetRequiredService<FacilitySettings>()));
        services.TryAddSingleton<PullStore>();
        services.TryAddSingleton(p => new PullDesk(
            p.GetRequiredService<Database>(), p.GetRequiredService<PullStore>(), p.GetRequiredService<PullRunner>(), options.PullFolder ?? Path.Combine(options.DataFolder, "nguon")));
        services.TryAddSingleton<IPullIntake>(p => new PullIntake(p.GetRequiredService<VisitIntake>(), p.GetRequiredService<IArchive>(), options.Intake));
        services.TryAddSingleton<PullRunner>();
        services.TryAddSingleton(p => new PullWorker(
            p.GetRequiredService<PullDesk>(), p.GetRequiredService<PullRunner>(), p.GetRequiredService<Database>(), p.GetRequiredService<PullStore>(),
            p.GetRequiredService<ILogger<PullWorker>>()));
        services.AddCards(options);
        services.TryAddSingleton<ReconciliationStore>();
        services.TryAddSingleton<ReceiptStore>();
        services.TryAddSingleton<ReconciliationRunner>();
        services.TryAddSingleton(p => new Reconciliations(
            p.GetRequiredService<Database>(), p.GetRequiredService<ReconciliationStore>(), p.GetRequiredService<ReconciliationRunner>(), p.GetRequiredService<ReceiptStore>(),
            p.GetRequiredService<IArchive>(), p.GetRequiredService<FacilitySettings>(), options.PortalLists));
        services.TryAddSingleton<ReconciliationExport>();
        services.TryAddSingleton(p => new UnconfirmedReceipts(p.GetRequiredService<Database>(), p.GetRequiredService<ReceiptStore>()));
        services.TryAddSingleton(p => new ReconciliationWorker(
            p.GetRequiredService<ReconciliationRunner>(), p.GetRequiredService<Database>(), p.GetRequiredService<ILogger<ReconciliationWorker>>()));
        services.TryAddSingleton<DeadlineQueries>();
        services.TryAddSingleton(p => new DeadlineKeeper(p.GetRequiredService<Database>(), p.GetRequiredService<FacilityStore>(), p.GetRequiredService<FaultPoints>()));
        services.TryAddSingleton<DeadlineRound>();
        services.TryAddSingleton<DeadlineSettings>();
        services.TryAddSingleton<IncidentStore>();
        services.TryAddSingleton<DutyStore>();
        services.TryAddSingleton<ProofQueries>();
        services.TryAddSingleton(p => new IncidentDesk(
            p.GetRequiredService<Database>(), p.GetRequiredService<IncidentStore>(), p.GetRequiredService<FacilitySettings>(), p.GetRequiredService<IArchive>(),
            p.GetRequiredService<DeadlineKeeper>(), p.GetRequiredService<WorkSignal>()));
        services.TryAddSingleton(p => new IncidentWatch(p.GetRequiredService<Database>(), p.GetRequiredService<IncidentStore>(), p.GetRequiredService<FacilityStore>()));
        services.TryAddSingleton(p => new IncidentProof(p.GetRequiredService<IncidentDesk>(), p.GetRequiredService<ProofQueries>(), p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(p => new DutyDesk(p.GetRequiredService<Database>(), p.GetRequiredService<DutyStore>(), p.GetRequiredService<FacilitySettings>()));
        services.TryAddSingleton(p => new DutyKeeper(
            p.GetRequiredService<Database>(), p.GetRequiredService<DutyStore>(), p.GetRequiredService<FacilityStore>(), p.GetRequiredService<SigningKeys>(),
            p.GetRequiredService<DeadlineQueries>()));
        services.TryAddSingleton<RejudgeStore>();
        services.TryAddSingleton<StoredJudging>();
        services.TryAddSingleton<RejudgeRunner>();
        services.TryAddSingleton(p => new Rejudge(p.GetRequiredService<Database>(), p.GetRequiredService<RejudgeStore>(), p.GetRequiredService<RejudgeRunner>()));
        services.TryAddSingleton(p => new RejudgeWorker(
            p.GetRequiredService<RejudgeRunner>(), p.GetRequiredService<Database>(), p.GetRequiredService<ILogger<RejudgeWorker>>()));
        services.TryAddSingleton(p => new SubmissionEngine(
            p.GetRequiredService<Database>(), p.GetRequiredService<FacilityStore>(), p.GetRequiredService<FacilitySettings>(), p.GetRequiredService<SigningKeys>(),
            p.GetRequiredService<IArchive>(), p.GetRequiredService<IPortalChannel>(), options.Submission, p.GetRequiredService<FaultPoints>(),
            p.GetRequiredService<CircuitBreaker>()));
        AddDeliveries(services, options);
        services.AddJobs(options);
        return services;
    }

    private static void AddDeliveries(IServiceCollection services, GatewayOptions options)
    {
        services.TryAddSingleton(p => new CircuitBreaker(options.Submission, p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(p => new ChannelFactory(
            p.GetRequiredService<PortalOptions>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILoggerFactory>(), p.GetRequiredService<IPortalChannel>(),
            p.GetRequiredService<ISessionShare>(), options.ChannelFolders ?? Path.Combine(options.DataFolder, "kenh")));
        services.TryAddSingleton<IChannelOpener, ChannelOpener>();
        services.TryAddSingleton<ChannelStore>();
        services.TryAddSingleton<DeliveryChannels>();
        services.TryAddSingleton<CheckInSigning>();
        services.TryAddSingleton<CheckInSweep>();
        services.TryAddSingleton(p => new DeliveryEngine(
            p.GetRequiredService<Database>(), p.GetRequiredService<DeliveryChannels>(), p.GetRequiredService<CheckInSigning>(), p.GetRequiredService<CheckInSweep>(),
            p.GetRequiredService<IArchive>(), p.GetRequiredService<CircuitBreaker>(), p.GetRequiredService<DeliverySignal>(), options.Submission,
            p.GetRequiredService<FaultPoints>()));
        services.TryAddSingleton<DeliveryWorker>();
        services.TryAddSingleton<DeliveryQueries>();
        services.TryAddSingleton<CheckInQueries>();
        services.TryAddSingleton<ChannelDesk>();
        services.TryAddSingleton<DeliveryActions>();
        services.TryAddSingleton<CheckInActions>();
        services.TryAddSingleton<DocumentDesk>();
    }

    /// <summary>Brings the database to this program's schema, and its key ring in order. Call once before anything else.</summary>
    /// <returns>Names of the steps applied; empty when it was current.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        IReadOnlyList<string> applied = await Migrator.ApplyAsync(services.GetRequiredService<Database>(), ct);
        await KeyRing.PrepareAsync(services, ct);
        return applied;
    }

    /// <summary>Refuses to work with another archive than the one the database's contents are in.</summary>
    /// <exception cref="InvalidOperationException">It is another one; the message is Vietnamese and says what to do.</exception>
    public static Task CheckArchiveAsync(IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<ArchivePlaceStore>().CheckAsync(services.GetRequiredService<GatewayOptions>().S3?.Place ?? FolderArchive.FolderPlace, ct);
}
