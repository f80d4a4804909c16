namespace LienThong.Portal.Channels;

/// <summary>What becomes of settings that can't work: every send waits for a person, nothing is ever tried.</summary>
internal sealed class MisconfiguredChannel(string problem) : IDocumentChannel
{
    public Task<SendOutcome> SendAsync(PortalSubmission submission, CancellationToken ct) =>
        Task.FromResult<SendOutcome>(new SendOutcome.NotSent(problem, null, NeedsPerson: true));

    public Task<SendOutcome?> AskAsync(string transactionCode, CancellationToken ct) =>
        Task.FromResult<SendOutcome?>(new SendOutcome.Unknown(problem, null) { TransactionCode = transactionCode });
}
