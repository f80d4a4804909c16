using System.Text;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;
using LienThong.PortalSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Submission;

/// <summary>A corrected record goes the whole way again: judged, signed anew, sent, and the portal's current version is the new one.</summary>
public abstract class ReplacementTests(Db db)
{
    [Fact]
    public async Task The_portal_ends_up_with_the_corrected_version_and_history_tells_why()
    {
        await using World w = await World.CreateAsync(db, configure: services => services.AddSingleton<IPortalChannel>(p =>
            BhxhPortalChannel.Create(new PortalOptions(), p.GetRequiredService<TimeProvider>())));
        await using PortalSimulatorHost portal = await PortalSimulatorHost.StartAsync(new SimulatorOptions { Accounts = [new SimulatorAccount(A.Facility, "99001_BV", "x")], Time = w.Time });
        await w.Facilities.SetPortalAccountAsync(w.Officer, new PortalAccount(portal.BaseAddress, A.Facility, "99", "99001_BV", PortalAccount.Digest("x")), default);
        Guid id = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        Assert.Equal(RecordState.Accepted, await w.StateAsync(id));
        ChangeReason why = new("portal-fault", "Cổng báo sai tên dịch vụ") { ReferenceNumber = "15/BHXH", ReferenceDate = new DateOnly(2026, 7, 9) };

        Assert.IsType<ChangeResult.Done>(await w.Corrections.CorrectAsync(w.Officer, id, [new CellChange("XML3", 1, "TEN_DICH_VU", "Khám ngoại")], why, default));
        await w.DrainAsync();

        IReadOnlyList<ReceivedDocument> received = portal.Store.Documents(A.Facility, "LK1");
        Assert.Equal([true, false], received.Select(d => d.Replaced));
        Assert.NotEqual(received[0].Sha256, received[1].Sha256);
        RecordDetail record = await w.DetailAsync(id);
        Assert.Equal((2, RecordState.Accepted), (record.Current.Version, record.Current.State));
        Assert.Equal(received[1].Sha256, record.Versions[0].SignedSha256, ignoreCase: true);
        Assert.Equal(RecordState.Superseded, record.Versions[1].State);
        Assert.Contains("Khám ngoại", TableOf(received[1], "XML3"), StringComparison.Ordinal);
        Assert.Contains(record.History, h => h is { Version: 2, On: RecordEvent.Ingested, Actor: "officer", Cause: "Cổng báo sai tên dịch vụ" });
        Assert.Equal(("portal-fault", "15/BHXH"), (record.Versions[0].ReasonCode, record.Versions[0].ReferenceNumber));
        await w.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_correction_made_while_the_version_before_is_being_sent_waits_for_it()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        HeldAnswer held = w.HoldAnswers();
        Task<LienThong.Gateway.Submission.DrainSummary> drain = w.DrainAsync();
        await held.Called;

        ChangeResult.Done made = Assert.IsType<ChangeResult.Done>(await w.Corrections.CorrectAsync(
            w.Officer, id, [new CellChange("XML1", 1, "LY_DO_VV", "Đau bụng")], new ChangeReason("wrong-code", ""), default));
        RecordDetail meanwhile = await w.DetailAsync(id);
        held.Give();
        await drain;
        await w.DrainAsync();

        Assert.Equal((2, 1, RecordState.Sending), (made.Version, meanwhile.Current.Version, meanwhile.Current.State));
        Assert.False(w.Portal.SameRecordTwiceAtOnce);
        Assert.Equal((2, RecordState.Accepted), ((await w.DetailAsync(id)).Current.Version, await w.StateAsync(id)));
        await w.AssertInvariantsAsync();
    }

    private static string TableOf(ReceivedDocument document, string table)
    {
        string package = Encoding.UTF8.GetString(document.Bytes!);
        int start = package.IndexOf("<NOIDUNGFILE>", package.IndexOf($"<LOAIHOSO>{table}<", StringComparison.Ordinal), StringComparison.Ordinal) + "<NOIDUNGFILE>".Length;
        return Encoding.UTF8.GetString(Convert.FromBase64String(package[start..package.IndexOf('<', start)]));
    }
}

public sealed class ReplacementOnSqliteTests() : ReplacementTests(Db.Sqlite);

public sealed class ReplacementOnPostgresTests() : ReplacementTests(Db.Postgres);
