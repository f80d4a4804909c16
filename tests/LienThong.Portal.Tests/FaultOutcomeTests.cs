using LienThong.PortalSimulator;

namespace LienThong.Portal.Tests;

/// <summary>Ruling 14: what each misfortune makes of a send, and whether the portal had the document all the same.</summary>
public sealed class FaultOutcomeTests
{
    private static readonly PortalOptions Hasty = new() { CallTimeout = TimeSpan.FromSeconds(3), MaxAnswerBytes = 64 * 1024 };

    [Theory]
    [InlineData(FaultKinds.TimeoutBefore, false)]
    [InlineData(FaultKinds.TimeoutAfter, true)]
    [InlineData(FaultKinds.Reset, true)]
    [InlineData(FaultKinds.Http500, false)]
    [InlineData(FaultKinds.Http502, false)]
    [InlineData(FaultKinds.Maintenance, false)]
    [InlineData(FaultKinds.AddressBlocked, false)]
    [InlineData(FaultKinds.EmptyBody, true)]
    [InlineData(FaultKinds.Garbled, true)]
    [InlineData(FaultKinds.HugeBody, true)]
    [InlineData(FaultKinds.SlowDrip, true)]
    [InlineData("code-408", false)]
    [InlineData("code-500", false)]
    [InlineData("code-10", false)]
    public async Task The_outcome_is_unknown_after(string kind, bool stored)
    {
        await using Bench bench = await Bench.StartAsync(options: Hasty);
        bench.Portal.Faults.Add(new FaultRule { Kind = kind });

        SendOutcome.Unknown outcome = Assert.IsType<SendOutcome.Unknown>(await bench.SendAsync());

        Assert.NotEmpty(outcome.Cause);
        Assert.Equal(stored ? 1 : 0, bench.Portal.Store.Documents().Count);
    }

    [Fact]
    public async Task A_connection_cut_before_any_answer_leaves_the_outcome_unknown()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = FaultKinds.Reset, AfterReception = false });

        SendOutcome.Unknown outcome = Assert.IsType<SendOutcome.Unknown>(await bench.SendAsync());

        Assert.Null(outcome.Answer);
        Assert.Equal(1, bench.Portal.Store.Requests().Count(static r => r.Service == "record"));
    }

    [Fact]
    public async Task A_server_error_after_reception_is_unknown_too()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = FaultKinds.Http500, AfterReception = true });

        SendOutcome.Unknown outcome = Assert.IsType<SendOutcome.Unknown>(await bench.SendAsync());

        Assert.Equal(500, outcome.Answer!.HttpStatus);
        Assert.Single(bench.Portal.Store.Documents());
    }

    [Theory]
    [InlineData("code-123")]
    [InlineData("code-124")]
    [InlineData("code-125")]
    [InlineData("code-201")]
    [InlineData("code-202")]
    [InlineData("code-204")]
    [InlineData("code-205")]
    [InlineData("code-701")]
    [InlineData("code-1001")]
    public async Task A_refusal_is_rejected_with_its_code(string kind)
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = kind });

        SendOutcome.Rejected outcome = Assert.IsType<SendOutcome.Rejected>(await bench.SendAsync());

        Assert.Equal(kind["code-".Length..], outcome.Code);
    }

    [Theory]
    [InlineData("code-402")]
    [InlineData("code-403")]
    public async Task An_account_fault_stops_the_facility(string kind)
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = kind });

        SendOutcome.NotSent outcome = Assert.IsType<SendOutcome.NotSent>(await bench.SendAsync());

        Assert.True(outcome.NeedsPerson);
        Assert.Contains(kind["code-".Length..], outcome.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_in_a_wrong_charset_still_counts_because_codes_are_ascii()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Portal.Faults.Add(new FaultRule { Kind = FaultKinds.WrongCharset });

        SendOutcome.Accepted outcome = Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync());

        Assert.Equal(bench.Portal.Store.Documents()[0].TransactionCode, outcome.Receipt.TransactionCode);
    }

    [Fact]
    public async Task A_huge_answer_is_read_no_further_than_allowed()
    {
        await using Bench bench = await Bench.StartAsync(options: Hasty);
        bench.Portal.Faults.Add(new FaultRule { Kind = FaultKinds.HugeBody });

        SendOutcome.Unknown outcome = Assert.IsType<SendOutcome.Unknown>(await bench.SendAsync());

        Assert.Equal(Hasty.MaxAnswerBytes, outcome.Answer!.Body.Length);
        Assert.False(outcome.Answer.IsWhole);
    }
}
