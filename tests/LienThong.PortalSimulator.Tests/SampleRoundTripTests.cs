using System.Buffers;
using LienThong.Portal;
using LienThong.Samples;
using LienThong.Signing;
using LienThong.Standard;

namespace LienThong.PortalSimulator.Tests;

/// <summary>Invented records, written, signed and sent by the product, judged by the simulator's own reading.</summary>
public sealed class SampleRoundTripTests
{
    private static readonly TestClock Clock = new();
    private static readonly DemoKeys Keys = DemoKeys.Create("99001", Clock.GetUtcNow());

    [Theory]
    [InlineData(SampleKind.Outpatient, 20)]
    [InlineData(SampleKind.Inpatient, 3)]
    [InlineData(SampleKind.LongStay, 1)]
    public async Task A_signed_sample_of_every_size_is_received(SampleKind kind, int count)
    {
        await using PortalSimulatorHost portal = await StartAsync();
        BhxhPortalChannel channel = BhxhPortalChannel.Create(new PortalOptions(), TimeProvider.System);
        var account = new PortalAccount(portal.BaseAddress, "99001", "99", "99001_BV", PortalAccount.Digest("mot"));
        using IKeySource key = Keys.OpenKey();

        for (int i = 0; i < count; i++)
        {
            (string maLk, Release release, byte[] signed) = Signed(kind, i, key);
            SendOutcome outcome = await channel.SendAsync(
                account, new PortalSubmission("99001", maLk, PortalService.Record, release.Id, signed), CancellationToken.None);
            Assert.IsType<SendOutcome.Accepted>(outcome);
            Assert.Equal(signed, Assert.Single(portal.Store.Documents("99001", maLk)).Bytes);
        }
    }

    [Fact]
    public async Task A_signed_check_in_and_a_signed_assessment_are_received()
    {
        await using PortalSimulatorHost portal = await StartAsync();
        BhxhPortalChannel channel = BhxhPortalChannel.Create(new PortalOptions(), TimeProvider.System);
        var account = new PortalAccount(portal.BaseAddress, "99001", "99", "99001_BV", PortalAccount.Digest("mot"));
        var factory = new SampleFactory(new SampleOptions());
        RecordBuilder visit = factory.Create(SampleKind.Outpatient, 0);
        Release release = factory.ReleaseOf(visit);
        var checkIn = new ArrayBufferWriter<byte>();
        DocumentWriter.WriteCheckIn(checkIn, release, factory.CheckIn(visit).Build());
        var assessment = new ArrayBufferWriter<byte>();
        DocumentWriter.WriteAssessment(assessment, release, factory.Assessment(0).Build());

        Assert.IsType<SendOutcome.Accepted>(await SendAsync(PortalService.CheckIn, checkIn));
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(PortalService.MedicalAssessment, assessment));
        Assert.Equal(["checkin", "assessment"], portal.Store.Documents().Select(static d => d.Service));

        async Task<SendOutcome> SendAsync(PortalService service, ArrayBufferWriter<byte> written)
        {
            using IKeySource key = Keys.OpenKey();
            byte[] signed = Sign(written.WrittenSpan.ToArray(), key);
            return await channel.SendAsync(account, new PortalSubmission("99001", "L1", service, release.Id, signed), CancellationToken.None);
        }
    }

    /// <summary>The figure wanted is 300 records a second on a quiet 2-core machine; the floor here only tells a broken pipe from a busy one.</summary>
    [Fact]
    public async Task Three_hundred_signed_records_pass_within_seconds()
    {
        await using PortalSimulatorHost portal = await StartAsync();
        BhxhPortalChannel channel = BhxhPortalChannel.Create(new PortalOptions(), TimeProvider.System);
        var account = new PortalAccount(portal.BaseAddress, "99001", "99", "99001_BV", PortalAccount.Digest("mot"));
        using IKeySource key = Keys.OpenKey();
        PortalSubmission[] work = [.. Enumerable.Range(0, 300).Select(i =>
        {
            (string maLk, Release release, byte[] signed) = Signed(SampleKind.Outpatient, i, key);
            return new PortalSubmission("99001", maLk, PortalService.Record, release.Id, signed);
        })];

        long started = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (submission, ct) =>
            Assert.IsType<SendOutcome.Accepted>(await channel.SendAsync(account, submission, ct)));
        TimeSpan took = TimeProvider.System.GetElapsedTime(started);

        Assert.Equal(300, portal.Store.Stats().Current);
        Assert.True(took < TimeSpan.FromSeconds(20), $"{took.TotalSeconds:F1} s for 300 records of {work[0].Document.Length} B");
    }

    private static Task<PortalSimulatorHost> StartAsync() => PortalSimulatorHost.StartAsync(new SimulatorOptions
    {
        Time = Clock,
        TrustedAuthorityPem = Keys.AuthorityPem,
        Accounts = [new("99001", "99001_BV", "mot") { CertificateSerials = [Keys.Serial] }],
    });

    private static (string MaLk, Release Release, byte[] Signed) Signed(SampleKind kind, int index, IKeySource key)
    {
        var factory = new SampleFactory(new SampleOptions());
        RecordBuilder builder = factory.Create(kind, index);
        Release release = factory.ReleaseOf(builder);
        byte[] package = PackageWriter.WriteSingle(builder.Build(), release, "99001", new DateOnly(2026, 7, 1));
        return (builder.Rows(TableId.Xml1)[0][Xml1.MA_LK]!, release, Sign(package, key));
    }

    private static byte[] Sign(byte[] document, IKeySource key) => Assert.IsType<SignResult.Signed>(
        PackageSigner.Sign(document, key, new SignOptions { At = Clock.GetUtcNow() })).Bytes;
}
