using System.Collections.Concurrent;
using LienThong.Gateway.Deliveries;
using LienThong.Portal;
using LienThong.Portal.Channels;

namespace LienThong.Gateway.Tests.Support;

/// <summary>Further destinations in memory: answer by script, else accept.</summary>
internal sealed class FakeChannels : IChannelOpener
{
    public ConcurrentQueue<(ChannelSettings Settings, PortalSubmission Submission)> Received { get; } = new();

    public ConcurrentQueue<SendOutcome> Script { get; } = new();

    public ConcurrentQueue<SendOutcome> AskScript { get; } = new();

    public ConcurrentQueue<string> Asked { get; } = new();

    public IDocumentChannel Open(ChannelSettings settings) => new Channel(this, settings);

    public string? Problem(ChannelSettings settings) => settings.Address.Scheme == "https" ? null : "Địa chỉ phải là https.";

    private sealed class Channel(FakeChannels all, ChannelSettings settings) : IDocumentChannel
    {
        public async Task<SendOutcome> SendAsync(PortalSubmission submission, CancellationToken ct)
        {
            await Task.Yield();
            SendOutcome outcome = all.Script.TryDequeue(out SendOutcome? scripted) ? scripted
                : new SendOutcome.Accepted(new PortalReceipt("200", $"TINH_{submission.MaLk}", null, "", FakePortal.Answer("{}"), true));
            if (outcome is not SendOutcome.NotSent)
                all.Received.Enqueue((settings, submission));
            return outcome;
        }

        public Task<SendOutcome?> AskAsync(string transactionCode, CancellationToken ct)
        {
            all.Asked.Enqueue(transactionCode);
            return Task.FromResult(all.AskScript.TryDequeue(out SendOutcome? answer) ? answer : null);
        }
    }
}
