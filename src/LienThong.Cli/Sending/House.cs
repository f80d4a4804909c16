using System.Data.Common;
using LienThong.Cli.Access;
using LienThong.Cli.Archives;
using LienThong.Cli.Terminal;
using LienThong.Gateway;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Doctor;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Intake.Folders;
using LienThong.Gateway.Intake.Pull;
using LienThong.Gateway.Intake.Visits;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Records;
using LienThong.Gateway.Records.Comparing;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Rules;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Cli.Sending;

/// <summary>The gateway over a data folder, without a server around it.</summary>
internal sealed class House(IServiceProvider services, IAsyncDisposable? owned) : IAsyncDisposable
{
    // Somebody is waiting for this command: a connection that fails is tried again in seconds before the usual minutes.
    private static readonly SubmissionOptions Attended = new() { RetryDelays = [.. new[] { 2, 5, 15 }.Select(s => TimeSpan.FromSeconds(s)), .. new SubmissionOptions().RetryDelays] };

    /// <summary>As whom the command line acts: the owner of the machine.</summary>
    public Caller Self { get; } = Caller.System("cli");

    /// <summary>Takes files in.</summary>
    public IntakeService Intake => services.GetRequiredService<IntakeService>();

    /// <summary>Takes visits of hospital systems in.</summary>
    public VisitIntake Visits => services.GetRequiredService<VisitIntake>();

    /// <summary>Settings of watched folders.</summary>
    public FolderDesk Folders => services.GetRequiredService<FolderDesk>();

    /// <summary>Signs and sends.</summary>
    public SubmissionEngine Engine => services.GetRequiredService<SubmissionEngine>();

    /// <summary>Reads states of check-ins.</summary>
    public CheckInQueries CheckIns => services.GetRequiredService<CheckInQueries>();

    /// <summary>Reads states.</summary>
    public RecordQueries Queries => services.GetRequiredService<RecordQueries>();

    /// <summary>Corrects records.</summary>
    public RecordCorrections Corrections => services.GetRequiredService<RecordCorrections>();

    /// <summary>Checks accounts at the portal.</summary>
    public AccountDoctor Doctor => services.GetRequiredService<AccountDoctor>();

    /// <summary>Compares versions of records.</summary>
    public RecordComparisons Comparisons => services.GetRequiredService<RecordComparisons>();

    /// <summary>Judges stored records again.</summary>
    public Rejudge Rejudge => services.GetRequiredService<Rejudge>();

    /// <summary>Signing keys.</summary>
    public SigningKeys Keys => services.GetRequiredService<SigningKeys>();

    /// <summary>Facilities and their accounts.</summary>
    public FacilitySettings Facilities => services.GetRequiredService<FacilitySettings>();

    /// <summary>Looks cards up.</summary>
    public CardDesk Cards => services.GetRequiredService<CardDesk>();

    /// <summary>What is due.</summary>
    public DeadlineQueries Deadlines => services.GetRequiredService<DeadlineQueries>();

    /// <summary>Calendar and settings of deadlines.</summary>
    public DeadlineSettings DeadlineSettings => services.GetRequiredService<DeadlineSettings>();

    /// <summary>Calculates deadlines again.</summary>
    public DeadlineKeeper DeadlineKeeper => services.GetRequiredService<DeadlineKeeper>();

    /// <summary>Duties beside the records.</summary>
    public DutyDesk Duties => services.GetRequiredService<DutyDesk>();

    /// <summary>The log of incidents.</summary>
    public IncidentDesk Incidents => services.GetRequiredService<IncidentDesk>();

    /// <summary>Imports code lists.</summary>
    public CatalogueImport CatalogueImport => services.GetRequiredService<CatalogueImport>();

    /// <summary>Code lists to judge by.</summary>
    public LoadedLists Lists => services.GetRequiredService<LoadedLists>();

    /// <summary>Records what the portal said of rows of code lists.</summary>
    public CatalogueAcceptor CatalogueAcceptor => services.GetRequiredService<CatalogueAcceptor>();

    /// <summary>Writing code lists out.</summary>
    public CatalogueExport CatalogueExport => services.GetRequiredService<CatalogueExport>();

    /// <summary>Pulls visits from databases of hospital systems.</summary>
    public PullDesk Pull => services.GetRequiredService<PullDesk>();

    /// <summary>Code lists and their history.</summary>
    public CatalogueDesk Catalogues => services.GetRequiredService<CatalogueDesk>();

    /// <summary>Compares with lists of the portal.</summary>
    public Reconciliations Reconciliations => services.GetRequiredService<Reconciliations>();

    /// <summary>Exceptions to rules.</summary>
    public RuleExceptions Exceptions => services.GetRequiredService<RuleExceptions>();

    /// <summary>Brings stored findings in line with exceptions.</summary>
    public ExceptionKeeper ExceptionKeeper => services.GetRequiredService<ExceptionKeeper>();

    /// <summary>Holds the archive against the database.</summary>
    public ArchiveAudit ArchiveAudit => services.GetRequiredService<ArchiveAudit>();

    /// <summary>Which archive the data belong to.</summary>
    public ArchivePlaceStore ArchivePlace => services.GetRequiredService<ArchivePlaceStore>();

    /// <summary>Users.</summary>
    public UserDesk Users => services.GetRequiredService<UserDesk>();

    /// <summary>Sessions and bearer tokens.</summary>
    public AccessTokens Tokens => services.GetRequiredService<AccessTokens>();

    /// <summary>The audit log.</summary>
    public AuditLog Audit => services.GetRequiredService<AuditLog>();

    /// <summary>Opens a data folder and brings its database up to date.</summary>
    /// <param name="data">The folder; created when missing and <paramref name="create"/> is set.</param>
    /// <param name="postgres">PostgreSQL instead of SQLite; null for SQLite.</param>
    /// <param name="create">Whether an empty folder may be turned into a data folder.</param>
    /// <param name="ct">Stops the work.</param>
    /// <param name="anyArchive">Whether the archive may be another one than the data belong to; only for work that doesn't touch contents, or on both.</param>
    /// <exception cref="CommandFailure">It can't be used.</exception>
    public static async Task<(House House, IReadOnlyList<string> Applied)> OpenAsync(string data, string? postgres, bool create, CancellationToken ct, bool anyArchive = false)
    {
        if (!create && postgres is null && !File.Exists(Path.Combine(data, "lienthong.db")))
            throw CommandFailure.Io($"{data}: không phải thư mục dữ liệu LienThong (chưa có lienthong.db).");
        ServiceProvider services = new ServiceCollection()
            .AddLienThongGateway(new GatewayOptions { DataFolder = data, Postgres = postgres, S3 = ArchiveSettings.Read(), Access = AccessSettings.Read(data), Submission = Attended }).BuildServiceProvider();
        try
        {
            IReadOnlyList<string> applied = await GatewayServices.MigrateAsync(services, ct);
            if (!anyArchive) await GatewayServices.CheckArchiveAsync(services, ct);
            return (new House(services, services), applied);
        }
        catch (Exception e) when (e is InvalidOperationException or DbException)
        {
            await services.DisposeAsync();
            throw CommandFailure.Io($"không mở được cơ sở dữ liệu: {e.Message}");
        }
    }

    /// <summary>Every record with its state, in pages.</summary>
    public async IAsyncEnumerable<RecordStatus> StatusAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        const int Page = 1000;
        RecordStatus? after = null;
        while (true)
        {
            IReadOnlyList<RecordStatus> page = await Queries.StatusAsync(Self, after, Page, ct);
            foreach (RecordStatus status in page) yield return status;
            if (page.Count < Page) yield break;
            after = page[^1];
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => owned?.DisposeAsync() ?? ValueTask.CompletedTask;
}
