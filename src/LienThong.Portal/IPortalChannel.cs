namespace LienThong.Portal;

/// <summary>A way to hand a signed document to an authority.</summary>
public interface IPortalChannel
{
    /// <summary>
    /// Sends one document once (and once more after a fresh login when the portal answers 401). Whatever the network or
    /// the portal does comes back as a <see cref="SendOutcome"/>; exceptions mean a bug.
    /// </summary>
    /// <param name="account">Whose token is used; its facility must be the submission's.</param>
    /// <param name="submission">What is sent.</param>
    /// <param name="ct">Stops the call. Before bytes left: <see cref="SendOutcome.NotSent"/>; afterwards: <see cref="SendOutcome.Unknown"/>.</param>
    Task<SendOutcome> SendAsync(PortalAccount account, PortalSubmission submission, CancellationToken ct);
}
