namespace LienThong.Portal.Tests;

public sealed class FacilityMismatchTests
{
    [Fact]
    public async Task A_record_of_another_facility_is_refused_without_a_byte_sent()
    {
        await using Bench bench = await Bench.StartAsync();

        await AssertRefusedAsync(bench, bench.Account, A.Record(facility: "99002"));
    }

    [Fact]
    public async Task An_account_name_of_another_facility_is_refused()
    {
        await using Bench bench = await Bench.StartAsync();

        await AssertRefusedAsync(bench, bench.Account with { UserName = "99002_BV" }, A.Record());
    }

    [Fact]
    public async Task A_document_that_names_another_facility_is_refused()
    {
        await using Bench bench = await Bench.StartAsync();

        await AssertRefusedAsync(bench, bench.Account, A.Record() with { Document = A.Package("L1", "99002") });
        await AssertRefusedAsync(bench, bench.Account, A.Record() with { Service = PortalService.CheckIn, Document = A.CheckIn("L1", "99002") });
    }

    [Fact]
    public async Task An_account_name_without_the_convention_is_left_to_the_portal()
    {
        await using var portal = new CannedPortal("""{"maKetQua":"200","maGiaoDich":"HSKCB1"}""");
        BhxhPortalChannel channel = BhxhPortalChannel.Create(new PortalOptions(), TimeProvider.System);

        SendOutcome outcome = await channel.SendAsync(
            A.Account(portal.Address) with { UserName = "benhvienmau" }, A.Record(), CancellationToken.None);

        Assert.IsType<SendOutcome.Accepted>(outcome);
    }

    private static async Task AssertRefusedAsync(Bench bench, PortalAccount account, PortalSubmission submission)
    {
        SendOutcome outcome = await bench.Channel.SendAsync(account, submission, CancellationToken.None);

        Assert.True(Assert.IsType<SendOutcome.NotSent>(outcome).NeedsPerson);
        Assert.Empty(bench.Portal.Store.Requests());
    }
}
