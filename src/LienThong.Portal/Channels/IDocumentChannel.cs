namespace LienThong.Portal.Channels;

/// <summary>One destination, ready to take documents. Thread-safe.</summary>
public interface IDocumentChannel
{
    /// <summary>
    /// Hands one document over once (and once more after a fresh login when the destination answers 401). Whatever the
    /// network or the destination does comes back as a <see cref="SendOutcome"/>; exceptions mean a bug.
    /// </summary>
    /// <param name="submission">What is sent.</param>
    /// <param name="ct">Stops the call. Before bytes left: <see cref="SendOutcome.NotSent"/>; afterwards: <see cref="SendOutcome.Unknown"/>.</param>
    Task<SendOutcome> SendAsync(PortalSubmission submission, CancellationToken ct);

    /// <summary>
    /// What became of a document whose answer said "pending" or never came; null where the destination can't be asked.
    /// An <see cref="SendOutcome.Unknown"/> says that it is still open: ask again later. Never sends anything again.
    /// </summary>
    /// <param name="transactionCode"><see cref="SendOutcome.Unknown.TransactionCode"/> of the send.</param>
    /// <param name="ct">Stops the call; the answer then is <see cref="SendOutcome.Unknown"/>.</param>
    Task<SendOutcome?> AskAsync(string transactionCode, CancellationToken ct);
}
