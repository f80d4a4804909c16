using System.Collections.Concurrent;
using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.Portal.Channels;

namespace LienThong.Gateway.Deliveries;

/// <summary>Makes destinations out of settings: the boundary to everything that isn't this machine.</summary>
public interface IChannelOpener
{
    /// <summary>The destination; settings that can't work give one whose sends all wait for a person.</summary>
    IDocumentChannel Open(ChannelSettings settings);

    /// <summary>A Vietnamese sentence when the settings can't work; null when they can.</summary>
    string? Problem(ChannelSettings settings);
}

/// <summary>The destinations the product knows.</summary>
public sealed class ChannelOpener(ChannelFactory factory) : IChannelOpener
{
    /// <inheritdoc/>
    public IDocumentChannel Open(ChannelSettings settings) => factory.Create(settings);

    /// <inheritdoc/>
    public string? Problem(ChannelSettings settings) => factory.Problem(settings);
}

/// <summary>A destination in a sender's hands.</summary>
/// <param name="Channel">Takes documents.</param>
/// <param name="Portal">What the circuit breaker knows it by.</param>
internal sealed record ReadyChannel(IDocumentChannel Channel, string Portal);

/// <summary>Opens the destination of a queue. Open ones are kept until their settings change, so that sessions are.</summary>
internal sealed class DeliveryChannels(FacilityStore facilities, FacilitySettings settings, ChannelStore store, Secrets secrets, IPortalChannel portal, IChannelOpener opener)
{
    private readonly ConcurrentDictionary<string, (byte[] Written, ReadyChannel Ready)> open = new(StringComparer.Ordinal);
    private readonly Caller self = Caller.System();

    /// <summary>The destination; null when its account isn't set or it was removed meanwhile.</summary>
    public async Task<ReadyChannel?> OpenAsync(DeliveryLane lane, CancellationToken ct)
    {
        if (await facilities.FindAsync(self, lane.Facility, ct) is not { } facility)
            return null;
        if (lane.IsNational)
            return settings.AccountOf(facility) is { } account ? new ReadyChannel(new NationalPortal(portal, account), account.BaseAddress.ToString()) : null;
        if (await store.FindAsync(self, lane.Channel, ct) is not { } row)
            return null;
        // Options are encrypted anew, and so are other bytes, whenever settings are written.
        if (open.TryGetValue(row.ChannelId, out (byte[] Written, ReadyChannel Ready) known) && known.Written.AsSpan().SequenceEqual(row.Options))
            return known.Ready;
        ReadyChannel made = new(opener.Open(SettingsOf(row, facility, secrets)), row.Address);
        open[row.ChannelId] = (row.Options, made);
        return made;
    }

    /// <summary>Settings of a stored destination.</summary>
    public static ChannelSettings SettingsOf(ChannelRow row, FacilityRow facility, Secrets secrets) => new(
        row.Kind, new Uri(row.Address), row.Facility, facility.Province, row.UserName, row.Secret is null ? "" : secrets.RevealText(row.Secret),
        OptionsOf(row, secrets));

    /// <summary>Options of a stored destination.</summary>
    public static Dictionary<string, string> OptionsOf(ChannelRow row, Secrets secrets) =>
        new(JsonSerializer.Deserialize<Dictionary<string, string>>(secrets.RevealText(row.Options)) ?? [], StringComparer.Ordinal);

    // The account is read anew for every call, so that a changed password needs no restart; sessions belong to the portal client.
    private sealed class NationalPortal(IPortalChannel portal, PortalAccount account) : IDocumentChannel
    {
        public Task<SendOutcome> SendAsync(PortalSubmission submission, CancellationToken ct) => portal.SendAsync(account, submission, ct);

        public Task<SendOutcome?> AskAsync(string transactionCode, CancellationToken ct) => Task.FromResult<SendOutcome?>(null);
    }
}
