using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Portal;
using LienThong.PortalSimulator;
using LienThong.Server.Tests.Support;
using LienThong.Signing;

namespace LienThong.EndToEnd.Receipts;

/// <summary>The whole circle: records are sent, some answers are lost, the portal's own lists are exported and imported, and every outcome is known.</summary>
public sealed class ReconciliationWayTests : IAsyncLifetime
{
    private const string Account = RunningServer.Facility + "_BV";
    private readonly RunningServer server = new();
    private readonly DemoKeys keys = DemoKeys.Create(RunningServer.Facility, TimeProvider.System.GetUtcNow());
    private PortalSimulatorHost? portal;

    public async Task InitializeAsync()
    {
        portal = await PortalSimulatorHost.StartAsync(new SimulatorOptions
        {
            Accounts = [new SimulatorAccount(RunningServer.Facility, Account, "mật khẩu cổng") { CertificateSerials = [keys.Serial] }],
            TrustedAuthorityPem = keys.AuthorityPem,
        });
        await server.InitializeAsync();
        Caller admin = Caller.System();
        Assert.True((await server.Get<SigningKeys>().AddAsync(
            admin, new SigningKeyDraft(RunningServer.Facility, "", new KeyPlace.Pfx(), new KeySecrets { File = keys.Pfx, Password = keys.Password }) { RegisteredOn = new DateOnly(2026, 1, 1) }, default)).Done);
        Assert.True((await server.Get<FacilitySettings>().SetPortalAccountAsync(
            admin, new PortalAccount(portal.BaseAddress, RunningServer.Facility, RunningServer.Facility[..2], Account, PortalAccount.Digest("mật khẩu cổng")), default)).Ok);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task Lost_answers_are_settled_by_the_portals_own_lists(string format)
    {
        Guid[] ids = [.. await Task.WhenAll(Enumerable.Range(700, 6).Select(i => server.IngestAsync(Packages.Clean(i))))];
        string[] maLk = [.. await Task.WhenAll(ids.Select(async id => (await DetailAsync(id)).Current.MaLk))];
        // Stored and never answered, stored and refused later, never stored.
        foreach (string lost in maLk[..2])
            portal!.Faults.Add(new FaultRule { Kind = FaultKinds.Reset, MaLk = lost, Service = "record", Count = 1 });
        portal!.Faults.Add(new FaultRule { Kind = FaultKinds.Http500, MaLk = maLk[2], Service = "record", Count = 1 });
        portal.Find(new CheckingRule(maLk[1], "E7", "Thẻ hết hạn"));
        portal.Find(new CheckingRule(maLk[3], "E8", "Sai mã bệnh"));
        await server.Get<SubmissionEngine>().DrainAsync(TimeSpan.Zero, default);
        Assert.Equal(
            [RecordState.OutcomeUnknown, RecordState.OutcomeUnknown, RecordState.OutcomeUnknown, RecordState.Accepted, RecordState.Accepted, RecordState.Accepted], await StatesAsync(ids));

        Reconciliation results = await ImportAsync("results", format);
        Reconciliation payment = await ImportAsync("payment", format);
        Reconciliation reception = await ImportAsync("reception", format);

        Assert.Equal((PortalListKind.Results, PortalListKind.Payment, PortalListKind.Reception), (results.Kind, payment.Kind, reception.Kind));
        Assert.All([results, payment, reception], r => Assert.Equal((ReconciliationState.Done, true, 0L), (r.State, r.Simulator, r.Refused)));
        Assert.Equal(
            [RecordState.Accepted, RecordState.Rejected, RecordState.OutcomeUnknown, RecordState.Accepted, RecordState.Accepted, RecordState.Accepted], await StatesAsync(ids));
        Assert.Equal(new string?[] { "Confirmed", "Faulty", null, "Faulty", "Confirmed", "Confirmed" }, await Task.WhenAll(ids.Select(async id => (await DetailAsync(id)).Submissions[0].LaterState)));
        Assert.All((await DetailAsync(ids[0])).Submissions, s => Assert.True(s.Simulator));
        Assert.Equal((1L, 1L), (results.Counts.SettledRejected, payment.Counts.SettledAccepted));
        // A list of transactions alone can't tell which of them an unanswered call was: nothing is guessed, neither as missing nor as found.
        Assert.Equal((0L, 1L), (reception.Counts.NotTheirs, reception.Counts.NotOurs));
        Reconciliations reconciliations = server.Get<Reconciliations>();
        Assert.Equal(new[] { ids[1], ids[3] }.Order(), (await reconciliations.CasesAsync(Caller.System(), CaseGroup.Faulty, new PageRequest(), default)).Items.Select(c => c.RecordId).Order());
        Assert.Equal(ids[2], Assert.Single((await reconciliations.CasesAsync(Caller.System(), CaseGroup.Fail, new PageRequest(), default)).Items).RecordId);

        // What never arrived is sent again by one click, and a later list resolves it.
        Assert.IsType<ChangeResult.Done>(await server.Get<RecordActions>().ResendAsync(Caller.System(), ids[2], default));
        await server.Get<SubmissionEngine>().DrainAsync(TimeSpan.Zero, default);
        Reconciliation later = await ImportAsync("payment", format);
        Assert.Equal(1, later.Counts.Resolved);
        Assert.Equal("Confirmed", (await DetailAsync(ids[2])).Submissions[^1].LaterState);
        Assert.Equal(6, portal.Store.Stats().Received);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        if (portal is not null)
            await portal.DisposeAsync();
    }

    private async Task<Reconciliation> ImportAsync(string list, string format)
    {
        using HttpClient http = new() { BaseAddress = portal!.BaseAddress };
        using MemoryStream file = new(await http.GetByteArrayAsync($"/_sim/lists/{list}?facility={RunningServer.Facility}&format={format}"));
        Reconciliations reconciliations = server.Get<Reconciliations>();
        ReconciliationResult read = await reconciliations.ReadAsync(Caller.System(), file, new ReconciliationRequest { FileName = $"{list}.{format}", Facility = RunningServer.Facility }, null, default);
        Assert.Equal("", read.Refusal);
        Assert.Equal("", (await reconciliations.ApplyAsync(Caller.System(), read.Run!.Id, true, default)).Refusal);
        return await reconciliations.RunAsync(Caller.System(), read.Run.Id, default);
    }

    private async Task<RecordDetail> DetailAsync(Guid id) => (await server.Get<RecordQueries>().FindAsync(Caller.System(), id, default))!;

    private async Task<RecordState[]> StatesAsync(Guid[] ids) => await Task.WhenAll(ids.Select(async id => (await DetailAsync(id)).Current.State));
}
