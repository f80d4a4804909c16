using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests;

public sealed class SendingTests
{
    [Fact]
    public async Task An_accepted_record_brings_the_transaction_number_and_is_marked_as_simulated()
    {
        await using Bench bench = await Bench.StartAsync(time: TestClock.July1st());

        SendOutcome outcome = await bench.SendAsync();

        PortalReceipt receipt = Assert.IsType<SendOutcome.Accepted>(outcome).Receipt;
        ReceivedDocument stored = Assert.Single(bench.Portal.Store.Documents("99001", "99001.0001"));
        Assert.Equal(stored.TransactionCode, receipt.TransactionCode);
        Assert.Equal("200", receipt.ResultCode);
        Assert.Equal("Tiếp nhận thành công", receipt.Message);
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 15, 30, 0, TimeSpan.FromHours(7)), receipt.ReceivedAt);
        Assert.True(receipt.IsSimulator);
        Assert.Equal(A.Package("99001.0001"), stored.Bytes);
        Assert.NotEmpty(receipt.Answer.Body);
    }

    [Theory]
    [InlineData("QD130", "/api/qd130/guiHoSoXmlQD130")]
    [InlineData("QD4750", "/api/qd130/guiHoSoXmlQD4750")]
    [InlineData("QD3176", "/api/qd130/guiHoSoXmlQD3176")]
    [InlineData("QD1931", "/api/qd130/guiHoSoXmlQD3176")]
    public async Task A_record_takes_the_path_of_its_release(string release, string path)
    {
        await using Bench bench = await Bench.StartAsync();

        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(A.Record(release: release)));

        Assert.Equal(path, bench.Portal.Store.Requests()[^1].Path);
    }

    [Fact]
    public async Task Check_in_and_medical_assessment_have_services_of_their_own()
    {
        await using Bench bench = await Bench.StartAsync();

        SendOutcome checkIn = await bench.SendAsync(new PortalSubmission("99001", "L1", PortalService.CheckIn, "QD3176", A.CheckIn("L1")));
        SendOutcome assessment = await bench.SendAsync(
            new PortalSubmission("99001", "B1", PortalService.MedicalAssessment, "QD130", A.Assessment("B1")));

        Assert.IsType<SendOutcome.Accepted>(checkIn);
        Assert.IsType<SendOutcome.Accepted>(assessment);
        Assert.Equal(["checkin", "assessment"], bench.Portal.Store.Documents().Select(static d => d.Service));
    }

    [Fact]
    public async Task A_release_without_service_is_not_sent_and_needs_a_person()
    {
        await using Bench bench = await Bench.StartAsync();

        SendOutcome.NotSent outcome = Assert.IsType<SendOutcome.NotSent>(await bench.SendAsync(A.Record(release: "QD4210")));

        Assert.True(outcome.NeedsPerson);
        Assert.Contains("QD4210", outcome.Cause, StringComparison.Ordinal);
        Assert.Empty(bench.Portal.Store.Requests());
    }

    [Fact]
    public async Task A_byte_order_mark_is_left_out_on_the_wire()
    {
        await using Bench bench = await Bench.StartAsync();
        byte[] document = A.Package("L1");

        SendOutcome outcome = await bench.SendAsync(A.Record("L1") with { Document = (byte[])[0xEF, 0xBB, 0xBF, .. document] });

        Assert.IsType<SendOutcome.Accepted>(outcome);
        Assert.Equal(document, bench.Portal.Store.Documents("99001", "L1")[0].Bytes);
    }

    [Fact]
    public async Task A_document_of_12_MB_arrives_byte_for_byte()
    {
        await using Bench bench = await Bench.StartAsync();
        PortalSubmission large = A.Record("L1", padding: 9_000_000);
        Assert.True(large.Document.Length > 12_000_000);

        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(large));

        Assert.True(large.Document.Span.SequenceEqual(bench.Portal.Store.Documents("99001", "L1")[0].Bytes));
    }

    [Fact]
    public async Task A_code_nobody_knows_is_a_refusal_shown_verbatim()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = "code-9377", Text = "Lý do chưa từng thấy" });

        SendOutcome.Rejected outcome = Assert.IsType<SendOutcome.Rejected>(await bench.SendAsync());

        Assert.Equal(("9377", "Lý do chưa từng thấy"), (outcome.Code, outcome.Text));
    }

    [Fact]
    public async Task Codes_as_numbers_mean_the_same()
    {
        await using Bench bench = await Bench.StartAsync(new SimulatorOptions { NumericCodes = true });

        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync());
    }

    [Fact]
    public async Task The_same_MA_LK_again_replaces_the_earlier_document()
    {
        await using Bench bench = await Bench.StartAsync();

        await bench.SendAsync(A.Record("L1"));
        await bench.SendAsync(A.Record("L1", padding: 5));

        Assert.Equal([true, false], bench.Portal.Store.Documents("99001", "L1").Select(static d => d.Replaced));
    }

    [Fact]
    public async Task Stopping_before_the_call_sends_nothing()
    {
        await using Bench bench = await Bench.StartAsync();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        SendOutcome outcome = await bench.Channel.SendAsync(bench.Account, A.Record(), stopped.Token);

        Assert.IsType<SendOutcome.NotSent>(outcome);
        Assert.Empty(bench.Portal.Store.Documents());
    }

    [Fact]
    public async Task Stopping_while_the_portal_works_leaves_the_outcome_unknown()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = FaultKinds.TimeoutAfter });
        using var stopping = new CancellationTokenSource();
        Task<SendOutcome> sending = bench.Channel.SendAsync(bench.Account, A.Record(), stopping.Token);
        while (bench.Portal.Store.Documents().Count == 0)
            await Task.Delay(10);

        await stopping.CancelAsync();

        Assert.IsType<SendOutcome.Unknown>(await sending);
    }
}
