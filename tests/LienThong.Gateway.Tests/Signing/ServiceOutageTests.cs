using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Tests.Support;
using LienThong.Signing;

namespace LienThong.Gateway.Tests.Signing;

/// <summary>A key that drops out while the queue is being signed: nothing half-signed is stored, and what passes by itself needs nobody.</summary>
public abstract class ServiceOutageTests(Db db)
{
    [Theory]
    [InlineData(ServiceMode.ServerError)]
    [InlineData(ServiceMode.Drops)]
    [InlineData(ServiceMode.Hangs)]
    public async Task A_service_that_drops_out_is_waited_for_and_the_queue_goes_on_by_itself(ServiceMode mode)
    {
        await using World w = await World.CreateAsync(db);
        await using SigningServiceStandIn service = await WithServiceAsync(w, mode == ServiceMode.Hangs ? 3 : 60);
        await w.IngestAsync(A.Many(3, "TRUOC"));
        await w.DrainAsync();
        Assert.Equal(3, w.Portal.Received.Count);

        service.Mode = mode;
        await w.IngestAsync(A.Many(12, "GIUA"));
        await w.DrainAsync();

        IReadOnlyDictionary<RecordState, long> counts = await w.Queries.CountAsync(w.Officer, default);
        Assert.Equal((3, 12), (counts[RecordState.Accepted], counts[RecordState.Ready]));
        Assert.Equal(0, (await w.Database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM record_version WHERE state = 'Ready' AND signed_ref IS NOT NULL", null, default))[0]);
        Assert.Null((await w.Facilities.FindAsync(w.Officer, A.Facility, default))!.SignPausedCause);
        service.Mode = ServiceMode.Honest;
        for (int i = 0; i < 10; i++)
        {
            w.Time.Advance(TimeSpan.FromMinutes(10));
            await w.DrainAsync();
        }

        Assert.Equal(15, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Accepted]);
        Assert.Equal(15, w.Portal.Received.Count);
        await w.AssertInvariantsAsync();
    }

    [Theory]
    [InlineData(ServiceMode.OtherCertificate, "chứng thư khác")]
    [InlineData(ServiceMode.Unsigned, "chưa có chữ ký")]
    [InlineData(ServiceMode.WrongPin, "PIN")]
    public async Task What_a_person_has_to_look_at_pauses_signing_and_says_why(ServiceMode mode, string cause)
    {
        await using World w = await World.CreateAsync(db);
        await using SigningServiceStandIn service = await WithServiceAsync(w);
        service.Mode = mode;
        await w.IngestAsync(A.Many(5));

        await w.DrainAsync();

        Assert.Equal(5, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Ready]);
        Assert.Contains(cause, (await w.Facilities.FindAsync(w.Officer, A.Facility, default))!.SignPausedCause, StringComparison.Ordinal);
        Assert.True(mode != ServiceMode.WrongPin || service.Calls == 1);
        SigningKeyView key = (await w.Get<SigningKeys>().ListAsync(w.Officer, default)).Single(k => k.Place is KeyPlace.Remote);
        Assert.Equal(mode == ServiceMode.WrongPin ? SigningKeyState.Locked : SigningKeyState.InUse, key.State);
        service.Mode = ServiceMode.Honest;
        Assert.True((await w.Get<SigningKeys>().UnlockAsync(w.Officer, key.Id, null, default)).Done);
        await w.DrainAsync();
        Assert.Equal(5, (await w.Queries.CountAsync(w.Officer, default))[RecordState.Accepted]);
    }

    // The only key of the facility is the service's.
    private static async Task<SigningServiceStandIn> WithServiceAsync(World w, int timeout = 60)
    {
        SigningServiceStandIn service = await SigningServiceStandIn.StartAsync(World.Keys, w.Time.GetUtcNow());
        SigningKeys keys = w.Get<SigningKeys>();
        await keys.RetireAsync(w.Officer, (await keys.ListAsync(w.Officer, default)).Single().Id, default);
        KeyPlace.Remote place = new(service.Address, System.Text.Encoding.UTF8.GetBytes(World.Keys.CertificatePem)) { TimeoutSeconds = timeout };
        SigningKeyChange added = await keys.AddAsync(
            w.Officer, new SigningKeyDraft(A.Facility, "HSM", place, new KeySecrets { ServiceToken = "x" }) { RegisteredOn = new DateOnly(2026, 7, 1) }, default);
        Assert.True(added.Done, added.Message);
        return service;
    }
}

public sealed class ServiceOutageOnSqliteTests() : ServiceOutageTests(Db.Sqlite);

public sealed class ServiceOutageOnPostgresTests() : ServiceOutageTests(Db.Postgres);
