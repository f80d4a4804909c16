namespace LienThong.Portal.Channels;

/// <summary>The national portal with one facility's account. It has no service to ask what became of a document.</summary>
internal sealed class NationalChannel(IPortalChannel portal, PortalAccount account) : IDocumentChannel
{
    public Task<SendOutcome> SendAsync(PortalSubmission submission, CancellationToken ct) => portal.SendAsync(account, submission, ct);

    public Task<SendOutcome?> AskAsync(string transactionCode, CancellationToken ct) => Task.FromResult<SendOutcome?>(null);

    /// <summary>The account of these settings.</summary>
    public static PortalAccount Account(ChannelSettings settings) => new(
        settings.Address, settings.FacilityCode, settings.ProvinceCode, settings.UserName,
        settings.Option(ChannelOptions.PasswordForm) == "digest" ? settings.Password : PortalAccount.Digest(settings.Password));
}
